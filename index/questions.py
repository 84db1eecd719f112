"""Every written question at hand, as vectors: those that a clause answers and those none does.

A new question is compared with them: near a note's question the clause is likely to answer,
near a silence's question the terms are likely to be silent. One vector serves this and the
search (`Searcher.embed`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from corpus.library import Library
    from index.search import Searcher

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """A written question near a new one. `owner` is a clause address or a silence id."""

    text: str
    owner: str
    agreement: str
    silent: bool
    cosine: float


@dataclass(frozen=True, slots=True)
class QuestionBank:
    """Questions row by row; a silence of three agreements stands in three rows.

    owners: clause address (notes) or silence id; silent: whether the row is a silence;
    agreements: id of each row; vectors: shape (n, dim), unit length.
    """

    texts: tuple[str, ...]
    owners: tuple[str, ...]
    agreements: tuple[str, ...]
    silent: tuple[bool, ...]
    vectors: Floats

    @classmethod
    def open(cls, library: Library, searcher: Searcher, as_of: date | None = None) -> QuestionBank:
        """The bank of the versions in force; shipped vectors first, unknown ones embedded."""
        rows = [*_answered(searcher, as_of), *_silent(library)]
        texts, owners, agreements, silent = zip(*rows, strict=True) if rows else ((), (), (), ())
        vectors = searcher.question_vectors(texts).astype(np.float32)
        return cls(texts, owners, agreements, silent, vectors)

    def rows(self, agreement: str) -> NDArray[np.int64]:
        """Row numbers of one agreement's questions, in order."""
        return np.flatnonzero(np.array([a == agreement for a in self.agreements], bool))

    def cosines(self, vector: Floats) -> Floats:
        """Cosine of every question with `vector`, shape (n,)."""
        similar: Floats = self.vectors @ vector
        return similar

    def nearest(self, vector: Floats, k: int = 5, agreement: str | None = None) -> list[Near]:
        """The `k` questions nearest to `vector`, best first, of all agreements or of one."""
        rows = np.arange(len(self.texts)) if agreement is None else self.rows(agreement)
        similar = self.vectors[rows] @ vector
        best = np.argsort(-similar, kind="stable")[:k]
        return [self._near(int(rows[i]), float(similar[i])) for i in best]

    def _near(self, row: int, cosine: float) -> Near:
        return Near(
            self.texts[row], self.owners[row], self.agreements[row], self.silent[row], cosine
        )


def _answered(searcher: Searcher, as_of: date | None) -> Iterator[tuple[str, str, str, bool]]:
    from corpus.notes import load_notes

    for id, version in searcher.shelf(as_of).versions.items():
        for address, note in load_notes(version).items():
            for question in note.questions:
                yield question, address, id, False


def _silent(library: Library) -> Iterator[tuple[str, str, str, bool]]:
    from corpus.silences import load_silences

    for silence in load_silences(library):
        for agreement in silence.agreements:
            for question in silence.questions:
                yield question, silence.id, agreement, True
