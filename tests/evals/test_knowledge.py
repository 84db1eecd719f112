"""Swapped notes are named, although every figure of the answers hardly moves."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from assistant.recall import Recall
from corpus.library import Library
from evals import knowledge
from index.search import Searcher


@pytest.mark.slow
def test_questions_of_two_clauses_that_change_places_are_noticed_by_name() -> None:
    library = Library.load()
    recall = Recall.open(library, Searcher.open(library))
    field, model = recall.fields["sg"], recall.classifiers["sg"]
    assert model is not None
    assert not list(knowledge._strangers(field, model, recall.written))
    ids = [c.id for c in field.candidates]
    one, other = ids.index("sg:27.1"), ids.index("sg:28.1")
    owners = field.owners
    swapped = np.where(owners == one, other, np.where(owners == other, one, owners))
    changed = dataclasses.replace(field, owners=swapped)
    found = knowledge._strangers(changed, model, recall.written)
    assert [(f.id, f.found) for f in found] == [("sg:27.1", "sg:28.1"), ("sg:28.1", "sg:27.1")]
