"""What a rule says of its own result, and how a deadline stands on the day of asking."""

from __future__ import annotations

import re
from datetime import date

import pytest

from calculators import registry
from calculators.engine import Calculator
from calculators.provisions import load_provisions, versions
from calculators.result import Result
from calculators.rule import Example

CALCULATOR = Calculator()
TODAY = date(2026, 11, 26)
EXAMPLES = [
    pytest.param(rule.name, example, id=f"{rule.name}-{number}")
    for rule in registry.rules()
    for number, example in enumerate(rule.examples)
]


def calculate(rule: str, agreement: str, today: date | None = None, **inputs: object) -> Result:
    return CALCULATOR.calculate(rule, agreement, inputs, today=today)


def test_what_an_agreement_calls_a_charge_stands_in_its_clause() -> None:
    named = [
        (version, provision.clause, word)
        for version in versions(CALCULATOR.library)
        for provision in load_provisions(version.folder)
        for word in provision.params.get("called", {}).values()
    ]
    assert named
    assert all(word in version.clause(clause).full_text for version, clause, word in named)


@pytest.mark.parametrize(
    ("agreement", "word"), [("sg", "遅延損害金"), ("vpn", "遅延利息"), ("msp", "延滞利息")]
)
def test_a_late_charge_has_the_agreements_own_name(agreement: str, word: str) -> None:
    case = {"principal": 33000, "due_date": "2027-03-31", "paid_date": "2027-06-20"}
    result = CALCULATOR.calculate("late_charge", agreement, case)
    assert (result.title, result.output_titles["amount"]) == (word, word)


def test_a_payment_within_the_grace_is_late_and_costs_nothing() -> None:
    said = calculate(
        "late_charge", "msp", principal=33000, due_date="2026-11-20", paid_date="2026-11-30"
    ).said
    assert said == (
        "支払期日から10日の遅れですが、10日の猶予の期間内の支払いなので、延滞利息は0円です。"
    )


def test_a_payment_in_time_is_not_called_late() -> None:
    said = calculate(
        "late_charge", "vpn", principal=33000, due_date="2026-11-20", paid_date="2026-11-20"
    ).said
    assert "遅延利息はかかりません" in said


def test_a_judged_notice_begins_with_the_verdict() -> None:
    result = calculate(
        "cancellation_notice_deadline",
        "msp",
        TODAY,
        desired_end="2026-12-20",
        notice_date="2026-11-25",
    )
    assert result.said.startswith("2026-11-25 に届く通知は間に合いません。")
    assert "間に合いません" in [step.value for step in result.steps]
    assert not result.days_left


def test_the_rest_of_a_term_is_said_in_months_and_days() -> None:
    result = calculate(
        "early_termination_charge",
        "msp",
        start_date="2027-03-10",
        end_date="2027-12-31",
        monthly_fee=30000,
    )
    assert "残余の期間は2か月と9日" in result.said


def test_where_no_term_fits_the_support_end_nothing_is_said_to_be_chosen() -> None:
    result = calculate(
        "support_end_check", "vpn", start_date="2027-04-01", support_end="2027-09-15"
    )
    assert "契約できません" in result.said


def test_an_open_deadline_counts_its_days_in_a_step() -> None:
    result = calculate("claim_deadline", "sg", TODAY, damage_date="2026-11-01")
    assert result.days_left == {"deadline": 5}
    assert (result.steps[-1].value, result.steps[-1].unit) == (5, "日")


def test_a_deadline_that_has_passed_is_below_zero_and_needs_no_step() -> None:
    result = calculate("cancellation_notice_deadline", "vpn", TODAY, desired_end="2026-12-05")
    assert result.days_left == {"deadline": -21, "safe": -22}
    assert result.steps[-1].label != "期限までの残り"


def test_without_a_day_of_asking_nothing_is_said_about_it() -> None:
    assert not calculate("claim_deadline", "sg", damage_date="2026-11-01").days_left


def test_doubts_about_a_clause_are_warnings_that_can_be_told_apart() -> None:
    result = calculate("liability_cap", "sg", fault="gross", damage=300000, fee_of_month=80000)
    assert result.disputes
    assert set(result.disputes) <= set(result.warnings)
    assert result.said == "賠償される額は、損害額300,000円のうち、上限の80,000円までです。"


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_deadline_rule_knows_its_days(rule: str, example: Example) -> None:
    agreement, inputs = example.agreement, example.inputs
    result = CALCULATOR.calculate(rule, agreement, inputs, today=TODAY)
    judged = {"judgement", "compliant"} & set(result.outputs)
    dated = type(result.outputs.get("deadline")) is date
    assert ("deadline" in result.days_left) == (dated and not judged)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_quotation_marks_hold_only_words_of_the_clauses(rule: str, example: Example) -> None:
    agreement, inputs = example.agreement, example.inputs
    result = CALCULATOR.calculate(rule, agreement, inputs, today=TODAY)
    notes = [result.said, *result.assumptions, *result.warnings]
    notes += [part for a in result.alternatives for part in (a.reading, a.reason)]
    quoted = [word for note in notes for word in re.findall(r"[「『]([^」』]*)[」』]", note)]
    assert all(any(word in quote.quote for quote in result.citations) for word in quoted)
