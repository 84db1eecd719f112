"""Figures of a report: a value with its interval and the number of items it stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from evals.metrics.abstention import abstention
from evals.metrics.intervals import bootstrap, mean
from evals.metrics.precision import citation_precision
from evals.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: `name` is its key in baseline.json, `higher` whether more is better."""

    name: str
    title: str
    value: float | None
    count: int
    low: float | None = None
    high: float | None = None
    higher: bool = True


@dataclass(frozen=True, slots=True)
class Failure:
    """One item that went wrong: what was expected, what was found and why it counts."""

    id: str
    question: str
    expected: str
    found: str
    reason: str
    half: str = "-"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a report; `groups` maps a dimension to figures by its values.

    error: why the section could not be measured, "" where it was.
    """

    name: str
    title: str
    figures: tuple[Figure, ...]
    groups: dict[str, dict[str, tuple[Figure, ...]]] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""

    @property
    def grouped(self) -> tuple[Figure, ...]:
        """The figures of all groups, e.g. `citations.origin.given.full_recall`."""
        tables = (table for values in self.groups.values() for table in values.values())
        return tuple(figure for table in tables for figure in table)

    def to_dict(self) -> dict[str, Any]:
        """The section as JSON, for `--json`."""
        return {
            "name": self.name,
            "figures": {one.name: one.value for one in self.figures},
            "counts": {one.name: one.count for one in self.figures},
            "intervals": {one.name: [one.low, one.high] for one in self.figures},
            "failures": [asdict(one) for one in self.failures],
            "notes": list(self.notes),
            "error": self.error,
        }


def averaged(name: str, title: str, values: Sequence[float], *, higher: bool = True) -> Figure:
    """A mean with its bootstrap interval.

    >>> averaged("x", "x", [1.0, 1.0]).low
    1.0
    """
    low, high = bootstrap(values) or (None, None)
    return Figure(name, title, mean(values), len(values), low, high, higher)


def counted(name: str, title: str, value: int, count: int) -> Figure:
    """A count of violations, of which fewer is better.

    >>> counted("x", "x", 0, 10).higher
    False
    """
    return Figure(name, title, float(value), count, higher=False)


def citation_figures(outcomes: Sequence[Outcome], prefix: str) -> tuple[Figure, ...]:
    """Recall, full recall, precision and the three abstention figures of some outcomes."""
    recalls = [one.recall for one in outcomes if one.recall is not None]
    silence = abstention((one.status, one.right) for one in outcomes)
    unanswerable = sum(bool(one.right) for one in outcomes)
    cited = sum(one.counts[1] for one in outcomes)
    return (
        averaged(f"{prefix}.recall", "引用再現率", recalls),
        averaged(f"{prefix}.full_recall", "完全再現率", [float(r == 1) for r in recalls]),
        Figure(
            f"{prefix}.precision",
            "引用適合率",
            citation_precision(one.counts for one in outcomes),
            cited,
        ),
        Figure(f"{prefix}.abstention_precision", "沈黙の適合率", silence.precision, unanswerable),
        Figure(f"{prefix}.abstention_recall", "沈黙の再現率", silence.recall, unanswerable),
        Figure(f"{prefix}.abstention_kind", "沈黙の種類の正解率", silence.kind, unanswerable),
    )


def grouped(
    outcomes: Iterable[Outcome],
    dimensions: Sequence[str],
    make: Callable[[Sequence[Outcome], str], tuple[Figure, ...]],
    prefix: str,
) -> dict[str, dict[str, tuple[Figure, ...]]]:
    """The same figures by the values of each dimension (type, agreement, persona, …)."""
    rows = list(outcomes)
    table: dict[str, dict[str, tuple[Figure, ...]]] = {}
    for dimension in dimensions:
        values = sorted({one.tags[dimension] for one in rows})
        table[dimension] = {
            value: make(
                [one for one in rows if one.tags[dimension] == value],
                f"{prefix}.{dimension}.{value}",
            )
            for value in values
        }
    return table


def failures_of(outcomes: Iterable[Outcome]) -> tuple[Failure, ...]:
    """Every outcome that failed, ready to print."""
    return tuple(
        Failure(
            one.id,
            one.question,
            _expected(one),
            f"{one.status}: {', '.join(one.cited) or '引用なし'}",
            one.failure,
            one.tags["half"],
        )
        for one in outcomes
        if one.failure
    )


def _expected(one: Outcome) -> str:
    gold = "; ".join("/".join(group) for group in one.gold)
    return f"{' または '.join(one.right) or 'answered'}: {gold or '引用なし'}"
