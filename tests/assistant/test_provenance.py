"""Fingerprints: the same for the same texts, another for another text or model."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest

from assistant.provenance import corpus_fingerprint, index_fingerprint
from corpus.library import PACKAGED, Library
from index.naming import Names


@pytest.fixture
def changed(tmp_path):
    """The packaged agreements with one word of one text changed."""
    folder = tmp_path / "agreements"
    shutil.copytree(PACKAGED, folder)
    terms = next(folder.glob("vpn/*/terms.txt"))
    terms.write_text(terms.read_text(encoding="utf-8").replace("14.6", "14.7"), encoding="utf-8")
    return Library.load(folder)


def searcher(library, model="m"):
    return SimpleNamespace(
        library=library, names=Names.of(library), embedder=SimpleNamespace(name=model)
    )


def test_a_changed_text_changes_both_fingerprints(changed):
    library = Library.load()
    assert corpus_fingerprint(library) == corpus_fingerprint(Library.load())
    assert corpus_fingerprint(library) != corpus_fingerprint(changed)
    assert index_fingerprint(searcher(library)) != index_fingerprint(searcher(changed))


def test_another_embedding_model_is_another_index():
    library = Library.load()
    assert index_fingerprint(searcher(library, "a")) != index_fingerprint(searcher(library, "b"))
