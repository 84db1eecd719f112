"""Every text that people have written as a question, once, and how near a question is to each.

The same question may be written for a clause of several agreements, for a topic and for a
silence, and both the text search and the evidence look at it: one product of the vectors tells
them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.cosines import Cosines

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]
Rows = NDArray[np.int64]

#: nearest texts whose cosines are told; all others count as near as the last of these
NEAREST = 2_000


@dataclass(frozen=True)
class Written:
    """Texts, their rows, and their vectors, shape (texts, dim)."""

    rows: Mapping[str, int]
    vectors: Halves
    near: Cosines

    @classmethod
    def of(cls, texts: Iterable[str], embed: Callable[[Sequence[str]], Halves]) -> Written:
        """Each text once; `embed` gives the vectors of texts, shape (n, dim)."""
        once = list(dict.fromkeys(texts))
        vectors = embed(once)
        return cls({text: row for row, text in enumerate(once)}, vectors, Cosines(vectors))

    def places(self, texts: Iterable[str]) -> Rows:
        """The rows of texts; raises KeyError for one that is not held."""
        return np.array([self.rows[text] for text in texts], np.int64)

    def vectors_of(self, places: Rows) -> Floats:
        """The vectors in some rows, shape (len(places), dim)."""
        return self.vectors[places].astype(np.float32)

    def cosines(self, vectors: Floats) -> Floats:
        """How near vectors, shape (n, dim), are to every text, shape (n, texts)."""
        found = self.near(vectors)
        if found.shape[1] > NEAREST:
            last = np.partition(found, -NEAREST, axis=1)[:, -NEAREST, None]
            found = np.maximum(found, last)
        return found
