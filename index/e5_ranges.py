"""How large what a product of multilingual-e5-small reads gets, place by place.

Read by `index/e5_weights.py`, which makes the few very large places smaller before they are rounded
to eight bits. `index/e5_measure.py` writes the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import storage
from index.e5_file import ModelFileError, Sizes

Floats = NDArray[np.float32]

RANGES = Path(__file__).parent / "data" / "e5-ranges.npz"
#: products that read what a layer norm gives out
SMOOTHED = ("qkv", "fi")


@dataclass(frozen=True)
class Ranges:
    """Largest absolute value of every place that a product reads: name → shape (inputs,)."""

    arrays: Mapping[str, Floats]

    @classmethod
    def none(cls, sizes: Sizes) -> Ranges:
        """All places alike."""
        ones = np.ones(sizes.hidden, np.float32)
        return cls({f"l{n}.{product}": ones for n in range(sizes.layers) for product in SMOOTHED})

    @classmethod
    def load(cls, sizes: Sizes, path: Path = RANGES) -> Ranges:
        """The ranges in a file. Raises ModelFileError where it is missing or damaged."""
        loaded = storage.read(path, _mark())
        if loaded.arrays is None:
            raise ModelFileError(f"{path.name}: {loaded.reason}")
        arrays = {name: array.astype(np.float32) for name, array in loaded.arrays.items()}
        wanted = {name: array.shape for name, array in cls.none(sizes).arrays.items()}
        if {name: array.shape for name, array in arrays.items()} != wanted:
            raise ModelFileError(f"{path.name}: not for a model of this size")
        return cls(arrays)

    def save(self, path: Path = RANGES) -> None:
        """Write the ranges as 16-bit floats, atomically."""
        halves = {name: array.astype(np.float16) for name, array in self.arrays.items()}
        storage.write(path, halves, _mark(), compress=False)


def _mark() -> str:
    return storage.fingerprint(ranges=1, smoothed=",".join(SMOOTHED))
