"""How large what a product of multilingual-e5-small reads gets, place by place.

Read by `index/e5/weights.py`, which makes the few very large places smaller before they are rounded
to eight bits. `index/e5/measure.py` writes the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import runtime, storage
from index.e5 import arrays as files
from index.e5.file import Sizes

Floats = NDArray[np.float32]

RANGES = runtime.DATA / "e5-ranges.npz"
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
        return cls(files.read(path, _mark(), cls.none(sizes).arrays))

    def save(self, path: Path = RANGES) -> None:
        """Write the ranges as 16-bit floats, atomically."""
        files.write(path, _mark(), self.arrays)


def _mark() -> str:
    return storage.fingerprint(ranges=1, smoothed=",".join(SMOOTHED))
