"""A small agreement to write anywhere, and an embedder of character pairs."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.e5.model import Reading
from index.embedders import read_apart
from index.tokenizer import pairs

TERMS = """# {title}

## 第1章 総則

### 第1条（目的）

この規約は、{thing}の提供条件を定めます。

### 第2条（解約）

契約者は、1か月前までに書面で通知して解約できます。
2 次の各号に該当する場合は、違約金を請求します。
（1） 最低利用期間内に解約したとき
（2） 虚偽の申込みをしたとき

### 第3条（料金）

料金は料金表に定めます。

## 附則

この規約は、2024年4月1日から実施します。
"""


class Counting:
    """An embedder that counts character pairs; remembers what it was asked to embed."""

    name = "counting"
    dim = 64

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, text: str) -> NDArray[np.float32]:
        self.asked.append(text)
        vector = np.zeros(self.dim, np.float32)
        for pair in pairs(text):
            vector[zlib.crc32(pair.encode()) % self.dim] += 1
        return vector / max(float(np.linalg.norm(vector)), 1e-9)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.query(text) for text in texts])

    def views(self, readings: Sequence[Reading]) -> list[NDArray[np.float32]]:
        return read_apart(self.queries, readings)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return np.stack([self.query(text) for text in texts])


def write_agreement(root: Path, id: str, title: str, thing: str, day: str = "2024-04-01") -> Path:
    folder = root / id / day
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "terms.txt").write_text(TERMS.format(title=title, thing=thing), encoding="utf-8")
    toml = f'title = "{title}"\nshort = "{title}"\naliases = ["{thing}"]\n'
    (root / id / "agreement.toml").write_text(toml, encoding="utf-8")
    return folder / "terms.txt"
