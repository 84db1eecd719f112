"""The first sentence of a calculated answer."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.composer import compose
from assistant.findings import Calculated, Chosen, Finding, Plan
from assistant.grounding import check
from assistant.headlines import headline
from assistant.understanding.slots import FORMS
from calculators import registry
from calculators.rule import Example

TODAY = date(2026, 11, 26)
EXAMPLES = [
    pytest.param(rule.name, example, id=f"{rule.name}-{number}")
    for rule in registry.rules()
    if rule.name in FORMS
    for number, example in enumerate(rule.examples)
]


def first(assistant: Assistant, question: str) -> str:
    return assistant.ask(question, today=TODAY).text.split("\n")[0]


def calculated(assistant: Assistant, rule: str, example: Example) -> Calculated:
    result = assistant.calculator.calculate(rule, example.agreement, example.inputs, today=TODAY)
    return Calculated(rule, registry.rule(rule).title, example.agreement, result=result.to_dict())


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_headline_is_a_sentence_without_codes_or_yes_and_no(
    assistant: Assistant, rule: str, example: Example
) -> None:
    said = headline(calculated(assistant, rule, example))
    assert said.endswith("。")
    assert "はい" not in said
    assert "は なし" not in said
    assert not any(code in said for code in ("-0", "-1", "sg:", "vpn:", "msp:", "/"))


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_every_number_of_a_headline_stands_in_the_working_or_the_question(
    assistant: Assistant, rule: str, example: Example
) -> None:
    row = calculated(assistant, rule, example)
    version = assistant.library.version(example.agreement)
    chosen = tuple(Chosen(version.clause(c["id"])) for c in (row.result or {})["citations"])
    findings = (Finding(version, "answered", chosen),)
    answer = compose(str(dict(example.inputs)), Plan(findings, (row,)), (), today=TODAY)
    assert check(answer, assistant.library) == ()


def test_a_deadline_that_is_open_says_how_many_days_are_left(assistant: Assistant) -> None:
    said = first(assistant, "SGの損害が2026年11月1日にあった。申し出の期限は")
    assert said == "損害の申し出の期限は2026年12月1日です（あと5日）。"


def test_a_deadline_that_has_passed_says_so_and_recommends_no_day(assistant: Assistant) -> None:
    said = first(assistant, "VPNを12月5日に解約したい、いつまで")
    assert said == "解約通知の期限は2026年11月5日で、すでに過ぎています。"


def test_a_deadline_of_today_says_so(assistant: Assistant) -> None:
    said = first(assistant, "VPN機器を11月24日に受け取った。欠陥の通知はいつまで")
    assert said.endswith("2026年11月26日で、今日までです。")


def test_a_safe_day_that_has_passed_is_not_recommended(assistant: Assistant) -> None:
    said = first(assistant, "Secure Gatewayを2026年12月31日で解約したい。いつまでに連絡?")
    assert "2026年11月30日です（あと4日）。" in said
    assert "どの読み方でも間に合う日（2026年10月31日）はすでに過ぎています。" in said


@pytest.mark.parametrize(
    "question",
    [
        "マネセキ 初月請求額 12/15開始 月額2万円",
        "マネージドセキュリティーパックの初月の請求額は？12/15開始、月額2万円",
        "マネセキ 12/15から使い始め 月20000円 最初の請求いくら",
        "マネセキ 初期費用5万円 月額2万円 12/15開始 初回請求はいくら",
    ],
)
def test_a_first_month_is_computed_where_only_its_fee_is_laid_down(
    assistant: Assistant, question: str
) -> None:
    found = assistant.ask(question, today=TODAY)
    assert found.text.startswith(
        "日割り料金は10,967円です（消費税 1,096円、税込の合計 12,063円）。"
    )
    assert any("日割りだけを計算しました" in text for text in found.assumptions)


def test_a_refused_calculation_names_its_clause_in_words_and_cites_it(assistant: Assistant) -> None:
    found = assistant.ask("VPN 2025/1/1開始2年契約、更新しないならいつまで", today=TODAY)
    assert "第7条第2項が定める1か3（年）" in found.text
    assert "vpn:7.2" in [c.address for c in found.citations]
    assert not found.withheld


def test_a_sum_without_a_clause_is_told_without_addresses(assistant: Assistant) -> None:
    found = assistant.ask(
        "SGの返却が遅れた。月額12,000円、期限11/1、返却12/5、損害金は", today=TODAY
    )
    assert "sg:" not in found.text
    assert not found.withheld
