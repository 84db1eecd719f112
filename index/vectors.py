"""Vectors by content: a text that was embedded once is never embedded again.

Vectors are keyed by a hash of the text and its prompt, so a changed clause embeds only itself.
Two layers: the vectors shipped inside the package (read only) and those of the operator's
store (written when there is one). 16-bit floats: cosines differ by less than 0.001.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index import storage
from index.embedders import Embedder

Halves = NDArray[np.float16]
Prompt = Literal["query", "passage"]


class VectorCache:
    """Vectors of one embedder; `embedded` counts the texts that had to be embedded."""

    def __init__(
        self, embedder: Embedder, store: Path | None, packaged: Path | None = storage.PACKAGED
    ) -> None:
        self.embedder = embedder
        self.embedded = 0
        self._file = f"vectors-{re.sub(r'[^0-9A-Za-z._-]', '_', embedder.name)}.npz"
        self._mark = storage.fingerprint(vectors=embedder.name)
        self._store = store
        self._known: dict[int, Halves] = {}
        for folder in (packaged, store):
            if folder is not None:
                self._known |= self._read(folder)

    def _read(self, folder: Path) -> dict[int, Halves]:
        arrays = storage.read(folder / self._file, self._mark).arrays
        if arrays is None or not {"keys", "vectors"} <= arrays.keys():
            return {}
        return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))

    def get(self, texts: Sequence[str], prompt: Prompt) -> Halves:
        """Vectors of `texts`, shape (len(texts), dim); the unknown ones are embedded."""
        keys = [storage.text_key(f"{prompt}\0{text}") for text in texts]
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
        }
        if missing:
            self._embed(list(missing), list(missing.values()), prompt)
        if not keys:
            return np.zeros((0, self.embedder.dim), np.float16)
        return np.stack([self._known[key] for key in keys])

    def _embed(self, keys: list[int], texts: list[str], prompt: Prompt) -> None:
        if prompt == "query":
            vectors: Iterable[NDArray[np.float32]] = (self.embedder.query(text) for text in texts)
        else:
            vectors = self.embedder.passages(texts)
        for key, vector in zip(keys, vectors, strict=True):
            self._known[key] = vector.astype(np.float16)
        self.embedded += len(keys)

    def missing(self, texts: Iterable[str], prompt: Prompt) -> int:
        """How many of `texts` would have to be embedded."""
        return sum(storage.text_key(f"{prompt}\0{text}") not in self._known for text in texts)

    def save(self, folder: Path | None = None, keep: set[int] | None = None) -> None:
        """Write what is known (only the keys in `keep`, if given) to `folder` or the store.

        A store that cannot be written is left as it is: the vectors stay in memory.
        """
        folder = folder or self._store
        if folder is None or (self.embedded == 0 and keep is None):
            return
        keys = sorted(self._known.keys() & keep if keep is not None else self._known)
        vectors = (
            np.stack([self._known[key] for key in keys]) if keys else np.zeros((0, 1), np.float16)
        )
        arrays: storage.Arrays = {"keys": np.array(keys, np.uint64), "vectors": vectors}
        with contextlib.suppress(OSError):
            storage.write(folder / self._file, arrays, self._mark)
