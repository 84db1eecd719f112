"""Conversations that begin without a figure and end with one, and those that must not."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant

TODAY = date(2026, 11, 26)


def talk(assistant: Assistant, *turns: str) -> Answer:
    """The answer to the last turn."""
    conversation = assistant.conversation()
    return [conversation.ask(turn, today=TODAY) for turn in turns][-1]


@pytest.mark.parametrize(
    ("turns", "value"),
    [
        (("SGの遅延損害金を計算してください", "元金は33千円", "支払期日は11月30日", "12月31日に払います"), 393),
        (("Secure Gatewayの支払いが遅れたら？", "10万円", "期日は来月末", "2月10日に払う予定"), 1589),
        (("VPNの遅延利息の利率は", "50,000円 期日10/31 11/26入金なら？"), 520),
        (("VPNを途中で解約したら違約金はいくらですか？", "月額12,000円だと？", "3年契約だと？", "2025年12月1日開始で、来月末に解約"), 276000),
        (("VPNが使えなくなったら減額はある？", "月額31,000円、12/5 8:00に連絡、12/7 9:00復旧、オプテージの責任"), 2000),
        (("VPNの解約方法を教えて", "来月末でやめたい"), "2026-11-30"),
        (("MSPを解約したい", "来月末でやめたい", "申出期限は？"), "2026-12-01"),
        (("SGの10万円、期日11月30日、支払12月30日。遅延損害金は？", "20万円なら？", "VPNなら？"), 2400),
        (("VPN1年契約、月額12,000円、2026年6月1日開始、12月31日解約。違約金は？", "税込で教えて"), 66000),
        (("VPNを2027年2月1日に解約したい。12月31日に郵送、1月2日に届く。間に合う？", "間に合わないなら最短は？"), "2027-02-02"),
        (("VPNを2027年1月31日で解約したい。いつまでに通知？", "2月28日に変更"), "2027-01-28"),
        (("MSPを12月20日に解約したい", "2026年4月15日開始、月額3万円、違約金は？", "1月20日にずらす", "いつまでに通知？"), "2026-12-21"),
        (("お世話になっております。SGの10万円、期日11月30日、支払12月30日。遅延損害金は？",), 1152),
        (("VPN 2027/3/31で解約 通知いつまで？", "5/31なら？"), "2027-04-30"),
        (("MSP 2026/4/20開始 月31,000円 初月いくら？", "5/20開始なら？"), 12000),
        (("VPN、1年契約、2026/9/1開始、月額10,000円。2027/5/31で解約なら解約金は？", "縛りはいつまで？"), "2027-08-31"),
        (("VPNの月額1万円を2027年4月1日から8千円に変更。2026年6月1日開始3年契約。差額は？", "届けはいつまで？"), "2027-03-01"),
        (("MSPの解約の通知はいつまで？2027年3月31日で解約", "今日言ったら一番早くていつ？"), "2026-12-26"),
        (("SG 22万、期日11/20、今日払ったら遅延損害金は？", "月末に払ったら？", "月末なら？"), 786),
        (("SG 2026/8/1開始 月額60,000円 12/31解約 いくら", "申出はいつまで？", "月額55,000円だったら違約金は？"), 385000),
    ],
)  # fmt: skip
def test_later_turns_complete_what_an_answer_stood_for(assistant: Assistant, turns, value) -> None:
    assert talk(assistant, *turns).calculations[0]["value"] == value


def test_a_verdict_after_the_deadline(assistant: Assistant) -> None:
    answer = talk(assistant, "VPNの解約方法を教えて", "来月末でやめたい", "間に合う？")
    assert answer.calculations[0]["outputs"]["judgement"] == "ok"
    assert any("今日" in note for note in answer.assumptions)


@pytest.mark.parametrize("length", ["3年契約", "3年", "3年です"])
def test_an_answer_that_is_only_a_value_fills_what_was_asked(
    assistant: Assistant, length: str
) -> None:
    asked = "VPN 月額12,000円、2025年12月1日開始、2026年12月31日解約。違約金は？"
    assert talk(assistant, asked, length).calculations[0]["value"] == 276000


def test_a_value_that_may_be_several_inputs_is_asked_for_again(assistant: Assistant) -> None:
    answer = talk(assistant, "SGの遅延損害金を計算して", "12月10日")
    assert [m.name for m in answer.missing] == ["principal", "due_date", "paid_date"]


def test_the_name_of_another_agreement_takes_up_nothing_that_only_stood_by(
    assistant: Assistant,
) -> None:
    answer = talk(assistant, "VPNの違約金はかかりますか", "MSPは？")
    assert answer.status == "answered"
    assert answer.calculations == ()


def test_how_much_gets_the_clause_and_what_to_tell(assistant: Assistant) -> None:
    answer = talk(assistant, "VPNを途中で解約したら違約金はいくらですか？")
    assert answer.status == "answered"
    assert [c.address for c in answer.citations] == ["vpn:17.2"]
    assert "お知らせいただければ計算します" in answer.text


def test_a_question_of_the_rate_gets_no_offer(assistant: Assistant) -> None:
    assert "お知らせいただければ" not in talk(assistant, "VPNの遅延利息の利率はいくら？").text


@pytest.mark.parametrize(
    "text",
    ["セキュリティーパックを2年使ってる。今やめたら違約金は？", "VPNを4年使ってます。解約したら違約金は？"],
)  # fmt: skip
def test_after_the_term_nothing_is_due_whatever_the_fee(assistant: Assistant, text: str) -> None:
    answer = talk(assistant, text)
    assert answer.calculations[0]["value"] == 0
    assert answer.missing == ()


def test_a_clause_that_an_agreement_lacks_is_not_asked_about(assistant: Assistant) -> None:
    answer = talk(assistant, "Secure Gateway 月額31,000円、12月20日から12月31日の日割りは？")
    assert answer.status == "not_in_terms"
    assert answer.missing == ()


def test_a_term_that_cannot_be_computed_is_told_by_its_clause(assistant: Assistant) -> None:
    answer = talk(assistant, "VPNを2027/3/31で解約。通知いつまで？", "縛りはいつまで？")
    assert answer.status == "answered"
    assert "vpn:7.2" in [c.address for c in answer.citations]
    assert not answer.missing
