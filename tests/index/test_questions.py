"""The bank of written questions: rows, owners, and the nearest of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from index_fakes import Counting

from corpus.library import Library
from index.questions import QuestionBank
from index.search import Searcher

NOTES = """[[note]]
clause = "aa:2.1"
hash = "{hash}"
summary = "書面で解約できます。"
questions = ["電話をやめたい", "契約を終わらせるには"]
"""


@pytest.fixture
def noted(root: Path) -> Library:
    clause = Library.load(root).clause("aa:2.1")
    notes = root / "aa" / "2024-04-01" / "notes.toml"
    notes.write_text(NOTES.format(hash=clause.hash), encoding="utf-8")
    return Library.load(root)


def test_a_bank_without_notes_is_empty_and_answers_with_nothing(searcher: Searcher) -> None:
    bank = QuestionBank.open(searcher.library, searcher)
    assert bank.texts == ()
    assert bank.vectors.shape == (0, 64)
    assert bank.nearest(searcher.embed("解約")) == []


def test_the_nearest_question_names_its_clause(noted: Library) -> None:
    searcher = Searcher(noted, Counting(), None, packaged=None)
    bank = QuestionBank.open(noted, searcher)
    near = bank.nearest(searcher.embed("契約を終わらせるには"), 1)[0]
    assert (near.owner, near.agreement, near.silent) == ("aa:2.1", "aa", False)
    assert near.cosine == pytest.approx(1.0, abs=0.01)
    assert bank.rows("bb").size == 0
    assert bank.vectors.dtype == np.float32


def test_a_question_finds_the_clause_whose_note_asks_it(noted: Library) -> None:
    searcher = Searcher(noted, Counting(), None, packaged=None)
    assert str(searcher.search("契約を終わらせるには")[0].address) == "aa:2.1"


def test_a_stale_note_is_not_searched(noted: Library, root: Path) -> None:
    notes = root / "aa" / "2024-04-01" / "notes.toml"
    notes.write_text(NOTES.format(hash="0" * 16), encoding="utf-8")
    searcher = Searcher(noted, Counting(), None, packaged=None)
    assert QuestionBank.open(noted, searcher).texts == ()
    assert "questions" not in searcher.shelf().collection.dense


def test_the_packaged_bank_holds_answers_and_silences_of_every_agreement() -> None:
    library = Library.load()
    searcher = Searcher.open(library)
    bank = QuestionBank.open(library, searcher)
    assert bank.vectors.shape == (len(bank.texts), searcher.embedder.dim)
    for id in library.ids:
        assert {bank.silent[row] for row in bank.rows(id)} == {True, False}
