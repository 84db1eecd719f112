"""Text to token ids, as SentencePiece's unigram model does it (Kudo 2018).

Characters become their normal forms, blanks become 「▁」, and of all ways to cut the text into
pieces of the vocabulary the likeliest is taken (Viterbi). Unknown characters cost ten more than
the rarest piece, as in SentencePiece.
"""

from __future__ import annotations

from typing import NamedTuple

from index.e5.file import Vocabulary

BLANK = "▁"
#: cost of an unknown character beyond the rarest piece
UNKNOWN_COST = 10.0


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
        ends = [0]
        for char in chars:
            ends.append(ends[-1] + len(char))
        best = [0.0] + [float("-inf")] * len(chars)
        way: list[tuple[int, int]] = [(0, 0)] * (len(chars) + 1)
        for start, begin in enumerate(ends[:-1]):
            so_far = best[start]
            for end in range(start + 1, len(ends)):
                if ends[end] - begin > self._vocabulary.longest:
                    break
                id = self._ids.get(raw[begin : ends[end]])
                if id is not None and so_far + self._scores[id] > best[end]:
                    best[end], way[end] = so_far + self._scores[id], (id, start)
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
