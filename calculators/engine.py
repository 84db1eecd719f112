"""Running a rule: agreement and version, provision, inputs, function, result.

`Calculator` keeps what is the same for every case of a version (provisions checked against
the clauses, quotes, input models), so a batch pays for it once.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from calculators import registry
from calculators.errors import CalculationError, InputError, NotInTerms, shown
from calculators.inputs import Inputs, InputSpec, date_fields, parse_day, specs
from calculators.provisions import Basis, Beside, basis_of
from calculators.result import Outcome, Quote, Result, Step
from calculators.rule import Rule
from corpus.errors import YakkanError

if TYPE_CHECKING:
    from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Prepared:
    """A rule ready to run for one version: everything that does not depend on the case."""

    rule: Rule
    basis: Basis
    model: type[Inputs]
    dates: tuple[str, ...]
    titles: Mapping[str, str]
    units: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...]
    cautions: tuple[str, ...]
    disputes: tuple[str, ...]
    title: str


class Calculator:
    """Runs rules over one library (the project's own if none is given)."""

    def __init__(self, library: Library | None = None) -> None:
        self._library = library
        self._prepared: dict[tuple[str, str, date | None], Prepared] = {}

    @property
    def library(self) -> Library:
        """The library, loaded on first use."""
        if self._library is None:
            from corpus.library import Library

            self._library = Library.load()
        return self._library

    def calculate(
        self, rule: str, agreement: str, inputs: Mapping[str, Any], *, today: date | None = None
    ) -> Result:
        """The result of one case; raises only `CalculationError`.

        today: the day of asking, by which deadlines are open or have passed.
        """
        ready = self.prepare(rule, agreement, _as_of(inputs))
        values = ready.model.parse(inputs)
        outcome = ready.rule.compute(ready.basis, values)
        result = _result(ready, values, outcome)
        return result if today is None else standing(ready.rule, result, today)

    def settle(self, rule: str, agreement: str, inputs: Mapping[str, Any]) -> Result | None:
        """The result that the inputs at hand already fix, whatever the missing ones are, or None.

        Raises like `calculate` where the agreement has no such rule or it is stale.
        """
        ready = self.prepare(rule, agreement, _as_of(inputs))
        if ready.rule.settled is None:
            return None
        try:
            days = {n: parse_day(inputs[n]) for n in ready.dates if inputs.get(n) is not None}
        except ValueError:
            return None
        values = {**inputs, **days}
        outcome = ready.rule.settled(ready.basis, values)
        if outcome is None:
            return None
        told = SimpleNamespace(**{**dict.fromkeys(ready.dates), **values})
        return _result(ready, told, outcome)

    def compare(self, rule: str, inputs: Mapping[str, Any]) -> dict[str, Result | CalculationError]:
        """One case under every agreement that has the clause, in the library's order.

        Each agreement is given the inputs that it asks for; one that none asks for is an
        InputError, what a single agreement refuses stands in its place.
        """
        ids = registry.agreements(rule, self.library)
        asked = {id: {spec.name for spec in self.specs(rule, id)} for id in ids}
        known = set().union(*asked.values())
        found: dict[str, Result | CalculationError] = {}
        for id in ids:
            given = {k: v for k, v in inputs.items() if k in asked[id] or k not in known}
            try:
                found[id] = self.calculate(rule, id, given)
            except CalculationError as error:
                if error.field and error.field in inputs and error.field not in known:
                    raise
                found[id] = error
        return found

    def specs(self, rule: str, agreement: str) -> tuple[InputSpec, ...]:
        """The inputs that `agreement` asks for; raises like `calculate`."""
        return specs(self.prepare(rule, agreement).model)

    def prepare(self, rule: str, agreement: str, as_of: date | None = None) -> Prepared:
        """The rule made ready for the version of `agreement` in force on `as_of`."""
        try:
            return self._prepared[rule, agreement, as_of]
        except (KeyError, TypeError):
            ready = self._prepare(rule, agreement, as_of)
            self._prepared[rule, agreement, as_of] = ready
            return ready

    def _prepare(self, name: str, agreement: str, as_of: date | None) -> Prepared:
        if not isinstance(name, str):
            raise InputError(
                f"rule の値 {shown(name)} は規則名ではありません。", field="rule", value=name
            )
        rule = registry.rule(name)
        ids = self.library.ids
        if not isinstance(agreement, str) or agreement not in ids:
            raise InputError(
                f"規約 {shown(agreement)} はありません。{'、'.join(ids)} のどれかを指定してください。",
                field="agreement",
                value=agreement,
            )
        basis = self._basis(rule, agreement, as_of)
        model = rule.model(basis.text("form"))
        title = basis.called or rule.title
        titles = {o.name: title if o.title == rule.title else o.title for o in rule.outputs}
        units = {o.name: o.unit for o in rule.outputs}
        words = {o.name: o.words for o in rule.outputs if o.words}
        return Prepared(
            rule,
            basis,
            model,
            date_fields(model),
            titles,
            units,
            words,
            basis.notes,
            basis.cautions,
            basis.disputes,
            title,
        )

    def _basis(self, rule: Rule, agreement: str, as_of: date | None) -> Basis:
        try:
            version = self.library.version(agreement, as_of)
        except YakkanError as error:
            raise InputError(str(error), field="as_of", value=str(as_of)) from error
        basis = basis_of(rule.name, version)
        if basis is None:
            raise NotInTerms(rule.name, agreement, rule.checked.get(agreement, ()), rule.title)
        return replace(basis, beside=self._beside(agreement, as_of))

    def _beside(self, agreement: str, as_of: date | None) -> Beside:
        """Runs another rule of the same agreement and version."""
        fixed = {} if as_of is None else {"as_of": as_of}
        return lambda rule, inputs: self.calculate(rule, agreement, {**inputs, **fixed})


@functools.cache
def default_calculator() -> Calculator:
    """The calculator over the project's own agreements."""
    return Calculator()


def calculate(
    rule: str, agreement: str, inputs: Mapping[str, Any], *, library: Library | None = None
) -> Result:
    """The result of one case of `rule` under `agreement`.

    `inputs` are plain values by input name (dates as `date` or ISO text, yen as int). Raises
    `MissingInput`, `InputError`, `NotInTerms`, `StaleRule` or `UnknownRule`.
    """
    shared = default_calculator()
    calculator = shared if library is None or library is shared.library else Calculator(library)
    return calculator.calculate(rule, agreement, inputs)


def _as_of(inputs: Any) -> date | None:
    """The `as_of` among the raw inputs; None where there is none or it cannot be read."""
    raw = inputs.get("as_of") if isinstance(inputs, Mapping) else None
    if raw is None:
        return None
    try:
        return parse_day(raw)
    except ValueError:
        return None  # the model refuses it, naming the field


def _result(ready: Prepared, values: Inputs | SimpleNamespace, outcome: Outcome) -> Result:
    rule, basis = ready.rule, ready.basis
    early = _before_version(ready, values)
    disputes = (*outcome.disputes, *ready.disputes)
    return Result(
        rule.name,
        basis.agreement,
        basis.version,
        ready.title,
        rule.outputs[0].unit,
        outcome.outputs,
        ready.titles,
        ready.units,
        _quotes(basis, outcome),
        outcome.exact,
        outcome.steps,
        (*outcome.assumptions, *ready.notes) if ready.notes else outcome.assumptions,
        outcome.alternatives,
        (*outcome.warnings, *ready.cautions, *disputes, *early),
        ready.words,
        outcome.said,
        disputes,
    )


def standing(rule: Rule, result: Result, today: date) -> Result:
    """`result` with the days that are left on `today` until each of its deadlines.

    What was done in time or too late no longer waits for its deadline: then nothing is said.
    """
    if any(o.role == "verdict" and o.name in result.outputs for o in rule.outputs):
        return result
    days = {
        o.name: (day - today).days
        for o in rule.outputs
        if o.role in ("deadline", "safe") and type(day := result.outputs.get(o.name)) is date
    }
    head = next(iter(result.outputs), "")
    steps = result.steps
    if days.get(head, -1) > 0:
        text = f"{today} から {result.outputs[head]} まで"
        clause = steps[-1].clause if steps else ""
        steps = (*steps, Step("期限までの残り", text, days[head], clause, "日"))
    return result._replace(days_left=days, steps=steps)


def _quotes(basis: Basis, outcome: Outcome) -> tuple[Quote, ...]:
    """The clauses quoted: all of the basis, or those that the outcome names."""
    if not outcome.cites:
        return basis.quotes
    return tuple(quote for quote in basis.quotes if quote.id in outcome.cites)


def _before_version(ready: Prepared, values: Inputs | SimpleNamespace) -> tuple[str, ...]:
    """A warning where an input date lies before the version took effect."""
    effective = ready.basis.version
    for name in ready.dates:
        value = getattr(values, name)
        day = value.date() if isinstance(value, datetime) else value
        if day is not None and day < effective:
            title = ready.model.model_fields[name].title
            return (
                f"{title} {day} は、この版の施行日 {effective} より前です。"
                "当時の版では定めが異なることがあります。",
            )
    return ()
