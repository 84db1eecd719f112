"""The chart of a what-if: one line per agreement, told apart by colour, dash and legend."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.pages.scenarios import plain

if TYPE_CHECKING:
    from assistant.pages.scenarios import Point

HEIGHT = 380


def chart(named: Mapping[str, list[Point]], title: str, label: str, present: Any) -> Any:
    """An Altair chart of the points by agreement; the present value as a dotted upright line."""
    alt: Any = importlib.import_module("altair")
    dated = any(isinstance(p.at, date) for listed in named.values() for p in listed)
    x = _x(alt, title, dated=dated)
    lines = (
        alt.Chart(alt.Data(values=_rows(named)))
        .mark_line(point={"size": 26})
        .encode(
            x=x,
            y=alt.Y("y:Q", title=label, axis=alt.Axis(format=",d")),
            color=alt.Color("規約:N", legend=_legend(alt)),
            strokeDash=alt.StrokeDash("規約:N", legend=_legend(alt)),
            tooltip=_tooltip(alt, title, label, dated=dated),
        )
    )
    if present is None:
        return lines.properties(height=HEIGHT)
    mark = (
        alt.Chart(alt.Data(values=[{"x": plain(present)}]))
        .mark_rule(strokeDash=[2, 3], opacity=0.7)
        .encode(x=x)
    )
    return alt.layer(lines, mark).properties(height=HEIGHT)


def _rows(named: Mapping[str, list[Point]]) -> list[dict[str, Any]]:
    return [
        {"規約": name, "x": plain(point.at), "y": point.value}
        for name, listed in named.items()
        for point in listed
    ]


def _x(alt: Any, title: str, *, dated: bool) -> Any:
    if not dated:
        return alt.X("x:Q", title=title, axis=alt.Axis(format=",d"))
    axis = alt.Axis(format="%Y/%m/%d", labelAngle=-40, labelOverlap=True)
    return alt.X("x:T", title=title, axis=axis)


def _legend(alt: Any) -> Any:
    return alt.Legend(orient="top", title=None, columns=1, labelLimit=320, symbolType="stroke")


def _tooltip(alt: Any, title: str, label: str, *, dated: bool) -> list[Any]:
    at = "x:T" if dated else "x:Q"
    return [
        alt.Tooltip("規約:N", title="規約"),
        alt.Tooltip(at, title=title, format="%Y-%m-%d" if dated else ",d"),
        alt.Tooltip("y:Q", title=label, format=",d"),
    ]
