"""What speaks for each clause, and for each silence, when a question is asked.

Candidates are the clauses of one agreement that carry written questions, and the silences
that hold for it. Each gets a row of features: how near the question is to the questions
written for it (by meaning and by characters), how much of the question its own words cover,
and what the text search says. `assistant.judgement` turns the rows into probabilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from assistant import lacking
from assistant.candidates import Candidate, Grouping
from index import tokenizer

if TYPE_CHECKING:
    from corpus.library import Version
    from corpus.silences import Silence

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]

FEATURES = (
    "nearest_meaning",
    "near_meanings",
    "nearest_words",
    "near_words",
    "coverage",
    "text",
    "silent",
    "outside",
    "item",
    "lacks",
)
#: written questions that count beside the nearest one
NEAR = 3
#: written questions nearest by their words that are told apart; all others count as the last
#: of these
NEAREST_WORDS = 1_000
#: what a silence borrows of its clauses' words: a question about what a clause sends elsewhere,
#: or leaves out, has that clause's words as well, and they must not speak for the clause alone
BORROWED = {"governed_elsewhere": 1.0, "not_in_terms": 0.7, "out_of_scope": 0.0}


class Lexicon:
    """Inverted character-pair index over short texts, cosine with idf weights.

    Built over all texts at once: pairs are numbers of two code points, kept sorted.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.size = len(texts)
        pairs, rows = _pairs_of(texts)
        self.pairs, starts, counts = np.unique(pairs, return_index=True, return_counts=True)
        self.rows, self.starts, self.counts = rows, starts, counts
        self.idf = np.log(1 + self.size / np.maximum(counts, 1)).astype(np.float32)
        squares = np.bincount(rows, np.repeat(self.idf**2, counts), self.size)
        self.norms = np.maximum(np.sqrt(squares), 1e-6).astype(np.float32)
        self.unseen = float(np.log(1 + self.size))

    def _looked_up(self, pairs: Rows) -> tuple[Rows, float]:
        """Places of the known pairs, and how many are unknown."""
        at = np.searchsorted(self.pairs, pairs)
        at = (
            at[(at < len(self.pairs)) & (self.pairs[np.minimum(at, len(self.pairs) - 1)] == pairs)]
            if len(self.pairs)
            else at[:0]
        )
        return at, float(len(pairs) - len(at))

    def _spread(self, at: Rows, weights: Floats) -> Floats:
        """`weights` of the pairs at `at`, added to every text that holds them."""
        if not len(at):
            return np.zeros(self.size, np.float32)
        starts, counts = self.starts[at], self.counts[at]
        ends = zip(starts.tolist(), (starts + counts).tolist(), strict=True)
        rows = np.concatenate([self.rows[start:end] for start, end in ends])
        found = np.bincount(rows, np.repeat(weights, counts), self.size)
        return found.astype(np.float32)

    def likeness(self, pairs: Rows) -> Floats:
        """Cosine of `pairs` (as `coded` gives them) with every text, shape (texts,)."""
        at, unknown = self._looked_up(pairs)
        squares = self.idf[at] ** 2
        norm = float(squares.sum()) + unknown * self.unseen**2
        found: Floats = self._spread(at, squares) / self.norms / np.float32(max(norm, 1e-6) ** 0.5)
        return found.astype(np.float32)

    def coverage(self, pairs: Rows) -> Floats:
        """Share of the weight of `pairs` (as `coded` gives them) that each text contains, shape (texts,)."""
        at, unknown = self._looked_up(pairs)
        whole = float(self.idf[at].sum()) + unknown * self.unseen
        found: Floats = self._spread(at, self.idf[at]) / np.float32(max(whole, 1e-6))
        return found.astype(np.float32)


def coded(pairs: Iterable[str]) -> Rows:
    """Distinct pairs as numbers, sorted.

    >>> len(coded(["解約", "約金", "解約"]))
    2
    """
    return np.array(sorted({_code(pair) for pair in pairs}), np.int64)


def _code(pair: str) -> int:
    """A pair (or a single character) as one number."""
    return (ord(pair[0]) << 21) | ord(pair[1]) if len(pair) == 2 else ord(pair[:1] or "\0")


def _pairs_of(texts: Sequence[str]) -> tuple[Rows, Rows]:
    """Distinct (pair, row) of all texts, sorted by pair; the pairs are those of `tokenizer.pairs`."""
    joined = tokenizer.pieces("\n".join(text.replace("\n", " ") for text in texts))
    points = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.int64)
    rows = np.cumsum(points == ord("\n"))
    inside = (points != ord("\n")) & (points != ord(" "))
    pairs = (points[:-1] << 21) | points[1:]
    kept = inside[:-1] & inside[1:]
    both = np.sort(pairs[kept] << 20 | rows[:-1][kept])
    both = both[np.append(True, np.diff(both) != 0)[: len(both)]]
    return both >> 20, both & 0xFFFFF


@dataclass(frozen=True)
class Runs:
    """Question rows by candidate.

    owners: candidate of every row; counts: rows of every candidate, NEAR at most.
    """

    owners: Rows
    counts: Rows

    @classmethod
    def of(cls, owners: Rows, size: int) -> Runs:
        """owners: candidate of every row; size: candidates."""
        return cls(owners, np.minimum(np.bincount(owners, minlength=size), NEAR))

    def best(self, scores: Floats, floor: float = 0.0) -> tuple[Floats, Floats]:
        """The best score of every candidate and the mean of its NEAR best ones.

        A score below `floor` counts as that, a row that a candidate lacks as 0.

        >>> runs = Runs.of(np.array([1, 0, 1, 1, 1]), 2)
        >>> scores = np.array([.9, .6, .3, .9, .2], np.float32)
        >>> [x.astype(float).round(2).tolist() for x in runs.best(scores)]
        [[0.6, 0.9], [0.2, 0.7]]
        >>> [x.astype(float).round(2).tolist() for x in runs.best(scores, 0.8)]
        [[0.8, 0.9], [0.27, 0.87]]
        """
        hits = np.flatnonzero(scores > floor)
        # scores are at most 1: one number orders by candidate, then by score
        order = hits[np.argsort(self.owners[hits] - 0.5 * scores[hits])]
        owners, found = self.owners[order], scores[order]
        begins = np.append(True, owners[1:] != owners[:-1])[: len(owners)]
        places = np.arange(len(owners))
        rank = places - np.maximum.accumulate(np.where(begins, places, 0))
        best = np.full(len(self.counts), floor, np.float32)
        best[owners[begins]] = found[begins]
        near = rank < NEAR
        more = np.bincount(owners[near], found[near] - floor, len(self.counts))
        return best, ((self.counts * floor + more) / NEAR).astype(np.float32)


def lowest(scores: Floats) -> float:
    """The lowest score, at least 0: what all texts have that are not among the nearest.

    >>> lowest(np.array([0.5, 0.75], np.float32)), lowest(np.array([-0.5], np.float32))
    (0.5, 0.0)
    >>> lowest(np.zeros(0, np.float32))
    0.0
    """
    return max(0.0, float(scores.min())) if scores.size else 0.0


def floor_of(scores: Floats, many: int) -> float:
    """The score that `many` of them reach, or 0 where they are fewer.

    >>> floor_of(np.array([3, 1, 2], np.float32), 2), floor_of(np.zeros(2, np.float32), 5)
    (2.0, 0.0)
    """
    return float(np.partition(scores, -many)[-many]) if many < len(scores) else 0.0


@dataclass(frozen=True)
class Field:
    """The candidates of one agreement and the questions written for them.

    owners: candidate of every question row; runs: the rows by candidate; places: their rows among
    all written texts (`assistant/written.py`). documents: the row of every candidate's paragraph
    among what is searched, -1 for a silence; own: the rows of the agreement's paragraphs. beside:
    candidates that a silence borrows from, padded with -1; shares: how much, shape (candidates,).
    """

    agreement: str
    candidates: tuple[Candidate, ...]
    texts: tuple[str, ...]
    owners: Rows
    runs: Runs
    places: Rows
    documents: Rows
    own: Rows
    questions: Lexicon
    contents: Lexicon
    beside: Rows
    shares: Floats
    tells: Flags

    @classmethod
    def build(
        cls,
        version: Version,
        silences: Sequence[Silence],
        rows: Sequence[tuple[str, str]],
        places: Rows,
        summaries: Mapping[str, str],
        documents: Mapping[str, int],
    ) -> Field:
        """rows: (question without agreement names, owner id); places: one for each row.

        documents: the row of every paragraph that is searched.
        """
        by_id = {s.id: s for s in silences}
        ids = list(dict.fromkeys(owner for _, owner in rows))
        candidates = tuple(Candidate(i, version.agreement.id, by_id.get(i)) for i in ids)
        index = {id: n for n, id in enumerate(ids)}
        owners = np.array([index[owner] for _, owner in rows], np.int64)
        contents = [_content(version, c, summaries.get(c.id, "")) for c in candidates]
        return cls(
            version.agreement.id, candidates, tuple(text for text, _ in rows), owners, Runs.of(owners, len(ids)),
            places, np.array([documents.get(c.paragraph, -1) for c in candidates], np.int64),
            np.array([row for a, row in documents.items() if a.startswith(f"{version.agreement.id}:")], np.int64),
            Lexicon([text for text, _ in rows]), Lexicon(contents),
            *_beside(candidates, index), _tells(version, candidates),
        )  # fmt: skip

    def features(
        self,
        pairs: Rows,
        near: Floats,
        searched: Floats,
        *,
        text: str,
        without: int = -1,
    ) -> Floats:
        """Feature rows for one question, shape (candidates, len(FEATURES)).

        text: the question; pairs: its character pairs, `coded`; near: the cosines of its vector with all
        written texts; searched: what the text search says of every document, shape
        (documents,). without: a question row to leave out, for fitting on the written questions
        themselves.
        """
        words, meaning = self.questions.likeness(pairs), near[self.places]
        if without >= 0:
            meaning[without] = words[without] = 0.0
        nearest, nears = self.runs.best(meaning, lowest(near))
        word, wordy = self.runs.best(words, floor_of(words, NEAREST_WORDS))
        most = float(searched[self.own].max(initial=0.0)) or 1.0
        columns = [
            nearest,
            nears,
            word,
            wordy,
            self.with_borrowed(self.contents.coverage(pairs)),
            self.with_borrowed(self.of_documents(searched) / np.float32(most)),
        ]
        lacks = (lacking.asked(text) & ~self.tells).sum(axis=1)
        return np.stack([*columns, *self._constants, lacks], axis=1).astype(np.float32)

    def with_borrowed(self, values: Floats) -> Floats:
        """`values` of all candidates, those of silences at least what they borrow."""
        near = np.append(values, np.float32(0.0))[self.beside].max(axis=1)
        found: Floats = np.maximum(values, self.shares * near)
        return found

    def of_documents(self, values: Floats) -> Floats:
        """What documents have, of each candidate's paragraph (0 for a silence), (candidates,)."""
        return np.append(values, np.float32(0.0))[self.documents]

    @cached_property
    def grouping(self) -> Grouping:
        """The candidates by paragraph."""
        return Grouping.of(self.candidates)

    def spread(self, of: Mapping[str, float]) -> Floats:
        """What `of` says of each candidate's paragraph (0 for a silence), shape (candidates,)."""
        paragraphs = self.grouping.paragraphs
        told = np.array([of.get(address, 0.0) for address in paragraphs] + [0.0], np.float32)
        return told[self.grouping.owner]

    @cached_property
    def outside(self) -> Floats:
        """1 where a candidate is a question about no agreement at all, shape (candidates,)."""
        kinds = [None if c.silence is None else c.silence.kind for c in self.candidates]
        return np.array([kind == "out_of_scope" for kind in kinds], np.float32)

    @cached_property
    def _constants(self) -> list[Floats]:
        silent = np.array([c.silence is not None for c in self.candidates], np.float32)
        item = np.array(["(" in c.id for c in self.candidates], np.float32)
        return [silent, self.outside, item]


def _content(version: Version, candidate: Candidate, summary: str) -> str:
    """The candidate's own words: its clause and note, or the silence's subject and terms."""
    silence = candidate.silence
    if silence is not None:
        return "。".join([silence.topic, silence.subject, *silence.terms])
    clause = version.get(candidate.id)
    return f"{summary}。{clause.caption}。{clause.full_text}" if clause is not None else summary


def _tells(version: Version, candidates: Sequence[Candidate]) -> Flags:
    """The kinds of fact that each candidate tells; a silence is never short of one."""
    texts = []
    for candidate in candidates:
        clause = None if candidate.silence else version.get(candidate.paragraph)
        texts.append("" if clause is None else f"{clause.caption}\n{clause.full_text}")
    silent = np.array([c.silence is not None for c in candidates])
    found: Flags = lacking.told(texts) | silent[:, None]
    return found


def _beside(candidates: Sequence[Candidate], index: Mapping[str, int]) -> tuple[Rows, Floats]:
    """Rows of the clauses that each silence stands beside, padded with -1, and its share."""
    rows = [[index[address] for address in c.beside if address in index] for c in candidates]
    width = max([1, *map(len, rows)])
    shares = [0.0 if c.silence is None else BORROWED[c.silence.kind] for c in candidates]
    padded = np.array([row + [-1] * (width - len(row)) for row in rows], np.int64)
    return padded.reshape(-1, width), np.array(shares, np.float32)
