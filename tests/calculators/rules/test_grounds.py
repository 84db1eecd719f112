"""Grounds: every listed item is matched by its own fact and cited; the company only *may*."""

from __future__ import annotations

from typing import Any

import pytest

from calculators.engine import calculate, default_calculator
from calculators.errors import InputError, MissingInput, NotInTerms
from calculators.provisions import provisions_of
from calculators.result import Result

RULES = ("application_grounds", "suspension_grounds", "termination_grounds")
AGREEMENTS = ("sg", "vpn", "msp")


def run(rule: str, agreement: str, **inputs: Any) -> Result:
    return calculate(rule, agreement, inputs)


def facts_of(rule: str, agreement: str) -> list[str]:
    version = default_calculator().library.version(agreement)
    found = (p.params.get("fact") for p in provisions_of(rule, version))
    return [str(fact) for fact in found if fact]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_each_fact_matches_alone_and_is_cited_with_its_words(rule: str, agreement: str) -> None:
    for fact in facts_of(rule, agreement):
        result = (
            run(rule, agreement, facts={fact: True}, cure_demanded=True)
            if (rule == "termination_grounds")
            else run(rule, agreement, facts={fact: True})
        )
        cited = {quote.id: quote.quote for quote in result.citations}
        assert len(result.steps) == 1
        words = result.steps[0].expression.strip("「」").split("」…「")
        assert all(word in cited[result.steps[0].clause] for word in words)
        assert set(result.outputs["matched"]) <= set(cited)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("agreement", AGREEMENTS)
def test_a_fact_may_be_a_field_a_name_or_an_entry(rule: str, agreement: str) -> None:
    fact = facts_of(rule, agreement)[0]
    forms = ({"facts": {fact: True}}, {"facts": [fact]}, {"facts": fact}, {fact: True})
    results = [run(rule, agreement, **form).outputs for form in forms]
    assert all(outputs == results[0] for outputs in results)


@pytest.mark.parametrize("rule", RULES)
def test_facts_that_are_false_match_nothing(rule: str) -> None:
    facts = dict.fromkeys(facts_of(rule, "vpn"), False)
    assert run(rule, "vpn", facts=facts).outputs == {"decision": "no", "matched": [], "effects": []}


def test_an_unknown_fact_names_the_known_ones() -> None:
    with pytest.raises(InputError, match="late_payment") as refused:
        run("termination_grounds", "vpn", facts={"bad_weather": True})
    assert refused.value.field == "bad_weather"


def test_facts_are_asked_for_when_nothing_is_given() -> None:
    with pytest.raises(MissingInput) as asked:
        run("suspension_grounds", "sg")
    assert asked.value.fields[0].name == "facts"


def test_a_field_that_is_no_boolean_stays_unknown() -> None:
    with pytest.raises(InputError):
        run("suspension_grounds", "sg", unpaid="yes")


def test_one_day_late_lets_vpn_and_msp_terminate_but_sg_only_after_a_demand() -> None:
    decisions = {
        a: run("termination_grounds", a, days_late=1).outputs["decision"] for a in AGREEMENTS
    }
    assert decisions == {"sg": "unclear", "vpn": "may", "msp": "may"}
    assert run("termination_grounds", "sg", days_late=0, facts={}).outputs["decision"] == "no"


@pytest.mark.parametrize(
    ("demand", "decision"),
    [
        ({"cure_demanded": False}, "no"),
        ({"cure_demanded": True}, "may"),
        ({"cure_demanded": True, "cured": False}, "may"),
        ({"cure_demanded": True, "cured": True}, "no"),
    ],
)
def test_sg_terminates_for_a_breach_only_if_a_cure_was_demanded_in_vain(
    demand: dict[str, bool], decision: str
) -> None:
    found = run("termination_grounds", "sg", other_breach=True, **demand)
    assert found.outputs["decision"] == decision


def test_using_a_right_is_no_ground_but_the_words_are_shown() -> None:
    found = run("termination_grounds", "sg", minimum_term_event=True)
    assert found.outputs["decision"] == "no"
    assert "sg:29.1(3)" in found.warnings[0]


def test_prior_notice_is_needed_unless_urgent() -> None:
    case = {"facts": ["maintenance_works"], "prior_notice": False}
    assert run("suspension_grounds", "sg", **case).outputs["decision"] == "no"
    assert run("suspension_grounds", "sg", **case, urgent=True).outputs["decision"] == "may"
    assert run("suspension_grounds", "msp", **case).outputs["decision"] == "may"
    assert (
        run("termination_grounds", "msp", unpaid=True, prior_notice=False).outputs["decision"]
        == "no"
    )


def test_effects_go_with_the_kind_of_ground() -> None:
    maintenance = run("termination_grounds", "vpn", maintenance_impossible=True).outputs["effects"]
    fault = run("termination_grounds", "vpn", late_payment=True).outputs["effects"]
    assert len(maintenance) == 1
    assert len(fault) == 2
    assert not set(maintenance) & set(fault)


@pytest.mark.parametrize(
    ("left", "day", "decision"),
    [
        ("2022-02-28", "2027-02-28", "may"),
        ("2022-02-28", "2027-03-01", "no"),
        ("2023-02-28", "2028-02-29", "may"),
        ("2024-02-29", "2029-03-01", "no"),
    ],
)
def test_five_years_after_leaving_run_to_the_eve_of_the_anniversary(
    left: str, day: str, decision: str
) -> None:
    found = run("termination_grounds", "vpn", facts={}, left_date=left, on_date=day)
    assert found.outputs["decision"] == decision


def test_an_application_always_leaves_the_open_ground_of_sg() -> None:
    found = run("application_grounds", "sg", facts={})
    assert found.outputs == {"decision": "may", "matched": [], "effects": []}
    assert any("sg:10.1(5)" in text for text in found.assumptions)


def test_an_ineligible_line_makes_the_msp_application_impossible() -> None:
    found = run("application_grounds", "msp", line_not_eligible=True, payment_risk=True)
    assert found.outputs["decision"] == "yes"
    assert found.outputs["matched"] == ["msp:7.1", "msp:8.2(2)"]


def test_every_agreement_has_the_three_kinds_of_grounds() -> None:
    for rule in RULES:
        for agreement in AGREEMENTS:
            try:
                run(rule, agreement, facts={})
            except NotInTerms:  # pragma: no cover
                pytest.fail(f"{rule} {agreement}")
