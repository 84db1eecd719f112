"""Aligning the clauses of two versions, though some were inserted, removed, moved, renumbered.

Level by level: equal texts first, then similar ones. Similarity is the overlap of token
n-grams; candidates come from an index of rare n-grams and from the neighbourhood of what is
already matched, so that the work grows with n log n and not with n².
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from corpus.address import Address
from corpus.library import Version
from corpus.parts import Part, similarity, tree, walk

#: overlap from which two clauses are one clause changed
SIMILAR = 0.5
#: the same, where they stand at the same place or carry the same caption
SIMILAR_IN_PLACE = 0.22
#: the same, where a clause would have moved into another parent
SIMILAR_ELSEWHERE = 0.75
#: a neighbour this alike ends the search
CERTAIN = 0.9
_RARE = 14
_COMMON = 24
_NEAR = 2


@dataclass(frozen=True, slots=True)
class Alignment:
    """Both trees with their mates set, and every part by address."""

    old: tuple[Part, ...]
    new: tuple[Part, ...]

    @property
    def renamed(self) -> dict[Address, Address]:
        """Old address → new address of every clause that is in both versions."""
        return {p.address: p.mate.address for p in walk(self.old) if p.mate is not None}


def align(old: Version, new: Version) -> Alignment:
    """Align two versions; every clause has at most one mate."""
    ours, theirs = tree(old), tree(new)
    _match_group(ours, theirs)
    _match_elsewhere(ours, theirs)
    _mark_moved(ours)
    return Alignment(tuple(ours), tuple(theirs))


# -- matching ------------------------------------------------------------------------------


def _match_group(olds: Sequence[Part], news: Sequence[Part]) -> None:
    """Match siblings with siblings, then what is inside them."""
    for level in dict.fromkeys(p.clause.level for p in (*olds, *news)):
        ours = [p for p in olds if p.clause.level == level]
        theirs = [p for p in news if p.clause.level == level]
        _match_equal(ours, theirs)
        _match_similar(ours, theirs)
    for part in olds:
        if part.mate is not None:
            _match_group(part.children, part.mate.children)


def _match_equal(olds: Sequence[Part], news: Sequence[Part]) -> None:
    theirs: defaultdict[str, list[Part]] = defaultdict(list)
    ours: defaultdict[str, list[Part]] = defaultdict(list)
    for part in olds:
        ours[part.whole].append(part)
    for part in news:
        theirs[part.whole].append(part)
    for text, mine in ours.items():
        free = {_key(p): p for p in theirs.get(text, ())}
        rest = []
        for part in mine:
            same = free.pop(_key(part), None)
            _pair(part, same) if same else rest.append(part)
        for part, mate in zip(rest, free.values(), strict=False):
            _pair(part, mate)


def _key(part: Part) -> tuple[str, str]:
    return part.address.article, part.number


def _pair(old: Part, new: Part | None) -> None:
    if new is not None:
        old.mate, new.mate = new, old


def _match_similar(olds: Sequence[Part], news: Sequence[Part]) -> None:
    ours = [p for p in olds if p.mate is None]
    theirs = [p for p in news if p.mate is None]
    if not ours or not theirs:
        return
    slots = _Slots(olds, news)
    scored = []
    for part in ours:
        for other, likeness in _candidates(part, slots):
            named = bool(part.clause.caption) and part.clause.caption == other.clause.caption
            named = named and part.clause.level == "article"
            placed = slots.expected(part, other)
            floor = SIMILAR_IN_PLACE if placed or named else SIMILAR
            if likeness >= floor or (named and part.number == other.number):
                bonus = 0.08 * placed + 0.1 * named + 0.04 * (part.number == other.number)
                scored.append((likeness + bonus, -part.order, -other.order, part, other))
    for *_, part, other in sorted(scored, key=lambda row: row[:3], reverse=True):
        if part.mate is None and other.mate is None:
            _pair(part, other)


def _candidates(part: Part, slots: _Slots) -> Iterator[tuple[Part, float]]:
    """New parts that `part` may have become, with their likeness; neighbours first."""
    seen: dict[int, float] = {}
    for other in slots.near(part):
        if id(other) not in seen:
            seen[id(other)] = similarity(part, other)
            yield other, seen[id(other)]
    if max(seen.values(), default=0.0) < CERTAIN:
        for other in slots.alike(part):
            if id(other) not in seen:
                yield other, similarity(part, other)


class _Slots:
    """Where the unmatched siblings could go: by neighbours and by rare n-grams."""

    def __init__(self, olds: Sequence[Part], news: Sequence[Part]) -> None:
        self.news = news
        self.index_of = {id(part): n for n, part in enumerate(news)}
        self.above: dict[int, int] = {}
        self.below: dict[int, int] = {}
        at = -1
        for part in olds:
            at = self.index_of[id(part.mate)] if part.mate is not None else at
            self.above[id(part)] = at
        at = len(news)
        for part in reversed(olds):
            at = self.index_of[id(part.mate)] if part.mate is not None else at
            self.below[id(part)] = at
        self.by_number = {p.number: p for p in news}
        self.by_caption = {p.clause.caption: p for p in news if p.mate is None}

    @cached_property
    def index(self) -> dict[str, list[Part]]:
        """N-gram → the unmatched new parts that have it."""
        found: defaultdict[str, list[Part]] = defaultdict(list)
        for part in self.news:
            if part.mate is None:
                for gram in part.grams:
                    found[gram].append(part)
        return found

    def near(self, part: Part) -> Iterator[Part]:
        """Unmatched new parts around the place where `part` would stand, and its namesakes."""
        for middle in (self.above[id(part)], self.below[id(part)]):
            for n in range(max(0, middle - _NEAR), min(len(self.news), middle + _NEAR + 1)):
                if self.news[n].mate is None:
                    yield self.news[n]
        for other in (self.by_number.get(part.number), self.by_caption.get(part.clause.caption)):
            if other is not None and other.mate is None:
                yield other

    def alike(self, part: Part) -> list[Part]:
        """Unmatched new parts that share rare n-grams with `part`, the most alike first."""
        known = ((len(self.index[gram]), gram) for gram in part.grams if gram in self.index)
        votes: Counter[int] = Counter()
        by_id: dict[int, Part] = {}
        for _, gram in nsmallest(_RARE, known):
            for other in self.index[gram][:_COMMON]:
                votes[id(other)] += 1
                by_id[id(other)] = other
        return [by_id[key] for key, _ in votes.most_common(6)]

    def expected(self, part: Part, other: Part) -> bool:
        """Whether `other` stands between the mates of the neighbours of `part`."""
        return self.above[id(part)] < self.index_of[id(other)] < self.below[id(part)]


def _match_elsewhere(olds: Sequence[Part], news: Sequence[Part]) -> None:
    """Clauses that went into another parent: the same level, almost the same words."""
    for level in ("article", "paragraph", "item", "subitem"):
        ours = [
            p for p in walk(olds) if p.mate is None and p.clause.level == level and len(p.whole) > 8
        ]
        theirs = [p for p in walk(news) if p.mate is None and p.clause.level == level]
        if not ours or not theirs:
            continue
        slots = _Slots(ours, theirs)
        scored = (
            (similarity(part, other), -part.order, -other.order, part, other)
            for part in ours
            for other in slots.alike(part)
        )
        for score, *_, part, other in sorted(scored, key=lambda row: row[:3], reverse=True):
            if score >= SIMILAR_ELSEWHERE and part.mate is None and other.mate is None:
                _pair(part, other)
                _match_group(part.children, other.children)


# -- what moved ----------------------------------------------------------------------------


def _mark_moved(siblings: Sequence[Part]) -> None:
    """Mark the parts that left their place among their siblings, or their parent."""
    kept = []
    for part in siblings:
        if part.mate is None:
            continue
        if (part.parent.mate if part.parent else None) is not part.mate.parent:
            part.moved = True
        else:
            kept.append(part)
    order = [p.mate.place for p in kept if p.mate is not None]
    for part, fixed in zip(kept, in_every_longest_run(order), strict=True):
        part.moved = not fixed
    for part in siblings:
        _mark_moved(part.children)


def in_every_longest_run(values: Sequence[int]) -> list[bool]:
    """For each value, whether every longest rising run has it; two that swap are both False.

    >>> in_every_longest_run([1, 2, 0, 3]), in_every_longest_run([1, 0])
    ([True, True, False, True], [False, False])
    """
    ending = _run_lengths(values)
    starting = _run_lengths([-v for v in reversed(values)])[::-1]
    longest = max(ending, default=0)
    in_some = [e + s - 1 == longest for e, s in zip(ending, starting, strict=True)]
    at_rank = Counter(e for e, ok in zip(ending, in_some, strict=True) if ok)
    return [ok and at_rank[e] == 1 for e, ok in zip(ending, in_some, strict=True)]


def _run_lengths(values: Sequence[int]) -> list[int]:
    """Length of the longest rising run that ends at each value, in n log n."""
    tails: list[int] = []
    lengths = []
    for value in values:
        at = bisect_left(tails, value)
        tails[at : at + 1] = [value]
        lengths.append(at + 1)
    return lengths
