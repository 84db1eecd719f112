"""What a follow-up tells of inputs that no date or sum of its own fills.

「期日当日なら？」 and 「20日遅れだったら？」 move the day of payment, 「期日は11月30日」 turns days late into
days, 「12/29から1/3までです」 answers the question for days off.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from assistant.question import Question
from assistant.understanding.anchors import days_from_deadline
from assistant.understanding.changing import Change
from assistant.understanding.closures import told_days
from assistant.understanding.filling import Filling
from assistant.understanding.relative import day_from_delay, delay_alone

if TYPE_CHECKING:
    from assistant.calculation import CalculationRequest

#: the deadline of a rule, and the day that a follow-up may tell from it
_DEADLINES: Mapping[str, tuple[str, str]] = {
    "late_charge": ("due_date", "paid_date"),
    "late_return_charge": ("deadline", "returned"),
}


def told_anew(question: Question, previous: CalculationRequest, new: Mapping[str, Any]) -> Change:
    """Derived inputs that the follow-up gives beside `new`, and what to say of them."""
    if "lasted_hours" in previous.inputs:
        return Change(_hours(question))
    early, late = _DEADLINES.get(previous.rule, ("", ""))
    if not early:
        return Change()
    days = previous.inputs.get("days_late")
    if days is not None:
        return Change(_both_days(question, early, late, new, days))
    known = new.get(early, previous.inputs.get(early))
    if known is None or late in new:
        return Change()
    told = Filling(inputs={early: known}, missing=[late])
    day_from_delay(early, late, question, told)
    given = {late: told.inputs[late]} if late in told.inputs else {}
    return Change(given, tuple(told.assumptions))


def _both_days(
    question: Question, early: str, late: str, new: Mapping[str, Any], days: int
) -> dict[str, Any]:
    """Days late told anew, or the other day where one of the two is told."""
    if early in new and late not in new:
        return {late: _shifted(new[early], days)}
    if late in new and early not in new:
        return {early: _shifted(new[late], -days)}
    near = days_from_deadline(question.plain)
    if near is not None and not new:
        return {"days_late": max(near, 0)}
    told = Filling(missing=[early, late])
    delay_alone(early, late, question, told)
    return {} if new else told.inputs


def _shifted(printed: str, days: int) -> str:
    return (date.fromisoformat(printed) + timedelta(days=days)).isoformat()


def _hours(question: Question) -> dict[str, Any]:
    hours = {p.count for p in question.periods if p.unit == "時間"}
    return {"lasted_hours": hours.pop()} if len(hours) == 1 else {}


def answer_of_closures(question: Question, previous: CalculationRequest) -> dict[str, Any]:
    """The days off, where they were asked for and the follow-up is made of days."""
    handed = previous.inputs.get("handed_over")
    if "also_closed" not in previous.missing or handed is None:
        return {}
    days = told_days(question, date.fromisoformat(handed))
    return {"also_closed": [day.isoformat() for day in days]} if days else {}
