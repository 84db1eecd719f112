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
from typing import TYPE_CHECKING, NamedTuple

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


class _Found(NamedTuple):
    """Places of the known pairs of questions, the question of each, and how many are unknown."""

    pairs: Rows
    questions: Rows
    unknown: Rows


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

    def likeness(self, questions: Sequence[Rows]) -> Floats:
        """Cosine of questions with every text, shape (questions, texts); pairs as `coded` gives them."""
        found = self._looked_up(questions)
        squares = self.idf[found.pairs] ** 2
        norms = np.bincount(found.questions, squares, len(questions))
        norms = np.maximum(norms + found.unknown * float(self.unseen**2), 1e-6)[:, None]
        near = self._spread(found, squares)
        near /= self.norms
        near /= np.sqrt(norms).astype(np.float32)
        return near

    def coverage(self, questions: Sequence[Rows]) -> Floats:
        """Share of the weight of questions that each text contains, shape (questions, texts)."""
        found = self._looked_up(questions)
        weights = self.idf[found.pairs]
        whole = np.bincount(found.questions, weights, len(questions)) + found.unknown * self.unseen
        whole = np.maximum(whole, 1e-6)[:, None].astype(np.float32)
        share = self._spread(found, weights)
        share /= whole
        return share

    def _looked_up(self, questions: Sequence[Rows]) -> _Found:
        pairs = np.concatenate([*questions, np.zeros(0, np.int64)])
        of = np.repeat(np.arange(len(questions)), [len(q) for q in questions])
        at = np.searchsorted(self.pairs, pairs)
        known = at < len(self.pairs)
        known[known] = self.pairs[at[known]] == pairs[known]
        return _Found(at[known], of[known], np.bincount(of[~known], minlength=len(questions)))

    def _spread(self, found: _Found, weights: Floats) -> Floats:
        """`weights` of the pairs found, added to every text that holds them, (questions, texts)."""
        counts = self.counts[found.pairs]
        starts = self.starts[found.pairs]
        spans = zip(starts.tolist(), (starts + counts).tolist(), strict=True)
        rows = np.concatenate([*(self.rows[a:b] for a, b in spans), self.rows[:0]])
        places = rows + np.repeat(found.questions * self.size, counts)
        size = len(found.unknown) * self.size
        spread = np.bincount(places, np.repeat(weights, counts), size).astype(np.float32)
        return spread.reshape(len(found.unknown), self.size)


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

    def best(self, scores: Floats, floors: Floats) -> tuple[Floats, Floats]:
        """The best score of every candidate and the mean of its NEAR best ones.

        scores: shape (questions, rows); the results have the shape (questions, candidates). A score
        below the floor of its question counts as that, a row that a candidate lacks as 0.

        >>> runs = Runs.of(np.array([1, 0, 1, 1, 1]), 2)
        >>> scores = np.array([[.9, .6, .3, .9, .2]] * 2, np.float32)
        >>> [x.astype(float).round(2).tolist() for x in runs.best(scores, np.array([0, .8]))]
        [[[0.6, 0.9], [0.8, 0.9]], [[0.2, 0.7], [0.27, 0.87]]]
        """
        (questions, rows), size = scores.shape, len(self.counts)
        places = np.flatnonzero(scores > floors[:, None])
        of = places // max(rows, 1)
        owners, told = of * size + self.owners[places - of * rows], scores.ravel()[places]
        # scores are at most 1: one number orders by question and candidate, then by score
        order = np.argsort(owners - 0.5 * told)
        owners, told = owners[order], told[order]
        begins = np.append(True, owners[1:] != owners[:-1])[: len(owners)]
        places = np.arange(len(owners))
        rank = places - np.maximum.accumulate(np.where(begins, places, 0))
        best = np.repeat(floors.astype(np.float32), size)
        best[owners[begins]] = told[begins]
        near = rank < NEAR
        above = told[near] - floors[owners[near] // max(size, 1)]
        more = np.bincount(owners[near], above, questions * size).reshape(questions, size)
        means = (self.counts * floors[:, None] + more) / NEAR
        return best.reshape(questions, size), means.astype(np.float32)


def lowest(scores: Floats) -> float:
    """The lowest score, at least 0: what all texts have that are not among the nearest.

    >>> lowest(np.array([0.5, 0.75], np.float32)), lowest(np.array([-0.5], np.float32))
    (0.5, 0.0)
    >>> lowest(np.zeros(0, np.float32))
    0.0
    """
    return max(0.0, float(scores.min())) if scores.size else 0.0


def floor_of(scores: Floats, many: int) -> Floats:
    """The score that `many` of each question's reach, or 0 where they are fewer.

    >>> floor_of(np.array([[3, 1, 2], [5, 4, 6]], np.float32), 2)
    array([2., 5.], dtype=float32)
    >>> floor_of(np.zeros((1, 2), np.float32), 5)
    array([0.], dtype=float32)
    """
    if many >= scores.shape[1]:
        return np.zeros(len(scores), np.float32)
    found: Floats = np.sort(scores, axis=1)[:, -many]  # many are alike: quicker than a partition
    return found


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
        texts: Sequence[str],
        pairs: Sequence[Rows],
        near: Sequence[Floats],
        searched: Floats,
        *,
        without: int = -1,
    ) -> Floats:
        """Feature rows for questions, shape (questions, candidates, len(FEATURES)).

        pairs: their character pairs, `coded`; near: the cosines of the vector of each with all
        written texts; searched: what the text search says of every document, shape (questions,
        documents).
        without: a question row to leave out, for fitting on the written questions themselves.
        """
        words = self.questions.likeness(pairs)
        meaning = np.stack([one.take(self.places) for one in near])
        floors = np.array([lowest(one) for one in near], np.float32)
        if without >= 0:
            meaning[:, without] = words[:, without] = 0.0
        most = searched[:, self.own].max(axis=1, keepdims=True, initial=0.0)
        most[most == 0] = 1.0
        asked = np.stack([lacking.asked(text) for text in texts])
        lacks = (asked[:, None] & ~self.tells).sum(axis=2)
        columns = [
            *self.runs.best(meaning, floors),
            *self.runs.best(words, floor_of(words, NEAREST_WORDS)),
            self.with_borrowed(self.contents.coverage(pairs)),
            self.with_borrowed(self.of_documents(searched) / most),
            *(np.broadcast_to(column, lacks.shape) for column in self._constants),
            lacks,
        ]
        return np.stack(columns, axis=2).astype(np.float32)

    def with_borrowed(self, values: Floats) -> Floats:
        """`values` of all candidates, those of silences at least what they borrow, shape as given."""
        near = _with_nothing(values)[:, self.beside].max(axis=2)
        found: Floats = np.maximum(values, self.shares * near)
        return found

    def of_documents(self, values: Floats) -> Floats:
        """What documents have, shape (questions, documents), of each candidate's paragraph.

        0 for a silence; shape (questions, candidates).
        """
        return _with_nothing(values)[:, self.documents]

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


def _with_nothing(values: Floats) -> Floats:
    """`values` with a last column of nothing, which places of -1 point to."""
    found = np.zeros((values.shape[0], values.shape[1] + 1), np.float32)
    found[:, :-1] = values
    return found


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
