"""Open points are shown: the default reading, what the others give, and what to be warned of."""

from __future__ import annotations

from typing import Any

import pytest

from calculators.engine import calculate
from calculators.errors import InputError, MissingInput, NotInTerms


def _alternatives(rule: str, agreement: str, **inputs: Any) -> dict[str, Any]:
    result = calculate(rule, agreement, inputs)
    return {reading: value for reading, value, _ in result.alternatives}


LEAP = {"principal": 110_000, "due_date": "2027-12-31", "paid_date": "2028-03-01"}


def test_the_leap_year_reading_is_shown_only_where_the_terms_are_silent() -> None:
    """110,000 x 14.6 % x 61 / 365 = 2,684; with 366 for the days of 2028 it is 2,676."""
    assert _alternatives("late_charge", "vpn", **LEAP) == {
        "支払日当日を数えない": 2640,
        "うるう年の日は366日で割る": 2676,
    }
    assert "うるう年の日は366日で割る" in _alternatives("late_charge", "msp", **LEAP)
    assert "うるう年の日は366日で割る" not in _alternatives("late_charge", "sg", **LEAP)


def test_the_same_debt_under_all_three_agreements() -> None:
    amounts = [calculate("late_charge", id, LEAP).value for id in ("sg", "vpn", "msp")]
    assert amounts == [2621, 2684, 2621]


def test_half_a_yen_rounded_up_is_shown_where_it_differs() -> None:
    case = {"principal": 55_000, "due_date": "2026-12-28", "paid_date": "2026-12-30"}
    assert list(_alternatives("late_charge", "sg", **case).values()) == [22]


def test_instalments_bear_interest_until_their_own_payment() -> None:
    """500,000 x 14.5 % x (90 + 182) / 365 = 54,027.40."""
    rows = [
        {"date": "2027-06-30", "amount": 500_000},
        {"date": "2027-09-30", "amount": 500_000},
    ]
    case = {"principal": 1_000_000, "due_date": "2027-03-31", "payments": rows}
    assert calculate("late_charge", "sg", case).outputs == {"amount": 54027, "days": 182}


def test_what_instalments_leave_open_is_paid_on_the_payment_day() -> None:
    rows = [{"date": "2027-05-10", "amount": 200_000}]
    case = {"principal": 330_000, "due_date": "2027-04-30", "payments": rows}
    assert calculate("late_charge", "msp", {**case, "paid_date": "2027-05-31"}).value == 1549
    with pytest.raises(MissingInput, match="130,000円"):
        calculate("late_charge", "msp", case)
    with pytest.raises(InputError, match="payments"):
        calculate("late_charge", "msp", {**case, "principal": 1})


def test_a_due_date_on_a_closed_day_is_warned_of() -> None:
    case = {"principal": 1, "due_date": "2027-05-02", "paid_date": "2027-06-01"}
    assert any("休業日" in text for text in calculate("late_charge", "sg", case).warnings)


def test_a_date_before_the_version_is_warned_of_and_not_refused() -> None:
    case = {"principal": 1, "due_date": "2020-05-01", "paid_date": "2020-06-01"}
    warnings = calculate("late_charge", "vpn", case).warnings
    assert any("施行日 2024-02-20" in text for text in warnings)


def test_rent_paid_is_assumed_and_said_where_it_is_not_given() -> None:
    case = {
        "start_date": "2026-10-15",
        "term_years": 1,
        "end_date": "2027-05-31",
        "monthly_fee": 12_000,
    }
    result = calculate("early_termination_charge", "vpn", case)
    assert result.outputs["rental_paid"] == 6_580 + 7 * 12_000
    assert any("支払い済みとみなしました" in text for text in result.assumptions)
    assert "消費税（10%）を加える" in {a.reading for a in result.alternatives}


def test_a_fee_schedule_prices_each_part_of_the_term() -> None:
    """23 months at 20,000 and 13 at 15,000 are 655,000; 550,000 is paid by 2028-08-31."""
    case = {
        "start_date": "2026-04-01",
        "term_years": 3,
        "end_date": "2028-08-31",
        "monthly_fee": 20_000,
        "fee_schedule": [{"date": "2028-03-01", "monthly_fee": 15_000}],
    }
    result = calculate("early_termination_charge", "vpn", case)
    assert result.outputs["total_rental"] == 655_000
    assert result.outputs["charge"] == 105_000


def test_remaining_months_are_exact() -> None:
    case = {"start_date": "2026-07-15", "end_date": "2027-02-10", "monthly_fee": 55_000}
    assert (
        calculate("early_termination_charge", "sg", case).to_dict()["outputs"]["remaining_months"]
        == "2211/434"
    )


def test_a_term_that_the_terms_do_not_offer_is_refused() -> None:
    with pytest.raises(InputError, match="term_years") as caught:
        calculate("min_term_end", "vpn", {"start_date": "2027-01-01", "term_years": 2})
    assert caught.value.field == "term_years"


def test_a_tax_inclusive_sum_is_divided_back() -> None:
    """From 13,579 with tax the surcharge is 27,158; from 12,345 without tax it is 27,159."""
    inclusive = {"evaded_incl_tax": 13_579, "supply_date": "2026-01-01"}
    assert calculate("evasion_surcharge", "sg", inclusive).value == 27_158
    both = {**inclusive, "evaded_ex_tax": 12_345}
    assert calculate("evasion_surcharge", "sg", both).value == 27_159
    with pytest.raises(InputError, match="evaded_incl_tax"):
        calculate("evasion_surcharge", "sg", {**both, "evaded_incl_tax": 13_580})


@pytest.mark.parametrize(
    ("rule", "agreement"),
    [
        ("evasion_surcharge", "vpn"),
        ("late_return_charge", "msp"),
        ("downgrade_difference", "msp"),
        ("outage_reduction", "sg"),
        ("suspension_fee", "vpn"),
        ("equipment_loss_charge", "sg"),
    ],
)
def test_an_agreement_without_the_clause_says_so_and_what_was_checked(
    rule: str, agreement: str
) -> None:
    with pytest.raises(NotInTerms) as caught:
        calculate(rule, agreement, {})
    assert caught.value.checked
    assert all(address.startswith(f"{agreement}:") for address in caught.value.checked)


def test_a_rate_outside_the_terms_is_asked_for_by_its_name() -> None:
    case = {
        "application_date": "2027-02-01",
        "start_date": "2027-04-01",
        "cancel_date": "2027-03-31",
    }
    with pytest.raises(MissingInput, match="当社所定の料率") as caught:
        calculate("pre_start_cancellation_charge", "vpn", case)
    assert [wanted.name for wanted in caught.value.fields] == ["rate", "base"]


@pytest.mark.parametrize(
    ("case", "amount"),
    [
        ({"after_handover": False, "cause": "natural_event", "repairable": False}, 0),
        ({"after_handover": True, "cause": "company_fault", "repairable": False}, 0),
        ({"after_handover": True, "cause": "normal_wear", "repairable": True}, 0),
        (
            {
                "after_handover": True,
                "cause": "no_fault",
                "repairable": False,
                "substitute_price": 120_000,
                "new_price": 180_000,
                "repair_cost": 45_000,
            },
            120_000,
        ),
    ],
)
def test_who_pays_for_a_lost_device(case: dict[str, Any], amount: int) -> None:
    assert calculate("equipment_loss_charge", "vpn", case).value == amount


def test_a_price_outside_the_terms_is_asked_for() -> None:
    case = {"after_handover": True, "cause": "customer_fault", "repairable": False}
    with pytest.raises(MissingInput) as caught:
        calculate("equipment_loss_charge", "vpn", case)
    assert [w.name for w in caught.value.fields] == ["substitute_price", "new_price"]


def test_the_misprinted_reference_is_said() -> None:
    case = {
        "start_date": "2026-04-01",
        "term_years": 3,
        "end_date": "2029-05-10",
        "monthly_fee": 20_000,
        "recovery_cost": 25_000,
    }
    result = calculate("cause_termination_payment", "vpn", case)
    assert result.outputs == {"amount": 25_000, "termination_charge": 0}
    assert any("第17条" in text for text in result.assumptions)


@pytest.mark.parametrize(("cause_date", "cap"), [("2027-06-10", 396_000), ("2027-06-09", 496_000)])
def test_the_year_before_the_cause_counts_payments_by_their_day(cause_date: str, cap: int) -> None:
    """33,000 on the 10th of each month and 100,000 on 2026-06-09."""
    months = [(2026, m) for m in range(6, 13)] + [(2027, m) for m in range(1, 6)]
    rows = [{"date": f"{y}-{m:02d}-10", "amount": 33_000} for y, m in months]
    rows.append({"date": "2026-06-09", "amount": 100_000})
    case = {"fault": "gross", "damage": 1_000_000, "cause_date": cause_date, "payments": rows}
    result = calculate("liability_cap", "msp", case)
    assert result.outputs == {"amount": cap, "cap": cap}
    assert any("最判平成15年2月28日" in text for text in result.warnings)
    lost = calculate("liability_cap", "msp", {**case, "damage_type": "lost_profit"})
    assert lost.outputs["amount"] == 0


def test_how_a_clause_is_read_is_said_with_every_result() -> None:
    case = {"start_date": "2027-03-10", "end_date": "2027-12-31", "monthly_fee": 30_000}
    result = calculate("early_termination_charge", "msp", case)
    assert any("『サービス料』" in text for text in result.assumptions)
    assert any("第19条第2項" in text for text in result.warnings)
    assert "9日/31日" in result.steps[1].expression


def test_the_charge_for_a_loss_cites_only_the_clause_that_decides() -> None:
    case = {"after_handover": False, "cause": "natural_event", "repairable": False}
    result = calculate("equipment_loss_charge", "vpn", case)
    assert [quote.id for quote in result.citations] == ["vpn:10.4"]
