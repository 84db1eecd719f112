"""Journal entries rated down become items that a person accepted."""

import json

import pytest

from assistant.answer import Answer
from assistant.journal import Journal
from assistant.settings import Settings
from corpus.errors import YakkanError
from evals import review
from evals.finetune import read_pairs


def candidates(*questions):
    return [review.Candidate(question, "answered", ("sg:1.1",)) for question in questions]


def typing(*lines):
    left = list(lines)
    return lambda question: left.pop(0)


def silent(text):
    return None


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_an_accepted_candidate_becomes_a_question_with_gold(tmp_path):
    taken = review.interview(
        candidates("利率は？"), tmp_path / "a.jsonl", typing("sg:27.1"), silent
    )
    assert taken == 1
    (row,) = rows(tmp_path / "a.jsonl")
    assert row["gold"] == [["sg:27.1"]]
    assert row["answerable"] is True


def test_a_silence_is_accepted_with_its_kind(tmp_path):
    review.interview(candidates("天気は？"), tmp_path / "a.jsonl", typing("o"), silent)
    assert rows(tmp_path / "a.jsonl")[0]["status"] == "out_of_scope"


def test_an_address_that_does_not_exist_is_asked_again(tmp_path):
    said = []
    typed = typing("sg:99.1", "sg:27.1")
    review.interview(candidates("利率は？"), tmp_path / "a.jsonl", typed, said.append)
    assert rows(tmp_path / "a.jsonl")[0]["gold"] == [["sg:27.1"]]
    assert any("99" in text for text in said)


def test_a_decided_candidate_is_not_shown_again(tmp_path):
    path = tmp_path / "a.jsonl"
    review.interview(candidates("a？", "b？"), path, typing("r", "q"), silent)
    taken = review.interview(candidates("a？", "b？"), path, typing("sg:1.1, sg:3.1"), silent)
    assert taken == 1
    assert [row["decision"] for row in rows(path)] == ["rejected", "accepted"]


def test_enter_leaves_a_candidate_for_later(tmp_path):
    path = tmp_path / "a.jsonl"
    assert review.interview(candidates("a？"), path, typing(""), silent) == 0
    assert not path.exists()


def test_accepted_clauses_are_pairs_for_fine_tuning(tmp_path):
    path = tmp_path / "a.jsonl"
    review.interview(candidates("a？", "b？", "c？"), path, typing("sg:1.1", "r", "n"), silent)
    assert [(pair.question, pair.clause) for pair in read_pairs(path)] == [("a？", "sg:1.1")]


def test_only_entries_rated_down_are_candidates(tmp_path):
    where = str(tmp_path / "journal.db")
    journal = Journal.open(Settings(journal=where))
    for question, good in (("良い？", True), ("悪い？", False)):
        id = journal.record(Answer(question, "answered", "x"), audience="agent")
        journal.feedback(id, good, "条が違う" if not good else "")
    journal.close()
    (found,) = review.candidates(where)
    assert (found.question, found.comment) == ("悪い？", "条が違う")


def test_pairs_of_a_missing_file_are_a_user_error(tmp_path):
    with pytest.raises(YakkanError, match=r"none\.jsonl"):
        read_pairs(tmp_path / "none.jsonl")
