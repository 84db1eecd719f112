"""Arrays that go along with multilingual-e5-small, read and written as 16-bit floats.

What was learnt on top of it (`index/e5/adapter.py`), what is known of its prompts
(`index/e5/prompts.py`) and between what values its products read (`index/e5/ranges.py`) are kept so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import storage
from index.e5.file import ModelFileError

Floats = NDArray[np.float32]


def read(path: Path, mark: str, like: Mapping[str, Floats]) -> dict[str, Floats]:
    """The arrays of a file, of the names and shapes of `like`.

    Raises ModelFileError where the file is missing, damaged, or for a model of another size.
    """
    loaded = storage.read(path, mark)
    if loaded.arrays is None:
        raise ModelFileError(f"{path.name}: {loaded.reason}")
    arrays = {name: array.astype(np.float32) for name, array in loaded.arrays.items()}
    wanted = {name: array.shape for name, array in like.items()}
    if {name: array.shape for name, array in arrays.items()} != wanted:
        raise ModelFileError(f"{path.name}: not for a model of this size")
    return arrays


def write(path: Path, mark: str, arrays: Mapping[str, Floats]) -> None:
    """Write arrays as 16-bit floats, atomically."""
    halves = {name: array.astype(np.float16) for name, array in arrays.items()}
    storage.write(path, halves, mark, compress=False)
