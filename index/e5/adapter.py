"""What multilingual-e5-small has learnt about terms of service, on top of its own weights.

Low-rank additions (LoRA, Hu et al. 2021) to every product of the upper layers, trained by
`evals/train_encoder.py` on the written questions, then by `evals/distil_encoder.py` to do without
the prompt's tokens: W x becomes W x + up (down x). The model's own
file stays as the package has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import runtime, storage
from index.e5 import arrays as files
from index.e5.file import PRODUCTS, Sizes

Floats = NDArray[np.float32]

ADAPTER = runtime.DATA / "e5-adapter.npz"
#: width of the additions, and the first layer that has them
RANK = 32
FIRST = 6


def shapes(sizes: Sizes) -> Iterator[tuple[str, int, int]]:
    """(name, inputs, outputs) of every product that has an addition."""
    hidden, forward = sizes.hidden, sizes.forward
    ends = {
        "qkv": (hidden, 3 * hidden),
        "ao": (hidden, hidden),
        "fi": (hidden, forward),
        "fo": (forward, hidden),
    }
    for layer in range(FIRST, sizes.layers):
        for product in PRODUCTS:
            yield f"l{layer}.{product}", *ends[product]


@dataclass(frozen=True)
class Adapter:
    """The additions: of every product `name.down` (inputs, RANK) and `name.up` (RANK, outputs)."""

    arrays: Mapping[str, Floats]

    @classmethod
    def none(cls, sizes: Sizes) -> Adapter:
        """Additions of nothing: the model as the package has it."""
        arrays: dict[str, Floats] = {}
        for name, inputs, outputs in shapes(sizes):
            arrays[f"{name}.down"] = np.zeros((inputs, RANK), np.float32)
            arrays[f"{name}.up"] = np.zeros((RANK, outputs), np.float32)
        return cls(arrays)

    @classmethod
    def load(cls, sizes: Sizes, path: Path = ADAPTER) -> Adapter:
        """The additions in a file. Raises ModelFileError where it is missing or damaged."""
        return cls(files.read(path, _mark(), cls.none(sizes).arrays))

    def save(self, path: Path = ADAPTER) -> None:
        """Write the additions as 16-bit floats, atomically."""
        files.write(path, _mark(), self.arrays)


def _mark() -> str:
    return storage.fingerprint(adapter=1, rank=RANK, first=FIRST)
