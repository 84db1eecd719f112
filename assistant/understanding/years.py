"""Completed years: a day that is not yet past, two days that must stand in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from assistant.question import Dated
from assistant.understanding.calendar import month_end, shift, spoken
from assistant.understanding.slots import Form

if TYPE_CHECKING:
    from assistant.understanding.filling import Filling

#: days that one may be before, and by how much
DUE, EARLY_DAYS = ("due_date", "deadline"), 92


def moved_ahead(dated: Dated, today: date) -> Dated:
    """The same day a year on, where the year was left out and the day is past."""
    if dated.mention.pattern not in ("月日", "斜線") or dated.value >= today:
        return dated
    moved = shift(dated.value, 12)
    if moved.day != dated.value.day and (dated.value + timedelta(days=1)).day == 1:
        moved = month_end(moved.year, moved.month)
    return replace(dated, mention=replace(dated.mention, value=moved))


def put_in_order(filling: Filling, form: Form, today: date) -> None:
    """Move a completed year where two dates stand the wrong way round."""
    for early, late in form.ordered:
        first, second = filling.dated.get(early), filling.dated.get(late)
        if first is None or second is None or first.value <= second.value:
            continue
        if may_precede(early, first.value, second.value):
            continue
        _swap_year(filling, ((late, second, 12), (early, first, -12)), today)


def may_precede(early: str, first: date, second: date) -> bool:
    """Whether a day before `early` is meant as it stands: a payment some days before it was due."""
    return early in DUE and (first - second).days <= EARLY_DAYS


def _swap_year(filling: Filling, choices: Sequence[tuple[str, Dated, int]], today: date) -> None:
    """Move the one of two dates whose year was left out, to the nearer of the two readings."""
    movable = [
        (name, dated, shift(dated.value, months))
        for name, dated, months in choices
        if dated.mention.inferred and dated.mention.pattern in ("月日", "斜線")
    ]
    if not movable:
        return
    name, dated, moved = min(movable, key=lambda choice: abs((choice[2] - today).days))
    filling.inputs[name] = _reprinted(filling.inputs[name], moved)
    filling.assumptions = [a for a in filling.assumptions if spoken(dated.value) not in a]
    filling.assumptions.append(f"年の書かれていない日付は{spoken(moved)}と読みました。")


def _reprinted(printed: str, value: date) -> str:
    return value.isoformat() + printed[10:]
