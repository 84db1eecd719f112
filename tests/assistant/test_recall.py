"""The knowledge that ships is whole: nothing is embedded or trained at the first question."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.recall import Recall
from corpus.library import Library
from index.search import Searcher


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Recall:
    """Knowledge opened with an empty store, as on a fresh machine."""
    library = Library.load()
    store: Path = tmp_path_factory.mktemp("store")
    return Recall.open(library, Searcher.open(library, store=store))


@pytest.mark.parametrize("agreement", ["sg", "vpn", "msp"])
def test_every_written_question_has_its_vector_in_the_package(
    shipped: Recall, agreement: str
) -> None:
    before = shipped.searcher.vectors.embedded
    field = shipped.fields[agreement]
    assert len(field.places) == len(field.texts) > 5_000
    assert shipped.searcher.vectors.embedded == before, "run: make ship"


@pytest.mark.parametrize("agreement", ["sg", "vpn", "msp"])
def test_every_agreement_has_the_network_for_its_candidates(
    shipped: Recall, agreement: str
) -> None:
    assert shipped.classifiers[agreement] is not None, "run: make ship"


def test_questions_compared_at_once_are_judged_as_they_are_alone(shipped: Recall) -> None:
    texts = ("解約の連絡期限は", "装置を壊した", "延滞利息の利率")
    together = [shipped.ask(text) for text in texts]
    shipped.compare(together, "sg")
    for text, question in zip(texts, together, strict=True):
        at_once, alone = shipped.judge(question, "sg"), shipped.judge(shipped.ask(text), "sg")
        assert at_once is not None
        assert alone is not None
        assert at_once.best is not None
        assert at_once.shares == pytest.approx(dict(alone.shares), abs=1e-4)
