"""The chart of a contract's dates: one row an event, shapes by kind, safe days as stars."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.pages.timeline_rows import Event

SAFE = "どの読み方でもよい日"
#: kind → colour and shape, in the order of the legend
LOOKS = {
    "わかっている事実": ("#6b7686", "square"),
    "この日から": ("#2f7fd1", "triangle-right"),
    "期限": ("#d1495b", "triangle-up"),
    "満了": ("#8a63d2", "diamond"),
    SAFE: ("#1f9d63", "circle"),
}
#: height of one row, and of the legend and axis, in pixels
_ROW, _REST = 34, 190


def chart(events: Iterable[Event]) -> Any:
    """An Altair chart; rows in the order of the dates, a ring where every reading agrees."""
    alt: Any = importlib.import_module("altair")
    rows = [row for number, event in enumerate(events, 1) for row in _rows(number, event)]
    names = list(dict.fromkeys(row["name"] for row in rows))
    present = {row["kind"] for row in rows}
    kinds = [kind for kind in LOOKS if kind in present]
    base = alt.Chart(alt.Data(values=rows)).encode(**_encoding(alt, names, kinds))
    solid = base.transform_filter(alt.datum.kind != SAFE).mark_point(
        filled=True, size=110, opacity=1
    )
    ring = base.transform_filter(alt.datum.kind == SAFE).mark_point(
        filled=False, size=330, strokeWidth=2.5, opacity=1
    )
    return alt.layer(solid, ring).properties(height=_ROW * len(names) + _REST)


def _encoding(alt: Any, names: list[str], kinds: list[str]) -> dict[str, Any]:
    legend = alt.Legend(orient="top", title=None, columns=1, labelLimit=200)
    colours, shapes = [LOOKS[kind][0] for kind in kinds], [LOOKS[kind][1] for kind in kinds]
    axis = alt.Axis(labelLimit=150, grid=True, ticks=False, labelOverlap=False)
    days = alt.Axis(format="%Y/%m/%d", labelAngle=-40, labelOverlap=True)
    return {
        "x": alt.X("day:T", title=None, axis=days),
        "y": alt.Y("name:N", sort=names, title=None, axis=axis),
        "shape": alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=shapes), legend=legend),
        "color": alt.Color("kind:N", scale=alt.Scale(domain=kinds, range=colours), legend=legend),
        "tooltip": [
            alt.Tooltip("label:N", title="できごと"),
            alt.Tooltip("day:T", title="日付", format="%Y-%m-%d"),
            alt.Tooltip("kind:N", title="種類"),
        ],
    }


def _rows(number: int, event: Event) -> list[dict[str, Any]]:
    """The event, and its safe day on the same row."""
    name = f"{number}. {event.label}"
    row = {"name": name, "label": event.label, "day": event.day.isoformat(), "kind": event.kind}
    if event.safe is None:
        return [row]
    return [row, row | {"day": event.safe.isoformat(), "kind": SAFE}]
