"""Vectors by content: a text that was embedded once is never embedded again.

Vectors are keyed by a hash of the text and its prompt, so a changed clause embeds only itself.
Two layers: the vectors shipped inside the package (read only) and those of the operator's
store (written when there is one). 16-bit floats: cosines differ by less than 0.001.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from index import storage
from index.embedders import Embedder

Halves = NDArray[np.float16]
Prompt = Literal["query", "passage"]

#: texts embedded between two saves, so that an interruption loses little
BATCH = 2_048
#: texts whose embedding takes so long that somebody who waits is told
MANY = 64

_LOG = logging.getLogger(__name__)


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
        self._saved = 0
        self._known = self._read(packaged) if packaged else {}
        self._shipped = frozenset(self._known)
        if store is not None:
            self._known |= self._read(store)

    def _read(self, folder: Path) -> dict[int, Halves]:
        arrays = storage.read(folder / self._file, self._mark).arrays
        if arrays is None or not {"keys", "vectors"} <= arrays.keys():
            return {}
        return dict(zip(arrays["keys"].tolist(), arrays["vectors"], strict=True))

    def get(self, texts: Sequence[str], prompt: Prompt) -> Halves:
        """Vectors of `texts`, shape (len(texts), dim); the unknown ones are embedded."""
        keys = self.keys(texts, prompt)
        missing = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._known
        }
        unknown = list(missing.items())
        if len(unknown) > MANY:
            _LOG.warning("検索索引を作成しています（%d件の埋め込み）…", len(unknown))
        for start in range(0, len(unknown), BATCH):
            batch = unknown[start : start + BATCH]
            self._embed([key for key, _ in batch], [text for _, text in batch], prompt)
            self.save()
        if not keys:
            return np.zeros((0, self.embedder.dim), np.float16)
        return np.stack([self._known[key] for key in keys])

    def _embed(self, keys: list[int], texts: list[str], prompt: Prompt) -> None:
        if prompt == "query":
            vectors = self.embedder.queries(texts)
        else:
            vectors = self.embedder.passages(texts)
        for key, vector in zip(keys, vectors, strict=True):
            self._known[key] = vector.astype(np.float16)
        self.embedded += len(keys)

    @staticmethod
    def keys(texts: Iterable[str], prompt: Prompt) -> list[int]:
        """Content keys of texts under a prompt."""
        return [storage.text_key(f"{prompt}\0{text}") for text in texts]

    def missing(self, texts: Iterable[str], prompt: Prompt) -> int:
        """How many of `texts` would have to be embedded."""
        return sum(key not in self._known for key in self.keys(texts, prompt))

    def save(self) -> None:
        """Write what is not shipped to the store, beside what others have put there meanwhile.

        A store that cannot be written is left as it is: the vectors stay in memory.
        """
        if self._store is None or self.embedded == self._saved:
            return
        self._known = self._read(self._store) | self._known
        with contextlib.suppress(OSError):
            self.write(self._store, self._known.keys() - self._shipped)
        self._saved = self.embedded

    def write(self, folder: Path, keep: AbstractSet[int]) -> Path:
        """Write the vectors of the keys in `keep` to `folder`; raises OSError where it may not."""
        keys = sorted(self._known.keys() & keep)
        rows = [self._known[key] for key in keys]
        arrays: storage.Arrays = {
            "keys": np.array(keys, np.uint64),
            "vectors": np.stack(rows) if rows else np.zeros((0, self.embedder.dim), np.float16),
        }
        storage.write(folder / self._file, arrays, self._mark, compress=False)
        return folder / self._file
