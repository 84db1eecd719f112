"""The parser: exact on the three agreements, lossless on any text, at home in many styles."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.library import Library
from corpus.numerals import to_int
from corpus.parser import node_spans, parse
from corpus.readers import read
from corpus.terms import Node, Terms

SAMPLES = os.environ.get("YAKKAN_SAMPLES", "")


def uncovered(terms: Terms) -> list[tuple[int, str]]:
    """Non-space characters that lie in no node and no furniture, or in more than one."""
    count: Counter[int] = Counter()
    for start, end in [*node_spans(terms), *(span for span, _ in terms.furniture)]:
        count.update(range(start, end))
    return [
        (i, c) for i, c in enumerate(terms.source)
        if not c.isspace() and c not in "﻿" and count[i] != 1
    ]  # fmt: skip


def outline(terms: Terms) -> list[str]:
    """Articles as `number:paragraphs` with items in brackets, for reading in a test."""
    return [f"{a.number}:{'/'.join(_shape(p) for p in a.of('paragraph'))}" for a in terms.articles]


def _shape(paragraph: Node) -> str:
    items = "".join(f"({i.number}{'*' * len(i.of('subitem'))})" for i in paragraph.of("item"))
    return paragraph.number + items


@pytest.mark.parametrize(
    ("id", "chapters", "articles", "paragraphs", "supplementary"),
    [("sg", 12, 45, 94, 1), ("vpn", 0, 33, 85, 9), ("msp", 9, 26, 61, 9)],
)
def test_counts_of_the_three_agreements_are_exact(
    id: str, chapters: int, articles: int, paragraphs: int, supplementary: int
) -> None:
    terms = Library.load().version(id).terms
    found = (
        len(terms.chapters),
        len(terms.articles),
        sum(len(a.of("paragraph")) for a in terms.articles),
        len(terms.supplementary),
    )
    assert found == (chapters, articles, paragraphs, supplementary)
    assert terms.problems == []


@pytest.mark.parametrize("id", ["sg", "vpn", "msp"])
def test_nothing_of_the_three_agreements_is_lost_or_read_twice(id: str) -> None:
    assert uncovered(Library.load().version(id).terms) == []


def test_items_subitems_and_notes_stand_where_they_are_printed() -> None:
    library = Library.load()
    assert library.clause("sg:18.1(2)①").text.startswith("当社または第三者の名誉")
    assert library.clause("sg:37.1(4)⑤").text.startswith("情報セキュリティに関する新規")
    assert len(library.version("sg").children("sg:18.1(2)")) == 7
    assert library.clause("vpn:33.2(3)").text.startswith("当社は、前項の規定により")
    assert len(library.version("vpn").children("vpn:33.2(2)")) == 5
    assert len(library.version("vpn").children("vpn:23.2")) == 10
    assert library.clause("msp:7.1").notes[0].startswith("（注）当社が別に定める")
    assert library.clause("msp:12.3").notes[0].startswith("（注）当社が別に定める")
    assert library.clause("vpn:32.1").notes


def test_lines_broken_by_the_page_are_one_sentence_again() -> None:
    library = Library.load()
    assert "連絡先情報に基づいて行うものとします" in library.clause("sg:12.4").text
    assert "若しくは競売を申立てられ" not in library.clause("vpn:18.1(3)").text
    assert "破産若しくは競売を申立てられ" in library.clause("vpn:18.1(2)").text
    assert "マネージドセキュリティーパック" in library.clause("msp:1.1").text


def test_every_supplementary_provision_has_its_date() -> None:
    version = Library.load().version("vpn")
    assert [d.isoformat() for d in version.known_since][:2] == ["2004-07-01", "2005-06-06"]
    assert len(version.known_since) == 9


KANJI = """やさしいサービス利用規約
第一章　総則
第一節　目的
（目的）
第一条　この規約は、サービスの利用について定める。
２　利用者は、次の各号を守るものとする。
　一　他人に迷惑をかけないこと。
　二　次に掲げる行為をしないこと。
　　イ　転売
　　ロ　複製
３　前項の規定にかかわらず、当社が認めた場合はこの限りでない。
第二節　雑則
（準拠法）
第二条　準拠法は日本法とする。
第二条の二　枝番の条である。
　　　附　則
この規約は、令和五年四月一日から施行する。
"""
RESTART = """# T規約
## 第1章 総則
### 第1条（目的）
本規約は目的を定めます。
## 第2章 料金
### 第1条（料金）
1. 支払います。
1. 滞納したら
30 日以内に払います。
"""
WRONG = """利用規約
第1条（目的）
1．これは本文です。
3．三番目です。
第3条（次）
本文です。
第41条（地位の継承）、第44条（準拠法）は契約終了後も有効です。
第5条
第4条の規定に従います。
"""
SPACED = """サービス約款
第 18 条 （利用停止）
当社は、次の場合に停止します。
（1） 料金を払わないとき
（ 2 ） その他
第 19 条 責任
当社は、第 18 条（利用停止）に定める場合を除き責任を負います。
2 利用者は損害を賠償します。
（注）本項の損害には逸失利益を含みません。
別表第1（料金表）
基本料	1,000円
"""
COMMENTED = """**利用規約**

**第1条（適用）**

1 本規約は適用されます。
2 当社は変更します。
 (1) 変更一
  (a) ああ
  (b) いい

<!-- **第2条（削除）**
1 消えた条です。 -->
**第2条（通知）** 1．通知します。
2．到達とみなします。
"""
HEADINGS = """# Terms 利用規約

## 1. 目的
この規約は目的を定めます。

## 2. 料金
1. 月額です。
2. 払います。
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (KANJI, ["1:1/2(1)(2**)/3", "2:1", "2の2:1"]),
        (RESTART, ["1:1", "2章1:1/2"]),
        (WRONG, ["1:1/3", "3:1", "5:1"]),
        (SPACED, ["18:1(1)(2)", "19:1/2"]),
        (COMMENTED, ["1:1/2(1**)", "2:1/2"]),
        (HEADINGS, ["1:1", "2:1/2"]),
    ],
    ids=[
        "kanji numerals",
        "restarting articles",
        "wrong numbers",
        "spaces",
        "comments",
        "headings",
    ],
)
def test_styles_of_other_publishers_are_read(text: str, expected: list[str]) -> None:
    terms = parse(text)
    assert outline(terms) == expected
    assert uncovered(terms) == []


def test_captions_chapters_and_sections_are_kept() -> None:
    terms = parse(KANJI)
    assert terms.title == "やさしいサービス利用規約"
    assert [(d.style, d.caption) for d in terms.divisions] == [
        ("章", "総則"),
        ("節", "目的"),
        ("節", "雑則"),
    ]
    assert [a.caption for a in terms.articles] == ["目的", "準拠法", ""]
    assert terms.to_dict()["supplementary"][0]["date"] == "2023-04-01"


def test_gaps_and_repeats_are_reported_with_their_line() -> None:
    found = {(p.line, p.message) for p in parse(WRONG).problems}
    assert (4, "項番号が続いていません（2 のところに 3．）。") in found
    assert (5, "条番号が続いていません（第1条の次が第3条）。") in found


def test_a_commented_out_article_is_furniture() -> None:
    terms = parse(COMMENTED)
    assert any(kind == "comment" for _, kind in terms.furniture)
    assert "消えた" not in "".join(a.full_text for a in terms.articles)


def test_a_text_that_is_no_agreement_gives_a_problem_and_no_article() -> None:
    for text in ("", "ただの文です。", "Hello, world"):
        terms = parse(text)
        assert terms.articles == []
        assert "条（第1条…）が見つかりません" in terms.problems[-1].message


_LINE = st.one_of(
    st.sampled_from(
        ["第1条（目的）", "第２条　適用", "## 第3条 名称", "第四章　雑則", "1. あ", "２　い", "（1）う", "① え", "一　お", "ア　か",
         "- き", "（注）く", "附則", "以上", "", "<!-- け", "-->", "**こ**", "|a|b|", "さ\tし", "第41条（…）、第44条", "（す）"]
    ),
    st.text(alphabet="あア一1１ 　.．()（）第条項#*-\t、。「」①\r\xa0", max_size=20),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_LINE, max_size=25))
def test_any_text_is_parsed_without_loss(lines: list[str]) -> None:
    assert uncovered(parse("\n".join(lines))) == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_at_all_are_parsed_without_loss(text: str) -> None:
    assert uncovered(parse(text)) == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=1, max_size=4), min_size=1, max_size=6),
    st.sampled_from(["plain", "markdown", "statute"]),
)
def test_a_generated_agreement_comes_back_as_it_was_made(
    shape: list[list[int]], style: str
) -> None:
    assert outline(parse(_generate(shape, style))) == [
        f"{n}:" + "/".join(f"{p}" + "".join(f"({i})" for i in range(1, items + 1)) for p, items in enumerate(article, 1))
        for n, article in enumerate(shape, 1)
    ]  # fmt: skip


def _generate(shape: list[list[int]], style: str) -> str:
    heading = {
        "plain": "第{}条（見出し）",
        "markdown": "### 第{}条　見出し",
        "statute": "第{}条（見出し）",
    }[style]
    number = {"plain": "{}．", "markdown": "{}. ", "statute": "{}　"}[style]
    item = {"plain": "（{}）", "markdown": "    {}. ", "statute": "（{}）"}[style]
    lines = ["見本規約"]
    for n, article in enumerate(shape, 1):
        lines.append(heading.format(n))
        for p, items in enumerate(article, 1):
            lines.append(number.format(p) + "当社は次のとおり定めます。")
            lines += [item.format(i) + "号の文" for i in range(1, items + 1)]
    return "\n".join(lines)


@pytest.mark.skipif(not SAMPLES, reason="YAKKAN_SAMPLES names no folder of other people's terms")
def test_other_peoples_terms_come_out_as_their_truth_says() -> None:
    folder = Path(SAMPLES)
    for name, truth in json.loads((folder / "truth.json").read_text(encoding="utf-8")).items():
        terms = parse(read(folder / name))
        by_number = {a.number: a for a in terms.articles}
        assert len(terms.chapters) == truth["chapters"], name
        assert len(terms.articles) == truth["articles"], name
        for key, count in truth["paragraphs"].items():
            assert len(by_number[_number(key)].of("paragraph")) == count, (name, key)
        for key, count in truth["items"].items():
            wanted = re.search(r"第([0-9]+)項|\(([0-9]+)項\)", key)
            assert wanted is not None
            number = wanted[1] or wanted[2]
            paragraph = next(
                p for p in by_number[_number(key)].of("paragraph") if p.number == number
            )
            assert len(paragraph.of("item")) == count, (name, key)
        assert bool(terms.supplementary) == (truth["fusoku"] == "yes"), name


def _number(key: str) -> str:
    match = re.match(r"第(.+?)条(?:の(\d+))?", key)
    assert match is not None
    return f"{to_int(match[1])}" + (f"の{match[2]}" if match[2] else "")
