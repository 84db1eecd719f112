"""What may be the answer to a question: the clauses and the silences of one agreement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from corpus.silences import Silence

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be the answer: a clause (`silence` empty) or a silence of `agreement`."""

    id: str
    agreement: str
    silence: Silence | None = None

    @property
    def beside(self) -> tuple[str, ...]:
        """The clauses that a silence stands beside: the delegating one, or those looked at."""
        if self.silence is None:
            return ()
        checked = self.silence.checked_in(self.agreement)
        own = self.silence.clause.startswith(f"{self.agreement}:")
        return (self.silence.clause,) if own else checked

    @property
    def paragraph(self) -> str:
        """The address of the paragraph around a clause ("" for a silence)."""
        return "" if self.silence else self.id.split("(")[0]


@dataclass(frozen=True)
class Grouping:
    """Candidates gathered into paragraphs and silences.

    paragraphs: their addresses; owner: the paragraph of every candidate, and one past the last
    for a silence, shape (candidates,); silent: rows of the silences; items: rows of the items
    of every paragraph.
    """

    candidates: tuple[Candidate, ...]
    paragraphs: tuple[str, ...]
    owner: Rows
    silent: Rows
    items: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> Grouping:
        """Gather `candidates`, paragraphs in the order in which they first appear."""
        paragraphs = tuple(dict.fromkeys(c.paragraph for c in candidates if c.silence is None))
        index = {address: n for n, address in enumerate(paragraphs)}
        items: list[list[int]] = [[] for _ in paragraphs]
        for row, candidate in enumerate(candidates):
            if candidate.silence is None and candidate.id != candidate.paragraph:
                items[index[candidate.paragraph]].append(row)
        return cls(
            tuple(candidates),
            paragraphs,
            np.array([index.get(c.paragraph, len(index)) for c in candidates], np.int64),
            np.array([n for n, c in enumerate(candidates) if c.silence is not None], np.int64),
            tuple(map(tuple, items)),
        )
