"""What must hold for every amount, whatever the inputs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from calculators.engine import Calculator
from calculators.periods import months_between, slices, term_end
from calculators.tax import tax_rate

CALCULATOR = Calculator()
DAY = timedelta(days=1)

agreements = st.sampled_from(["sg", "vpn", "msp"])
yen = st.integers(0, 10**9)
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
spans = st.integers(0, 1500)
years = st.sampled_from([1, 3])
instants = st.datetimes(datetime(2027, 1, 1), datetime(2030, 1, 1))


def outputs(rule: str, agreement: str, **inputs: Any) -> dict[str, Any]:
    return dict(CALCULATOR.calculate(rule, agreement, inputs).outputs)


@given(agreements, yen, days, spans)
def test_a_late_charge_is_what_the_definition_says(
    agreement: str, principal: int, due: date, late: int
) -> None:
    paid = due + late * DAY
    got = outputs("late_charge", agreement, principal=principal, due_date=due, paid_date=paid)
    rate = Fraction(146 if agreement == "vpn" else 145, 1000)
    counted = late if agreement == "vpn" else max(0, late - 1)
    if got.get("waived"):
        counted = 0
    assert got["days"] == counted
    assert got["amount"] == (principal * rate * counted / 365).__floor__() >= 0


@given(agreements, yen, days, spans, spans)
def test_paying_later_is_never_cheaper(
    agreement: str, principal: int, due: date, late: int, more: int
) -> None:
    def amount(day: date) -> int:
        case = {"principal": principal, "due_date": due, "paid_date": day}
        return int(outputs("late_charge", agreement, **case)["amount"])

    assert amount(due + late * DAY) <= amount(due + (late + more) * DAY)


@given(agreements, st.integers(1, 10**9), days, spans)
def test_one_instalment_of_the_whole_is_the_same_as_one_payment(
    agreement: str, principal: int, due: date, late: int
) -> None:
    paid = due + late * DAY
    base = {"principal": principal, "due_date": due}
    rows = [{"date": paid, "amount": principal}]
    assert outputs("late_charge", agreement, **base, payments=rows) == outputs(
        "late_charge", agreement, **base, paid_date=paid
    )


@given(days, spans, yen)
def test_ending_from_the_last_day_of_the_term_on_costs_nothing(
    start: date, later: int, fee: int
) -> None:
    case = {"start_date": start, "monthly_fee": fee}
    for agreement, term in (("sg", {}), ("msp", {}), ("vpn", {"term_years": 1})):
        end = term_end(start, 12) + later * DAY
        got = outputs("early_termination_charge", agreement, **case, **term, end_date=end)
        assert got["charge"] == 0


@given(days, st.integers(0, 363), yen)
def test_ending_one_day_later_is_never_dearer(start: date, used: int, fee: int) -> None:
    for agreement in ("sg", "msp"):
        case = {"start_date": start, "monthly_fee": fee}
        charges = [
            outputs("early_termination_charge", agreement, **case, end_date=start + n * DAY)[
                "charge"
            ]
            for n in (used, used + 1)
        ]
        assert charges[0] >= charges[1] >= 0


@given(days, years, st.integers(0, 1200), yen, st.none() | yen)
def test_rent_still_due_is_never_negative_and_never_above_the_whole(
    start: date, term: int, used: int, fee: int, paid: int | None
) -> None:
    case: dict[str, Any] = {"start_date": start, "term_years": term, "monthly_fee": fee}
    if paid is not None:
        case["rental_paid"] = paid
    got = outputs("early_termination_charge", "vpn", **case, end_date=start + used * DAY)
    assert 0 <= got["charge"] <= got["total_rental"]


@given(days, spans, st.integers(0, 60))
def test_proration_of_parts_adds_up_before_flooring(first: date, length: int, cut: int) -> None:
    last = first + length * DAY
    middle = min(first + cut * DAY, last)
    whole = months_between(first, last)
    assert whole == months_between(first, middle) + months_between(middle + DAY, last)
    assert whole == sum((part.share for part in slices(first, last)), Fraction(0))


@given(days, st.integers(1, 11), st.integers(1, 11), yen, yen)
def test_downgrade_then_cancel_costs_the_same_as_cancelling_the_old_plan(
    start: date, change_month: int, end_month: int, one: int, other: int
) -> None:
    """Up to one floored yen for each of the two charges and for each day-prorated month."""
    old, new = max(one, other), min(one, other)
    change = term_end(start, min(change_month, end_month)) + DAY
    end = term_end(start, max(change_month, end_month))
    if end < change:
        end = change
    difference = outputs(
        "downgrade_difference", "sg", start_date=start, change_date=change, old_fee=old, new_fee=new
    )["charge"]
    after = outputs(
        "early_termination_charge", "sg", start_date=start, end_date=end, monthly_fee=new
    )
    plain = outputs(
        "early_termination_charge", "sg", start_date=start, end_date=end, monthly_fee=old
    )
    saved = (old - new) * months_between(change, end)
    gap = (difference + after["charge"]) - (plain["charge"] + saved)
    assert -2 < gap < 2


@given(days, st.integers(1, 11), st.integers(1, 11), yen, yen)
def test_under_the_rental_terms_both_routes_cost_the_same_too(
    start: date, change_month: int, end_month: int, one: int, other: int
) -> None:
    old, new = max(one, other), min(one, other)
    change = term_end(start, min(change_month, end_month)) + DAY
    end = max(change, term_end(start, max(change_month, end_month)))
    term: dict[str, Any] = {"start_date": start, "term_years": 1}
    lump = outputs(
        "downgrade_difference", "vpn", **term, change_date=change, old_fee=old, new_fee=new
    )
    schedule = [{"date": change, "monthly_fee": new}]
    case = {**term, "end_date": end, "monthly_fee": old}
    after = outputs("early_termination_charge", "vpn", **case, fee_schedule=schedule)
    paid = after["rental_paid"] + lump["charge"]
    other_route = outputs("early_termination_charge", "vpn", **case, rental_paid=paid)
    assert abs(after["charge"] - other_route["charge"]) <= 1


@given(days, st.integers(0, 400), yen)
def test_a_prorated_fee_is_the_sum_of_its_lines(first: date, length: int, fee: int) -> None:
    for agreement in ("vpn", "msp", "sg"):
        last = first + length * DAY
        got = outputs("fee_proration", agreement, monthly_fee=fee, first_day=first, last_day=last)
        assert got["amount"] == sum(line["amount"] for line in got["lines"])
        assert sum(line["days"] for line in got["lines"]) == length + 1
        assert got["total"] == got["amount"] + got["tax"]
        if agreement != "sg":
            assert got["tax"] == (got["amount"] * tax_rate(last)).__floor__()


@given(yen, days)
def test_the_surcharge_is_twice_the_evaded_sum_with_tax(evaded: int, supply: date) -> None:
    got = outputs("evasion_surcharge", "sg", evaded_ex_tax=evaded, supply_date=supply)
    rate = tax_rate(supply)
    assert got["surcharge"] == 2 * evaded + (2 * evaded * rate).__floor__()
    assert got["total_due"] == got["surcharge"] + got["evaded_incl_tax"]


@given(days, spans, yen)
def test_late_return_is_charged_by_whole_months_begun(deadline: date, late: int, rent: int) -> None:
    returned = deadline + late * DAY
    got = outputs(
        "late_return_charge", "vpn", deadline=deadline, returned=returned, monthly_rental=rent
    )
    months, first = got["months"], deadline + DAY
    assert got["amount"] == months * rent
    assert (months == 0) == (late == 0)
    if months:
        assert term_end(first, months) >= returned
        assert months == 1 or term_end(first, months - 1) < returned


@given(yen, yen, yen, st.booleans())
def test_insurance_never_takes_more_than_the_debt_or_than_it_paid(
    loss: int, charge: int, paid: int, kept: bool
) -> None:
    got = outputs(
        "insurance_offset",
        "vpn",
        loss_charge=loss,
        termination_charge=charge,
        insurance_received=paid,
        duties_performed=kept,
    )
    assert got["net"] + got["exempt"] == loss + charge
    assert 0 <= got["exempt"] <= min(paid, loss + charge)
    assert kept or got["exempt"] == 0


@given(instants, st.integers(0, 100_000), st.integers(0, 10**7), st.booleans())
def test_an_outage_credit_counts_whole_days_and_never_exceeds_the_fees(
    start: datetime, minutes: int, fee: int, fault: bool
) -> None:
    end = start + timedelta(minutes=minutes)
    got = outputs(
        "outage_reduction",
        "vpn",
        monthly_fee=fee,
        notified_at=start,
        restored_at=end,
        company_at_fault=fault,
    )
    assert got["units"] == (minutes // 1440 if fault and minutes > 1440 else 0)
    payable = got["payable_by_month"]
    assert got["credit"] == fee * len(payable) - sum(payable.values())
    assert all(0 <= value <= fee for value in payable.values())


@given(yen, yen, st.sampled_from(["none", "ordinary", "gross", "intent"]))
def test_compensation_never_exceeds_the_damage_or_the_cap(
    damage: int, fee: int, fault: str
) -> None:
    got = outputs("liability_cap", "sg", fault=fault, damage=damage, fee_of_month=fee)
    assert got["amount"] <= min(damage, got["cap"])
    assert (got["amount"] > 0) <= (fault in ("gross", "intent"))
    assert outputs("liability_cap", "vpn", fault=fault, damage=damage)["amount"] == 0
