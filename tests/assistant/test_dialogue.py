"""Conversations: what carries over, what a new topic resets, what the reader is told."""

from __future__ import annotations

from datetime import date

from assistant.assistant import Assistant
from assistant.lookup import NEAR, look, neighbourhood
from assistant.question import understand

TODAY = date(2026, 11, 25)


def talk(assistant: Assistant, *turns: str) -> list[list[str]]:
    """Addresses cited at each turn."""
    conversation = assistant.conversation()
    return [[c.address for c in conversation.ask(t, today=TODAY).citations] for t in turns]


def test_the_agreement_carries_over(assistant: Assistant) -> None:
    turns = talk(assistant, "VPNの解約はいつまでに通知すればいいですか", "返す送料は誰が払うの？")
    assert turns[1] == ["vpn:20.1"]


def test_another_agreement_is_asked_the_same_question(assistant: Assistant) -> None:
    turns = talk(
        assistant, "SGの遅延損害金の利率は？", "じゃあVPNの場合は？", "マネセキも同じですか？"
    )
    assert turns == [["sg:27.1"], ["vpn:8.4"], ["msp:17.4"]]


def test_a_new_topic_is_not_drawn_back_to_the_old_one(assistant: Assistant) -> None:
    turns = talk(
        assistant,
        "SGの最低利用期間は？",
        "ところで、マネージドセキュリティーパックの紛争はどこの裁判所で争うことになりますか",
    )
    assert turns[1] == ["msp:25.1"]


def test_numbers_carry_over_into_a_what_if(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.ask(
        "SGの料金33,000円、支払期日2027年3月31日を2027年4月20日に払いました。遅延損害金はいくら？",
        today=TODAY,
    )
    second = conversation.ask("4月30日に払ったら？", today=TODAY)
    assert second.calculations[0]["rule"] == "late_charge"
    assert second.calculations[0]["value"] > first.calculations[0]["value"]


def test_what_was_carried_over_is_said(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    conversation.ask("VPNの解約はいつまでに通知すればいいですか", today=TODAY)
    assert conversation.ask("返す送料は誰が払うの？", today=TODAY).carried != ()


def test_a_fixed_agreement_stays_fixed(assistant: Assistant) -> None:
    conversation = assistant.conversation(agreement="msp")
    answer = conversation.ask("最低利用期間は？", today=TODAY)
    assert {c.agreement for c in answer.citations} == {"msp"}


def test_a_bare_name_after_a_question_asks_it_again(assistant: Assistant) -> None:
    turns = talk(assistant, "SGの秘密保持義務は契約が終わったあとも続きますか", "VPNは？")
    assert turns[1] == ["vpn:28.1"]


def test_where_the_talk_goes_on_the_article_around_the_last_answer_gains(
    assistant: Assistant,
) -> None:
    recall = assistant.recall()
    today, library = TODAY, assistant.library
    further = look(recall, understand("誰に言えばいい？", today=today, library=library), "SGの停止")
    gained = neighbourhood(recall, ["sg:15.4(1)"], further)
    assert gained == {f"sg:15.{paragraph}": NEAR for paragraph in range(1, 8)}


def test_what_comes_of_it_is_sought_beside_what_was_told(assistant: Assistant) -> None:
    recall = assistant.recall()
    today, library = TODAY, assistant.library
    breach = look(recall, understand("違反したらどうなる？", today=today, library=library), "診断")
    assert set(neighbourhood(recall, ["sg:15.4"], breach)) == {
        f"sg:15.{paragraph}" for paragraph in (1, 2, 3, 5, 6, 7)
    }


def test_a_follow_up_that_the_terms_are_silent_on_gets_no_clause_of_the_talk(
    assistant: Assistant,
) -> None:
    conversation = assistant.conversation()
    conversation.ask("マネセキの裁判はどこの裁判所でやりますか", today=TODAY)
    answer = conversation.ask("仲裁で解決する手続はある？", today=TODAY)
    assert answer.status == "not_in_terms"
