"""条項比較: a topic over the agreements, with the numbers that differ."""

from __future__ import annotations

import shutil

import pytest

from corpus.library import PACKAGED, Library, UnknownAgreement
from corpus.topic_comparison import UnknownTopic, compare_topics, figures_in

TOPICS = """
[[topic]]
id = "late"
name = "延滞"
synonyms = ["滞納", "遅延損害金"]
[topic.sg]
clauses = ["sg:27.1"]
summary = "年14.5%（365日当たり）。"
[topic.vpn]
clauses = ["vpn:8.4"]
summary = "年率14.6％（第8条）。"
[topic.msp]
clauses = ["msp:17.4"]
summary = "年14.5%。10日以内の支払いは免除。"

[[topic]]
id = "notice"
name = "通知の猶予"
synonyms = []
sg = false
vpn = false
[topic.msp]
clauses = ["msp:11.1"]
summary = "30日前まで。"
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    root = tmp_path_factory.mktemp("topics")
    for id in ("sg", "vpn", "msp"):
        shutil.copytree(PACKAGED / id, root / id)
    (root / "topics.toml").write_text(TOPICS, encoding="utf-8")
    (root.parent / "topics.toml").write_text(TOPICS, encoding="utf-8")
    return Library.load(root)


def test_a_topic_has_a_cell_for_every_agreement(library: Library) -> None:
    rows = compare_topics(library)
    assert [row.topic for row in rows] == ["late", "notice"]
    assert rows[1].cells["sg"] is None
    assert rows[1].cells["msp"] is not None


def test_numbers_that_differ_are_marked_and_equal_ones_are_not(library: Library) -> None:
    (row,) = compare_topics(library, "late", ["sg", "msp"])
    sg, msp = row.cells["sg"], row.cells["msp"]
    assert sg is not None
    assert msp is not None
    assert [sg.summary[a:b] for a, b in sg.differing] == ["365日"]
    assert [msp.summary[a:b] for a, b in msp.differing] == ["10日"]


def test_the_words_of_the_clauses_go_with_the_cell(library: Library) -> None:
    (row,) = compare_topics(library, "late")
    cell = row.cells["vpn"]
    assert cell is not None
    assert cell.quotes == (library.clause("vpn:8.4").full_text,)


@pytest.mark.parametrize("wanted", ["late", "延滞", "滞納"])
def test_a_topic_is_found_by_id_name_and_synonym(library: Library, wanted: str) -> None:
    assert [row.topic for row in compare_topics(library, wanted)] == ["late"]


def test_an_unknown_topic_is_refused_with_examples(library: Library) -> None:
    with pytest.raises(UnknownTopic, match="延滞"):
        compare_topics(library, "天気")
    with pytest.raises(UnknownAgreement):
        compare_topics(library, None, ["xyz"])


def test_the_contract_of_the_command(library: Library) -> None:
    data = compare_topics(library, "notice")[0].to_dict()
    assert data["topic"] == "notice"
    assert data["cells"]["sg"] is None
    assert set(data["cells"]["msp"]) >= {"clauses", "summary"}


def test_figures_are_folded_and_article_numbers_left_out() -> None:
    assert [name for name, _ in figures_in("第８条第2項の１２カ月分、２倍")] == ["12か月", "2倍"]


def test_every_packaged_topic_can_be_compared() -> None:
    packaged = Library.load()
    for row in compare_topics(packaged):
        assert set(row.cells) == set(packaged.ids)
