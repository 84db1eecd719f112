"""Folding a text for reading while every position still points into what was typed.

Widths, ligatures and half-width kana are folded (NFKC); the patterns of this package read the
folded text, and `Folded.span` gives back where that stands in the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_VOICED = "ﾞﾟ゙゚"
_KEEP = re.compile(r"[①-⑳⓪㉑-㊿]")
#: signs that people type for one another
_SAME = {"〜": "~", "～": "~", "−": "-", "‐": "-", "–": "-", "—": "-", "￥": "¥", "\u3000": " "}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text with, for each of its characters, where it came from."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Half-open range of the original for a half-open range of the folded text."""
        if end <= start:
            at = self.starts[start] if start < len(self.starts) else len(self.original)
            return (at, at)
        return (self.starts[start], self.ends[end - 1])


@lru_cache(maxsize=64)  # every step of understanding folds the same question
def fold(text: str) -> Folded:
    """Fold widths of `text`, circled digits left alone.

    >>> folded = fold("３３，０００円 ①ｶﾞ")
    >>> folded.text, folded.span(0, 7)
    ('33,000円 ①ガ', (0, 7))
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _clusters(text):
        piece = _fold_piece(text[start:end])
        out.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    return Folded(text, "".join(out), tuple(starts), tuple(ends))


def _clusters(text: str) -> list[Span]:
    spans: list[Span] = []
    for index, char in enumerate(text):
        if char in _VOICED and spans:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans


def _fold_piece(piece: str) -> str:
    if piece.isascii() or _KEEP.match(piece):
        return piece
    return _SAME.get(piece) or unicodedata.normalize("NFKC", piece)
