"""Tokens with their places: plain ones for matching, fugashi's words for marking differences.

A number keeps its decimal point and commas, so that 14.5 → 14.6 is one changed token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Any, NamedTuple

from corpus.numerals import NUMERAL_CHARS

#: beyond this many tokens a side, frequent tokens are left out of the search for a diff
LONG = 3000
_NUMBER = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_PLAIN = re.compile(
    rf"[0-9０-９]+(?:[.,．，][0-9０-９]+)*|[A-Za-zＡ-Ｚａ-ｚ]+|[ァ-ヺー]+|[{NUMERAL_CHARS}]+|[一-鿿々]{{1,2}}|[ぁ-ゖ]{{1,3}}|[^\s]"
)


class Token(NamedTuple):
    """A token and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)


class Mark(NamedTuple):
    """One difference: replace, insert or delete, with the spans in the old and new text."""

    op: str
    old: tuple[int, int]
    new: tuple[int, int]


def plain_tokens(text: str) -> list[str]:
    """Rough tokens by script, fast: for n-grams, never for marking.

    >>> plain_tokens("年率14.5%の遅延利息")
    ['年率', '14.5', '%', 'の', '遅延', '利息']
    """
    return _PLAIN.findall(text)


def words(text: str) -> list[Token]:
    """Words by fugashi, numbers whole, every character but spaces in exactly one token."""
    return list(_words(text))


def _words(text: str) -> Iterator[Token]:
    at = 0
    for number in _NUMBER.finditer(text):
        yield from _analysed(text, at, number.start())
        yield Token(number[0], number.start())
        at = number.end()
    yield from _analysed(text, at, len(text))


def _analysed(text: str, start: int, end: int) -> Iterator[Token]:
    at = start
    for surface in _surfaces(text[start:end]):
        found = text.find(surface, at, end)
        if found < 0:
            continue
        yield Token(surface, found)
        at = found + len(surface)


@lru_cache(maxsize=20_000)
def _surfaces(text: str) -> tuple[str, ...]:
    return tuple(word.surface for word in _tagger()(text)) if text.strip() else ()


class Morpheme(NamedTuple):
    """A word as the dictionary tells it: part of speech (名詞, 動詞, …), its kind, lemma, reading.

    Lemma, kana and origin (和, 漢, 外 for a loan word, 固 for a name, …) are None for words that
    the dictionary does not know.
    """

    surface: str
    pos1: str
    pos2: str
    lemma: str | None
    kana: str | None
    origin: str | None = None


@lru_cache(maxsize=64)
def analyse(text: str) -> tuple[Morpheme, ...]:
    """The words of a text, by fugashi; the last few texts are looked at from several sides.

    >>> [m.pos1 for m in analyse("機器を返す")]
    ['名詞', '助詞', '動詞']
    """
    return tuple(
        Morpheme(
            word.surface, word.feature.pos1, word.feature.pos2,
            word.feature.lemma, getattr(word.feature, "kana", None),
            getattr(word.feature, "goshu", None),
        )
        for word in _tagger()(text)
    )  # fmt: skip


@cache
def _tagger() -> Any:
    """The morphological analyser (fugashi with unidic-lite), loaded once in 0.05 s."""
    import fugashi

    return fugashi.Tagger()


def marks(old: str, new: str) -> tuple[Mark, ...]:
    """The differences between two texts by word; spaces alone are no difference.

    >>> [(m.op, "年率14.5%"[slice(*m.old)]) for m in marks("年率14.5%", "年率14.6%")]
    [('replace', '14.5')]
    """
    ours, theirs = words(old), words(new)
    matcher = SequenceMatcher(
        None, [t.text for t in ours], [t.text for t in theirs], max(len(ours), len(theirs)) > LONG
    )
    return tuple(
        Mark(op, _span(ours, a, b, len(old)), _span(theirs, c, d, len(new)))
        for op, a, b, c, d in matcher.get_opcodes()
        if op != "equal"
    )


def _span(tokens: list[Token], start: int, end: int, length: int) -> tuple[int, int]:
    if start == end:
        at = tokens[start].start if start < len(tokens) else length
        return at, at
    return tokens[start].start, tokens[end - 1].end
