"""What a reader is shown of one answer: in the chat, in a mail, at the desk, in the record."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from assistant.answer import Answer, MissingInput
from assistant.assistant import Assistant
from assistant.rendering import agent, customer, record, reply

TODAY = date(2026, 11, 26)
#: codes of this house that no customer can read
CODES = re.compile(r"\b(?:sg|vpn|msp):\d|（(?:sg|vpn|msp)）|\d{4}-\d\d")


def answer(**reading: object) -> Answer:
    return Answer("", "answered", "", alternatives=({"reason": "定めがないため。", **reading},))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(question, today=TODAY)


def missing(*entries: MissingInput) -> Answer:
    asked = "計算するために教えてください。"
    return Answer("", "needs_input", f"{asked}\n減額されます。", missing=entries, asking=(asked,))


def test_another_reading_of_a_sum_has_its_unit() -> None:
    told = customer(answer(reading="1か月とする", value=330000, unit="円"))
    assert "・1か月とする: 330,000円（定めがないため。）" in told


def test_another_reading_of_a_day_is_a_day_in_japanese() -> None:
    told = customer(answer(reading="開始日を数えない", value="2027-07-15", unit=""))
    assert "・開始日を数えない: 2027年7月15日（" in told


def test_another_reading_of_a_day_that_is_over_says_so() -> None:
    told = agent(answer(reading="前月の初日", value="2026-11-01", unit="", passed=True))
    assert "2026年11月1日、すでに過ぎています（" in told


@pytest.mark.parametrize(
    "question",
    [
        "Secure Gatewayを2026年12月31日で解約したい。いつまでに連絡?",
        "SGの請求55,000円を11/20期日、11/30に払ったら遅延損害金は?",
        "VPNのレンタル開始は2027年4月1日、利用開始希望日は2027年4月5日。引渡しの期限はいつ",
        "マネセキ 最初の月の料金 12月15日開始 月額20,000円 税込いくら",
        "深夜の電話サポートはありますか",
    ],
)
def test_a_mail_holds_no_codes_and_nothing_of_the_chat(assistant: Assistant, question: str) -> None:
    told = reply(ask(assistant, question))
    assert not CODES.search(told)
    assert "続けて聞けること" not in told
    assert "引き継いだ内容" not in told
    assert "争う余地" not in told
    assert "問い合わせ窓口でご確認" not in told


def test_a_mail_carries_nothing_over_from_the_conversation() -> None:
    carried = Answer("", "answered", "はい。", carried=("規約: 前のご質問と同じ",))
    assert "引き継いだ" not in reply(carried)
    assert "引き継いだ" in agent(carried)


def test_in_a_mail_the_desk_finds_out_what_the_terms_leave_open(assistant: Assistant) -> None:
    silent = ask(assistant, "英語版の規約はありますか")
    assert "当社にて確認のうえ、あらためてご案内いたします" in reply(silent)
    assert "問い合わせ窓口でご確認ください" in silent.text


def test_in_a_mail_only_what_the_customer_knows_is_asked() -> None:
    told = reply(
        missing(MissingInput("a", "復旧した日時"), MissingInput("b", "当社の責任か", "", True))
    )
    assert "次の点をお知らせください。\n・復旧した日時\n" in told
    assert "当社の責任か" not in told
    assert "計算に必要な当社側の事項は、当社にて確認のうえ" in told


def test_the_desk_is_told_what_it_has_to_find_out_itself() -> None:
    told = agent(
        missing(MissingInput("a", "復旧した日時"), MissingInput("b", "当社の責任か", "", True))
    )
    assert "当社側で確認する点: 当社の責任か" in told


def test_doubts_about_a_clause_are_for_the_desk_and_the_record(assistant: Assistant) -> None:
    found = ask(assistant, "SG 当社の重過失で30万円の損害 月額8万円 賠償の上限は")
    assert all("争う余地" in render(found) for render in (agent, record))
    assert not any("争う余地" in render(found) for render in (customer, reply))


def test_the_desk_sees_the_clauses_it_would_have_to_read(assistant: Assistant) -> None:
    silent = ask(assistant, "英語版の規約はありますか")
    told = agent(silent)
    assert silent.looked
    assert all(c.caption in told and c.quote in told for c in silent.looked)
    assert "問い合わせ窓口" not in told


def test_a_silence_of_all_agreements_is_said_once(assistant: Assistant) -> None:
    silent = ask(assistant, "英語版の規約はありますか")
    assert silent.text.count("見当たりません") == 1
    assert "いずれにも" in silent.text


def test_what_is_no_question_about_the_terms_gets_no_advice_on_using_the_chat(
    assistant: Assistant,
) -> None:
    assert "お尋ねください" not in reply(ask(assistant, "今日の天気は"))


def test_why_something_was_withheld_stands_in_the_record_alone() -> None:
    held: dict[str, Any] = {"withheld": ("出どころがありません。",)}
    kept = Answer("", "answered", "条文を示します。", **held)
    assert "出どころがありません" in record(kept)
    assert not any("出どころ" in render(kept) for render in (agent, customer, reply))
