"""Points of a what-if: the values one input takes, the results, the jumps.

Which input varies is drawn from the declaration; a few rules have a usual question (the
charge by month of cancellation, the late charge by day), written down in `USUAL`.
"""

from __future__ import annotations

import itertools
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from calculators.errors import CalculationError

if TYPE_CHECKING:
    from calculators.engine import Calculator
    from calculators.inputs import InputSpec
    from calculators.result import Result

#: most points of one line
MAX_POINTS = 130
_DAYS = 60
_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Usual:
    """The usual question of a rule: what varies, from which input or output to which."""

    input: str
    start: str
    end: str = ""
    step: str = "月"


USUAL: Mapping[str, Usual] = {
    "early_termination_charge": Usual("end_date", "start_date", "min_term_end"),
    "late_charge": Usual("paid_date", "due_date", step="日"),
    "late_return_charge": Usual("returned", "deadline", step="日"),
    "fee_proration": Usual("last_day", "first_day", step="日"),
    "downgrade_difference": Usual("change_date", "start_date", "min_term_end"),
}


@dataclass(frozen=True, slots=True)
class Point:
    """One value of the varied input (a date or a number) and the amount it gives."""

    at: Any
    value: int


@dataclass(frozen=True, slots=True)
class Plan:
    """The varied input with the range of its values."""

    input: str
    start: Any
    end: Any
    step: str
    dated: bool

    def values(self, step: str) -> list[Any]:
        """The values to try, in order, at most MAX_POINTS."""
        if not self.dated:
            return amounts(self.start, self.end)
        return days(self.start, self.end) if step == "日" else month_ends(self.start, self.end)


def variable(specs: Iterable[InputSpec], given: Mapping[str, Any]) -> list[InputSpec]:
    """The inputs that can be varied: single dates and numbers that were given."""
    kinds = ("date", "yen", "count")
    return [s for s in specs if s.kind in kinds and s.name != "as_of" and s.name in given]


def numeric_outputs(result: Result) -> list[str]:
    """Names of the outputs that are amounts or counts, in order."""
    return [n for n, v in result.outputs.items() if type(v) is int]


def preferred(rule: str, names: tuple[str, ...]) -> str:
    """The input of the rule's usual question, else the first."""
    usual = USUAL.get(rule)
    return usual.input if usual is not None and usual.input in names else names[0]


def plan(
    rule: str, varied: InputSpec, given: Mapping[str, Any], outputs: Mapping[str, Any]
) -> Plan:
    """The range of `varied`: the rule's usual one, else around the present value."""
    present, usual = given[varied.name], USUAL.get(rule)
    if varied.kind != "date":
        return Plan(varied.name, max(present // 4, 1), max(present * 2, 2), "", dated=False)
    if usual is None or usual.input != varied.name:
        return Plan(varied.name, present - timedelta(days=180), present + timedelta(days=180), "月", dated=True)  # fmt: skip
    start = given.get(usual.start) or present
    far = timedelta(days=_DAYS) if usual.step == "日" else timedelta(days=31 * _MONTHS)
    known = outputs.get(usual.end)
    end = known + timedelta(days=31) if isinstance(known, date) else start + far
    return Plan(varied.name, start, max(end, present), usual.step, dated=True)


def days(start: date, end: date) -> list[date]:
    """Each day from `start` to `end`, at most MAX_POINTS.

    >>> [d.day for d in days(date(2027, 1, 30), date(2027, 2, 1))]
    [30, 31, 1]
    """
    count = min((end - start).days + 1, MAX_POINTS)
    return [start + timedelta(days=n) for n in range(count)]


def month_ends(start: date, end: date) -> list[date]:
    """The last day of each month from the month of `start` to the month of `end`.

    >>> [str(d) for d in month_ends(date(2027, 12, 10), date(2028, 2, 1))]
    ['2027-12-31', '2028-01-31', '2028-02-29']
    """
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    months = range(first, min(last, first + MAX_POINTS - 1) + 1)
    return [date(n // 12, n % 12 + 1, monthrange(n // 12, n % 12 + 1)[1]) for n in months]


def amounts(start: int, end: int, pieces: int = 20) -> list[int]:
    """Whole numbers spread evenly from `start` to `end`.

    >>> amounts(1, 3)
    [1, 2, 3]
    """
    step = max((end - start) // pieces, 1)
    return list(range(start, end + 1, step))[:MAX_POINTS]


def points(
    calculator: Calculator,
    rule: str,
    agreement: str,
    given: Mapping[str, Any],
    values: Iterable[Any],
    name: str,
) -> list[Point]:
    """The first numeric output for each value; values that are refused are left out."""
    asked = {spec.name for spec in calculator.specs(rule, agreement)}
    fixed = {key: value for key, value in given.items() if key in asked}
    found = []
    for value in values:
        try:
            result = calculator.calculate(rule, agreement, {**fixed, name: value})
        except CalculationError:
            continue
        names = numeric_outputs(result)
        if names:
            found.append(Point(value, int(result.outputs[names[0]])))
    return found


def jump(listed: list[Point], unit: str) -> str:
    """The largest step in words, where one step stands out among the others; else ''.

    >>> jump([Point(date(2027, 1, d), v) for d, v in ((9, 0), (10, 0), (11, 400), (12, 440))], "円")
    '2027年1月10日は0円、2027年1月11日は400円です。'
    """
    from assistant.pages.saying import say

    steps = [(abs(b.value - a.value), a, b) for a, b in itertools.pairwise(listed)]
    if len(steps) < 3:
        return ""
    largest = max(steps, key=lambda step: step[0])
    others = sorted(size for size, *_ in steps)
    if largest[0] == 0 or largest[0] < 3 * max(others[len(others) // 2], 1):
        return ""
    before, after = largest[1], largest[2]
    return (
        f"{say(plain(before.at))}は{say(before.value, unit)}、"
        f"{say(plain(after.at))}は{say(after.value, unit)}です。"
    )


def plain(at: Any) -> Any:
    """A date as ISO text; anything else as it is."""
    return at.isoformat() if isinstance(at, date) else at
