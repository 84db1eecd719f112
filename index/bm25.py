"""BM25 over one field of tokens, computed by bm25s, tolerant of words it has never seen.

bm25s raises on a query token outside its vocabulary and keeps an empty token of its own;
here token numbers are ours, unknown words score nothing, and query words may carry weights.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class _Rows(Sequence[list[int]]):
    """Token numbers of many documents in one flat array, four bytes each."""

    def __init__(self) -> None:
        self.flat = array("i")
        self.ends = [0]

    def append(self, ids: Iterable[int]) -> None:
        self.flat.extend(ids)
        self.ends.append(len(self.flat))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, row: int) -> list[int]:  # type: ignore[override]
        if row >= len(self):
            raise IndexError(row)
        return self.flat[self.ends[row] : self.ends[row + 1]].tolist()

    def __iter__(self) -> Iterator[list[int]]:
        return (self[row] for row in range(len(self)))


@dataclass(frozen=True, slots=True)
class Bm25:
    """A BM25 field: `vocabulary` word → column; columns in compressed sparse form.

    data, indices: (number of postings,); indptr: (words + 1,); size: number of documents.
    """

    vocabulary: Mapping[str, int]
    data: Floats
    indices: NDArray[np.int32]
    indptr: NDArray[np.int64]
    size: int

    @classmethod
    def build(cls, documents: Iterable[Sequence[str]], *, k1: float = 1.2, b: float = 0.75) -> Bm25:
        """Index documents given as lists of tokens.

        Method "lucene": idf = ln(1 + (N − df + 0.5) / (df + 0.5)) (Kamphuis et al. 2020).
        """
        vocabulary: dict[str, int] = {}
        rows = _Rows()
        for tokens in documents:
            rows.append([vocabulary.setdefault(token, len(vocabulary)) for token in tokens])
        if not vocabulary:
            empty = np.zeros(0, np.float32), np.zeros(0, np.int32), np.zeros(1, np.int64)
            return cls(vocabulary, *empty, size=len(rows))
        return cls._compute(vocabulary, rows, k1, b)

    @classmethod
    def _compute(cls, vocabulary: dict[str, int], rows: _Rows, k1: float, b: float) -> Bm25:
        import bm25s

        engine = bm25s.BM25(method="lucene", k1=k1, b=b, csc_backend="auto")
        scores = engine.build_index_from_ids(
            unique_token_ids=list(range(len(vocabulary))),
            corpus_token_ids=rows,
            show_progress=False,
        )
        return cls(
            vocabulary,
            scores["data"].astype(np.float32),
            scores["indices"].astype(np.int32),
            scores["indptr"].astype(np.int64),
            size=len(rows),
        )

    def scores(self, weights: Mapping[str, float] | Iterable[str]) -> Floats:
        """BM25 score of every document, shape (size,), for weighted or repeated query words."""
        items = weights if isinstance(weights, Mapping) else Counter(weights)
        (found,) = self.scores_of([items])
        return np.asarray(found, np.float32)

    def scores_of(self, queries: Sequence[Mapping[str, float]]) -> Floats:
        """BM25 score of every document for the weighted words of each query, (queries, size)."""
        known = [
            (at, weight, n)
            for n, query in enumerate(queries)
            for word, weight in query.items()
            if (at := self.vocabulary.get(word)) is not None
        ]
        shape = len(queries), self.size
        if not known:
            return np.zeros(shape, np.float32)
        columns, weights, of = (np.array(told) for told in zip(*known, strict=True))
        starts, ends = self.indptr[columns], self.indptr[columns + 1]
        postings = [slice(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
        counts = ends - starts
        scores = np.concatenate([self.data[some] for some in postings])
        scores = scores * np.repeat(weights.astype(np.float32), counts)
        places = np.concatenate([self.indices[some] for some in postings])
        if len(queries) > 1:
            places = places + np.repeat(of * self.size, counts)
        flat = np.bincount(places, scores, len(queries) * self.size).astype(np.float32)
        found: Floats = flat.reshape(shape)
        return found
