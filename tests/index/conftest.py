"""A small library, an embedder of character pairs and a searcher over them."""

from __future__ import annotations

from pathlib import Path

import pytest
from index_fakes import Counting, write_agreement

from corpus.library import Library
from index.search import Searcher


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "agreements"
    write_agreement(folder, "aa", "電話利用規約", "電話")
    write_agreement(folder, "bb", "回線利用規約", "カイセン")
    return folder


@pytest.fixture
def library(root: Path) -> Library:
    return Library.load(root)


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def searcher(library: Library, counting: Counting) -> Searcher:
    return Searcher(library, counting, None, packaged=None)
