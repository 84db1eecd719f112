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


def test_a_greeting_gets_a_word_and_no_clause(assistant: Assistant) -> None:
    for text in (
        "こんにちは",
        "はい",
        "ありがとう",
        "おおきに",
        "了解です",
        "ほかには?",
        "要するに?",
    ):
        answer = assistant.ask(text, today=TODAY)
        assert (answer.status, answer.citations, answer.checked) == ("needs_input", (), ())
        assert answer.suggestions


def test_the_talk_goes_on_after_a_word_of_thanks(assistant: Assistant) -> None:
    turns = talk(assistant, "VPNの解約はいつまで？", "ありがとう", "はい", "返す送料は誰が払うの？")
    assert turns == [["vpn:17.1"], [], [], ["vpn:20.1"]]


def test_what_the_last_answer_asked_for_is_asked_for_again(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.ask("VPNの違約金、うちの場合いくら？", today=TODAY)
    again = conversation.ask("はい", today=TODAY)
    assert first.missing != ()
    assert again.missing == first.missing


def test_the_last_answer_is_told_once_more_in_its_notes_words(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.ask("SGを解約したい", today=TODAY)
    plainer = conversation.ask("意味がわからん", today=TODAY)
    gist = conversation.ask("要するに?", today=TODAY)
    assert first.citations == plainer.citations == gist.citations
    assert "・ただし、最低利用期間" in plainer.text
    assert "ただし" not in gist.text
    assert "1カ月前" in gist.text


def test_what_else_there_is_comes_until_there_is_nothing_else(assistant: Assistant) -> None:
    turns = talk(assistant, "SGを解約したい", *["ほかには？"] * 4)
    assert turns[1][0] == "sg:11.2"
    assert not set(turns[0]) & set(turns[1])
    assert turns[-1] == turns[-2]


def test_a_silence_told_once_more_stays_a_silence(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    first = conversation.ask("SGで猫を飼えますか", today=TODAY)
    again = conversation.ask("意味がわからん", today=TODAY)
    assert first.silent
    assert again.status == first.status
    assert first.text in again.text


def test_a_word_that_was_not_read_is_no_silence(assistant: Assistant) -> None:
    conversation = assistant.conversation()
    answer = conversation.ask("違訳金はかかりますか", today=TODAY)
    assert answer.status == "needs_input"
    assert "『違訳金』" in answer.text
    assert answer.suggestions == ("違約金はかかりますか",)
    taken = conversation.ask("はい", today=TODAY)
    assert {c.address for c in taken.citations} == {"sg:11.2", "vpn:17.2", "msp:10.2"}


def test_a_new_matter_stays_a_silence(assistant: Assistant) -> None:
    for question in ("猫を飼えますか", "SGでイーサリアムで払えますか"):
        assert assistant.ask(question, today=TODAY).silent


def test_a_misspelt_name_is_read_and_told(assistant: Assistant) -> None:
    answer = assistant.ask("VNP装置ヲカイヤクシタイデス", today=TODAY)
    assert [c.address for c in answer.citations] == ["vpn:17.1"]
    assert answer.question == "VNP装置ヲカイヤクシタイデス"
    assert answer.assumptions == ("『VNP装置』は『VPN装置』のことと読みました",)


def test_a_vague_trouble_is_answered_side_by_side(assistant: Assistant) -> None:
    # sg lends no device
    for text, ids in (("機械こわれた", {"vpn", "msp"}), ("やめたい", {"sg", "vpn", "msp"})):
        answer = assistant.ask(text, today=TODAY)
        assert {c.agreement for c in answer.citations} == ids
