"""Everything the assistant knows about the versions in force, ready to be asked.

Opened once, read-only afterwards, shared by all sessions: the search, the written questions
with their vectors, and a `Field` of candidates for each agreement.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant import classifier
from assistant.evidence import Field, coded
from assistant.judgement import Verdict, probabilities, trust_in, utilities, verdict
from assistant.understanding.katakana import loan_words
from assistant.vocabulary import Vocabulary
from assistant.written import Written
from corpus.lists import ClauseList, load_lists
from corpus.notes import Note, load_notes
from corpus.silences import Silence, load_silences
from corpus.topics import Topic, load_topics
from index import fusion, tokenizer
from index.collection import Words

if TYPE_CHECKING:
    from corpus.library import Library, Version
    from index.search import Searcher
    from index.shelf import Shelf

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
Value = TypeVar("Value")

#: what the question around a part counts beside the part
AROUND = 0.4
#: what a part along with the words that set its scene counts beside a part too short to stand alone
SCENE = 1.0
#: what a follow-up read along with the talk counts beside the follow-up alone
TALK = 1.0
#: signals of the text itself; those of the notes are already in the candidates' questions
TEXT_SIGNALS = ("words", "pairs", "title", "windows")


class Prepared(Mapping[str, Value]):
    """Values made when they are first asked for, once, by whichever thread comes first."""

    def __init__(self, ids: tuple[str, ...], make: Callable[[str], Value]) -> None:
        self._ids = ids
        self._make = make
        self._made: dict[str, Value] = {}
        self._lock = threading.RLock()

    def __getitem__(self, id: str) -> Value:
        """The value of `id`; raises KeyError for one that is not held."""
        if id not in self._ids:
            raise KeyError(id)
        with self._lock:
            if id not in self._made:
                self._made[id] = self._make(id)
            return self._made[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


class Wanted(NamedTuple):
    """A text to look at, context that is searched along with it, and its vector if it is known.

    within: a text that both stand in; they are read as it has them.
    """

    text: str
    extra: str = ""
    vector: Floats | None = None
    within: str = ""


@dataclass(frozen=True, eq=False)
class Asked:
    """A question as the evidence sees it: no agreement names, pairs, vector.

    pairs: its distinct character pairs, `coded`.
    scores, found: what the text alone, and text and notes say of every document, 0 … 1.
    near: how near it is to every written text, shape (texts,).
    judged: utilities of every agreement's candidates, as far as it has been compared.
    """

    text: str
    pairs: Rows
    vector: Floats
    scores: Floats
    found: Floats
    near: Floats
    judged: dict[str, Floats] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Recall:
    """The knowledge of one set of versions."""

    library: Library
    searcher: Searcher
    versions: Mapping[str, Version]
    notes: Mapping[str, Note]
    written: Written
    fields: Mapping[str, Field]
    classifiers: Mapping[str, classifier.Classifier | None]
    topics: tuple[Topic, ...] = ()
    as_of: date | None = None

    @classmethod
    def open(cls, library: Library, searcher: Searcher, as_of: date | None = None) -> Recall:
        """Gather notes, silences and their vectors for the versions in force."""
        shelf = searcher.shelf(as_of)
        notes = {n.address: n for v in shelf.versions.values() for n in load_notes(v).values()}
        silences = load_silences(library)
        topics = load_topics(library)
        summaries = {address: note.summary for address, note in notes.items()}

        rows = {id: _written(id, notes.values(), silences, topics) for id in shelf.versions}
        asked_of = tuple(id for id in rows if rows[id])
        once = list(dict.fromkeys(text for id in asked_of for text, _ in rows[id]))
        plain = dict(zip(once, searcher.names.without_all(once), strict=True))
        told = {id: [(plain[text], owner) for text, owner in rows[id]] for id in asked_of}
        texts = chain(shelf.questions, plain.values())
        written = Written.of(texts, searcher.question_vectors)

        def field_of(id: str) -> Field:
            places = written.places(text for text, _ in told[id])
            return Field.build(
                shelf.versions[id], silences, told[id], places, summaries, shelf.rows
            )

        def model_of(id: str) -> classifier.Classifier | None:
            ids = [c.id for c in fields[id].candidates]
            return classifier.load(id, ids, searcher.embedder.name)

        fields = Prepared(asked_of, field_of)
        models = Prepared(asked_of, model_of)
        return cls(library, searcher, shelf.versions, notes, written, fields, models, topics, as_of)

    def warm(self) -> None:
        """Open the evidence and the network of every agreement."""
        for id in self.fields:
            self.fields[id]
            self.classifiers[id]
        self.vocabulary.warm()

    def ask(self, text: str) -> Asked:
        """Look at a question once, for every agreement."""
        return self.ask_all([Wanted(text)])[0]

    def ask_all(self, wanted: Sequence[Wanted]) -> list[Asked]:
        """Look at several texts at once, each for every agreement."""
        if not wanted:
            return []
        collection = self._shelf.collection
        plain = [self.searcher.names.without(_along(one.text, one.extra)) for one in wanted]
        vectors = np.stack(self._vectors(wanted))
        near = self.written.cosines(vectors)
        pairs = [tokenizer.pairs(text) for text in plain]
        words = [
            Words(_counted(tokenizer.words(text)), _counted(of))
            for text, of in zip(plain, pairs, strict=True)
        ]
        known = {"questions": near[:, self._asked_of]}
        signals = collection.by_words(words) | collection.by_meaning(vectors, known)
        said, found = _scores(signals)
        return [
            Asked(text, coded(pairs[n]), vectors[n], said[n], found[n], near[n])
            for n, text in enumerate(plain)
        ]

    def _vectors(self, wanted: Sequence[Wanted]) -> list[Floats]:
        """Of each text its vector, embedded where it is not known."""
        known = {n: one.vector for n, one in enumerate(wanted) if one.vector is not None}
        alone = {
            n: _along(one.text, one.extra)
            for n, one in enumerate(wanted)
            if n not in known and not one.within
        }
        for text in dict.fromkeys(one.within for one in wanted if one.within):
            inside = [n for n, one in enumerate(wanted) if one.within == text and n not in known]
            views = [(wanted[n].extra, wanted[n].text) for n in inside]
            found = self.searcher.embed_parts(text, views, [*alone.values()])
            known |= dict(zip(inside, found, strict=True))
        known |= dict(zip(alone, self.searcher.embed_all([*alone.values()]), strict=True))
        return [known[n] for n in range(len(wanted))]

    @cached_property
    def lists(self) -> tuple[ClauseList, ...]:
        """What may be asked for as a whole."""
        return load_lists(self.library)

    @cached_property
    def _shelf(self) -> Shelf:
        return self.searcher.shelf(self.as_of)

    @cached_property
    def loans(self) -> frozenset[str]:
        """The loan words of the written questions and of the terms."""
        return loan_words(self._texts())

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The words of the written questions, the terms and the notes."""
        return Vocabulary.of(self._texts())

    def _texts(self) -> Iterator[str]:
        """Written questions, clauses and notes, normalized."""
        yield from self.written.rows
        clauses = (clause.full_text for v in self.versions.values() for clause in v.articles())
        summaries = (note.summary for note in self.notes.values())
        yield from map(tokenizer.normalize, chain(clauses, summaries))

    @cached_property
    def _asked_of(self) -> Rows:
        """The rows of the questions that the text search looks at, among the written texts."""
        return self.written.places(self._shelf.questions)

    def without_names(self, text: str) -> str:
        """`text` without the names of agreements; "" where nothing else is in it."""
        names = self.searcher.names
        left = names.without(text)
        return "" if names.named(left) else left

    def compare(self, questions: Sequence[Asked], agreement: str) -> None:
        """Compare questions with an agreement's candidates, those not yet compared all at once.

        The network's weights are megabytes: they are read once instead of once a question, beside
        the evidence.
        """
        waiting = [question for question in questions if agreement not in question.judged]
        known = self.fields.get(agreement)
        if known is None or not waiting:
            return
        texts = [question.text for question in waiting]
        vectors = np.stack([question.vector for question in waiting])
        classified = self._beside.submit(self._classified, agreement, texts, vectors)
        features = known.features(
            texts,
            [question.pairs for question in waiting],
            [question.near for question in waiting],
            np.stack([question.scores for question in waiting]),
        )
        search = np.stack([question.found for question in waiting])
        search = known.with_borrowed(known.of_documents(search))
        trust = np.array([[trust_in(text)] for text in texts], np.float32)
        rows = utilities(features, search, classified.result(), trust)
        for question, row in zip(waiting, rows, strict=True):
            question.judged[agreement] = row

    def _classified(self, agreement: str, texts: Sequence[str], vectors: Floats) -> Floats | None:
        """What the network says of questions, None where there is no network."""
        model = self.classifiers[agreement]
        return None if model is None else model.log_probabilities(texts, vectors)

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        """Where the network runs while the evidence is gathered."""
        return ThreadPoolExecutor(1, thread_name_prefix="classifier")

    def judge(
        self,
        question: Asked,
        agreement: str,
        beside: Sequence[tuple[Asked, float]] = (),
        favoured: Mapping[str, float] = MappingProxyType({}),
        outside: float = 0.0,
    ) -> Verdict | None:
        """What one agreement says; None where nobody has written questions for it.

        beside: what `question` is read along with, and how many times as much that counts: the
        whole question that it is a part of (『上限』 means what its place says), or the talk.
        favoured: what paragraphs gain by what other answers, or the last one, are about.
        outside: what a question that names no agreement adds for being about none.
        """
        known = self.fields.get(agreement)
        if known is None:
            return None
        utility = self._utilities(question, agreement)
        if favoured:
            utility = utility + known.spread(favoured)
        if outside:
            utility = utility + outside * known.outside
        for other, weight in beside:
            utility = utility + weight * self._utilities(other, agreement)
        return verdict(agreement, known.grouping, probabilities(utility))

    def strength(self, question: Asked, agreement: str) -> float:
        """Utility of an agreement's likeliest clause or silence: how well it knows the matter."""
        outside = self.fields[agreement].outside > 0
        utility = self._utilities(question, agreement)
        return float(np.where(outside, -np.inf, utility).max())

    def clause_utilities(self, question: Asked, agreement: str) -> list[tuple[str, float]]:
        """(paragraph, utility) of every clause candidate; empty where none is written for."""
        if agreement not in self.fields:
            return []
        utility = self._utilities(question, agreement).tolist()
        candidates = self.fields[agreement].candidates
        pairs = zip(candidates, utility, strict=True)
        return [(c.paragraph, value) for c, value in pairs if c.silence is None]

    def _utilities(self, question: Asked, agreement: str) -> Floats:
        self.compare([question], agreement)
        return question.judged[agreement]


def _written(
    agreement: str, notes: Iterable[Note], silences: Iterable[Silence], topics: Iterable[Topic]
) -> list[tuple[str, str]]:
    """(written question, clause address or silence id) of one agreement.

    Notes come first; a topic's names ask for the first clause of its cell.
    """
    prefix = f"{agreement}:"
    rows = [(q, n.address) for n in notes if n.address.startswith(prefix) for q in n.questions]
    known = {address for _, address in rows}
    for topic in topics:
        cell = topic.cells.get(agreement)
        if cell is not None and cell.clauses[0] in known:
            rows += [(query, cell.clauses[0]) for query in topic.queries()]
    return rows + [(q, s.id) for s in silences if agreement in s.agreements for q in s.questions]


def _scores(signals: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """What the text alone and what text and notes say of every document, 0 … 1."""
    text = {name: signals[name] for name in TEXT_SIGNALS if name in signals}
    return fusion.blend(text), fusion.blend(signals)


def _along(text: str, extra: str) -> str:
    """A text along with its context."""
    return f"{extra} {text}".strip()


def _counted(words: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for word in words:
        found[word] = found.get(word, 0.0) + 1.0
    return found
