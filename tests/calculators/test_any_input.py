"""Whatever is sent, a case ends in a result or in a named refusal; nothing else."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from calculators import batch, registry
from calculators.engine import Calculator

CALCULATOR = Calculator()
CASES = [
    (rule.name, example.agreement, dict(example.inputs))
    for rule in registry.rules()
    for example in rule.examples
]
FIELDS = sorted({spec.name for rule in registry.rules() for spec in rule.specs()})

numbers = st.integers() | st.integers(-1, 10**12) | st.floats()
dates = st.dates().map(str) | st.datetimes().map(lambda moment: moment.isoformat()[:16])
plain = st.none() | st.booleans() | numbers | st.text(max_size=20) | dates
rows = st.lists(st.dictionaries(st.sampled_from(["date", "amount", "due_date"]), plain), max_size=3)
values = plain | rows | st.lists(plain, max_size=3) | st.dictionaries(st.text(max_size=5), plain)


@settings(max_examples=200)
@given(
    st.sampled_from(CASES), st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), values)
)
def test_a_changed_case_gives_a_result_or_a_named_refusal(
    case: tuple[str, str, dict[str, Any]], changes: dict[str, Any]
) -> None:
    rule, agreement, inputs = case
    row = {"id": 1, "rule": rule, "agreement": agreement, "inputs": {**inputs, **changes}}
    _well_formed(json.dumps(row, default=str))


@settings(max_examples=200)
@given(st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_line_gives_a_named_refusal(value: Any) -> None:
    _well_formed(json.dumps(value))


def _well_formed(line: str) -> None:
    (row,) = batch.run_lines([line], CALCULATOR)
    text = json.dumps(row, ensure_ascii=False, allow_nan=False)
    assert "Traceback" not in text
    if "error" in row:
        assert row["error"]["message"].endswith("。")
        assert "field" in row["error"]
    else:
        assert "value" in row
        assert row["citations"]
