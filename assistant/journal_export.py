"""Records as a table for spreadsheet programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

from assistant.answer import STATUS_LABELS
from assistant.journal import Entry

HEAD = [
    "番号",
    "日時",
    "利用者",
    "質問",
    "判定",
    "回答",
    "引用",
    "版",
    "本文指紋",
    "索引指紋",
    "作成",
    "評価",
    "理由",
]


def as_csv(found: Iterable[Entry]) -> str:
    """Records as CSV with a byte order mark, which spreadsheet programs need for Japanese.

    A cell that a spreadsheet would run as a formula is written as text.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows([_cell(value) for value in _row(entry)] for entry in found)
    return "\ufeff" + out.getvalue()


def _row(entry: Entry) -> tuple[Any, ...]:
    return (
        entry.id,
        entry.at.isoformat(timespec="seconds"),
        entry.audience,
        entry.question,
        STATUS_LABELS.get(entry.status, entry.status),
        entry.text,
        " ".join(f"{c['id']}#{c['hash']}" for c in entry.citations),
        " ".join(f"{agreement}@{version}" for agreement, version in entry.versions.items()),
        entry.corpus,
        entry.index,
        entry.origin,
        {True: "良い", False: "悪い", None: ""}[entry.good],
        entry.reason,
    )


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value
