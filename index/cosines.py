"""How near questions are to every one of many vectors, in ONNX Runtime.

Where all cosines are wanted and not just the nearest rows, a product of matrices in eight bits is
five times faster than a search for the thousands that are nearest (`index/dense.py`): every row is
read once for all questions. Vectors are unit length, so inner product is cosine.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import runtime
from index.threads import CORES

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]

#: the graphs (made by `index/cosines_graph.py`) multiply so many places with 1, 2, 4 or 8 times so
#: many rows at once
PLACES, ROWS = 384, 8_192
GRAPHS = {many: runtime.DATA / f"cosines-{many}.onnx" for many in (8, 4, 2, 1)}
#: largest whole number that a place of a row becomes: with seven bits here and eight in a question
#: a sum of two products never overflows 16 bits, so every processor finds the same cosines
LARGEST = 63.0


class Cosines:
    """Vectors to compare with, shape (n, dim); cosines are off by .005 at most, .0005 on average.

    What the vectors have in common, their mean direction, is multiplied in floats; only what sets
    them apart is rounded.
    """

    def __init__(self, vectors: Halves | Floats, threads: int = CORES) -> None:
        """threads: how many work at a product."""
        self.size, self.dim = vectors.shape
        mean = (
            vectors.mean(axis=0, dtype=np.float32) if self.size else np.zeros(self.dim, np.float32)
        )
        self._common: Floats = mean / max(float(np.linalg.norm(mean)), 1e-9)
        self._along = np.zeros(self.size, np.float32)
        self._tiles = []
        start = 0
        for many in cut(self.size):
            end = start + many * ROWS
            self._tiles.append(
                [
                    runtime.session(GRAPHS[many], weights, threads, awake=0)
                    for weights in self._rounded(vectors[start:end], start, many * ROWS)
                ]
            )
            start = end

    def _rounded(
        self, vectors: Halves | Floats, start: int, rows: int
    ) -> list[dict[str, NDArray[Any]]]:
        """Up to `rows` vectors as whole numbers, filled up with nothing, and the scale of each.

        One for each PLACES of them. start: the row of the first. In floats are only ROWS at a time.
        """
        parts = -(-self.dim // PLACES)
        scales = np.full((parts, rows), 1e-9, np.float32)
        values = np.zeros((parts, rows, PLACES), np.int8)
        for at in range(0, len(vectors), ROWS):
            along, apart = self._split(vectors[at : at + ROWS].astype(np.float32))
            some = slice(at, at + len(along))
            self._along[start + at : start + at + len(along)] = along
            for part, tile in enumerate(_tiles(apart)):
                largest = np.maximum(np.abs(tile).max(axis=1), 1e-9)
                scales[part, some] = largest / np.float32(LARGEST)
                values[part, some] = np.rint(tile / scales[part, some, None])
        zeros = np.zeros(rows, np.int8)
        return [
            {"rows": of.T, "scales": each, "zeros": zeros}
            for of, each in zip(values, scales, strict=True)
        ]

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

        rows = [
            sum(
                tile.run(None, {"queries": part})[0][1:] * largest
                for tile, (part, largest) in zip(tiles, parts, strict=True)
            )
            for tiles in self._tiles
        ]
        found: Floats = np.concatenate(rows, axis=1)[:, : self.size]
        found += along[:, None] * self._along
        return found


def cut(size: int) -> list[int]:
    """How many times ROWS each tile holds that so many rows are cut into, the last filled up.

    >>> cut(3 * ROWS), cut(3 * ROWS + 1), cut(20 * ROWS), cut(0)
    ([2, 1], [4], [8, 8, 4], [])
    """
    left, found = -(-size // ROWS), []
    for many in GRAPHS:
        found += [many] * (left // many)
        left %= many
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
