"""What a date is read against: today, the dates around it, and the leaning of its words.

Shared by the tables of date patterns. A reader is a pure function of a match and a scene.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.understanding.calendar import nearest_year, next_after

Grain = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a date without a year is read against; `year` is one that the text is about."""

    today: date
    anchor: date | None
    previous: date | None
    known: tuple[date, ...]
    lean: int = 0
    year: int | None = None


Read = tuple[date | None, Grain, bool]
Reader = Callable[[re.Match[str], Scene], Read]
Row = tuple[str, re.Pattern[str], Reader]

#: what is added to a Japanese year
ERAS = {
    "令和": 2018,
    "令": 2018,
    "R": 2018,
    "r": 2018,
    "平成": 1988,
    "平": 1988,
    "H": 1988,
    "h": 1988,
}
YEARS = {
    "一昨年": -2, "おととし": -2, "去年": -1, "昨年": -1, "今年": 0, "本年": 0, "ことし": 0,
    "来年": 1, "再来年": 2,
}  # fmt: skip


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives of a pattern, longer ones first."""
    return "|".join(sorted(words, key=len, reverse=True))


def year_of(month: int, day: int, scene: Scene) -> date | None:
    """After a told past the next such day; around a future date the nearest; else near today."""
    if scene.year is not None:
        return next_after(month, day, date(scene.year, 1, 1))
    anchor = scene.anchor
    if anchor is not None and anchor > scene.today:
        return nearest_year(month, day, anchor)
    if anchor is not None and scene.lean < 0:
        after = next_after(month, day, anchor)
        if after is not None and after <= scene.today:
            return after
    return nearest_year(month, day, scene.today, scene.lean)
