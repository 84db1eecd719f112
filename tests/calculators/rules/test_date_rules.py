"""The date rules say what the clauses say, at the ends of months, in leap years, on holidays."""

from __future__ import annotations

from typing import Any

import pytest

from calculators.engine import calculate
from calculators.errors import InputError, MissingInput, NotInTerms


def outputs(rule: str, agreement: str, **inputs: Any) -> dict[str, Any]:
    return calculate(rule, agreement, inputs).to_dict()["outputs"]


@pytest.mark.parametrize(
    ("agreement", "end", "deadline", "safe"),
    [
        ("sg", "2027-03-31", "2027-02-28", "2027-01-31"),
        ("sg", "2028-03-31", "2028-02-29", "2028-01-31"),
        ("sg", "2027-01-15", "2026-12-15", "2026-11-30"),
        ("vpn", "2027-04-30", "2027-03-30", "2027-03-29"),
        ("vpn", "2028-03-31", "2028-02-29", "2028-02-28"),
        ("msp", "2028-03-30", "2028-02-29", "2028-02-28"),
        ("msp", "2027-09-30", "2027-08-31", "2027-08-30"),
    ],
)
def test_each_agreement_counts_its_own_notice_back(
    agreement: str, end: str, deadline: str, safe: str
) -> None:
    found = outputs("cancellation_notice_deadline", agreement, desired_end=end)
    assert (found["deadline"], found["safe"]) == (deadline, safe)


def test_only_the_month_based_notice_has_a_latest_day() -> None:
    assert "latest" in outputs("cancellation_notice_deadline", "sg", desired_end="2027-06-15")
    assert "latest" not in outputs("cancellation_notice_deadline", "vpn", desired_end="2027-06-15")


@pytest.mark.parametrize(
    ("agreement", "notice", "judgement"),
    [
        ("sg", "2027-04-30", "ok"),
        ("sg", "2027-05-15", "ok"),
        ("sg", "2027-05-16", "disputable"),
        ("sg", "2027-05-31", "disputable"),
        ("sg", "2027-06-01", "late"),
        ("vpn", "2027-05-15", "ok"),
        ("vpn", "2027-05-16", "late"),
        ("msp", "2027-05-16", "ok"),
        ("msp", "2027-05-17", "late"),
    ],
)
def test_a_past_notice_is_judged_against_the_readings(
    agreement: str, notice: str, judgement: str
) -> None:
    found = outputs(
        "cancellation_notice_deadline", agreement, desired_end="2027-06-15", notice_date=notice
    )
    assert found["judgement"] == judgement


def test_without_a_notice_nothing_is_judged() -> None:
    assert "judgement" not in outputs(
        "cancellation_notice_deadline", "sg", desired_end="2027-06-15"
    )


@pytest.mark.parametrize(
    ("agreement", "notice", "earliest", "safe"),
    [
        ("vpn", "2027-01-31", "2027-03-01", "2027-03-01"),
        ("vpn", "2028-01-31", "2028-03-01", "2028-03-01"),
        ("vpn", "2027-02-28", "2027-03-28", "2027-04-01"),
        ("msp", "2028-01-31", "2028-03-01", "2028-03-02"),
        ("sg", "2027-05-20", "2027-06-20", "2027-07-01"),
    ],
)
def test_a_notice_serves_from_a_first_day(
    agreement: str, notice: str, earliest: str, safe: str
) -> None:
    found = outputs("earliest_end_from_notice", agreement, notice_date=notice)
    assert found == {"earliest_end": earliest, "safe": safe}


def test_expiry_notice_is_counted_from_the_last_day_of_the_term() -> None:
    found = outputs("expiry_notice_deadline", "vpn", start_date="2027-03-01", term_years=1)
    assert found == {"deadline": "2028-01-29", "safe": "2028-01-28", "term_end": "2028-02-29"}


def test_an_expiry_notice_may_be_in_time_on_the_lenient_reading_only() -> None:
    case = {"start_date": "2027-03-01", "term_years": 1}
    judged = [
        outputs("expiry_notice_deadline", "vpn", **case, notice_date=day)["judgement"]
        for day in ("2028-01-29", "2028-01-31", "2028-02-01")
    ]
    assert judged == ["ok", "disputable", "late"]


def test_a_term_that_the_clause_does_not_offer_is_refused() -> None:
    with pytest.raises(InputError, match="term_years") as refused:
        outputs("expiry_notice_deadline", "vpn", start_date="2027-03-01", term_years=2)
    assert refused.value.field == "term_years"


def test_renewals_from_the_31st_do_not_drift() -> None:
    found = outputs("renewal_schedule", "vpn", start_date="2026-01-31", term_years=1, count=4)
    assert found["ends"] == ["2027-02-28", "2027-03-30", "2027-04-30", "2027-05-30"]
    assert "last_end" not in found


def test_renewals_stop_at_the_support_end() -> None:
    found = outputs(
        "renewal_schedule",
        "vpn",
        start_date="2027-03-01",
        term_years=1,
        count=12,
        support_end="2028-06-15",
    )
    assert found["ends"] == ["2028-03-31", "2028-04-30", "2028-05-31"]
    assert found["last_end"] == "2028-05-31"


def test_a_term_beyond_the_support_end_has_no_last_end() -> None:
    result = calculate(
        "renewal_schedule",
        "vpn",
        {"start_date": "2026-04-01", "term_years": 3, "count": 2, "support_end": "2028-01-01"},
    )
    assert result.outputs["ends"] == []
    assert result.outputs["last_end"] is None
    assert "契約できません" in result.warnings[0]


@pytest.mark.parametrize(
    ("support_end", "terms"),
    [("2028-02-28", []), ("2028-02-29", [1]), (["2031-01-01", "2028-02-29"], [1])],
)
def test_a_term_may_end_on_the_support_end_but_not_after(
    support_end: Any, terms: list[int]
) -> None:
    found = outputs("support_end_check", "vpn", start_date="2027-03-01", support_end=support_end)
    assert found["allowed_terms"] == terms


def test_several_support_ends_may_be_typed_on_one_line() -> None:
    found = outputs(
        "support_end_check", "vpn", start_date="2026-04-01", support_end="2030-01-01, 2029-09-15"
    )
    assert found == {"allowed_terms": [1, 3], "last_end": "2029-08-31"}


def test_no_support_end_at_all_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        outputs("support_end_check", "vpn", start_date="2026-04-01", support_end=[])
    assert refused.value.field == "support_end"


@pytest.mark.parametrize(
    ("accepted", "earliest", "safe"),
    [
        ("2027-04-10", "2027-05-10", "2027-05-11"),
        ("2027-04-30", "2027-05-30", "2027-06-01"),
        ("2028-01-31", "2028-02-29", "2028-03-01"),
    ],
)
def test_service_starts_a_month_after_acceptance(accepted: str, earliest: str, safe: str) -> None:
    found = outputs("earliest_start_date", "vpn", acceptance_date=accepted)
    assert found == {"earliest": earliest, "safe": safe}


def test_delivery_takes_the_earlier_clause_and_says_that_they_differ() -> None:
    result = calculate(
        "delivery_deadline", "vpn", {"rental_start": "2028-03-01", "desired_start": "2028-03-01"}
    )
    assert result.to_dict()["value"] == "2028-02-29"
    assert "食い違って" in result.warnings[0]


@pytest.mark.parametrize(
    ("handed_over", "deadline"),
    [("2027-04-28", "2027-05-06"), ("2028-02-28", "2028-03-01"), ("2027-03-19", "2027-03-24")],
)
def test_defects_are_reported_within_two_business_days(handed_over: str, deadline: str) -> None:
    assert outputs("defect_notice_deadline", "vpn", handed_over=handed_over) == {
        "deadline": deadline
    }


def test_the_customers_own_closed_days_replace_the_calendar() -> None:
    found = outputs(
        "defect_notice_deadline", "vpn", handed_over="2027-04-28", closed_days=["2027-04-29"]
    )
    assert found == {"deadline": "2027-05-01"}


def test_a_claim_is_due_on_the_thirtieth_day_or_the_next_business_day() -> None:
    assert outputs("claim_deadline", "sg", damage_date="2028-01-31") == {"deadline": "2028-03-01"}
    assert outputs("claim_deadline", "sg", damage_date="2026-12-02")["deadline"] == "2027-01-04"


@pytest.mark.parametrize("month", ["2026-12", "2026-12-24"])
def test_the_fee_of_the_second_month_after_is_reduced(month: str) -> None:
    found = outputs("claim_deadline", "sg", damage_date="2026-12-02", acknowledged_month=month)
    assert found["credit_month"] == "2027-02"


@pytest.mark.parametrize("month", ["2026-13", "12月", "2026-1"])
def test_a_month_that_is_none_is_refused(month: str) -> None:
    with pytest.raises(InputError) as refused:
        outputs("claim_deadline", "sg", damage_date="2026-12-02", acknowledged_month=month)
    assert refused.value.field == "acknowledged_month"


def test_vpn_and_msp_have_no_claim_deadline() -> None:
    with pytest.raises(NotInTerms) as silent:
        outputs("claim_deadline", "vpn", damage_date="2026-12-02")
    assert "vpn:24.7" in silent.value.checked


@pytest.mark.parametrize(
    ("facts", "compliant"),
    [
        ({"individual_notice": "2027-03-30"}, True),
        ({"individual_notice": "2027-03-31"}, False),
        ({"posted": "2026-12-30"}, True),
        ({"posted": "2026-12-31"}, False),
        ({"posted": "2026-12-31", "individual_notice": "2027-01-10"}, True),
        ({"emergency": True}, True),
    ],
)
def test_a_service_end_is_told_half_a_year_before(facts: dict[str, Any], compliant: bool) -> None:
    found = outputs("service_end_notice", "sg", service_end="2027-09-30", **facts)
    assert found == {
        "deadline": "2027-03-30",
        "latest_web_posting": "2026-12-30",
        "compliant": compliant,
    }


def test_vpn_and_msp_want_notice_but_fix_no_period() -> None:
    found = outputs(
        "service_end_notice", "msp", service_end="2028-03-31", individual_notice="2028-03-30"
    )
    assert found == {"deadline": None, "compliant": True}
    late = outputs(
        "service_end_notice", "vpn", service_end="2028-03-31", individual_notice="2028-03-31"
    )
    assert late["compliant"] is False


def test_only_vpn_and_sg_excuse_an_emergency() -> None:
    case = {"service_end": "2028-03-31", "emergency": True}
    assert outputs("service_end_notice", "vpn", **case)["compliant"] is True
    assert "compliant" not in outputs("service_end_notice", "msp", **case)


def test_a_missing_day_is_asked_for_by_name() -> None:
    with pytest.raises(MissingInput) as asked:
        outputs("delivery_deadline", "vpn", rental_start="2027-04-01")
    assert [field.name for field in asked.value.fields] == ["desired_start"]
