"""Index files: atomic writes, fingerprints, and damage noticed rather than believed.

A file is an `.npz` of plain arrays plus its fingerprint. It is written beside its place and
moved into it, so a reader sees the old file or the new one. A truncated, damaged or foreign
file reads as absent, with the reason, and is rebuilt.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: raised when the layout of index files changes
FORMAT = 1
PACKAGED = Path(__file__).parent / "data"

#: what numpy and zipfile raise on truncated, overwritten or foreign bytes
_DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    EOFError,
    MemoryError,
    RuntimeError,  # with NotImplementedError: flags and methods that were never written
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
)

Arrays = dict[str, NDArray[Any]]
_META = "fingerprint"


def fingerprint(**parts: str | int | Sequence[str]) -> str:
    """Sixteen hex digits that change with any of the named parts."""
    told = json.dumps({"format": FORMAT, **parts}, ensure_ascii=False, sort_keys=True, default=list)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def text_key(text: str) -> int:
    """64-bit content key of a text: the first 8 bytes of its SHA-256."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a file held: its arrays, or None with the reason in Japanese."""

    arrays: Arrays | None
    reason: str = ""


def write(
    path: Path, arrays: Mapping[str, NDArray[Any]], mark: str, *, compress: bool = True
) -> None:
    """Write arrays and their fingerprint atomically; raises OSError where it may not write.

    compress: false for what hardly gets smaller and is read at every start, such as vectors.
    """
    buffer = io.BytesIO()
    meta = np.frombuffer(mark.encode(), np.uint8)
    save = np.savez_compressed if compress else np.savez
    save(buffer, allow_pickle=False, **{**arrays, _META: meta})
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(buffer.getbuffer())
            out.flush()
            os.fsync(out.fileno())
        Path(partial).chmod(0o644)
        Path(partial).replace(path)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def read(path: Path, mark: str) -> Loaded:
    """Read the arrays of `path` if it is whole and carries the fingerprint `mark`."""
    if not path.is_file():
        return Loaded(None, "索引ファイルがありません")
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        found = arrays.pop(_META).tobytes().decode()
    except _DAMAGE as error:
        return Loaded(None, f"索引ファイルが壊れています（{type(error).__name__}）")
    if found != mark:
        return Loaded(None, "別の規約・設定で作られた索引です")
    return Loaded(arrays)


def pack_words(words: Iterable[str]) -> NDArray[np.uint8]:
    """Words as one array of UTF-8 bytes, newline separated."""
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def unpack_words(packed: NDArray[np.uint8]) -> list[str]:
    """The words `pack_words` packed."""
    return packed.tobytes().decode().split("\n") if packed.size else []
