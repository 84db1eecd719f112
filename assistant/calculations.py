"""Running the calculations that a question wants, and turning refusals into questions back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.answer import MissingInput
from assistant.findings import Calculated
from assistant.spoken import addresses
from assistant.tax_view import as_asked

if TYPE_CHECKING:
    from assistant.calculation import CalculationRequest
    from calculators.engine import Calculator
    from calculators.errors import Wanted
    from calculators.result import Result


def run(
    requests: Iterable[CalculationRequest], calculator: Calculator, today: date | None = None
) -> tuple[Calculated, ...]:
    """Every request computed in order; a chained input is taken from an earlier result.

    today: the day of asking, by which deadlines are open or have passed.
    """
    results: dict[tuple[str, str], dict[str, Any]] = {}
    found = []
    for request in requests:
        row = _one(request.with_results(results), calculator, today)
        row = as_asked(row, request.tax)
        if row.result is not None:
            results[row.rule, row.agreement] = row.result["outputs"]
        found.append(row)
    return tuple(found)


def _one(request: CalculationRequest, calculator: Calculator, today: date | None) -> Calculated:
    from calculators import errors, registry

    title = registry.rule(request.rule).title
    common: dict[str, Any] = {
        "rule": request.rule,
        "title": title,
        "agreement": request.agreement,
        "inputs": dict(request.inputs),
        "assumptions": request.assumptions,
        "offered": request.offered,
    }
    if request.absent:
        return _absent(common, calculator)
    if request.missing:
        settled = _settled(request, calculator)
        if settled is not None:
            return Calculated(**common, result=settled.to_dict())
        return Calculated(**common, missing=_missing(request, calculator))
    try:
        result = calculator.calculate(request.rule, request.agreement, request.inputs, today=today)
    except errors.MissingInput as error:
        missing = _missing(request, calculator, error.fields)
        why = (error.note,) if error.note else ()
        return Calculated(**common | {"assumptions": (*request.assumptions, *why)}, missing=missing)
    except errors.NotInTerms as error:
        return Calculated(**common, error=error.message, absent=True, checked=error.checked)
    except errors.CalculationError as error:
        named = addresses(error.message)
        return Calculated(**common, error=error.message, checked=named)
    return Calculated(**common, result=result.to_dict())


def _absent(common: dict[str, Any], calculator: Calculator) -> Calculated:
    """That the agreement has no such clause, and the clauses to look at."""
    from calculators import errors, registry

    rule, agreement = common["rule"], common["agreement"]
    checked = registry.rule(rule).checked.get(agreement, ())
    with suppress(errors.CalculationError):
        checked = checked or (calculator.prepare(rule, agreement).basis.clause,)
    error = errors.NotInTerms(rule, agreement, checked, common["title"])
    return Calculated(**common, error=error.message, absent=True, checked=error.checked)


def _settled(request: CalculationRequest, calculator: Calculator) -> Result | None:
    from calculators.errors import CalculationError

    try:
        return calculator.settle(request.rule, request.agreement, request.inputs)
    except CalculationError:
        return None


def _missing(
    request: CalculationRequest, calculator: Calculator, wanted: Sequence[Wanted] = ()
) -> tuple[MissingInput, ...]:
    """The missing inputs (or those `wanted`) with the titles and units that the rule declares."""
    from calculators.errors import CalculationError

    try:
        specs = calculator.specs(request.rule, request.agreement)
        declared = {spec.name: spec for spec in specs}
    except CalculationError:
        declared = {}
    told = {w.name: w for w in wanted}
    return tuple(
        MissingInput(
            name,
            told[name].title if name in told else declared[name].title,
            declared[name].unit,
            declared[name].by_provider,
        )
        if name in declared
        else MissingInput(name, told[name].title if name in told else name)
        for name in (told or request.missing)
    )
