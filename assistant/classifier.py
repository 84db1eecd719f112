"""A small network over the candidates of one agreement, trained on the written questions.

It sees what nearest questions cannot: which words and readings speak for one candidate and
against its neighbours. Inputs are hashed character pairs, words and kana readings (so that
かえすときのそうりょう meets 返すときの送料) and the question's vector; between them and the
candidates stands one hidden layer. Weights are trained by `evals/train_classifier.py`, stored as
8-bit integers, and used only while their candidates are the ones at hand; an agreement without
them is judged by the other evidence alone.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.tokens import analyse
from index import storage, tokenizer

Floats = NDArray[np.float32]

FOLDER = Path(__file__).parent / "data"
#: hashed dimensions
BUCKETS = 4096
#: lengths at which the words and the vector are shown to the network
TEXT_SCALE = 4.0
VECTOR_SCALE = 10.0
_NO_KANA = re.compile("[^ァ-ー]+")
_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def signs(text: str) -> dict[str, list[str]]:
    """What the classifier sees of a text: p: its pairs, w: words and r: three kana of its reading.

    >>> signs("返す")
    {'p:': ['返す'], 'w:': ['返す'], 'r:': ['カエス']}
    """
    read = reading(text)
    kana = [read[i : i + 3] for i in range(len(read) - 2)]
    return {"p:": tokenizer.pairs(text), "w:": tokenizer.words(text), "r:": kana}


def reading(text: str) -> str:
    """The text in katakana, as it is read.

    >>> reading("返すときの送料")
    'カエストキノソウリョウ'
    """
    found = []
    for word in analyse(tokenizer.normalize(text)):
        kana = word.kana or word.surface
        found.append(kana if kana != "*" else word.surface)
    return _NO_KANA.sub("", "".join(found).translate(_TO_KATAKANA))


@lru_cache(maxsize=256)
def hashed(text: str) -> Floats:
    """Signs in BUCKETS dimensions, log-scaled counts, unit length, shape (BUCKETS,); read-only."""
    places: list[int] = []
    counts: list[int] = []
    for kind, found in signs(text).items():
        told, start = Counter(found), zlib.crc32(kind.encode())
        places += [zlib.crc32(sign.encode(), start) % BUCKETS for sign in told]
        counts += told.values()
    row = np.bincount(places, 1 + np.log(np.array(counts, np.float64)), BUCKETS).astype(np.float32)
    row /= float(np.linalg.norm(row)) or 1.0
    row.flags.writeable = False  # one question is asked of several agreements
    return row


def inputs(told: Floats, vectors: Floats, centre: Floats) -> Floats:
    """The classifier's input for texts (hashed) and their vectors, shape (texts, BUCKETS + dim)."""
    parts = [told * TEXT_SCALE, (vectors - centre) * VECTOR_SCALE]
    return np.concatenate(parts, axis=1).astype(np.float32)


@dataclass(frozen=True)
class Layer:
    """Weights of one layer: `matrix` int8 (inputs, outputs) times `scales` (outputs,), plus `bias`."""

    matrix: NDArray[np.int8]
    scales: Floats
    bias: Floats

    @classmethod
    def rounded(cls, weights: Floats, bias: Floats) -> Layer:
        """A layer in eight bits; weights: shape (inputs, outputs)."""
        scales = np.maximum(np.abs(weights).max(axis=0), 1e-9).astype(np.float32) / 127
        return cls(np.rint(weights / scales).astype(np.int8), scales, bias.astype(np.float32))

    def of(self, rows: Floats) -> Floats:
        """The outputs of rows, shape (n, outputs); what is zero in all of them costs nothing."""
        used = np.flatnonzero(rows.any(axis=0))
        weights = self.matrix[used].astype(np.float32)
        found: Floats = (rows[:, used] @ weights) * self.scales + self.bias
        return found

    def of_all(self, rows: Floats) -> Floats:
        """The outputs of rows that are nowhere zero; the weights are unpacked once."""
        found: Floats = (rows @ self._unpacked) * self.scales + self.bias
        return found

    @cached_property
    def _unpacked(self) -> Floats:
        return self.matrix.astype(np.float32)

    def split(self, at: int) -> tuple[Layer, Layer]:
        """The layer's two halves, by input; the first has the bias."""
        first = Layer(self.matrix[:at], self.scales, self.bias)
        return first, Layer(self.matrix[at:], self.scales, np.zeros_like(self.bias))


@dataclass(frozen=True)
class Classifier:
    """The network of one agreement; `ids` are its candidates, in the order of its outputs."""

    ids: tuple[str, ...]
    hidden: Layer
    output: Layer
    centre: Floats
    idf: Floats

    def log_probabilities(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """Log-probability of every class for each text, shape (texts, classes).

        vectors: theirs, shape (texts, dim). The weights are read once for all texts.
        """
        told = np.stack([weighted(hashed(text), self.idf) for text in texts])
        rows = inputs(told, vectors, self.centre)
        words, meaning = self._halves
        inner = words.of(rows[:, :BUCKETS]) + meaning.of_all(rows[:, BUCKETS:])
        utility = self.output.of_all(np.maximum(inner, 0.0))
        utility -= utility.max(axis=1, keepdims=True)
        found: Floats = utility - np.log(np.exp(utility).sum(axis=1, keepdims=True))
        return found

    @cached_property
    def _halves(self) -> tuple[Layer, Layer]:
        """The hidden layer, for the words and for the vector."""
        return self.hidden.split(BUCKETS)

    def save(self, file: Path, mark: str) -> None:
        """Write the weights, marked with what they were trained on."""
        arrays: storage.Arrays = {
            "ids": storage.pack_words(self.ids), "centre": self.centre, "idf": self.idf,
        }  # fmt: skip
        for name, layer in (("hidden", self.hidden), ("output", self.output)):
            arrays |= {
                f"{name}.matrix": layer.matrix, f"{name}.scales": layer.scales, f"{name}.bias": layer.bias,
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
        classifier=2, buckets=BUCKETS, tokenizer=tokenizer.TOKENIZER_VERSION, embedder=embedder,
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
    def layer(name: str) -> Layer:
        return Layer(
            np.asarray(arrays[f"{name}.matrix"], np.int8),
            np.asarray(arrays[f"{name}.scales"], np.float32),
            np.asarray(arrays[f"{name}.bias"], np.float32),
        )

    try:
        return Classifier(
            tuple(storage.unpack_words(arrays["ids"])), layer("hidden"), layer("output"),
            np.asarray(arrays["centre"], np.float32), np.asarray(arrays["idf"], np.float32),
        )  # fmt: skip
    except KeyError:
        return None
