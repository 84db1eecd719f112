"""What an answer stood on, in short: fingerprints of the texts and of the index."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.library import Library
    from index.search import Searcher


def corpus_fingerprint(library: Library) -> str:
    """16 hex digits over the newest text of every agreement."""
    texts = "".join(f"{id}{library.version(id).hash}" for id in library.ids)
    return hashlib.sha256(texts.encode()).hexdigest()[:16]


def index_fingerprint(searcher: Searcher) -> str:
    """16 hex digits over all that is searched, the tokenizer and the embedding model."""
    from index.shelf import documents_of, fingerprint

    library = searcher.library
    versions = [library.version(id) for id in library.ids]
    words = fingerprint(documents_of(versions, searcher.names))
    return hashlib.sha256(f"{words} {searcher.embedder.name}".encode()).hexdigest()[:16]
