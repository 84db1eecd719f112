"""Curated notes: what a clause says in plain words and what people ask that it answers.

`notes.toml` stands beside the text it explains. Each note carries the hash of its clause; a
note whose clause has changed is stale and is neither searched nor shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli as tomllib

from corpus.errors import YakkanError
from corpus.library import Version


@dataclass(frozen=True, slots=True)
class Note:
    """Knowledge about one clause. `gives`: the kinds of fact that the clause states."""

    address: str
    summary: str
    questions: tuple[str, ...]
    topics: tuple[str, ...] = ()
    hash: str = ""
    gives: tuple[str, ...] = ()


def load_notes(version: Version) -> dict[str, Note]:
    """The notes that still fit their clause, by address; empty where there is no file."""
    return {note.address: note for note in all_notes(version) if not _is_stale(note, version)}


def stale_notes(version: Version) -> tuple[Note, ...]:
    """Notes whose clause is gone or has changed since they were written."""
    return tuple(note for note in all_notes(version) if _is_stale(note, version))


def all_notes(version: Version) -> tuple[Note, ...]:
    """Every note beside `version`, stale or not; raises YakkanError for a broken file."""
    path = version.folder / "notes.toml"
    try:
        stat = path.stat()
    except OSError:
        return ()
    return _read(path, stat.st_mtime_ns)


@lru_cache(maxsize=64)
def _read(path: Path, _changed: int) -> tuple[Note, ...]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise YakkanError(
            f"メモ {path.parent.parent.name}/{path.parent.name}/notes.toml を読めません（{error}）。"
        ) from None
    return tuple(_note(row) for row in data.get("note", ()))


def _note(row: dict[str, Any]) -> Note:
    return Note(
        address=str(row.get("clause", "")),
        summary=str(row.get("summary", "")),
        questions=tuple(map(str, row.get("questions", ()))),
        topics=tuple(map(str, row.get("topics", ()))),
        hash=str(row.get("hash", "")),
        gives=tuple(map(str, row.get("gives", ()))),
    )


def _is_stale(note: Note, version: Version) -> bool:
    clause = version.get(note.address)
    return clause is None or clause.hash != note.hash


def stamp(version: Version) -> int:
    """Write the hash of every clause into its note where it is empty; returns how many.

    An editor calls this after writing notes; a note that carries another hash is left, so
    that a stale note never becomes fresh unread.
    """
    import tomlkit

    path = version.folder / "notes.toml"
    document = tomlkit.parse(path.read_text(encoding="utf-8"))
    stamped = 0
    for row in document.get("note", []):
        clause = version.get(str(row.get("clause", "")))
        if clause is not None and not row.get("hash"):
            row["hash"] = clause.hash
            stamped += 1
    if stamped:
        partial = path.with_name(path.name + ".part")
        partial.write_text(tomlkit.dumps(document), encoding="utf-8")
        partial.replace(path)
    return stamped
