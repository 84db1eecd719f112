"""The value a calculation returns: outputs, steps, readings, warnings, and the clauses quoted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple


class Step(NamedTuple):
    """One line of the working: `label: expression = value`, by the authority of `clause`.

    `unit` is what a plain number counts ("円", "日", "か月"); "" for dates, words and yes or no.
    """

    label: str
    expression: str
    value: Any
    clause: str = ""
    unit: str = ""


class Alternative(NamedTuple):
    """What another reading of the clause would give, and why it was not the default."""

    reading: str
    value: Any
    reason: str


class Quote(NamedTuple):
    """A clause address and its verbatim text."""

    id: str
    quote: str


class Outcome(NamedTuple):
    """What a rule's function returns. `outputs` in declared order; the first is the headline.

    `exact` is the headline before rounding (None where nothing was rounded). `cites` narrows
    the citations to these addresses; empty means every clause of the basis. `said` is the
    result in a sentence of its own, where title and outputs in a row do not say it. `disputes`
    are warnings about the clause's own force, for the provider's staff alone.
    """

    outputs: Mapping[str, Any]
    steps: tuple[Step, ...] = ()
    exact: Fraction | int | None = None
    assumptions: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    warnings: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    said: str = ""
    disputes: tuple[str, ...] = ()


class Result(NamedTuple):
    """An outcome with everything needed to show and to prove it later.

    `warnings` holds the `disputes` too. `days_left` says of each deadline how many days remain
    on the day of asking (negative: it has passed); empty where that day is not known.
    """

    rule: str
    agreement: str
    version: date
    title: str
    unit: str
    outputs: Mapping[str, Any]
    output_titles: Mapping[str, str]
    output_units: Mapping[str, str]
    citations: tuple[Quote, ...]
    exact: Fraction | int | None = None
    steps: tuple[Step, ...] = ()
    assumptions: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    warnings: tuple[str, ...] = ()
    output_words: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    said: str = ""
    disputes: tuple[str, ...] = ()
    days_left: Mapping[str, int] = MappingProxyType({})

    @property
    def value(self) -> Any:
        """The headline: the first output."""
        return next(iter(self.outputs.values()), None)

    def to_dict(self, id: Any = "") -> dict[str, Any]:
        """The result as JSON-ready data; `id` is the caller's case id."""
        outputs = {
            name: value if type(value) is int else jsonable(value)
            for name, value in self.outputs.items()
        }
        return {
            "id": id,
            "rule": self.rule,
            "agreement": self.agreement,
            "version": self.version.isoformat(),
            "title": self.title,
            "value": next(iter(outputs.values()), None),
            "unit": self.unit,
            "outputs": outputs,
            "output_titles": _only(self.output_titles, outputs),
            "output_units": _only(self.output_units, outputs),
            "output_words": {n: dict(w) for n, w in self.output_words.items() if n in outputs},
            "exact": None if self.exact is None else str(self.exact),
            "steps": [
                {
                    "label": s[0],
                    "expression": s[1],
                    "value": jsonable(s[2]),
                    "clause": s[3],
                    "unit": s[4],
                }
                for s in self.steps
            ],
            "citations": [{"id": c[0], "quote": c[1]} for c in self.citations],
            "assumptions": list(self.assumptions),
            "alternatives": [
                {"reading": a[0], "value": jsonable(a[1]), "reason": a[2]}
                for a in self.alternatives
            ],
            "warnings": list(self.warnings),
            "said": self.said,
            "disputes": list(self.disputes),
            "days_left": dict(self.days_left),
        }


def _only(names: Mapping[str, str], outputs: Mapping[str, Any]) -> dict[str, str]:
    return {name: names[name] for name in outputs}


def jsonable(value: Any) -> Any:
    """Dates as ISO text, whole fractions as integers, other fractions as "n/d".

    >>> jsonable([date(2027, 1, 31), Fraction(4), Fraction(71, 31)])
    ['2027-01-31', 4, '71/31']
    """
    kind = type(value)
    if kind in (int, str, bool, type(None)):
        return value
    if kind is Fraction:
        return value.numerator if value.denominator == 1 else str(value)
    if kind is datetime:
        return value.isoformat(timespec="minutes")
    if kind is date:
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): jsonable(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [jsonable(part) for part in value]
    return value
