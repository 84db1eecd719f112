"""Text to what multilingual-e5-small reads: tokens, then words and places added up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.e5.file import ModelFile, unpacked
from index.e5.unigram import Token, Unigram

Floats = NDArray[np.float32]


class Inputs:
    """The model's tokenizer and its embeddings."""

    def __init__(self, file: ModelFile) -> None:
        self._tokenizer = Unigram(file.vocabulary)
        self._vocabulary, self._longest = file.vocabulary, file.sizes.longest
        hidden = file.sizes.hidden
        self._words = file.blocks("emb.word", hidden)
        self._places = file.floats("emb.pos").reshape(-1, hidden)
        self._kind = file.floats("emb.type")[:hidden]

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text as far as the model reads it, without what opens and closes it."""
        return self._tokenizer.tokens(text)[: self._longest - 2]

    def embeddings(self, ids: Sequence[int]) -> Floats:
        """Words and places, between what opens and closes a text; shape (len(ids) + 2, hidden)."""
        whole = [self._vocabulary.bos, *ids, self._vocabulary.eos]
        found: Floats = unpacked(self._words[whole]) + self._places[: len(whole)] + self._kind
        return found

    def of(self, text: str) -> Floats:
        """What is read of a text, shape (tokens + 2, hidden)."""
        return self.embeddings([token.id for token in self.tokens(text)])
