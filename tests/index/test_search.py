"""A question finds its clause; a named clause comes first; bad input is told in words."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from index_fakes import Counting, write_agreement

from corpus.errors import YakkanError
from corpus.library import Library
from index.search import LONGEST_QUESTION, REMEMBERED, Searcher


def ids(searcher: Searcher, question: str, agreement: str | None = None, k: int = 10) -> list[str]:
    return [str(hit.address) for hit in searcher.search(question, agreement, k)]


def test_a_question_finds_its_clause_in_the_agreement_asked_for(searcher: Searcher) -> None:
    assert ids(searcher, "違約金を請求されるのはどんなとき", "bb")[0] == "bb:2.2"


def test_every_hit_is_of_the_agreement_asked_for_and_none_twice(searcher: Searcher) -> None:
    found = ids(searcher, "解約", "aa")
    assert all(id.startswith("aa:") for id in found)
    assert len(found) == len(set(found))


def test_scores_fall_and_quotes_are_the_clause_word_for_word(searcher: Searcher) -> None:
    hits = searcher.search("解約の通知")
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
    for hit in hits:
        assert hit.quote == searcher.library.clause(hit.address).full_text


@pytest.mark.parametrize(
    "question", ["第2条第2項", "２条２項", "二条二項", "aa:2.2", "第2条第2項の話"]
)
def test_a_named_clause_comes_first_in_any_script(searcher: Searcher, question: str) -> None:
    assert ids(searcher, question, "aa")[0] == "aa:2.2"


def test_a_named_item_is_given_as_the_item(searcher: Searcher) -> None:
    hit = searcher.search("電話の第2条第2項第1号")[0]
    assert str(hit.address) == "aa:2.2(1)"
    assert "最低利用期間" in hit.quote
    assert "虚偽" not in hit.quote


def test_a_named_article_brings_all_its_paragraphs_first(searcher: Searcher) -> None:
    assert set(ids(searcher, "第2条について", "aa")[:2]) == {"aa:2.1", "aa:2.2"}


def test_a_named_clause_that_does_not_exist_is_an_ordinary_search(searcher: Searcher) -> None:
    assert ids(searcher, "第99条の料金", "aa")[0] == "aa:3.1"


def test_an_agreement_named_in_any_kana_comes_first(searcher: Searcher) -> None:
    assert ids(searcher, "かいせんの料金")[0] == "bb:3.1"
    assert ids(searcher, "電話の料金")[0] == "aa:3.1"


def test_the_supplementary_provisions_are_found(searcher: Searcher) -> None:
    assert ids(searcher, "電話の附則はいつから")[0] == "aa:附則.1"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "空"),
        (" \n", "空"),
        ("あ" * (LONGEST_QUESTION + 1), "長すぎ"),
        ("How do I cancel?", "日本語"),
        ("???", "日本語"),
        ("\x00", "日本語"),
    ],
)
def test_what_cannot_be_searched_for_is_told_in_japanese(
    searcher: Searcher, question: str, said: str
) -> None:
    with pytest.raises(YakkanError, match=said):
        searcher.search(question)


def test_an_unknown_agreement_names_the_known_ones(searcher: Searcher) -> None:
    with pytest.raises(YakkanError, match="aa / bb"):
        searcher.search("解約", "zz")


def test_a_count_below_one_is_refused(searcher: Searcher) -> None:
    with pytest.raises(YakkanError, match="1以上"):
        searcher.search("解約", k=0)


def test_one_embedding_serves_a_question_asked_twice(
    searcher: Searcher, counting: Counting
) -> None:
    searcher.shelf()
    counting.asked.clear()
    vector = searcher.embed("解約したい")
    searcher.search("解約したい")
    searcher.search("解約したい", vector=vector)
    assert counting.asked == ["解約したい"]


def test_only_recent_vectors_are_remembered(searcher: Searcher) -> None:
    for number in range(REMEMBERED + 5):
        searcher.embed(f"質問{number}")
    assert len(searcher._recent) == REMEMBERED


def test_the_version_in_force_on_a_day_is_searched(tmp_path: Path, counting: Counting) -> None:
    root = tmp_path / "dated"
    write_agreement(root, "aa", "電話利用規約", "電話", "2020-04-01")
    new = write_agreement(root, "aa", "電話利用規約", "電話", "2024-04-01")
    new.write_text(new.read_text().replace("料金表", "新料金表"))
    searcher = Searcher(Library.load(root), counting, None, packaged=None)
    old_hit = searcher.search("第3条第1項", "aa", as_of=date(2022, 1, 1))[0]
    new_hit = searcher.search("第3条第1項", "aa")[0]
    assert (old_hit.version, new_hit.version) == (date(2020, 4, 1), date(2024, 4, 1))
    assert "新料金表" not in old_hit.quote
    assert "新料金表" in new_hit.quote
    with pytest.raises(YakkanError, match="2019-01-01"):
        searcher.search("料金", as_of=date(2019, 1, 1))


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(question=st.text(max_size=80))
def test_any_text_gives_hits_or_a_message_and_never_a_crash(
    searcher: Searcher, question: str
) -> None:
    with contextlib.suppress(YakkanError):
        assert 1 <= len(searcher.search(question, k=3)) <= 3


def test_parts_are_read_within_the_question_where_they_stand_in_it(
    library: Library, counting: Counting, tmp_path: Path
) -> None:
    searcher = Searcher(library, counting, tmp_path)
    counting.asked.clear()
    inside, outside = searcher.embed_parts("弁償と、保険の扱い", [["弁償", "保険の扱い"], ["天気"]])
    assert counting.asked == ["弁償と、保険の扱い", "弁償 保険の扱い", "天気"]
    assert inside @ outside < 0.5
    searcher.embed("弁償と、保険の扱い")
    assert len(counting.asked) == 3
