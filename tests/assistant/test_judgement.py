"""Judgement and selection on made-up evidence: shares, silences, items, thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.candidates import Candidate, Grouping
from assistant.evidence import BORROWED, FEATURES, Lexicon, _beside, coded
from assistant.judgement import probabilities, trust_in, utilities, verdict
from assistant.selection import select
from corpus.silences import Silence

SILENCE = Silence(
    "price", "料金", ("sg",), "not_in_terms", "", "", ("いくら",), "料金の額", ("sg:24.1",)
)
NOTHING = np.zeros(2, np.float32)
CANDIDATES = (
    Candidate("sg:18.1", "sg"),
    Candidate("sg:18.1(1)", "sg"),
    Candidate("sg:18.1(2)", "sg"),
    Candidate("sg:27.1", "sg"),
    Candidate("price", "sg", SILENCE),
)


def test_items_count_for_their_paragraph() -> None:
    found = verdict("sg", Grouping.of(CANDIDATES), np.array([0.2, 0.3, 0.1, 0.3, 0.1], np.float32))
    assert [(c.id, round(c.probability, 2)) for c in found.clauses] == [
        ("sg:18.1", 0.6),
        ("sg:27.1", 0.3),
    ]


def test_a_silence_that_outweighs_the_clauses_is_selected_with_what_was_checked() -> None:
    found = select(
        verdict("sg", Grouping.of(CANDIDATES), np.array([0.1, 0.1, 0.0, 0.1, 0.7], np.float32))
    )
    assert found.silence is SILENCE
    assert found.checked == ("sg:24.1",)


def test_an_item_is_cited_alone_only_where_it_carries_its_paragraph() -> None:
    alone = select(
        verdict("sg", Grouping.of(CANDIDATES), np.array([0.02, 0.9, 0.02, 0.02, 0.04], np.float32))
    )
    shared = select(
        verdict("sg", Grouping.of(CANDIDATES), np.array([0.4, 0.5, 0.02, 0.04, 0.04], np.float32))
    )
    assert [a for a, _ in alone.clauses] == ["sg:18.1(1)"]
    assert [a for a, _ in shared.clauses] == ["sg:18.1"]


def test_a_second_paragraph_needs_to_be_nearly_as_likely() -> None:
    one = select(
        verdict("sg", Grouping.of(CANDIDATES), np.array([0.8, 0.0, 0.0, 0.15, 0.05], np.float32))
    )
    two = select(
        verdict("sg", Grouping.of(CANDIDATES), np.array([0.5, 0.0, 0.0, 0.45, 0.05], np.float32))
    )
    assert len(one.clauses) == 1
    assert len(two.clauses) == 2


def test_probabilities_add_up_to_one() -> None:
    found = probabilities(np.array([3.0, -200.0, 5.0], np.float32))
    assert found.sum() == pytest.approx(1)


def test_without_a_classifier_the_evidence_decides_alone() -> None:
    features = np.zeros((2, len(FEATURES)), np.float32)
    features[1, FEATURES.index("near_meanings")] = 1.0
    assert utilities(features, NOTHING).argmax() == 1


def test_kana_alone_is_trusted_less() -> None:
    assert trust_in("解約の期限") > trust_in("かいやくの きげんは いつですか")


def test_a_lexicon_finds_the_text_that_shares_rare_pairs() -> None:
    lexicon = Lexicon(["解約の通知", "料金の支払い", "料金の請求"])
    assert lexicon.likeness([coded(["解約", "の通"])]).argmax() == 0
    asked = [coded(["料金"]), coded(["天気"]), coded([])]
    assert lexicon.coverage(asked).tolist() == [[0.0, 1.0, 1.0], [0.0] * 3, [0.0] * 3]


def test_a_kind_of_fact_that_a_clause_lacks_speaks_against_it() -> None:
    features = np.zeros((2, len(FEATURES)), np.float32)
    features[1, FEATURES.index("lacks")] = 1.0
    for classified in (None, NOTHING):
        found = utilities(features, NOTHING, classified)
        assert found[0] > found[1]


def test_search_and_classifier_speak_for_their_candidate() -> None:
    features, one = np.zeros((2, len(FEATURES)), np.float32), np.array([0.0, 1.0], np.float32)
    assert utilities(features, one, NOTHING).argmax() == 1
    assert utilities(features, NOTHING, one).argmax() == 1
    assert utilities(features, one).argmax() == 1


def test_a_probability_that_is_hardly_there_is_not_believed_further_down() -> None:
    features = np.zeros((2, len(FEATURES)), np.float32)
    low = np.array([-14.0, -90.0], np.float32)
    found = utilities(features, NOTHING, low)
    assert found[0] == found[1]


def test_a_silence_borrows_from_its_clauses_and_a_clause_from_nobody() -> None:
    candidates = (Candidate("sg:24.1", "sg"), Candidate("sg:27.1", "sg"), CANDIDATES[-1])
    beside, shares = _beside(candidates, {"sg:24.1": 0, "sg:27.1": 1, "price": 2})
    assert beside[2].tolist() == [0]
    assert shares.tolist() == pytest.approx([0.0, 0.0, BORROWED["not_in_terms"]])


def test_an_open_question_is_told_a_second_clause_sooner() -> None:
    shares = np.array([0.8, 0.0, 0.0, 0.15, 0.05], np.float32)
    asked = select(verdict("sg", Grouping.of(CANDIDATES), shares))
    told = select(verdict("sg", Grouping.of(CANDIDATES), shares), open_ended=True)
    assert [a for a, _ in asked.clauses] == ["sg:18.1"]
    assert [a for a, _ in told.clauses] == ["sg:18.1", "sg:27.1"]
