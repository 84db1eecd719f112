"""Every worked case gives exactly the expected outputs, in the project's own set and in a given one."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

import evals
from calculators.engine import calculate

OWN = Path(evals.__file__).parent / "sets" / "number_cases.jsonl"
GIVEN = (
    Path(os.environ["YAKKAN_EVALS"]) / "number_cases.jsonl"
    if "YAKKAN_EVALS" in os.environ
    else None
)


def _cases(path: Path | None) -> list[Any]:
    if path is None:
        return []
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)
    return [pytest.param(row, id=row["id"]) for row in rows]


def _check(case: dict[str, Any]) -> None:
    result = calculate(case["rule"], case["agreement"], case["inputs"]).to_dict(case["id"])
    got = {name: result["outputs"].get(name) for name in case["expected"]}
    assert got == case["expected"]
    assert result["id"] == case["id"]


@pytest.mark.parametrize("case", _cases(OWN))
def test_a_worked_case_gives_exactly_the_expected_outputs(case: dict[str, Any]) -> None:
    _check(case)


@pytest.mark.skipif(GIVEN is None, reason="YAKKAN_EVALS names no folder of evaluation sets")
@pytest.mark.parametrize("case", _cases(GIVEN))
def test_a_given_case_gives_exactly_the_expected_outputs(case: dict[str, Any]) -> None:
    _check(case)
