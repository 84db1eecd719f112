"""An uploaded terms file as a version: bounded in size and kind, read by `corpus.readers`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import YakkanError
from corpus.opening import version_of_text
from corpus.readers import SUFFIXES, read

if TYPE_CHECKING:
    from corpus.library import Version

MAX_BYTES = 5_000_000


class UnusableUpload(YakkanError):
    """An upload that is too large, of another kind, or holds no article."""


def version(name: str, data: bytes, agreement: str) -> Version:
    """The uploaded text as a version of `agreement`; raises UnusableUpload or a reader's error."""
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnusableUpload(
            f"『{name[:60]}』の形式は読めません。{' '.join(SUFFIXES)} のどれかを選んでください。"
        )
    if len(data) > MAX_BYTES:
        raise UnusableUpload(
            f"ファイルが大きすぎます（{len(data):,}バイト）。{MAX_BYTES:,}バイトまでのファイルを選んでください。"
        )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix}"
        path.write_bytes(data)
        made = version_of_text(read(path), agreement)
    if not made.clauses():
        raise UnusableUpload(
            f"『{name[:60]}』に条（第1条…）が見つかりません。規約の本文か確かめてください。"
        )
    return made
