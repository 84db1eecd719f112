"""Between what values the things that a product of multilingual-e5-small reads keep, place by place.

Read by `index/e5/weights.py`, which rounds them to eight bits: very large places are made smaller
first, or multiplied in floats. `index/e5/measure.py` writes the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import runtime, storage
from index.e5 import arrays as files
from index.e5.file import PRODUCTS, Sizes

Floats = NDArray[np.float32]

RANGES = runtime.DATA / "e5-ranges.npz"


@dataclass(frozen=True)
class Ranges:
    """Lowest and highest value of every place that a product reads: name → shape (2, inputs)."""

    arrays: Mapping[str, Floats]

    @classmethod
    def none(cls, sizes: Sizes) -> Ranges:
        """All places alike, between -1 and 1."""
        inputs = dict.fromkeys(PRODUCTS, sizes.hidden) | {"fo": sizes.forward}
        ends = np.array([[-1], [1]], np.float32)
        return cls(
            {
                f"l{n}.{product}": np.repeat(ends, inputs[product], axis=1)
                for n in range(sizes.layers)
                for product in PRODUCTS
            }
        )

    @classmethod
    def load(cls, sizes: Sizes, path: Path = RANGES) -> Ranges:
        """The ranges in a file. Raises ModelFileError where it is missing or damaged."""
        return cls(files.read(path, _mark(), cls.none(sizes).arrays))

    def save(self, path: Path = RANGES) -> None:
        """Write the ranges as 16-bit floats, atomically."""
        files.write(path, _mark(), self.arrays)


def _mark() -> str:
    return storage.fingerprint(ranges=2, products=list(PRODUCTS))
