"""Any sentence-transformers model as the embedder; imported only when a setting asks for it.

Importing torch costs seconds, so nothing here is touched on the default path.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl

import numpy as np
from numpy.typing import NDArray

from index.e5.model import Reading
from index.embedders import LONGEST, EmbedderError, read_apart

Floats = NDArray[np.float32]

#: part of a model's name → (query prompt, passage prompt), from the model cards
FAMILIES: tuple[tuple[str, str, str], ...] = (
    ("ruri-v3", "検索クエリ: ", "検索文書: "),
    ("ruri", "クエリ: ", "文章: "),
    ("e5", "query: ", "passage: "),
)


class SentenceTransformers:
    """A sentence-transformers model with its query and passage prompts."""

    def __init__(
        self, model: str, *, query_prompt: str | None = None, passage_prompt: str | None = None
    ) -> None:
        """Load `model` (hub name or folder).

        Prompts: those given, else those saved with the model ("query"; "passage" or
        "document"), else those of a known family, else none.
        """
        self._model = _load(model)
        own = {k: v for k, v in (self._model.prompts or {}).items() if v}
        family = next((row for row in FAMILIES if row[0] in model.lower()), ("", "", ""))
        self._query_prompt = _first(query_prompt, own.get("query"), family[1])
        self._passage_prompt = _first(
            passage_prompt, own.get("passage"), own.get("document"), family[2]
        )
        self.dim = int(_dimension(self._model) or 0)
        self.name = f"sentence-transformers-{Path(model).name}-{self._identity(model)}"

    @classmethod
    def from_setting(cls, setting: str) -> SentenceTransformers:
        """Read `name-or-folder?query=…&passage=…`."""
        model, _, options = setting.partition("?")
        prompts = dict(parse_qsl(options, keep_blank_values=True))
        return cls(model, query_prompt=prompts.get("query"), passage_prompt=prompts.get("passage"))

    def _identity(self, model: str) -> str:
        """Twelve hex digits that change with the model, its prompts or its vectors."""
        probe = self._encode(["規約"], self._query_prompt)[0].round(3) + 0.0
        told = f"{model}\0{self._query_prompt}\0{self._passage_prompt}\0".encode()
        return hashlib.sha256(told + probe.tobytes()).hexdigest()[:12]

    def _encode(self, texts: Sequence[str], prompt: str) -> Floats:
        vectors = self._model.encode(
            [prompt + text[:LONGEST] for text in texts],
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
            prompt="",
        )
        return np.asarray(vectors, np.float32)

    def query(self, text: str) -> Floats:
        """Vector of a question with the query prompt, shape (dim,)."""
        vector: Floats = self._encode([text], self._query_prompt)[0]
        return vector

    def queries(self, texts: Sequence[str]) -> Floats:
        """Vectors with the query prompt, shape (len(texts), dim)."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return self._encode(texts, self._query_prompt)

    def views(self, readings: Sequence[Reading]) -> list[Floats]:
        """Vectors of parts of questions, each read alone: shapes (len(views), dim)."""
        return read_apart(self.queries, readings)

    def passages(self, texts: Sequence[str]) -> Floats:
        """Vectors with the passage prompt, shape (len(texts), dim)."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return self._encode(texts, self._passage_prompt)


def _dimension(model: Any) -> int | None:
    """Length of a vector; the method has a new name since sentence-transformers 6."""
    if hasattr(model, "get_embedding_dimension"):
        return cast("int | None", model.get_embedding_dimension())
    return cast("int | None", model.get_sentence_embedding_dimension())


def _first(*candidates: str | None) -> str:
    return next((c for c in candidates if c is not None), "")


def _load(model: str) -> Any:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise EmbedderError(
            f"埋め込みモデル「{model}」には sentence-transformers が要ります。"
            "pip install 'yakkan[sentence-transformers]' で入れてください。"
        ) from None
    try:
        return SentenceTransformer(model)
    except (OSError, ValueError) as error:
        raise EmbedderError(
            f"埋め込みモデル「{model}」を読み込めません（{error}）。"
            "モデルの名前かフォルダーを確かめてください。"
        ) from None
