"""Text to token ids, as SentencePiece's unigram model does it (Kudo 2018).

Characters become their normal forms, blanks become 「▁」, and of all ways to cut the text into
pieces of the vocabulary the likeliest is taken (Viterbi). Unknown characters cost ten more than
the rarest piece, as in SentencePiece.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

from index.e5.file import Vocabulary

BLANK = "▁"
#: cost of an unknown character beyond the rarest piece
UNKNOWN_COST = 10.0
#: bytes that a piece is told by when it is asked how long those that begin so are: most characters
HEAD = 3


class Token(NamedTuple):
    """A piece of the vocabulary and the characters of the text that it stands for."""

    id: int
    start: int
    end: int


class Unigram:
    """A tokenizer over one vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ids = dict(zip(vocabulary.pieces, range(len(vocabulary.pieces)), strict=True))
        for piece in (b"", vocabulary.pieces[vocabulary.unknown]):
            self._ids.pop(piece, None)
        self._longest = _longest(self._ids)
        self._scores = vocabulary.scores
        self._unknown_score = min(vocabulary.scores) - UNKNOWN_COST

    def normalized(self, text: str) -> str:
        """The text as pieces are looked for in it: normal forms, single blanks, a leading 「▁」."""
        return "".join(self._normalized(text)[0])

    def _normalized(self, text: str) -> tuple[list[str], list[int]]:
        """The characters that pieces are looked for in, and the place of each in `text`."""
        normal = self._vocabulary.normal
        chars, places = [" "], [0]
        for place, char in enumerate(text):
            for one in normal.get(ord(char), char):
                if one != " " or chars[-1] != " ":
                    chars.append(one)
                    places.append(place)
        return [BLANK if char == " " else char for char in chars], places

    def ids(self, text: str) -> list[int]:
        """Token ids of `text`, without those that open and close a sequence."""
        return [token.id for token in self.tokens(text)]

    def tokens(self, text: str) -> list[Token]:
        """The tokens of `text`, without those that open and close a sequence."""
        plain, places = self._normalized(text)
        chars = [c.encode("utf-8", "replace") for c in plain]
        raw = b"".join(chars)
        ends = [0, *accumulate(map(len, chars))]
        best = [0.0] + [float("-inf")] * len(chars)
        way: list[tuple[int, int]] = [(0, 0)] * (len(chars) + 1)
        ids, scores = self._ids, self._scores
        for start, begin in enumerate(ends[:-1]):
            so_far = best[start]
            longest = begin + self._longest.get(raw[begin : begin + HEAD], HEAD - 1)
            for end in range(start + 1, len(ends)):
                stop = ends[end]
                if stop > longest:
                    break
                id = ids.get(raw[begin:stop])
                if id is not None and so_far + scores[id] > best[end]:
                    best[end], way[end] = so_far + scores[id], (id, start)
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1] = so_far + self._unknown_score
                way[start + 1] = (self._vocabulary.unknown, start)
        found = []
        at = len(chars)
        while at:
            id, start = way[at]
            found.append(Token(id, places[start], places[at - 1] + 1))
            at = start
        return found[::-1]


def _longest(pieces: Iterable[bytes]) -> dict[bytes, int]:
    """Of pieces of HEAD bytes or more, the longest that begins so, in bytes.

    >>> _longest([b"abc", b"abcde", b"ab"])
    {b'abc': 5}
    """
    found: dict[bytes, int] = {}
    for piece in pieces:
        if len(piece) >= HEAD:
            head = piece[:HEAD]
            if len(piece) > found.get(head, 0):
                found[head] = len(piece)
    return found
