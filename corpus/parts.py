"""The clauses of a version as a tree for comparing: own words, n-grams, place, mate."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.address import Address
from corpus.clause import Clause
from corpus.library import Version
from corpus.tokens import plain_tokens


@dataclass(eq=False, slots=True)
class Part:
    """A clause in one of the two trees; `mate` is the clause it became.

    own: its own words with its notes (the caption for an article); place: index among its
    siblings; order: index in the document.
    """

    clause: Clause
    own: str
    parent: Part | None
    place: int
    order: int
    children: list[Part] = field(default_factory=list)
    mate: Part | None = None
    moved: bool = False
    _grams: Counter[str] | None = None
    _whole: str | None = None

    @property
    def address(self) -> Address:
        """The clause's address."""
        return self.clause.address

    @property
    def number(self) -> str:
        """Its own number: the last part of the address."""
        at = self.address
        return at.subitem or at.item or at.paragraph or at.article

    @property
    def whole(self) -> str:
        """Caption and everything inside without spaces."""
        if self._whole is None:
            caption = self.clause.caption if self.clause.level == "article" else ""
            self._whole = re.sub(r"\s", "", caption + self.clause.full_text)
        return self._whole

    @property
    def grams(self) -> Counter[str]:
        """Token n-grams (one and two tokens) of `whole`."""
        if self._grams is None:
            tokens = plain_tokens(self.whole)
            self._grams = Counter(tokens)
            self._grams.update(map("\x1f".join, pairwise(tokens)))
        return self._grams

    def descend(self) -> Iterator[Part]:
        """This part and everything inside, in order."""
        yield self
        for child in self.children:
            yield from child.descend()


def walk(roots: Iterable[Part]) -> Iterator[Part]:
    """Every part, in document order."""
    for root in roots:
        yield from root.descend()


def tree(version: Version) -> list[Part]:
    """The top of the tree: articles, supplementary provisions, appendices."""
    roots: list[Part] = []
    by_address: dict[Address, Part] = {}
    for order, clause in enumerate(version.clauses()):
        above = clause.address.parent
        parent = by_address.get(above) if above is not None else None
        siblings = parent.children if parent else roots
        own = (
            clause.caption if clause.level == "article" else "\n".join((clause.text, *clause.notes))
        )
        part = Part(clause, own.strip(), parent, len(siblings), order)
        siblings.append(part)
        by_address[clause.address] = part
    return roots


def similarity(one: Part, other: Part) -> float:
    """Share of common n-grams (Dice), 0 to 1."""
    a, b = one.grams, other.grams
    if len(a) > len(b):
        a, b = b, a
    common = sum(min(count, b[gram]) for gram, count in a.items() if gram in b)
    total = a.total() + b.total()
    return 2 * common / total if total else 1.0
