"""The chart of a contract's dates: one row an event, shapes by kind, safe days as stars."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assistant.pages.timeline_rows import Event

SAFE = "どの読み方でもよい日"
#: height of one row, in pixels
_ROW = 34


def chart(events: Iterable[Event]) -> Any:
    """An Altair chart; rows in the order of the dates."""
    alt: Any = importlib.import_module("altair")
    rows = [row for number, event in enumerate(events) for row in _rows(number, event)]
    names = list(dict.fromkeys(row["name"] for row in rows))
    y = alt.Y(
        "name:N", sort=names, title=None, axis=alt.Axis(labelLimit=170, grid=True, ticks=False)
    )
    points = (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True, size=130, opacity=1)
        .encode(
            x=alt.X(
                "day:T",
                title=None,
                axis=alt.Axis(format="%Y/%m/%d", labelAngle=-40, labelOverlap=True),
            ),
            y=y,
            shape=alt.Shape("kind:N", legend=_legend(alt)),
            color=alt.Color("kind:N", legend=_legend(alt)),
            tooltip=[
                alt.Tooltip("label:N", title="できごと"),
                alt.Tooltip("day:T", title="日付", format="%Y-%m-%d"),
                alt.Tooltip("kind:N", title="種類"),
            ],
        )
    )
    return points.properties(height=_ROW * len(names) + 60)


def _legend(alt: Any) -> Any:
    return alt.Legend(orient="top", title=None, columns=2, labelLimit=200)


def _rows(number: int, event: Event) -> list[dict[str, Any]]:
    """The event, and its safe day on the same row."""
    name = f"{number + 1}. {event.label}"
    row = {"name": name, "label": event.label, "day": event.day.isoformat(), "kind": event.kind}
    if event.safe is None:
        return [row]
    return [row, row | {"day": event.safe.isoformat(), "kind": SAFE}]
