"""Periods, rates, facts, premises, roles and the kind of a question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.closures import closed_days
from assistant.understanding.facts import TABLE, fact
from assistant.understanding.folding import fold
from assistant.understanding.periods import periods
from assistant.understanding.premises import premises


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("半年", 6, "月"),
        ("1年半", 18, "月"),
        ("10か月", 10, "月"),
        ("十ヶ月", 10, "月"),
        ("24時間", 24, "時間"),
        ("2営業日", 2, "営業日"),
        ("１４日", 14, "日"),
        ("2週間", 2, "週"),
        ("4回", 4, "回"),
    ],
)
def test_lengths_of_time(text, count, unit):
    (period,) = periods(fold(text))
    assert (period.count, period.unit) == (count, unit)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("company_at_fault", "当社の責任でない場合の減額は", False),
        ("company_at_fault", "御社の責任でなかったら", False),
        ("company_at_fault", "御社の責任で止まった", True),
        ("fault", "故意でも重過失でもない", "ordinary"),
        ("fault", "故意ではない", None),
        ("fault", "故意で壊された", "intent"),
    ],
)
def test_a_denied_fault_is_none(name, text, value):
    assert fact(name, text) == value


@pytest.mark.parametrize("text", ["3年契約", "三年契約", "契約期間は3年", "3年縛り", "契約は3年"])
def test_the_years_of_a_contract_are_told_from_other_years(text):
    assert periods(fold(text))[0].term


def test_years_ago_are_not_the_contract():
    assert not periods(fold("契約は3年前"))[0].term


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("fault", "貴社の重大な過失で", "gross"),
        ("fault", "社員の故意により", "intent"),
        ("fault", "故意も重過失もなく通常の過失とのこと", "ordinary"),
        ("company_at_fault", "御社の責任で止まった", True),
        ("company_at_fault", "うちのミスで止まった", False),
        ("company_at_fault", "台風で止まった", False),
        ("at_fault", "社員が誤って落とした", True),
        ("at_fault", "落雷で壊れた", False),
        ("cause", "落雷で壊れた", "natural_event"),
        ("cause", "うっかり落として壊した", "customer_fault"),
        ("cause", "泥棒に盗まれた", "no_fault"),
        ("repairable", "修理はできません", False),
        ("repairable", "修理は可能です", True),
        ("duties_performed", "事故はすぐ連絡し書類も提出", True),
        ("duties_performed", "連絡が遅れてしまい", False),
    ],
)
def test_facts_are_read_from_words(name, text, value):
    assert fact(name, text) == value


@pytest.mark.parametrize("name", [name for name, rows in TABLE.items() if rows])
def test_a_fact_that_nothing_decides_is_not_known(name):
    assert fact(name, "月額はいくらですか") is None


def test_a_claim_carries_its_quantity_and_what_it_is_of():
    (claim,) = premises(fold("SGの解約は３カ月前に通知が必要ですよね？"))
    assert (claim.value, claim.unit, claim.relation, claim.subject) == ("3", "か月", "前", "解約")


@pytest.mark.parametrize(
    "text",
    [
        "お客様が『VPNの遅延利息は14.5%』と言っています。案内していい？",
        "マネセキの解除は60日前までに通知と説明していいですか",
        "SGの最低利用期間は2年と主張されています",
        "損害の申し出は60日以内で合ってる？",
        "最低利用期間って3年やんな？",
    ],
)
def test_what_a_customer_is_said_to_claim_is_a_claim(text):
    assert len(premises(fold(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "契約して2年です。最低利用期間は過ぎてますよね？",
        "もう2年使ってますよね、違約金はないですよね",
        "3日止まったのに返金はないと言われました",
    ],
)
def test_time_that_has_gone_by_is_no_claim_about_the_terms(text):
    assert premises(fold(text)) == ()


def test_a_plain_question_claims_nothing():
    assert premises(fold("解約の通知は何か月前ですか")) == ()


def test_usual_days_off_need_no_list():
    from datetime import date

    assert closed_days("弊社は土日祝休みです", date(2026, 9, 18)) is None
    assert closed_days("当社は年中無休です", date(2026, 9, 18)) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("遅延損害金はどう計算しますか", "rule_itself"),
        ("最低利用期間とは何ですか", "define"),
        ("違約金はかかりますか", "whether"),
        ("SGとVPNの違いを教えて", "compare"),
        ("私の場合いくらですか", "calculate_own"),
        ("期限2026/12/28、55,000円の損害金はいくら", "calculate_own"),
    ],
)
def test_the_kind_of_a_question(read, text, kind):
    assert read(text).kind == kind


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("支払期限は2026/12/28です", "due"),
        ("2026/12/28が期限の請求", "due"),
        ("2026/12/28に入金しました", "paid"),
        ("開始日：2026/12/28", "start"),
        ("2026/12/28から使っています", "start"),
        ("解約希望日が2026/12/28の場合", "end"),
        ("2026/12/28でやめたい", "end"),
        ("2026/12/28に解約の書面が到着した", "notice"),
        ("2026/12/28に承諾済みです", "accepted"),
        ("返却期限が2026/12/28でした", "return_due"),
        ("2026/12/28に引渡しを受けた", "handed"),
    ],
)
def test_the_role_of_a_date(read, text, role):
    roles = read(text).dates[0].roles
    assert role in roles
    assert roles[role] >= 6


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("月額は33,000円です", "monthly"),
        ("初期導入費用48,000円", "initial"),
        ("変更前は88,000円", "old"),
        ("88,000円から66,000円に下げる", "old"),
        ("免れた額は税別88,888円", "evaded"),
        ("再設置費用92,000円", "reinstall"),
        ("保険金は2.5万円", "insurance"),
        ("損害額は3万円", "damage"),
    ],
)
def test_the_role_of_a_sum(read, text, role):
    roles = read(text).amounts[0].roles
    assert max(roles, key=lambda name: roles[name]) == role


def test_words_between_two_dates_are_shared_out(read):
    first, second = read("開始は2026/4/1、解約は2027/3/31です").dates
    assert max(first.roles, key=lambda name: first.roles[name]) == "start"
    assert max(second.roles, key=lambda name: second.roles[name]) == "end"


@given(st.text(max_size=60))
def test_any_text_is_understood_without_an_error(read, text):
    question = read(text)
    for found in question.dates:
        start, end = found.mention.span
        assert 0 <= start < end <= len(text)
    for period in question.periods:
        assert text[slice(*period.span)]
    for claim in question.premises:
        assert text[slice(*claim.span)]
