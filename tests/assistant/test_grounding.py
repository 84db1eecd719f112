"""The grounding check: altered quotes, foreign clauses, numbers from nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Answer
from assistant.composer import cite
from assistant.grounding import check, quotations
from assistant.numbers_in_text import quantities
from corpus.library import Library
from corpus.silences import load_silences

ADDRESSES = ("sg:27.1", "vpn:17.2", "msp:17.4")


def answer(address: str, text: str = "") -> Answer:
    version = Library.load().version(address.split(":")[0])
    citation = cite(version, version.clause(address), "")
    return Answer(
        "質問です", "answered", text or f"規約の定めは「{citation.quote}」です。", (citation,)
    )


def kinds(one: Answer, **more: object) -> list[str]:
    return [v.kind for v in check(one, Library.load(), **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_verbatim_quote_is_grounded(address: str) -> None:
    assert kinds(answer(address)) == []


@given(address=st.sampled_from(ADDRESSES), data=st.data())
@settings(max_examples=120, deadline=None)
def test_altering_any_one_character_of_a_quote_is_noticed(
    address: str, data: st.DataObject
) -> None:
    one = answer(address)
    quote = one.citations[0].quote
    at = data.draw(st.integers(0, len(quote) - 1))
    other = data.draw(st.characters(codec="utf-8").filter(lambda c: c != quote[at]))
    false = quote[:at] + other + quote[at + 1 :]
    altered = replace(one, citations=(replace(one.citations[0], quote=false),))
    assert "altered_quote" in kinds(altered)


@given(address=st.sampled_from(ADDRESSES), data=st.data())
@settings(max_examples=120, deadline=None)
def test_altering_any_one_character_between_quotation_marks_is_noticed(
    address: str, data: st.DataObject
) -> None:
    quote = answer(address).citations[0].quote
    at = data.draw(st.integers(1, len(quote) - 2))
    other = data.draw(st.sampled_from("あ亜9９A、。・").filter(lambda c: c != quote[at]))
    false = f"規約の定めは「{quote[:at]}{other}{quote[at + 1 :]}」です。"
    assert "invented_quotation" in kinds(answer(address, false))


@given(number=st.integers(1, 9_999_999), unit=st.sampled_from(["円", "日", "カ月", "%", "年"]))
@settings(max_examples=150, deadline=None)
def test_any_number_without_a_source_is_noticed(number: int, unit: str) -> None:
    one = answer("vpn:17.2", f"金額は{number:,}{unit}です。")
    place = {"17", "2", "2024", "20"}
    assert ("number_without_source" in kinds(one)) or str(number) in place


def test_a_number_of_the_user_is_a_source() -> None:
    one = answer("vpn:17.2", "月額は33,000円です。")
    assert kinds(one) == ["number_without_source"]
    assert kinds(one, user_words=["月3万3千円です", "33000円"]) == []


def test_the_outer_words_of_a_nested_quotation_are_checked() -> None:
    assert quotations("「以下「本規約」といいます」") == ["以下「本規約」といいます", "本規約"]
    version = Library.load().version("vpn")
    citation = cite(version, version.clause("vpn:1.1"), "")
    false = "規約には「株式会社オプテージ（以下「当社」といいます）は無償で提供」とあります。"
    one = Answer("質問", "answered", false, (citation,))
    assert "invented_quotation" in kinds(one)


def test_a_quotation_that_is_never_closed_is_checked() -> None:
    assert "invented_quotation" in kinds(
        answer("sg:27.1", "規約には「無料で解約できる とあります。")
    )


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"address": "sg:999.1"}, "unknown_clause"),
        ({"version": "1999-01-01"}, "wrong_version"),
        ({"quote": ""}, "altered_quote"),
    ],
)
def test_a_broken_citation_is_noticed(change: dict[str, str], kind: str) -> None:
    one = answer("sg:27.1", "規約に定めがあります。")
    assert kind in kinds(replace(one, citations=(replace(one.citations[0], **change),)))


def test_a_clause_of_an_agreement_that_was_not_meant_is_noticed() -> None:
    assert kinds(answer("sg:27.1"), meant=["vpn"]) == ["wrong_agreement"]


def test_an_answer_without_a_citation_is_noticed() -> None:
    assert kinds(Answer("質問", "answered", "無料です。")) == ["no_citation"]


def test_the_clauses_that_an_answer_cites_may_be_counted() -> None:
    one = answer("sg:18.1(7)")
    counted = replace(one, citations=(*one.citations, *answer("vpn:31.2").citations))
    assert kinds(replace(counted, text="次の2か所です。")) == []
    assert kinds(replace(counted, text="次の3か所です。")) == ["number_without_source"]


def test_a_count_of_clauses_is_no_source_of_days_or_money() -> None:
    one = answer("sg:18.1(7)")
    counted = replace(one, citations=(*one.citations, *answer("vpn:31.2").citations))
    assert kinds(replace(counted, text="2日以内に払います。")) == ["number_without_source"]


def test_the_chapter_of_a_cited_clause_is_a_source() -> None:
    assert kinds(answer("sg:45.1", "全部で12章45条です。")) == []
    assert kinds(answer("sg:45.1", "全部で11章45条です。")) == ["number_without_source"]


def test_no_silence_is_told_with_a_number_that_nothing_proves() -> None:
    """A silence cites no clause: a number in its subject would have no source."""
    for silence in load_silences(Library.load()):
        if silence.kind == "not_in_terms":
            assert not list(quantities(silence.subject)), silence.id
