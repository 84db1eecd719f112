"""The worked cases of the evaluation, exactly; the folder is named by YAKKAN_EVALS."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from calculators.engine import calculate

FOLDER = os.environ.get("YAKKAN_EVALS")
DATE_RULES = {
    "cancellation_notice_deadline",
    "renewal_schedule",
    "support_end_check",
    "earliest_start_date",
    "claim_deadline",
    "service_end_notice",
}


def cases() -> list[Any]:
    if not FOLDER:
        return []
    lines = (Path(FOLDER) / "number_cases.jsonl").read_text(encoding="utf-8").splitlines()
    found = (json.loads(line) for line in lines)
    return [pytest.param(case, id=case["id"]) for case in found if case["rule"] in DATE_RULES]


@pytest.mark.skipif(not FOLDER, reason="YAKKAN_EVALS does not name the folder of the cases")
@pytest.mark.parametrize("case", cases())
def test_a_worked_case_comes_out_exactly(case: dict[str, Any]) -> None:
    found = calculate(case["rule"], case["agreement"], case["inputs"]).to_dict()["outputs"]
    assert {name: found.get(name) for name in case["expected"]} == case["expected"]
