"""The checklist: every duty from its clause, in order of phases, dates only where they follow."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from calculators.engine import calculate
from calculators.errors import InputError
from calculators.rules.device_obligations import PHASES

AGREEMENTS = ("sg", "vpn", "msp")
COLUMNS = ["duty", "who", "by_when", "cost", "clause", "consequence"]


def checklist(agreement: str, **inputs: Any) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = calculate("device_obligations", agreement, inputs).outputs[
        "checklist"
    ]
    return rows


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_each_duty_has_its_columns_and_a_cited_clause(agreement: str) -> None:
    result = calculate("device_obligations", agreement, {})
    cited = {quote.id for quote in result.citations}
    for row in result.outputs["checklist"]:
        assert list(row) == COLUMNS
        assert row["duty"]
        assert row["who"]
        assert row["by_when"]
        assert row["clause"] in cited


@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_the_whole_list_is_the_phases_one_after_another(agreement: str) -> None:
    parts = [checklist(agreement, phase=phase) for phase in PHASES]
    assert checklist(agreement) == list(itertools.chain.from_iterable(parts))


def test_a_phase_without_duties_says_so() -> None:
    result = calculate("device_obligations", "sg", {"phase": "relocation"})
    assert result.outputs == {"checklist": []}
    assert result.warnings


def by_when(agreement: str, duty: str, **inputs: Any) -> str:
    return next(row["by_when"] for row in checklist(agreement, **inputs) if duty in row["duty"])


def test_delivery_and_defects_carry_the_days_of_their_own_rules() -> None:
    dates = {"start_date": "2027-04-01", "handed_over": "2027-04-28"}
    assert by_when("vpn", "引き渡す", **dates).startswith("2027-03-31（")
    assert by_when("vpn", "性能の欠陥", **dates).startswith("2027-05-06（")
    assert by_when("vpn", "性能の欠陥", **dates, closed_days=[]).startswith("2027-04-30（")


def test_without_dates_the_words_of_the_clause_stand() -> None:
    assert by_when("vpn", "性能の欠陥") == "契約者の営業日2日以内"
    assert by_when("vpn", "指定する場所へ返還") == "契約が終わったら直ちに"


def test_what_follows_the_end_starts_the_day_after() -> None:
    end = {"end_date": "2027-03-31"}
    assert by_when("vpn", "返還が遅れたら", **end).startswith("2027-04-01から（")
    assert by_when("sg", "取り出しておく", **end).startswith("2027-03-31（")


def test_an_unknown_phase_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        checklist("vpn", phase="party")
    assert refused.value.field == "phase"
