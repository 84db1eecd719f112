"""Charts as inline SVG, without any library: bars of shares and lines of growth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from math import log10

_ROW, _LEFT, _WIDTH = 24, 190, 620


def bars(rows: Sequence[tuple[str, float | None, int]], title: str) -> str:
    """Horizontal bars of shares in 0..1 with their number of items.

    >>> bars([("direct", 0.5, 4)], "再現率").count("<rect")
    2
    """
    height = _ROW * len(rows) + 30
    body = [_text(4, 16, title, "700")]
    for number, (label, value, count) in enumerate(rows):
        top = 26 + number * _ROW
        wide = (_WIDTH - _LEFT - 110) * (value or 0.0)
        shown = "–" if value is None else f"{value:.3f}"
        body += [
            _text(4, top + 15, label),
            _rect(_LEFT, top + 3, _WIDTH - _LEFT - 110, "#e6e8ec"),
            _rect(_LEFT, top + 3, wide, "#2f6f8f"),
            _text(_WIDTH - 100, top + 15, f"{shown} (n={count})"),
        ]
    return _svg(height, body, title)


def lines(series: Mapping[str, Sequence[tuple[float, float]]], title: str, unit: str) -> str:
    """Lines over logarithmic axes, for growth with the size of the corpus.

    Points with a value of 0 or less cannot be drawn and are left out.

    >>> "<polyline" in lines({"検索": [(1, 2.0), (10, 3.0)]}, "遅延", "ms")
    True
    """
    drawn = {
        name: [(x, y) for x, y in points if x > 0 and y > 0] for name, points in series.items()
    }
    every = [point for points in drawn.values() for point in points]
    if not every:
        return ""
    place = _scale(every)
    body = [_text(4, 16, f"{title}（{unit}、両対数）", "700")]
    for number, (name, points) in enumerate(drawn.items()):
        color = f"hsl({number * 67 % 360} 55% 40%)"
        path = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in points)
        body.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        for point in points:
            x, y = place(*point)
            body.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>')
            body.append(_text(x + 5, y - 5, f"{point[1]:g}", size=10))
        body.append(_text(_WIDTH - 150, 40 + number * 18, name, color=color))
    return _svg(300, body, title)


def _scale(points: Sequence[tuple[float, float]]) -> Callable[[float, float], tuple[float, float]]:
    """A function from values to places, leaving a margin for labels."""
    xs, ys = [log10(x) for x, _ in points], [log10(y) for _, y in points]
    wide, tall = (max(xs) - min(xs)) or 1, (max(ys) - min(ys)) or 1

    def place(x: float, y: float) -> tuple[float, float]:
        across = 40 + (log10(x) - min(xs)) / wide * (_WIDTH - 230)
        return across, 270 - (log10(y) - min(ys)) / tall * 210

    return place


def _svg(height: int, body: Sequence[str], title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}" '
        f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(title)}">'
        + "".join(body)
        + "</svg>"
    )


def _rect(x: float, y: float, wide: float, color: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{wide:.1f}" height="16" rx="2" fill="{color}"/>'


def _text(
    x: float, y: float, text: str, weight: str = "400", size: int = 12, color: str = "#222"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" '
        f'fill="{color}">{escape(text)}</text>'
    )
