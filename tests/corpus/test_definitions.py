"""Defined terms: every form of definition is read, and uses are counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.definitions import definitions, uses
from corpus.library import Library
from corpus.opening import version_of_text

LIBRARY = Library.load()


def terms(text: str) -> dict[str, str]:
    return {d.term: d.text for d in definitions(version_of_text(text, "x"))}


@pytest.mark.parametrize(
    ("sentence", "term", "meaning"),
    [
        ("株式会社甲（以下、「当社」といいます。）は定めます。", "当社", "株式会社甲"),
        ("株式会社甲（以下「当社」という）は定める。", "当社", "株式会社甲"),
        (
            "通信（以下、これら総称して「攻撃的通信」といいます。）を検知する。",
            "攻撃的通信",
            "通信",
        ),
        (
            "届け出た情報（本条において「連絡先情報」といいます。）を使う。",
            "連絡先情報",
            "届け出た情報",
        ),
        (
            "契約が成立する（成立した内容について以下、「本契約」とします。）。",
            "本契約",
            "契約が成立する",
        ),
        ("「設計業務」とは、接続のための業務をいいます。", "設計業務", "接続のための業務"),
        ("監視サービスとは、疎通確認業務をいい、当社が行う。", "監視サービス", "疎通確認業務"),
    ],
)
def test_a_definition_in_a_sentence_gives_term_and_meaning(
    sentence: str, term: str, meaning: str
) -> None:
    assert terms(f"第1条（総則）\n{sentence}") == {term: meaning}


def test_a_table_of_definitions_is_read_row_by_row() -> None:
    found = {d.term: d.kind for d in definitions(LIBRARY.version("sg"))}
    assert found["契約者"] == found["Fortinet 社"] == found["消費税相当額"] == "table"


def test_a_list_of_definitions_gives_every_term_also_paired_ones() -> None:
    text = "第2条（定義）\n1 次の各号による。\n(1) 「甲」とは、買主をいう。\n(2) 「本アプリ」及び「乙」とは、売主をいう。"
    assert set(terms(text)) == {"甲", "本アプリ", "乙"}


def test_a_term_of_one_article_is_local() -> None:
    local = {d.term for d in definitions(LIBRARY.version("sg")) if d.local}
    assert local == {"連絡先情報"}


def test_a_longer_term_is_no_use_of_its_part() -> None:
    version = version_of_text(
        "第1条（総則）\n当社のサービス（以下「本サービス」という）、その設備（以下「本サービス設備」という）。\n第2条（甲）\n本サービス設備を使う。",
        "x",
    )
    counted = {term: len(found) for term, found in uses(version, definitions(version)).items()}
    assert counted == {"本サービス": 0, "本サービス設備": 1}


def test_a_use_may_leave_out_the_space_of_its_definition() -> None:
    version = LIBRARY.version("sg")
    places = uses(version, definitions(version))["ID など"]
    assert {str(use.address) for use in places} >= {"sg:13.1", "sg:13.2"}


@pytest.mark.parametrize("id", LIBRARY.ids)
def test_every_span_holds_its_term(id: str) -> None:
    version = LIBRARY.version(id)
    found = definitions(version)
    assert len(found) >= 10
    for definition in found:
        full = version.clause(definition.address).full_text
        assert full[slice(*definition.span)].strip() == definition.term


@given(st.text(alphabet="以下、「」甲乙といいう（）とは。\n\t本条において", max_size=60))
def test_any_text_is_read_without_error(body: str) -> None:
    version = version_of_text(f"第1条（定義）\n{body}", "x")
    uses(version, definitions(version))
