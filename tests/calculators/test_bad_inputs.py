"""Bad inputs, made from every rule's own schema: always a named refusal, never a number."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from calculators import registry
from calculators.engine import Calculator
from calculators.errors import CalculationError, InputError, MissingInput, UnknownRule
from calculators.inputs import Inputs, InputSpec
from calculators.result import jsonable

CALCULATOR = Calculator()

NUMBERS = (
    True,
    False,
    -1,
    10**12 + 1,
    10**40,
    1.0,
    0.5,
    float("nan"),
    float("inf"),
    "1",
    "一",
    [],
    {},
)
DATES = (
    True,
    0,
    20270401,
    1.5,
    float("nan"),
    "",
    "2027-02-30",
    "2027-4-1",
    "20270401",
    "2027-W01-1",
    "2027/04/01",
    "0001-01-01",
    "1899-12-31",
    "2201-01-01",
    "9999-12-31",
    "99999-01-01",
    "2027-04-01T00:00",
    "明日",
    [],
    {},
    "x" * 10_000,
)
INSTANTS = (
    True,
    0,
    "",
    "2027-05-10",
    "2027-05-10T24:01",
    "2027-05-10T09:00+09:00",
    "2201-01-01T00:00",
    [],
    {},
)
BAD: dict[str, tuple[Any, ...]] = {
    "yen": NUMBERS,
    "count": (*NUMBERS, 100_001),
    "date": DATES,
    "instant": INSTANTS,
    "flag": (0, 1, "true", "はい", "", 1.0, [], {}, float("nan")),
    "share": (
        True,
        -0.1,
        11,
        "三割",
        "30パーセント",
        float("nan"),
        float("inf"),
        "1e999",
        [],
        {},
        "",
        "9" * 5000,
    ),
    "choice": (True, 0, "", "zzz", "x" * 10_000, [], {}),
    "text": (True, 0, 1.5, [], {}),
    "list": (True, 0, 1.5, {}, "zzz", [[]], [None], [1.5], [{"zzz": 1}], [{}] * 1001),
    "record": (True, 0, "zzz", [], {"zzz": 1}),
}

#: a list of words may also be typed as one word
PLAIN_LIST = (True, 0, 1.5, float("nan"), [[]], [None], [1.5], [{"zzz": 1}], {"zzz": 1})


def _bases() -> Iterator[tuple[str, str, dict[str, Any]]]:
    seen = set()
    for rule in registry.rules():
        for example in rule.examples:
            if (rule.name, example.agreement) not in seen:
                seen.add((rule.name, example.agreement))
                yield rule.name, example.agreement, jsonable(dict(example.inputs))


BASES = [pytest.param(*base, id=f"{base[0]}-{base[1]}") for base in _bases()]


def _refused(rule: str, agreement: str, inputs: Any) -> CalculationError:
    with pytest.raises(CalculationError) as caught:
        CALCULATOR.calculate(rule, agreement, inputs)
    told = caught.value.to_dict()
    json.dumps(told, allow_nan=False)
    assert told["message"].endswith("。")
    assert len(told["message"]) < 2000
    return caught.value


def _specs(rule: str, agreement: str) -> tuple[InputSpec, ...]:
    return CALCULATOR.specs(rule, agreement)


@pytest.mark.parametrize(("rule", "agreement", "base"), BASES)
def test_a_bad_value_is_refused_by_its_name(
    rule: str, agreement: str, base: dict[str, Any]
) -> None:
    for spec in _specs(rule, agreement):
        plain_list = spec.kind == "list" and not spec.rows
        for value in PLAIN_LIST if plain_list else BAD[spec.kind]:
            error = _refused(rule, agreement, {**base, spec.name: value})
            assert error.field.startswith(spec.name), (spec.name, value, error.field)
            assert isinstance(error, InputError)


@pytest.mark.parametrize(("rule", "agreement", "base"), BASES)
def test_a_missing_input_is_asked_for_by_its_name(
    rule: str, agreement: str, base: dict[str, Any]
) -> None:
    for spec in _specs(rule, agreement):
        if spec.required and spec.name in base and not spec.unless:
            error = _refused(rule, agreement, {k: v for k, v in base.items() if k != spec.name})
            assert isinstance(error, MissingInput)
            assert spec.name in [wanted.name for wanted in error.fields]
            assert spec.title in error.message


@pytest.mark.parametrize(("rule", "agreement", "base"), BASES)
def test_nothing_given_asks_for_every_required_input(
    rule: str, agreement: str, base: dict[str, Any]
) -> None:
    required = {spec.name for spec in _specs(rule, agreement) if spec.required}
    if not required:
        return
    error = _refused(rule, agreement, {})
    assert isinstance(error, MissingInput)
    assert {wanted.name for wanted in error.fields} == required


@pytest.mark.parametrize(("rule", "agreement", "base"), BASES)
def test_an_unknown_input_is_refused_by_its_name(
    rule: str, agreement: str, base: dict[str, Any]
) -> None:
    error = _refused(rule, agreement, {**base, "zzz_unknown": 1})
    assert error.field == "zzz_unknown"


@pytest.mark.parametrize(("rule", "agreement", "base"), BASES)
def test_an_end_before_its_start_is_refused(
    rule: str, agreement: str, base: dict[str, Any]
) -> None:
    model: type[Inputs] = CALCULATOR.prepare(rule, agreement).model
    kinds = {spec.name: spec.kind for spec in _specs(rule, agreement)}
    for earlier, later in model.ordered:
        instant = kinds[later] == "instant"
        reversed_pair = {
            earlier: "2031-05-02T00:00" if instant else "2031-05-02",
            later: "2031-05-01T00:00" if instant else "2031-05-01",
        }
        error = _refused(rule, agreement, {**base, **reversed_pair})
        assert error.field in {pair[1] for pair in model.ordered}


@pytest.mark.parametrize("inputs", [None, [], "x", 5, [("principal", 1)]])
def test_inputs_that_are_no_record_are_refused(inputs: Any) -> None:
    assert _refused("late_charge", "vpn", inputs).field == "inputs"


@pytest.mark.parametrize("agreement", ["", "zzz", "VPN", None, 5, ["vpn"], "x" * 9999])
def test_an_unknown_agreement_is_refused(agreement: Any) -> None:
    assert _refused("late_charge", agreement, {}).field == "agreement"


@pytest.mark.parametrize(
    "rule", ["", "zzz", "__init__", "_term_fees", "os", "../x", None, 5, ["x"]]
)
def test_an_unknown_rule_is_refused(rule: Any) -> None:
    error = _refused(rule, "vpn", {})
    assert error.field == "rule"
    assert isinstance(error, (UnknownRule, InputError))


def test_a_day_whose_version_is_not_held_is_refused() -> None:
    inputs = {"principal": 1, "due_date": "2027-01-01", "paid_date": "2027-02-01"}
    assert _refused("late_charge", "vpn", {**inputs, "as_of": "1999-01-01"}).field == "as_of"
