"""A late charge from the number of days late alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from calculators.engine import calculate
from calculators.errors import InputError, MissingInput


def by_days(agreement, days):
    inputs = {"principal": 1_000_000, "days_late": days}
    return calculate("late_charge", agreement, inputs).to_dict()["outputs"]


@pytest.mark.parametrize("agreement", ["sg", "vpn", "msp"])
@pytest.mark.parametrize("days", [1, 10, 30, 200])
def test_days_late_give_what_the_two_dates_give(agreement, days):
    due = date(2027, 1, 4)
    inputs = {
        "principal": 1_000_000,
        "due_date": due.isoformat(),
        "paid_date": (due + timedelta(days=days)).isoformat(),
    }
    dated = calculate("late_charge", agreement, inputs).to_dict()["outputs"]
    told = by_days(agreement, days)
    assert told == {name: dated[name] for name in told}


@pytest.mark.parametrize("days", [11, 15, 20])
def test_days_about_the_end_of_a_grace_period_do_not_decide(days):
    with pytest.raises(MissingInput) as caught:
        by_days("msp", days)
    assert [field.name for field in caught.value.fields] == ["due_date", "paid_date"]
    assert "休業日" in caught.value.note


def test_days_late_stand_instead_of_dates_and_not_beside_them():
    inputs = {"principal": 1000, "days_late": 3, "due_date": "2027-01-04"}
    with pytest.raises(InputError) as caught:
        calculate("late_charge", "sg", inputs)
    assert caught.value.field == "due_date"


def test_neither_dates_nor_days_are_asked_for_as_dates():
    with pytest.raises(MissingInput) as caught:
        calculate("late_charge", "sg", {"principal": 1000})
    assert [field.name for field in caught.value.fields] == ["due_date", "paid_date"]


def test_an_outage_by_hours_is_the_outage_by_its_end():
    common = {"monthly_fee": 31_000, "notified_at": "2026-12-30T08:00", "company_at_fault": True}
    hours = calculate("outage_reduction", "vpn", common | {"lasted_hours": 73})
    ended = calculate("outage_reduction", "vpn", common | {"restored_at": "2027-01-02T09:00"})
    assert hours.to_dict()["outputs"] == ended.to_dict()["outputs"]


def test_the_end_of_an_outage_is_told_once():
    inputs = {
        "monthly_fee": 31_000, "notified_at": "2026-12-30T08:00", "company_at_fault": True,
        "restored_at": "2027-01-02T09:00", "lasted_hours": 73,
    }  # fmt: skip
    with pytest.raises(InputError) as caught:
        calculate("outage_reduction", "vpn", inputs)
    assert caught.value.field == "lasted_hours"


def test_days_off_come_on_top_of_the_usual_ones():
    inputs = {"handed_over": "2026-12-25", "also_closed": ["2026-12-28"]}
    outputs = calculate("defect_notice_deadline", "vpn", inputs).to_dict()["outputs"]
    assert outputs == {"deadline": "2026-12-30"}
