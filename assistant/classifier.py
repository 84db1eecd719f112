"""A linear classifier over the candidates of one agreement, trained on the written questions.

It sees what nearest questions cannot: which words and readings speak for one candidate and
against its neighbours. Inputs are hashed character pairs, words and kana readings (so that
かえすときのそうりょう meets 返すときの送料) and the question's vector. Weights are trained by
`evals/train_classifier.py`, stored as 8-bit integers, and used only while their candidates
are the ones at hand; an agreement without them is judged by the other evidence alone.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import storage, tokenizer

Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "data"
#: hashed dimensions
BUCKETS = 4096
#: how much the vector weighs beside the words
VECTOR_SCALE = 10.0
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def signs(text: str) -> Iterable[str]:
    """What the classifier sees of a text: p:pairs, w:words and r:three kana of its reading.

    >>> sorted(signs("返す"))
    ['p:返す', 'r:カエス', 'w:返す']
    """
    yield from (f"p:{pair}" for pair in tokenizer.pairs(text))
    yield from (f"w:{word}" for word in tokenizer.words(text))
    read = reading(text)
    yield from (f"r:{read[i : i + 3]}" for i in range(len(read) - 2))


def reading(text: str) -> str:
    """The text in katakana, as it is read.

    >>> reading("返すときの送料")
    'カエストキノソウリョウ'
    """
    found = []
    for word in tokenizer.tagger()(tokenizer.normalize(text)):
        kana = getattr(word.feature, "kana", None) or word.surface
        found.append(kana if kana != "*" else word.surface)
    return "".join(c for c in "".join(found).translate(_TO_KATAKANA) if "ァ" <= c <= "ー")


def hashed(text: str) -> Floats:
    """Signs in BUCKETS dimensions, log-scaled counts, unit length, shape (BUCKETS,)."""
    row = np.zeros(BUCKETS, np.float32)
    for sign, count in Counter(signs(text)).items():
        row[zlib.crc32(sign.encode()) % BUCKETS] += 1 + np.log(count)
    norm = float(np.linalg.norm(row)) or 1.0
    return row / norm


def inputs(text_row: Floats, vector: Floats, centre: Floats) -> Floats:
    """The classifier's input, shape (BUCKETS + dim,)."""
    return np.concatenate([text_row, (vector - centre) * VECTOR_SCALE]).astype(np.float32)


@dataclass(frozen=True)
class Classifier:
    """Weights of one agreement: `matrix` int8 (classes, inputs) times `scales` (classes,)."""

    ids: tuple[str, ...]
    matrix: NDArray[np.int8]
    scales: Floats
    bias: Floats
    centre: Floats
    idf: Floats

    def log_probabilities(self, text: str, vector: Floats) -> Floats:
        """Log-probability of every class, shape (classes,)."""
        row = inputs(weighted(hashed(text), self.idf), vector, self.centre)
        used = np.flatnonzero(row)
        utility = (self.matrix[:, used].astype(np.float32) @ row[used]) * self.scales + self.bias
        utility -= utility.max()
        found: Floats = utility - np.log(np.exp(utility).sum())
        return found

    def save(self, file: Path, mark: str) -> None:
        """Write the weights, marked with what they were trained on."""
        arrays: storage.Arrays = {
            "ids": storage.pack_words(self.ids), "matrix": self.matrix, "scales": self.scales,
            "bias": self.bias, "centre": self.centre, "idf": self.idf,
        }  # fmt: skip
        storage.write(file, arrays, mark)


def weighted(row: Floats, idf: Floats) -> Floats:
    """A hashed row by idf, unit length."""
    found = row * idf
    norm = float(np.linalg.norm(found)) or 1.0
    result: Floats = (found / norm).astype(np.float32)
    return result


def mark_of(ids: Sequence[str], embedder: str) -> str:
    """Fits only the same candidates, tokenizer and embedder."""
    return storage.fingerprint(
        classifier=1, buckets=BUCKETS, tokenizer=tokenizer.TOKENIZER_VERSION, embedder=embedder,
        ids="\n".join(ids),
    )  # fmt: skip


def load(
    agreement: str, ids: Sequence[str], embedder: str, folder: Path = FOLDER
) -> Classifier | None:
    """The shipped classifier, or None where it is missing, damaged or for other candidates."""
    arrays = storage.read(folder / f"classifier-{agreement}.npz", mark_of(ids, embedder)).arrays
    if arrays is None:
        return None
    return _from(arrays)


def _from(arrays: storage.Arrays) -> Classifier | None:
    try:
        return Classifier(
            tuple(storage.unpack_words(arrays["ids"])),
            np.asarray(arrays["matrix"], np.int8),
            *(np.asarray(arrays[name], np.float32) for name in ("scales", "bias", "centre", "idf")),
        )
    except KeyError:
        return None
