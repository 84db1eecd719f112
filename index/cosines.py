"""How near questions are to every one of many vectors, in ONNX Runtime.

Where all cosines are wanted and not just the nearest rows, a product of matrices in eight bits is
five times faster than a search for the thousands that are nearest (`index/dense.py`): every row is
read once for all questions. Vectors are unit length, so inner product is cosine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import runtime
from index.threads import CORES

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]

#: the graph (made by `index/cosines_graph.py`) multiplies so many places with so many rows at once
GRAPH = runtime.DATA / "cosines.onnx"
PLACES, ROWS = 384, 8_192
#: largest whole number that a place of a row becomes: with seven bits here and eight in a question
#: a sum of two products never overflows 16 bits, so every processor finds the same cosines
LARGEST = 63.0


class Cosines:
    """Vectors to compare with, shape (n, dim); cosines are off by .005 at most, .0005 on average.

    What the vectors have in common, their mean direction, is multiplied in floats; only what sets
    them apart is rounded.
    """

    def __init__(self, vectors: Halves | Floats, threads: int = CORES) -> None:
        """threads: how many ROWS are compared with side by side at most."""
        self.size, self.dim = vectors.shape
        mean = (
            vectors.mean(axis=0, dtype=np.float32) if self.size else np.zeros(self.dim, np.float32)
        )
        self._common: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
        self._along = np.zeros(self.size, np.float32)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="cosines")
        self._tiles = []
        for start in range(0, self.size, ROWS):
            along, apart = self._split(vectors[start : start + ROWS].astype(np.float32))
            self._along[start : start + ROWS] = along
            self._tiles.append([runtime.session(GRAPH, _rounded(tile)) for tile in _tiles(apart)])

    def _split(self, vectors: Floats) -> tuple[Floats, Floats]:
        """How far vectors go along the common direction, shape (n,), and what is left of them."""
        along = vectors @ self._common
        return along, vectors - along[:, None] * self._common

    def __call__(self, queries: Floats) -> Floats:
        """Cosine of every query with every row, shape (queries, n)."""
        if not len(queries) or not self.size or not self.dim:
            return np.zeros((len(queries), self.size), np.float32)
        along, apart = self._split(queries.astype(np.float32))
        parts = [_bounded(part) for part in _tiles(apart)]

        def compared(tiles: Sequence[Any]) -> Floats:
            found: Floats = sum(
                tile.run(None, {"queries": part})[0][1:] * largest
                for tile, (part, largest) in zip(tiles, parts, strict=True)
            )
            return found

        rows = list(self._pool.map(compared, self._tiles))
        found: Floats = np.concatenate(rows, axis=1)[:, : self.size]
        found += along[:, None] * self._along
        return found


def _tiles(vectors: NDArray[Any]) -> Iterator[NDArray[Any]]:
    """Vectors cut into PLACES each, the last filled up with nothing."""
    for start in range(0, vectors.shape[1], PLACES):
        tile = vectors[:, start : start + PLACES]
        yield np.pad(tile, ((0, 0), (0, PLACES - tile.shape[1])))


def _bounded(queries: Floats) -> tuple[Floats, Floats]:
    """Queries within ±1, below a row that reaches both ends, and what each was divided by.

    What is rounded at once shares one scale: so a question finds the same in any company.
    """
    largest = np.maximum(np.abs(queries).max(axis=1, keepdims=True), np.float32(1e-9))
    ends = np.zeros((1, PLACES), np.float32)
    ends[0, :2] = -1, 1
    return np.concatenate([ends, queries / largest]), largest


def _rounded(tile: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """Up to ROWS vectors as whole numbers, filled up with nothing, and the scale of each."""
    floats = np.zeros((ROWS, PLACES), np.float32)
    floats[: len(tile)] = tile
    scales = np.maximum(np.abs(floats).max(axis=1), 1e-9) / np.float32(LARGEST)
    values = np.rint(floats / scales[:, None]).astype(np.int8)
    return {"rows": values.T, "scales": scales, "zeros": np.zeros(ROWS, np.int8)}
