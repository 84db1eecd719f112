"""Article references in any script go to the clause they name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.mentions import LONGEST_RANGE, find

KANJI = "〇一二三四五六七八九"


def named(text: str) -> list[tuple[str, str | None, str | None]]:
    return [(m.article, m.paragraph, m.item) for m in find(text)]


def in_kanji(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else KANJI[tens]) + "十" * bool(tens) + (KANJI[ones] if ones else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第11条第2項", ("11", "2", None)),
        ("１１条２項", ("11", "2", None)),
        ("十一条二項", ("11", "2", None)),
        ("第 十一 条 第 二 項", ("11", "2", None)),
        ("第18条の利用停止", ("18", None, None)),
        ("第18条第1項第2号", ("18", "1", "2")),
        ("18条(2)", ("18", None, "2")),
        ("18条の1項", ("18", "1", None)),
        ("第3条（本規約の適用）第2項", ("3", "2", None)),
        ("第25条の2第1項", ("25の2", "1", None)),
        ("第二十五条の二に", ("25の2", None, None)),
        ("第25条の2つの要件", ("25", None, None)),
        ("第18条の一部", ("18", None, None)),
        ("規約18-6", ("18", "6", None)),
        ("規約３３−３って何", ("33", "3", None)),
        ("利用規約の 18-1-2", ("18", "1", "2")),
        ("約款18-1(2)について", ("18", "1", "2")),
        ("第8条-4", ("8", "4", None)),
        ("附則第9項", ("附則", "9", None)),
        ("附則", ("附則", None, None)),
        ("支払方法 第3条", ("3", None, None)),
    ],
)
def test_one_reference_in_any_script(
    text: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert named(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "5条件",
        "全45条",
        "三条市",
        "前項",
        "規約2026-10-31版",
        "電話 06-6501",
        "規約の24-36か月",
        "2項目",
        "民法第548条の4",
        "消費者契約法（平成12年）10条",
        "",
    ],
)
def test_what_names_no_clause_of_the_terms_is_left_alone(text: str) -> None:
    assert find(text) == ()


def test_an_address_carries_its_agreement_and_subitem() -> None:
    (mention,) = find("ＳＧ：１８．１（２）① の件")
    assert (mention.agreement, mention.article, mention.paragraph) == ("sg", "18", "1")
    assert (mention.item, mention.subitem) == ("2", "①")


def test_an_address_of_a_supplement_is_told_once() -> None:
    assert [str(m.agreement) for m in find("vpn:附則.9")] == ["vpn"]


def test_a_name_before_the_reference_is_its_agreement_and_lasts_over_the_list() -> None:
    found = find("VPN規約の第18条と第19条、マネセキ第3条", {"VPN規約": "vpn", "マネセキ": "msp"})
    assert [(m.agreement, m.article) for m in found] == [("vpn", "18"), ("vpn", "19"), ("msp", "3")]


def test_a_paragraph_after_a_connective_belongs_to_the_article_before() -> None:
    assert named("第18条第1項及び第2項") == [("18", "1", None), ("18", "2", None)]
    assert named("第5条に従い、同条第2項") == [("5", None, None), ("5", "2", None)]


@pytest.mark.parametrize("text", ["第18条から第20条まで", "18〜20条", "18条乃至20条"])
def test_a_range_names_every_article_in_it(text: str) -> None:
    assert [article for article, _, _ in named(text)] == ["18", "19", "20"]


def test_a_range_of_paragraphs_or_items_names_each() -> None:
    assert [p for _, p, _ in named("第18条第1項から第3項")] == ["1", "2", "3"]
    assert [i for _, _, i in named("第18条第1項第1号から第3号まで")] == ["1", "2", "3"]


def test_an_absurd_range_gives_only_its_ends() -> None:
    assert len(find(f"第1条から第{LONGEST_RANGE + 100}条")) == 2


@given(article=st.integers(1, 99), paragraph=st.integers(1, 20))
def test_digits_full_width_and_kanji_name_the_same_clause(article: int, paragraph: int) -> None:
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    plain = f"第{article}条第{paragraph}項"
    kanji = f"第{in_kanji(article)}条第{in_kanji(paragraph)}項"
    assert named(plain) == named(plain.translate(wide)) == named(kanji)
    assert named(plain) == [(str(article), str(paragraph), None)]


@given(st.text(alphabet="第条項号のと、から~（）()①イ0123４十 ㌔ﾀﾞ附則法sg:.", max_size=60))
def test_any_text_is_read_without_an_error_and_spans_lie_inside_it(text: str) -> None:
    for mention in find(text):
        start, end = mention.span
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("text", "subitem"),
    [
        ("第18条第1項第2号④", "④"),
        ("18条1項2号4細目", "④"),
        ("第37条第1項第4号の第3細分", "③"),
        ("規約18-1-2-③", "③"),
        ("規約18-1-2-3", "③"),
    ],
)
def test_a_sub_item_is_named_by_its_mark_or_its_number(text: str, subitem: str) -> None:
    (mention,) = find(text)
    assert (mention.paragraph, mention.subitem) == ("1", subitem)


def test_numbers_with_a_dot_are_a_reference_only_before_an_item() -> None:
    assert named("規約12.1(10)") == [("12", "1", "10")]
    assert named("規約の14.5") == []
