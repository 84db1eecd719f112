"""Questions about the text: which are known, what answers them, and which are left alone."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.about_text.answering import about_text
from assistant.about_text.reading import LONGEST, shows_text
from assistant.findings import Finding
from assistant.question import Question, understand
from corpus.library import Library

LIBRARY = Library.load()
VERSIONS = {id: LIBRARY.version(id) for id in LIBRARY.ids}


def read(text: str) -> Question:
    return understand(text, today=date(2026, 11, 26), library=LIBRARY)


def found(text: str) -> tuple[Finding, ...]:
    return about_text(read(text), VERSIONS)


def cited(text: str) -> list[str]:
    return [chosen.clause.id for finding in found(text) for chosen in finding.chosen]


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("VPN第13条を引用している条項をすべて", ["vpn:15.2", "vpn:20.2"]),
        ("SGのどの条文が第8条を引用していますか", ["sg:12.2", "sg:13.1"]),
        ("VPN第17条はどこで引用されていますか", ["vpn:15.2"]),
        ("SGの第16条が準用する条項", ["sg:16", "sg:15.7"]),
        ("VPN第9条はどの条を参照していますか", ["vpn:9", "vpn:7"]),
        ("MSP第9条第2項の「同条」とは第何条", ["msp:9.2", "msp:8"]),
        ("VPN第33条第2項第3号の「前項」は何を指しますか", ["vpn:33.2(3)", "vpn:33.1"]),
        ("SG規約は全部で何条ですか", ["sg:45"]),
        ("VPNの24条は何項ありますか", ["vpn:24"]),
        ("第9章 雑則には何条が含まれますか", ["msp:20", "msp:26"]),
        ("MSP規約の制定日と最新改定日", ["msp:附則.1", "msp:附則.9"]),
        ("2019年4月1日に改正された規約はどれですか", ["vpn:附則.5", "msp:附則.4"]),
        ("消費税法を引用している条項は", ["sg:2.1", "vpn:29.1", "msp:17.1"]),
        ("風営法への言及はありますか", ["sg:18.1(2)③"]),
        ("「30日」という期間が出てくる条項", ["sg:21.2", "msp:11.1"]),
        ("「直ちに」行うべき義務を列挙（VPN）", ["vpn:10.2", "vpn:15.1", "vpn:18.1", "vpn:20.1"]),
        ("プライバシーポリシーを参照している条項をすべて", ["sg:33.2(6)", "vpn:32.1"]),
        ("書面による承諾が必要な行為を列挙", ["vpn:12.3", "vpn:30.1", "msp:20.1"]),
        ("FortiGate とは", ["sg:2.1"]),
        ("ID等の定義", ["sg:2.1"]),
        ("VPNのコールドスタンバイサービスの定義", ["vpn:4.5(3)"]),
    ],
)
def test_a_question_about_the_text_is_answered_from_it(question: str, clauses: list[str]) -> None:
    assert cited(question) == clauses


@pytest.mark.parametrize(
    "question",
    [
        "SGの反社会的勢力の条項は何条ですか",
        "解約の条件は何条に書いてありますか",
        "準拠法の定めはありますか",
        "規約の変更はいつ知らされますか",
        "「30日」以内に申し出ないとどうなりますか",
        "「解約」はいつまでに通知しますか",
        "解約金とは何ですか",
        "VPN第18条の引用は誤りですか",
        "VPN第33条第2項第2号④を引用してください",
        "著作権法違反になる使い方は禁止ですか",
        "SGの契約変更の方法に関する条項はありますか",
        "VPNの構成を教えてください",
        "月額料金の定義はどこにあると考えればいいですか",
        "附則の効力は契約者に及びますか",
    ],
)
def test_an_ordinary_question_is_left_alone(question: str) -> None:
    assert found(question) == ()


def test_all_supplementary_provisions_are_told_in_order_and_counted() -> None:
    (finding,) = found("VPN規約はこれまで何回改定されましたか。各実施日も")
    assert [c.clause.id for c in finding.chosen] == [f"vpn:附則.{n}" for n in range(1, 10)]
    assert "附則は9つです。制定の後、8回改正されています。" in finding.lead
    assert "・附則 第3「この改正規定は、平成 18 年 4 月 5 日から実施します。」" in finding.lead


def test_terms_never_amended_are_told_to_be_so() -> None:
    (finding,) = found("SGの改定履歴")
    assert "改正を定める附則はありません" in finding.lead


def test_a_definition_is_quoted_alone_from_its_table() -> None:
    (finding,) = found("利用者の定義")
    (chosen,) = finding.chosen
    assert chosen.quote.startswith("利用者\t")
    assert "\n" not in chosen.quote
    assert chosen.quote in chosen.clause.full_text


def test_a_word_that_is_used_but_not_defined_is_a_silence_that_says_where() -> None:
    (finding,) = found("VPNの暴力団員の定義")
    assert finding.status == "not_in_terms"
    assert "定義していません" in finding.lead
    assert finding.checked[0] == "vpn:33.1(1)"


def test_a_statute_that_no_agreement_names_is_a_silence_for_each() -> None:
    assert [f.status for f in found("民法は出てきますか")] == ["not_in_terms"] * 3


def test_a_printed_caption_that_is_not_the_articles_own_is_told() -> None:
    (finding,) = found("VPN第18条第1項の「第16条（解約）第2項」は正しい引用ですか")
    assert "『解約』は、第16条の見出し『契約内容の変更』と一致しません" in finding.lead


def test_an_agreement_without_chapters_says_so() -> None:
    (finding,) = found("VPNの第3章の条文一覧")
    assert finding.status == "not_in_terms"
    assert "章に分かれていません" in finding.lead


def test_the_contents_name_every_chapter_and_article() -> None:
    (finding,) = found("MSPの目次")
    assert finding.lead.count("・第") == 26
    assert "第９章 雑則" in finding.lead


def test_a_long_text_is_no_question_about_the_text() -> None:
    assert found("VPNの附則を" + "すべて" * LONGEST + "見せてください") == ()


@pytest.mark.parametrize(
    ("question", "shows"),
    [
        ("SG第15条", True),
        ("VPN第24条の全文を見せてください", True),
        ("SGの規約の19条には何が書いてありますか", True),
        ("VPNに第34条はありますか", True),
        ("18条と19条の全文（MSP）", True),
        ("VPN第12条の禁止事項", False),
        ("第2条の追加規定を全部見せて", False),
        ("SG第28条のただし書きの意味を教えて", False),
        ("SG規約の5条3項、いつ知らせたことになる？", False),
    ],
)
def test_only_a_question_for_the_text_of_a_clause_shows_all_of_it(
    question: str, shows: bool
) -> None:
    assert shows_text(read(question), VERSIONS) is shows


def test_every_statute_that_is_named_is_told_with_its_clauses() -> None:
    (finding,) = found("VPNで法令を引用している条項は")
    assert "『消費税法』、『地方税法』、『暴力団員による" in finding.lead
    assert [c.clause.id for c in finding.chosen] == ["vpn:29.1", "vpn:33.1(1)"]


def test_references_between_articles_are_told_for_a_whole_agreement() -> None:
    assert cited("MSPで他の条項を引用している条項")[:3] == ["msp:9.1", "msp:9.2", "msp:15.6"]
