"""From a question to the calculations that it wants."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.calculation import CalculationRequest, requests
from assistant.question import understand
from assistant.understanding.following import follow
from assistant.understanding.slots import FORMS
from assistant.understanding.wants import WANTS
from calculators import registry
from corpus.library import Library
from evals.number_questions import judge

SETS = Path(__file__).parents[2] / "evals" / "sets"
LIBRARY = Library.load()
TODAY = date(2027, 1, 10)


def wanted(text, previous=None, today=TODAY, context=None):
    question = understand(text, today=today, library=LIBRARY, context=context)
    followed = follow(question, previous) if previous is not None else None
    return (followed,) if followed is not None else requests(question)


def items(name):
    lines = (SETS / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("item", items("number_questions.own.jsonl"), ids=lambda item: item["id"])
def test_own_questions_give_their_numbers_or_ask_for_what_lacks(item):
    assert judge(item, LIBRARY) == "right"


@pytest.mark.parametrize(
    "item", items("no_number_questions.own.jsonl"), ids=lambda item: item["id"]
)
def test_questions_about_a_rule_itself_compute_nothing(item):
    assert judge(item, LIBRARY) == "right"


def test_every_form_names_inputs_that_its_rule_has():
    for name, form in FORMS.items():
        known = {spec.name for spec in registry.rule(name).specs()}
        assert {slot.name for slot in form.slots} <= known, name


def test_every_trigger_has_a_form():
    assert {want.rule for want in WANTS} <= set(FORMS)


def test_a_sum_without_a_role_is_asked_for():
    (request,) = wanted(
        "SGの遅延損害金はいくら？期限2026/12/28、支払い2027/1/5、金額は控えていません"
    )
    assert request.missing == ("principal",)


def test_two_equally_good_dates_are_asked_for():
    (request,) = wanted(
        "SGの55,000円、期限2026/11/30、入金は2026/12/20、入金は2026/12/25。遅延損害金はいくら？"
    )
    assert "paid_date" in request.missing


def test_a_limit_in_the_question_is_not_the_own_sum():
    assert wanted("SGで140万円を超える訴訟はどこの裁判所ですか") == ()


def test_a_length_told_from_today_is_an_assumption():
    (request,) = wanted("契約して10か月のSGを今月末で解約したら違約金はいくら？月額5万円です。")
    assert request.inputs["start_date"] == "2026-03-10"
    assert any("10か月前" in note for note in request.assumptions)


def test_a_rule_that_the_agreement_lacks_is_said_to_be_absent():
    (request,) = wanted(
        "VPN装置の料金を不正に免れた額は税別3万円、2026/12/1利用分。割増金はいくら？"
    )
    assert request.absent
    assert not request.complete


def test_nothing_named_asks_every_agreement_that_fits():
    found = wanted(
        "55,000円の支払い（期限2026/11/30）を2026/12/20に払いました。遅延の利息はいくら？"
    )
    assert [r.agreement for r in found] == ["sg", "vpn", "msp"]


def test_a_chained_input_comes_from_the_earlier_result():
    loss, offset = wanted(
        "VPN装置を社員がぶつけて壊しました。引渡し後です。修理可能で修理代45,000円。保険金は30,000円"
        "受け取り、通知や書類はすぐ済ませました。賠償額と保険を引いた後の支払額はいくらですか"
    )
    assert offset.chained == {"loss_charge": ("equipment_loss_charge", "amount")}
    done = offset.with_results({(loss.rule, loss.agreement): {"amount": 45000}})
    assert done.inputs["loss_charge"] == 45000
    assert offset.with_results({}).missing == ("loss_charge",)


EARLY = CalculationRequest(
    "early_termination_charge",
    "vpn",
    {"start_date": "2026-04-01", "term_years": 1, "end_date": "2026-12-31", "monthly_fee": 20000},
)
LATE = CalculationRequest(
    "late_charge",
    "sg",
    {"principal": 55000, "due_date": "2026-11-30", "paid_date": "2026-12-20"},
)


@pytest.mark.parametrize(
    ("text", "previous", "name", "value"),
    [
        ("3年契約だと？", EARLY, "term_years", 3),
        ("月額15,000円だったら？", EARLY, "monthly_fee", 15000),
        ("4/20に払ったら？", LATE, "paid_date", "2027-04-20"),
        ("もし88,000円だったら？", LATE, "principal", 88000),
    ],
)
def test_a_follow_up_changes_one_input(text, previous, name, value):
    (request,) = wanted(text, previous)
    assert request.inputs == {**previous.inputs, name: value}


def test_a_follow_up_may_change_the_agreement():
    (request,) = wanted("VPNの場合は？", LATE)
    assert (request.agreement, request.inputs) == ("vpn", LATE.inputs)


def test_a_sum_carried_to_another_tax_basis_is_said():
    (request,) = wanted("SGの場合は？", EARLY)
    assert "term_years" not in request.inputs
    assert any("税込" in note for note in request.assumptions)


def test_a_follow_up_on_tax_is_noted():
    (request,) = wanted("税込だといくら？", EARLY)
    assert request.inputs == EARLY.inputs
    assert request.tax == "incl"


def test_an_answer_to_what_was_asked_fills_it():
    asked = CalculationRequest(
        "late_charge", "sg", {"principal": 55000, "due_date": "2026-11-30"}, ("paid_date",)
    )
    (request,) = wanted("12月20日です", asked)
    assert request.inputs["paid_date"] == "2026-12-20"
    assert request.complete


@pytest.mark.parametrize("text", ["解約の手続きは？", "返却が遅れたら？", "誰が払うの？"])
def test_another_question_is_no_follow_up(text):
    assert wanted(text, LATE) == ()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_requests_without_an_error(text):
    assert isinstance(wanted(text, LATE), tuple)


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "SGの",
                "VPN装置を",
                "MSPで",
                "遅延損害金は",
                "違約金",
                "いくら",
                "3年契約",
                "2027/1/5に",
                "払った",
                "期限",
                "55,000円",
                "月額",
                "解約",
                "から",
                "まで",
                "返却",
                "が遅れた",
                "、",
                "。",
                "10日",
                "保険金",
                "通知",
                "いつまで",
            ]
        ),
        max_size=14,
    )
)
def test_any_heap_of_words_gives_requests_without_an_error(words):
    for request in wanted("".join(words)):
        assert request.rule in FORMS
