"""Search: a question in, clauses out, best first.

`Searcher` holds the library, the embedding model and the collections of the versions that
have been asked about. A clause that the question names goes straight to the top; the rest is
ranked by `index.fusion`. Answers need no network and, while the shipped data fit, no disk.
"""

from __future__ import annotations

import contextlib
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from corpus.address import Address
from corpus.errors import YakkanError
from corpus.mentions import Mention, find
from corpus.tokens import analyse
from index import fusion, threads
from index.collection import Query
from index.e5.model import Reading
from index.embedders import Embedder, open_embedder
from index.naming import Names
from index.shelf import Shelf, open_shelf
from index.storage import PACKAGED
from index.vectors import Halves, VectorCache

if TYPE_CHECKING:
    from corpus.library import Library, Version

Floats = NDArray[np.float32]

#: longest question that is read, in characters
LONGEST_QUESTION = 2_000
#: questions whose vectors are kept
REMEMBERED = 256
#: what a document gains whose agreement the question names
NAMED = 0.3


class SearchError(YakkanError):
    """A question that cannot be searched for."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found; `signals` are the raw scores behind `score`.

    `score` is 0 … 1 by evidence, and above 1 for a clause that the question names.
    """

    address: Address
    score: float
    quote: str
    agreement: str
    version: date
    signals: Mapping[str, float]

    def to_dict(self) -> dict[str, str | float]:
        """The form of `yakkan search --json`."""
        return {"id": str(self.address), "score": round(self.score, 4), "quote": self.quote}


class Searcher:
    """Search over a library; open one and keep it."""

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        store: Path | None,
        *,
        notes: bool = True,
        packaged: Path | None = PACKAGED,
    ) -> None:
        """Use `open` unless the parts are to be chosen one by one."""
        threads.keep_products_apart()
        self.library = library
        self.embedder = embedder
        self.store = store
        self._notes = notes
        self.packaged = packaged
        self.vectors = VectorCache(embedder, store, packaged)
        self._shelves: dict[tuple[tuple[str, date], ...], Shelf] = {}
        self._recent: OrderedDict[str, Floats] = OrderedDict()
        self._lock = threading.RLock()
        self.names = Names.of(library)

    @classmethod
    def open(
        cls,
        library: Library,
        *,
        store: Path | None = None,
        embedder: str | None = None,
        notes: bool = True,
    ) -> Searcher:
        """A searcher with the embedder a setting names; `store` is where a rebuilt index goes.

        Without a store, what the shipped data lack is kept in the user's cache folder.
        """
        return cls(library, open_embedder(embedder), store or default_store(), notes=notes)

    def warm(self) -> None:
        """Load the model and the dictionary before the first question needs them."""
        with contextlib.suppress(YakkanError):
            self.embedder.query("準備")
        analyse("準備")

    def embed(self, text: str) -> Floats:
        """Vector of a question without agreement names, shape (dim,); recent ones remembered."""
        return self.embed_all((text,))[0]

    def embed_all(self, texts: Sequence[str]) -> list[Floats]:
        """Vectors of several questions, embedded at once where they are not remembered."""
        plain = [self.names.without(text) for text in texts]
        with self._lock:
            unknown = [text for text in dict.fromkeys(plain) if text not in self._recent]
            if len(unknown) == 1:
                self._recent[unknown[0]] = self.embedder.query(unknown[0])
            elif unknown:
                self._recent.update(zip(unknown, self.embedder.queries(unknown), strict=True))
            found = [self._recent[text] for text in plain]
            for text in plain:
                self._recent.move_to_end(text)
            while len(self._recent) > REMEMBERED:
                self._recent.popitem(last=False)
            return found

    def embed_parts(
        self, text: str, parts: Sequence[Sequence[str]], beside: Sequence[str] = ()
    ) -> list[Floats]:
        """Vectors of parts of a question, which is read once where the model allows it.

        A part is the passages of `text` that it is made of, agreement names aside; one with a
        passage that does not stand in `text` is read alone. Side by side with it the texts in
        `beside` are read; their vectors and that of `text` are remembered.
        """
        plain = self.names.without(text)
        told = [[self.names.without(passage) for passage in part] for part in parts]
        spans = [_spans(plain, part) for part in told]
        alone = [" ".join(part) for part, at in zip(told, spans, strict=True) if at is None]
        others = [*(self.names.without(other) for other in beside), *alone]
        views = iter(self._views(plain, [view for view in spans if view is not None], others))
        apart = iter(self.embed_all(alone))
        return [next(apart) if at is None else next(views) for at in spans]

    def _views(
        self, plain: str, views: Sequence[Sequence[tuple[int, int]]], others: Sequence[str]
    ) -> list[Floats]:
        """Vectors of the views of a text; its own and those of others are remembered."""
        if not views:
            self.embed_all([plain, *others])
            return []
        with self._lock:
            unknown = [t for t in dict.fromkeys(others) if t not in self._recent and t != plain]
            readings: list[Reading] = [(plain, [None, *views]), *((t, [None]) for t in unknown)]
            (whole, *found), *rest = self.embedder.views(readings)
            self._recent[plain] = whole
            self._recent.update((t, rows[0]) for t, rows in zip(unknown, rest, strict=True))
        return found

    def question_vectors(self, texts: Sequence[str]) -> Halves:
        """Vectors of written questions without names: shipped, stored, else embedded and stored.

        Shape (len(texts), dim).
        """
        with self._lock:
            return self.vectors.get(texts, "query")

    def shelf(self, as_of: date | None = None) -> Shelf:
        """The collection of the newest versions, or of those in force at `as_of`."""
        versions = self._versions(as_of)
        key = tuple((v.agreement.id, v.effective) for v in versions)
        with self._lock:
            if key not in self._shelves:
                self._shelves[key] = open_shelf(
                    versions,
                    self.vectors,
                    self.store,
                    self.names,
                    notes=self._notes,
                    packaged=self.packaged,
                )
            return self._shelves[key]

    def _versions(self, as_of: date | None) -> list[Version]:
        """Versions in force; an agreement that was not yet in force is left out."""
        agreements = [self.library.agreement(id) for id in self.library.ids]
        held = [
            self.library.version(a.id, as_of)
            for a in agreements
            if as_of is None or min(a.versions) <= as_of
        ]
        if not held:
            raise SearchError(
                f"{as_of} に効力のある規約の版がありません。もっと新しい日付を指定してください。"
            )
        return held

    def search(
        self,
        question: str,
        agreement: str | None = None,
        k: int = 10,
        as_of: date | None = None,
        vector: Floats | None = None,
    ) -> list[Hit]:
        """The `k` best clauses for `question`, best first.

        agreement: search only this one. vector: the question's vector if it is known.
        Raises SearchError for a question that cannot be searched for.
        """
        self._check(question, agreement, k)
        if agreement is not None and as_of is not None:
            self.library.version(agreement, as_of)  # says which versions are held
        shelf = self.shelf(as_of)
        asked = self.names.without(question)
        mentions = find(question, self.names.ids)
        query = Query.of(asked, np.zeros(1, np.float32))
        self._check_language(question, query.words, mentions, shelf)
        query = replace(query, vector=self.embed(question) if vector is None else vector)
        signals = shelf.collection.signals(query)
        scores = fusion.blend(signals)
        named = frozenset({agreement}) if agreement else self.names.named(question)
        groups = np.array(shelf.collection.groups)
        if agreement:
            scores[groups != agreement] = -1.0
        elif named:
            scores[np.isin(groups, list(named))] += NAMED
        targets = _targets(mentions, named, shelf)
        for row in targets:
            if scores[row] >= 0:
                scores[row] += 1.0
        rows = [int(r) for r in fusion.best_first(scores, k) if scores[r] >= 0]
        return [_hit(shelf, row, float(scores[row]), signals, targets.get(row)) for row in rows]

    def _check(self, question: str, agreement: str | None, k: int) -> None:
        if not question.strip():
            raise SearchError("質問が空です。知りたいことを日本語の文で書いてください。")
        if len(question) > LONGEST_QUESTION:
            raise SearchError(
                f"質問が長すぎます（{len(question):,}文字）。"
                f"{LONGEST_QUESTION:,}文字までで、知りたいことを絞って書いてください。"
            )
        if k < 1:
            raise SearchError(f"件数の値「{k}」は使えません。1以上の整数を指定してください。")
        if agreement is not None:
            self.library.agreement(agreement)

    def check_readable(self, question: str, as_of: date | None = None) -> None:
        """Raise SearchError for a text that is no question in Japanese about the terms."""
        words = Query.of(self.names.without(question), np.zeros(1, np.float32)).words
        self._check_language(question, words, find(question, self.names.ids), self.shelf(as_of))

    @staticmethod
    def _check_language(
        question: str, words: Mapping[str, float], mentions: Sequence[Mention], shelf: Shelf
    ) -> None:
        """A question without Japanese must name a clause or use mostly words of the terms."""
        if mentions or any(_is_japanese(c) for c in unicodedata.normalize("NFKC", question)):
            return
        known = sum(word in shelf.collection.fields["words"].vocabulary for word in words)
        if known * 2 < len(words) or not words:
            raise SearchError(
                f"「{question.strip()[:40]}」は日本語の質問として読めません。"
                "日本語の文か、sg:18.1 のような条項の番地で書いてください。"
            )


def _spans(text: str, passages: Sequence[str]) -> list[tuple[int, int]] | None:
    """Where passages stand in a text, or None where one does not.

    >>> _spans("弁償、保険の扱いを教えて", ["保険の扱い"]), _spans("弁償", ["保険"])
    ([(3, 8)], None)
    """
    places = [(text.find(passage), len(passage)) for passage in passages]
    if not places or any(at < 0 or not size for at, size in places):
        return None
    return [(at, at + size) for at, size in places]


def default_store() -> Path:
    """Where an index goes that nobody gave a place: the user's cache folder."""
    return Path("~/.cache/yakkan").expanduser()


def _is_japanese(character: str) -> bool:
    return "ぁ" <= character <= "ヿ" or "一" <= character <= "鿿" or character == "々"


def _targets(
    mentions: Iterable[Mention], named: frozenset[str], shelf: Shelf
) -> dict[int, Address | None]:
    """Rows of the clauses that are named; with the item's address where an item is named."""
    found: dict[int, Address | None] = {}
    for mention in mentions:
        ids = {mention.agreement} if mention.agreement else named or set(shelf.versions)
        for id in ids & shelf.versions.keys():
            found |= _rows_of(mention, shelf.versions[id], shelf)
    return found


def _rows_of(mention: Mention, version: Version, shelf: Shelf) -> dict[int, Address | None]:
    id, article = version.agreement.id, mention.article
    paragraph = mention.paragraph or ("1" if mention.item else None)
    place = Address(id, article, paragraph, mention.item, mention.subitem)
    holder = Address(id, article, paragraph)
    if paragraph is None or shelf.rows.get(str(holder)) is None:
        around = Address(id, article)
        return {r: None for a, r in shelf.rows.items() if around.contains(Address.parse(a))}
    exact = place if place != holder and version.get(place) is not None else None
    return {shelf.rows[str(holder)]: exact}


def _hit(
    shelf: Shelf, row: int, score: float, signals: Mapping[str, Floats], exact: Address | None
) -> Hit:
    address = exact or Address.parse(shelf.collection.ids[row])
    version = shelf.versions[address.agreement]
    return Hit(
        address,
        score,
        version.clause(address).full_text,
        address.agreement,
        version.effective,
        {name: float(scores[row]) for name, scores in signals.items()},
    )
