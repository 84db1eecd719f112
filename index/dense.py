"""Nearest vectors by cosine, in FAISS; the only file that imports faiss.

Vectors are unit length, so inner product is cosine. They are kept in eight bits, every place on
its own scale, and so are questions while they are compared: every vector is looked at, cosines
are off by some .001, twice as fast and in half the memory of 16-bit floats.
"""

from __future__ import annotations

import os

# waiting threads that spin make a busy machine many times slower; read when FAISS is loaded
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import faiss
import numpy as np
from numpy.typing import NDArray

from index.threads import CORES

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Rows = NDArray[np.int64]

#: the largest whole number that a place becomes
LARGEST = 127.0
#: comparisons that one thread has made before a second one is awake
FEW = 100_000
#: up to so many vectors all cosines are one product of matrices, without a search for the nearest
SMALL = 2_000
#: vectors that are rounded at once
BATCH = 4_096


class Dense:
    """Vectors to search, shape (n, dim); `rows` are positions in that order."""

    def __init__(self, vectors: Halves | Floats) -> None:
        self.size, self.dim = vectors.shape
        self._index = faiss.IndexScalarQuantizer(
            max(self.dim, 1),
            faiss.ScalarQuantizer.QT_8bit_direct_signed,
            faiss.METRIC_INNER_PRODUCT,
        )
        self._steps: Floats = np.ones(self.dim, np.float32)
        if self.size:
            largest = np.maximum(vectors.max(axis=0), -vectors.min(axis=0)).astype(np.float32)
            self._steps = np.maximum(largest, 1e-6) / np.float32(LARGEST)
        self._small: Floats | None = None
        for start in range(0, self.size, BATCH):  # floats of all would be many megabytes
            some = np.rint(vectors[start : start + BATCH].astype(np.float32) / self._steps)
            self._index.add(some)
            self._small = some if self.size <= SMALL else None

    def nearest(self, queries: Floats, k: int) -> tuple[Rows, Floats]:
        """Of each query the `k` nearest rows and their cosines, best first.

        queries: shape (queries, dim); both results have the shape (queries, k). Several queries
        share the cores, so they are best asked at once.
        """
        k = min(k, self.size)
        if k == 0:
            return np.zeros((len(queries), 0), np.int64), np.zeros((len(queries), 0), np.float32)
        whole, units = self._rounded(queries)
        few = len(queries) * self.size <= FEW
        faiss.omp_set_num_threads(1 if few else CORES)
        found, rows = self._index.search(whole, k)
        return rows, found * units

    def cosines(self, queries: Floats, k: int | None = None) -> Floats:
        """Cosine of every row, shape (queries, n); beyond the `k` nearest the lowest of those."""
        k = self.size if k is None else k
        if self._small is not None:
            whole, units = self._rounded(queries)
            every = whole @ self._small.T * units  # sums of whole numbers: exact in floats
            if k < self.size:
                every = np.maximum(every, np.partition(every, -k, axis=1)[:, -k, None])
            return every
        rows, found = self.nearest(queries, k)
        every = np.zeros((len(queries), self.size), np.float32)
        if found.size:
            every[:] = found[:, -1:]
            np.put_along_axis(every, rows, found, axis=1)
        return every

    def _rounded(self, queries: Floats) -> tuple[Floats, Floats]:
        """Queries as whole numbers, shape as given, and the unit of each, (queries, 1)."""
        scaled = queries * self._steps
        largest = np.maximum(np.abs(scaled).max(axis=1, keepdims=True), 1e-12)
        units = (largest / np.float32(LARGEST)).astype(np.float32)
        return np.rint(scaled / units).astype(np.float32), units
