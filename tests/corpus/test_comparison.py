"""新旧対照表: every real change found and rightly classified, nothing unchanged reported."""

from __future__ import annotations

import os
import random
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.address import Address
from corpus.comparison import Change, compare
from corpus.library import Library, Version
from corpus.opening import open_version, version_of_text

LIBRARY = Library.load()
SAMPLES = os.environ.get("YAKKAN_SAMPLES")


# -- an agreement as lists that a test can edit, printed again as a text ---------------------


@dataclass
class Para:
    text: str
    items: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass
class Art:
    caption: str
    paragraphs: list[Para]


def articles(version: Version) -> list[Art]:
    """The articles of a version; sub-items stay in the words of their item."""
    found = []
    for article in version.articles():
        paragraphs = [
            Para(
                p.text,
                [i.full_text.replace("\n", "") for i in version.children(p.address)],
                list(p.notes),
            )
            for p in version.children(article.address)
        ]
        found.append(Art(article.caption, paragraphs))
    return found


def load(id: str) -> list[Art]:
    return articles(LIBRARY.version(id))


def make(edited: list[Art], id: str) -> Version:
    """The version whose articles are numbered as they stand."""
    lines = []
    for number, article in enumerate(edited, 1):
        lines.append(f"第{number}条（{article.caption}）")
        for place, paragraph in enumerate(article.paragraphs, 1):
            lines.append(f"{place}．{paragraph.text}")
            lines += [f"({n}) {item}" for n, item in enumerate(paragraph.items, 1)]
            lines += paragraph.notes
    return version_of_text("\n".join(lines), id)


def rows(changes: tuple[Change, ...], *kinds: str) -> list[tuple[str, str, str]]:
    return [
        (c.kind, str(c.old or ""), str(c.new or ""))
        for c in changes
        if not kinds or c.kind in kinds
    ]


@pytest.mark.parametrize("id", LIBRARY.ids)
def test_equal_versions_give_no_changes(id: str) -> None:
    version = LIBRARY.version(id)
    assert compare(version, version).changes == ()
    assert compare(make(load(id), id), make(load(id), id)).changes == ()


def test_an_inserted_article_is_added_and_the_rest_only_renumbered() -> None:
    edited = load("vpn")
    edited.insert(
        11, Art("通知の方法", [Para("当社は、契約者への通知を電子メールで行うことがあります。")])
    )
    found = compare(make(load("vpn"), "vpn"), make(edited, "vpn")).changes
    assert rows(found, "added", "removed", "changed", "moved") == [("added", "", "vpn:12")]
    assert rows(found, "renumbered") == [
        ("renumbered", f"vpn:{n}", f"vpn:{n + 1}") for n in range(12, 34)
    ]
    assert not any(c.substantive for c in found if c.kind == "renumbered")


def test_a_deleted_paragraph_is_removed_and_the_next_renumbered() -> None:
    edited = load("sg")
    del edited[21].paragraphs[2]
    found = compare(make(load("sg"), "sg"), make(edited, "sg")).changes
    assert rows(found) == [
        ("removed", "sg:22.3", ""),
        ("renumbered", "sg:22.4", "sg:22.3"),
        ("renumbered", "sg:22.5", "sg:22.4"),
        ("renumbered", "sg:22.6", "sg:22.5"),
    ]


def test_a_moved_article_is_moved_and_the_passed_ones_renumbered() -> None:
    edited = load("msp")
    edited.insert(20, edited.pop(9))
    found = compare(make(load("msp"), "msp"), make(edited, "msp")).changes
    assert rows(found, "moved") == [("moved", "msp:10", "msp:21")]
    assert rows(found, "renumbered") == [
        ("renumbered", f"msp:{n}", f"msp:{n - 1}") for n in range(11, 22)
    ]
    assert rows(found, "added", "removed", "changed") == []


def test_references_that_follow_the_renumbering_are_not_of_substance() -> None:
    edited = load("vpn")
    edited.insert(
        2, Art("通知の方法", [Para("当社は、契約者への通知を電子メールで行うことがあります。")])
    )
    for article in edited:
        for paragraph in article.paragraphs:
            for number in range(33, 3, -1):
                paragraph.text = paragraph.text.replace(f"第{number}条（", f"第{number + 1}条（")
    found = compare(make(load("vpn"), "vpn"), make(edited, "vpn")).changes
    changed = [c for c in found if c.kind == "changed"]
    assert {str(c.old) for c in changed} == {
        "vpn:8.1", "vpn:8.3", "vpn:9.1", "vpn:13.1", "vpn:15.2", "vpn:17.1", "vpn:18.1", "vpn:20.2",
    }  # fmt: skip
    assert all(c.classes == ("references",) and not c.substantive for c in changed)


def test_a_changed_rate_marks_the_number_and_not_the_sentence() -> None:
    version = LIBRARY.version("vpn")
    found = compare(version, version_of_text(version.text.replace("14.6", "14.8"), "vpn")).changes
    assert rows(found) == [("changed", "vpn:8.4", "vpn:8.4")]
    change = found[0]
    assert [change.old_text[slice(*m.old)] for m in change.marks] == ["14.6"]
    assert [change.new_text[slice(*m.new)] for m in change.marks] == ["14.8"]
    assert "年率[-14.6-]{+14.8+}%の遅延利息" in change.merged
    assert change.classes == ("amounts",)
    assert change.substantive


def test_two_swapped_items_are_both_moved() -> None:
    edited = load("sg")
    items = edited[4].paragraphs[0].items
    items[1], items[2] = items[2], items[1]
    found = compare(make(load("sg"), "sg"), make(edited, "sg")).changes
    assert rows(found) == [
        ("moved", "sg:5.1(3)", "sg:5.1(2)"),
        ("moved", "sg:5.1(2)", "sg:5.1(3)"),
    ]


def test_a_paragraph_that_went_into_another_article_is_moved() -> None:
    edited = load("sg")
    edited[43].paragraphs.append(edited[19].paragraphs.pop(4))
    found = compare(make(load("sg"), "sg"), make(edited, "sg")).changes
    assert ("moved", "sg:20.5", "sg:44.2") in rows(found)
    assert rows(found, "added", "removed", "changed") == []


@pytest.mark.parametrize(
    ("old", "new", "classes", "substantive"),
    [
        ("支払うものとします。", "支払うことができます。", ("obligations",), True),
        ("30日以内に通知します。", "60日以内に通知します。", ("periods",), True),
        ("2024年2月20日から実施します。", "2024年2月21日から実施します。", ("dates",), True),
        ("月額3回を限度とします。", "月額4回を限度とします。", ("numbers",), True),
        ("契約者及び当社は、協議します。", "契約者および当社は協議します。", ("spelling",), False),
        ("当社は、協議します。", "当社は協議します。", ("punctuation",), False),
        ("１２か月の料金です。", "12か月の料金です。", ("spelling",), False),
        ("当社が負担します。", "契約者が負担します。", ("parties",), True),
        ("機器を返還します。", "装置を返還します。", ("wording",), True),
    ],
)
def test_a_change_has_its_class(
    old: str, new: str, classes: tuple[str, ...], substantive: bool
) -> None:
    before = version_of_text(f"第1条（甲）\n{old}", "x")
    after = version_of_text(f"第1条（甲）\n{new}", "x")
    (change,) = compare(before, after).changes
    assert (change.classes, change.substantive) == (classes, substantive)


def test_a_changed_caption_and_a_changed_chapter_are_told() -> None:
    version = LIBRARY.version("msp")
    text = version.text.replace("第 23条（分離性）", "第 23条（可分性）").replace(
        "第４章 自己責任", "第４章 契約者の責任"
    )
    found = compare(version, version_of_text(text, "msp")).changes
    assert {(str(c.new), c.classes[0], c.substantive) for c in found if c.kind == "changed"} >= {
        ("msp:23", "caption", True), ("msp:14", "chapter", False)
    }  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False), st.sampled_from(LIBRARY.ids))
def test_random_deletions_and_insertions_are_found_exactly(chance: random.Random, id: str) -> None:
    base, edited = load(id), load(id)
    gone = sorted(chance.sample(range(len(edited)), 2), reverse=True)
    for place in gone:
        del edited[place]
    at = chance.randrange(len(edited))
    edited.insert(
        at, Art("天文観測の手引", [Para("望遠鏡を用いて木星の衛星を毎晩観測し、記録を残す。")])
    )
    found = compare(make(base, id), make(edited, id)).changes
    assert {c.old for c in found if c.kind == "removed"} == {Address(id, str(n + 1)) for n in gone}
    assert [str(c.new) for c in found if c.kind == "added"] == [f"{id}:{at + 1}"]
    assert {c.kind for c in found} <= {"added", "removed", "renumbered"}


@pytest.mark.skipif(not SAMPLES, reason="YAKKAN_SAMPLES names no folder of other people's terms")
def test_the_revision_of_work_rules_is_found_as_its_truth_says() -> None:
    folder = Path(SAMPLES or "")
    found = compare(
        open_version(str(folder / "tuqulore-shugyo-v1.md"), LIBRARY, "t"),
        open_version(str(folder / "tuqulore-shugyo-v2.md"), LIBRARY, "t"),
    ).changes
    added = {str(c.new) for c in found if c.kind == "added"}
    assert {"t:25の2", "t:34.12", "t:51.4", "t:51.5", "t:63.2(14)"} <= added
    assert ("renumbered", "t:63.2(14)", "t:63.2(15)") in rows(found)


@pytest.mark.skipif(not SAMPLES, reason="YAKKAN_SAMPLES names no folder of other people's terms")
def test_a_text_printed_in_another_format_is_not_taken_for_a_change() -> None:
    folder = Path(SAMPLES or "")
    found = compare(
        open_version(str(folder / "cocoa-tos-v1.md"), LIBRARY, "c"),
        open_version(str(folder / "cocoa-tos-v2.html"), LIBRARY, "c"),
    ).changes
    assert {str(c.new) for c in found if c.kind == "added"} == {"c:2.1(3)", "c:7"}
    assert [c for c in found if c.kind in ("removed", "moved")] == []
    assert [
        (str(c.old), str(c.new)) for c in found if c.kind == "renumbered" and not c.old.item
    ] == [(f"c:{n}", f"c:{n + 1}") for n in range(7, 15)]


def large(count: int) -> list[Art]:
    """An agreement of `count` articles whose words are drawn from the three agreements."""
    chance = random.Random(7)
    pool = [p for id in LIBRARY.ids for a in load(id) for p in a.paragraphs]
    return [
        Art(
            f"第{n}の定め",
            [
                Para(f"{chance.choice(pool).text}（整理番号{n}）", list(chance.choice(pool).items))
                for _ in range(3)
            ],
        )
        for n in range(1, count + 1)
    ]


@pytest.mark.slow
def test_a_thousand_articles_are_compared_in_five_seconds_and_in_no_square() -> None:
    times = []
    for count in (500, 1000):
        base = large(count)
        edited = large(count)
        for place in range(count - 5, 0, -25):
            edited[place].paragraphs[0].text = (
                edited[place].paragraphs[0].text.replace("。", "（改）。", 1)
                + "なお、30日以内とします。"
            )
        del edited[count // 3]
        edited.insert(count // 2, Art("新設", [Para("当社は、新しい定めを置くことがあります。")]))
        old, new = make(base, "x"), make(edited, "x")
        old.clauses(), new.clauses()
        runs = []
        for _ in range(3):  # the best of three: a collection of the whole process may fall into one
            started = time.process_time()
            found = compare(old, new).changes
            runs.append(time.process_time() - started)
        times.append(min(runs))
        assert sum(c.kind == "changed" for c in found) == len(range(count - 5, 0, -25))
        assert [c.kind for c in found].count("added") == 1
    assert times[1] < 5
    assert times[1] < 3.2 * times[0] + 0.2
