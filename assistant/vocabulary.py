"""The words of the project's own texts, and words of a question that are none: 「違訳金」, 「レンタノ」.

A silence may only be claimed where the matter was understood. A word is unread where letters stand
side by side as in no written question, clause or note, and the dictionary does not know them for a
word either: 「暗号資産」 is a new matter and read, 「違訳金」 is one letter off 「違約金」. What a word is
one letter off is what it probably means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from corpus.tokens import Morpheme, analyse
from index.tokenizer import normalize, words

#: a word that others are held against stands so often in the texts
OFTEN = 10
#: and has so many letters, kanji or katakana
KANJI, KATAKANA = 3, 4
#: a question is not understood where more than so much of what it is about is unread
MOSTLY = 0.5
_RUN = re.compile(r"[一-鿿々]{2,}|[ァ-ヺー]{3,}")
_KATAKANA = re.compile(r"[ァ-ヺー]+")
_COUNTED = re.compile(r"[一二三四五六七八九十百千万何第]")
_ANY = "?"


@dataclass(frozen=True, slots=True)
class Unread:
    """A word that was not read, and the one that it is a letter off ("" where there is none)."""

    word: str
    meant: str = ""


@dataclass(frozen=True)
class Vocabulary:
    """How often runs of kanji or of katakana stand in the texts."""

    runs: Mapping[str, int]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of some texts, each `normalize`d."""
        return cls(Counter(_RUN.findall("\n".join(texts))))

    def warm(self) -> None:
        """Count now what is otherwise counted with the first silence."""
        self._pairs, self._near  # noqa: B018

    def not_understood(self, question: str) -> tuple[Unread, ...]:
        """The unread words of a question where it cannot be answered without them.

        That is where one is a letter off a known word, or where the rest says little.

        >>> known = Vocabulary({"違約金": 20})
        >>> known.not_understood("違訳金はいくら?"), known.not_understood("猫は飼えますか")
        ((Unread(word='違訳金', meant='違約金'),), ())
        """
        found = tuple(self._unread(normalize(question)))
        if any(unread.meant for unread in found):
            return tuple(unread for unread in found if unread.meant)
        content = Counter(words(question))
        strange = sum(n for word, n in content.items() if any(word in u.word for u in found))
        return found if found and strange > MOSTLY * content.total() else ()

    def _unread(self, text: str) -> Iterator[Unread]:
        pieces = _pieces(text)
        for match in _RUN.finditer(text):
            run, start = match[0], match.start()
            if run in self.runs:
                continue
            odd = [
                at
                for at in range(len(run) - 1)
                if run[at : at + 2] not in self._pairs
                and not _COUNTED.search(run[at : at + 2])
                and _torn(pieces, start + at)
            ]
            if not odd:
                continue
            typed, meant = self._nearest(run, odd)
            if meant or _is_unknown(pieces, start + odd[0]):
                yield Unread(typed, meant)

    def _nearest(self, run: str, odd: list[int]) -> tuple[str, str]:
        """The longest part of a run, around odd letters, that is one letter off a known word."""
        for size in range(len(run), 2, -1):
            for start in range(len(run) - size + 1):
                typed = run[start : start + size]
                around = any(start <= at and at + 2 <= start + size for at in odd)
                meant = self._near.get(typed) if around else None
                meant = meant or (self._one_off(typed) if around else None)
                if meant:
                    return typed, meant
        return run, ""

    def _one_off(self, typed: str) -> str | None:
        found = (self._near.get(key) for key in _mistyped(typed))
        return next((word for word in found if word), None)

    @cached_property
    def _pairs(self) -> frozenset[str]:
        return frozenset(run[at : at + 2] for run in self.runs for at in range(len(run) - 1))

    @cached_property
    def _near(self) -> Mapping[str, str]:
        """Spellings of the words that stand often, one letter off; the most frequent word first."""
        found: dict[str, str] = {}
        for word, often in sorted(self.runs.items(), key=lambda row: -row[1]):
            least = KATAKANA if _KATAKANA.fullmatch(word) else KANJI
            if often < OFTEN:
                break
            if len(word) >= least:
                for key in (*_mistyped(word), *_left_out(word)):
                    found.setdefault(key, word)
        return found


def _mistyped(word: str) -> list[str]:
    return [word[:at] + _ANY + word[at + 1 :] for at in range(len(word))]


def _left_out(word: str) -> list[str]:
    """A word of katakana without one of its letters; a kanji is never left out."""
    if not _KATAKANA.fullmatch(word) or len(word) <= KATAKANA:
        return []
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


def _pieces(text: str) -> list[Morpheme | None]:
    """The word around each letter."""
    found: list[Morpheme | None] = [None] * len(text)
    at = 0
    for word in analyse(text):
        at = text.find(word.surface, at)
        found[at : at + len(word.surface)] = [word] * len(word.surface)
        at += len(word.surface)
    return found


def _torn(pieces: list[Morpheme | None], at: int) -> bool:
    """Whether two letters side by side are no word, nor the seam of two whole ones."""
    left, right = pieces[at], pieces[at + 1]
    if left is None or right is None:
        return True
    if left.lemma is None or right.lemma is None:
        return True
    single = [word.surface for word in (left, right) if len(word.surface) == 1]
    return left is not right and (len(single) == 2 or any(map(_KATAKANA.fullmatch, single)))


def _is_unknown(pieces: list[Morpheme | None], at: int) -> bool:
    word = pieces[at]
    return word is None or word.lemma is None
