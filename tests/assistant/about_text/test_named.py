"""Named clauses: whole where the text is asked for, denied where they do not exist, continued."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant

TODAY = date(2026, 11, 26)


def ask(assistant: Assistant, text: str) -> Answer:
    return assistant.ask(text, today=TODAY)


def cited(answer: Answer) -> list[str]:
    return [citation.address for citation in answer.citations]


@pytest.mark.parametrize(
    ("question", "count"), [("SG第15条", 7), ("VPN第24条の全文", 12), ("VPNの第33条の全文", 2)]
)
def test_the_whole_article_is_quoted(assistant: Assistant, question: str, count: int) -> None:
    answer = ask(assistant, question)
    head = cited(answer)[0].split(".")[0]
    assert cited(answer) == [f"{head}.{n}" for n in range(1, count + 1)]


@pytest.mark.parametrize(
    ("question", "said", "quoted"),
    [
        ("SG第34条第3項", "第34条には第1項しかありません", ["sg:34"]),
        ("VPN第24条第13項", "第24条は第12項までで、第13項はありません", ["vpn:24"]),
        ("msp 12.1(10)", "第12条第1項は第9号までで、第10号はありません", ["msp:12.1"]),
        ("SG第18条第1項第2号⑨", "第18条第1項第2号は⑦までで、⑨はありません", ["sg:18.1(2)"]),
        ("SG第34条第1項第2号", "第34条第1項に号の定めはありません", ["sg:34.1"]),
    ],
)
def test_a_part_that_does_not_exist_is_denied_beside_the_nearest_clause(
    assistant: Assistant, question: str, said: str, quoted: list[str]
) -> None:
    answer = ask(assistant, question)
    assert said in answer.text
    assert "\n" not in answer.text
    assert (answer.status, cited(answer)) == ("answered", quoted)


@pytest.mark.parametrize("question", ["VPNに第34条はありますか", "VPN第46条の内容を教えて"])
def test_nothing_unrelated_follows_an_article_that_does_not_exist(
    assistant: Assistant, question: str
) -> None:
    answer = ask(assistant, question)
    assert (answer.status, answer.citations) == ("not_in_terms", ())
    assert "条は第33条までです" in answer.text


def test_what_is_asked_of_a_wrong_article_is_answered_all_the_same(assistant: Assistant) -> None:
    answer = ask(assistant, "VPN規約第40条の合意管轄ですが、大阪簡易裁判所も含まれますか")
    assert "第40条はありません" in answer.correction
    assert "vpn:31.2" in cited(answer)


def test_a_missing_part_beside_one_that_exists_is_told(assistant: Assistant) -> None:
    answer = ask(assistant, "SG第15条第7項と第8項を見せて")
    assert "第8項はありません" in answer.correction
    assert cited(answer) == ["sg:15.7"]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("SG 18-1-2-③", "sg:18.1(2)③"),
        ("sg18条1項2号4細目", "sg:18.1(2)④"),
        ("VPN 33条2項2号④", "vpn:33.2(2)④"),
        ("VPN附則第9", "vpn:附則.9"),
    ],
)
def test_the_deepest_address_is_found_and_told_in_words(
    assistant: Assistant, question: str, address: str
) -> None:
    answer = ask(assistant, question)
    assert cited(answer) == [address]
    assert not answer.warnings


def test_every_number_about_the_text_has_a_source(assistant: Assistant) -> None:
    for question in ("SG規約は全部で何条", "目次", "VPNの附則を全部", "「書面」が出てくる条項"):
        answer = ask(assistant, question)
        assert answer.status == "answered", question
        assert not answer.warnings, question


def test_a_follow_up_names_the_clause_beside(assistant: Assistant) -> None:
    talk = assistant.conversation()
    asked = ("VPNの第18条第1項第6号は？", "では第7号は", "同じ条の第2項は", "次の項は", "前の条は")
    told = [cited(talk.ask(text, today=TODAY)) for text in asked]
    assert told[1:4] == [["vpn:18.1(7)"], ["vpn:18.2"], ["vpn:18.3"]]
    assert told[4] == ["vpn:17.1", "vpn:17.2", "vpn:17.3"]


def test_a_follow_up_shows_the_clause_that_answered(assistant: Assistant) -> None:
    talk = assistant.conversation()
    talk.ask("SGの準拠法は", today=TODAY)
    assert cited(talk.ask("その条文の全文", today=TODAY)) == ["sg:44.1"]


def test_the_same_about_another_agreement_is_about_its_text(assistant: Assistant) -> None:
    talk = assistant.conversation()
    talk.ask("MSPの附則", today=TODAY)
    assert cited(talk.ask("SGは？", today=TODAY)) == ["sg:附則.1"]
