"""A searchable collection: documents, their fields, and every signal a query gives.

A document is what is ranked (a paragraph, a statute article). It is found through its own
words and character pairs, its title, vectors of its windows, and, where people have written
notes, through the questions and summaries that belong to it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index import storage, tokenizer
from index.bm25 import Bm25
from index.dense import Dense
from index.vectors import Halves

Floats = NDArray[np.float32]
Rows = NDArray[np.int32]

#: longest window given to the embedder, in characters (e5 reads 512 tokens)
WINDOW = 380
#: nearest windows looked at per query; beyond them a document's cosine is the lowest found
NEAREST = 500


@dataclass(frozen=True, slots=True)
class Document:
    """What is ranked. `parts` are further texts that stand for it (its items)."""

    id: str
    title: str
    text: str
    group: str = ""
    parts: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()

    def windows(self) -> list[str]:
        """Texts to embed: the title with each stretch of the text, then the parts."""
        head = f"{self.title}\n" if self.title else ""
        return [head + piece for piece in split(self.text)] + [head + p for p in self.parts]


class Words(NamedTuple):
    """A question's words and pairs of characters, each with its weight."""

    words: Mapping[str, float]
    pairs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the fields see it: weighted words and pairs, and a vector (dim,)."""

    words: Mapping[str, float]
    pairs: Mapping[str, float]
    vector: Floats

    @classmethod
    def of(cls, text: str, vector: Floats) -> Query:
        """The query of a text, each word counting as often as it stands there."""
        return cls(Counter(tokenizer.words(text)), Counter(tokenizer.pairs(text)), vector)


@dataclass(frozen=True, slots=True)
class Owned:
    """Scores of parts turned into scores of documents: the best part counts.

    owners: the document of every part, as `owners` gives them.
    """

    owners: Rows
    size: int

    def best(self, scores: Floats, floor: Floats | float = 0.0) -> Floats:
        """Highest score among each document's parts; `floor` where it has none or all are lower.

        scores: shape (queries, parts); the result has the shape (queries, size).

        >>> Owned(owners([2, 0, 1]), 3).best(np.array([[0.5, 0.25, 0.75]], np.float32))
        array([[0.5 , 0.  , 0.75]], dtype=float32)
        """
        top = np.full((len(scores), self.size), floor, np.float32)
        if len(self.owners):
            begins = np.flatnonzero(np.diff(self.owners, prepend=-1))
            best = np.maximum.reduceat(scores, begins, axis=1)
            top[:, self.owners[begins]] = np.maximum(best, floor)
        return top


def split(text: str, size: int = WINDOW) -> list[str]:
    """Stretches of at most `size` characters, cut after sentences where possible.

    >>> split("あ。い。", size=2)
    ['あ。', 'い。']
    """
    stretches, current = [], ""
    for sentence in re.split(r"(?<=[。\n])", text):
        while len(sentence) > size:
            stretches += [current] * bool(current) + [sentence[:size]]
            current, sentence = "", sentence[size:]
        if len(current) + len(sentence) > size:
            stretches.append(current)
            current = ""
        current += sentence
    return stretches + [current] * bool(current.strip()) or [""]


@dataclass(slots=True)
class Collection:
    """Fields over `ids`; see `signals` for what they say about a query."""

    ids: tuple[str, ...]
    groups: tuple[str, ...]
    fields: dict[str, Bm25] = field(default_factory=dict)
    owners: dict[str, Rows] = field(default_factory=dict)
    dense: dict[str, Dense] = field(default_factory=dict)

    @classmethod
    def build(cls, documents: Sequence[Document]) -> Collection:
        """Index the words of documents; vectors are added with `add_vectors`."""
        made = cls(tuple(d.id for d in documents), tuple(d.group for d in documents))
        words, pairs = tokenizer.words, tokenizer.pairs
        made.fields["words"] = Bm25.build(
            (words(d.title) + words(d.text) for d in documents), b=0.4
        )
        made.fields["pairs"] = Bm25.build(pairs(d.title) + pairs(d.text) for d in documents)
        made.fields["title"] = Bm25.build((words(d.title) for d in documents), b=0.3)
        made._build_notes(documents)
        made.owners["windows"] = owners([len(d.windows()) for d in documents])
        return made

    def _build_notes(self, documents: Sequence[Document]) -> None:
        if not any(d.questions or d.summaries for d in documents):
            return
        notes = [" ".join(d.questions + d.summaries) for d in documents]
        questions = [q for d in documents for q in d.questions]
        self.fields["note_words"] = Bm25.build((tokenizer.words(n) for n in notes), b=0.4)
        self.fields["note_pairs"] = Bm25.build(tokenizer.pairs(n) for n in notes)
        self.fields["question_pairs"] = Bm25.build(tokenizer.pairs(q) for q in questions)
        self.owners["questions"] = owners([len(d.questions) for d in documents])
        self.owners["summaries"] = owners([len(d.summaries) for d in documents])

    def add_vectors(self, kind: str, vectors: Halves | Floats) -> None:
        """Add the vectors of "windows", "questions" or "summaries", in document order."""
        self.dense[kind] = Dense(vectors)

    def signals(self, query: Query) -> dict[str, Floats]:
        """What each field says about each document: name → scores, shape (documents,)."""
        found = self.by_words([query]) | self.by_meaning(query.vector[None])
        return {name: scores[0] for name, scores in found.items()}

    def by_words(self, queries: Sequence[Query | Words]) -> dict[str, Floats]:
        """What the words of each query say about each document: name → (queries, documents).

        words, pairs, title, note_words, note_pairs: BM25. question_pairs: BM25 of the best
        question.
        """
        found = {}
        for name, bm25 in self.fields.items():
            told = [q.pairs if name.endswith("pairs") else q.words for q in queries]
            scores = bm25.scores_of(told)
            owners = self.owners["questions"] if name == "question_pairs" else None
            found[name] = scores if owners is None else Owned(owners, len(self.ids)).best(scores)
        return found

    def by_meaning(
        self, vectors: Floats, known: Mapping[str, Floats] = MappingProxyType({})
    ) -> dict[str, Floats]:
        """What the vectors of queries say about each document: name → (queries, documents).

        windows, questions, summaries: cosine of the best vector. known: cosines of the queries
        with all vectors of a kind where they need not be looked for, (queries, vectors).
        """
        found = {}
        for kind, dense in self.dense.items():
            every = known[kind] if kind in known else dense.cosines(vectors, NEAREST)
            floor = every.min(axis=1, keepdims=True) if every.size else 0.0
            found[kind] = Owned(self.owners[kind], len(self.ids)).best(every, floor)
        return found


def owners(counts: Sequence[int]) -> Rows:
    """Document row of every part: [2, 1] → [0, 0, 1]."""
    return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


def to_arrays(collection: Collection) -> storage.Arrays:
    """The words of a collection as plain arrays (vectors are kept apart, by content)."""
    arrays: storage.Arrays = {
        "ids": storage.pack_words(collection.ids),
        "groups": storage.pack_words(collection.groups),
    }
    for name, bm25 in collection.fields.items():
        arrays[f"{name}/vocabulary"] = storage.pack_words(bm25.vocabulary)
        arrays[f"{name}/size"] = np.array(bm25.size)
        for part in ("data", "indices", "indptr"):
            arrays[f"{name}/{part}"] = getattr(bm25, part)
    return arrays | {f"{name}/owners": rows for name, rows in collection.owners.items()}


def from_arrays(arrays: Mapping[str, NDArray[Any]]) -> Collection:
    """The collection `to_arrays` took apart; raises KeyError or ValueError if it is not one."""
    made = Collection(
        tuple(storage.unpack_words(arrays["ids"])), tuple(storage.unpack_words(arrays["groups"]))
    )
    for key, array in arrays.items():
        name, _, part = key.partition("/")
        if part == "vocabulary":
            words = storage.unpack_words(array)
            made.fields[name] = Bm25(
                {word: column for column, word in enumerate(words)},
                arrays[f"{name}/data"],
                arrays[f"{name}/indices"],
                arrays[f"{name}/indptr"],
                size=int(arrays[f"{name}/size"]),
            )
        elif part == "owners":
            made.owners[name] = array
    return made
