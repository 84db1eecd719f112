"""Text to token ids, as SentencePiece's unigram model does it (Kudo 2018).

Characters become their normal forms, blanks become 「▁」, and of all ways to cut the text into
pieces of the vocabulary the likeliest is taken (Viterbi). Unknown characters cost ten more than
the rarest piece, as in SentencePiece.
"""

from __future__ import annotations

from index.e5_file import Vocabulary

BLANK = "▁"
#: cost of an unknown character beyond the rarest piece
UNKNOWN_COST = 10.0


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
        normal = self._vocabulary.normal
        found = "".join([normal.get(ord(c), c) for c in text])
        while "  " in found:
            found = found.replace("  ", " ")
        if not found.startswith(" "):
            found = " " + found
        return found.replace(" ", BLANK)

    def ids(self, text: str) -> list[int]:
        """Token ids of `text`, without those that open and close a sequence."""
        chars = [c.encode("utf-8", "replace") for c in self.normalized(text)]
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
            id, at = way[at]
            found.append(id)
        return found[::-1]
