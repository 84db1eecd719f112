"""What stands on the words of a version: provisions, notes, topics, silences, questions, answers.

All are read as data: this package does not know the calculators. Nothing is written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomli as tomllib

from corpus.address import Address, AddressError
from corpus.curated import curated_rows
from corpus.errors import YakkanError
from corpus.library import Library, Version
from corpus.notes import all_notes


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that names a clause; `words` must stand in it, the whole clause where none."""

    kind: str
    name: str
    clause: Address
    words: tuple[str, ...] = ()


def dependents(old: Version, library: Library | None = None) -> Iterator[Dependent]:
    """Provisions, notes, topics and silences that name clauses of the old version."""
    yield from provisions(old.folder / "provisions.toml")
    for note in all_notes(old):
        yield from _named("note", note.address, [note.address])
    for row in curated_rows(library, "topics.toml", "topic") if library else ():
        cell = row.get(old.agreement.id)
        if isinstance(cell, dict):
            yield from _named("topic", str(row.get("id", "")), cell.get("clauses", ()))
    for row in curated_rows(library, "silences.toml", "silence") if library else ():
        clauses = dict.fromkeys([*row.get("checked", ()), row.get("clause", "")])
        yield from _named("silence", str(row.get("id", "")), clauses)


def provisions(path: Path) -> Iterator[Dependent]:
    """The rules of a provisions.toml, each with its clause and the words it implements."""
    for row in _rows(path, "provision"):
        words = tuple(map(str, row.get("words", ())))
        rules = row.get("rule", ())
        for rule in [rules] if isinstance(rules, str) else rules:
            for dependent in _named("rule", str(rule), [row.get("clause", "")]):
                yield replace(dependent, words=words)


def _named(kind: str, name: str, clauses: Iterable[Any]) -> Iterator[Dependent]:
    for clause in clauses:
        address = _address(clause)
        if address is not None:
            yield Dependent(kind, name, address)


def _address(text: Any) -> Address | None:
    try:
        return Address.parse(str(text))
    except AddressError:
        return None


def _rows(path: Path, table: str) -> list[dict[str, Any]]:
    if not path.is_file():
        return []
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise YakkanError(
            f"{path.name} を読めません（{error}）。TOML の書式を直してください。"
        ) from None
    return [row for row in rows if isinstance(row, dict)]


def evaluation_items(paths: Iterable[Path], old: Version) -> Iterator[Dependent]:
    """Items of JSONL sets that name a clause of `old`; raises YakkanError for a broken file."""
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as error:
            raise YakkanError(
                f"評価問題のファイル「{path}」を読めません（{error.strerror}）。パスを確かめてください。"
            ) from None
        for number, line in enumerate(lines, 1):
            if line.strip():
                item = _item(path, number, line)
                named = (a for a in map(_address, _strings(item)) if a is not None)
                for address in dict.fromkeys(a for a in named if a.agreement == old.agreement.id):
                    yield Dependent("evaluation", f"{path.stem}/{item.get('id', number)}", address)


def _item(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except ValueError:
        item = None
    if not isinstance(item, dict):
        raise YakkanError(
            f"評価問題「{path.name}」の {number} 行目が JSON の行ではありません。一行に一問で書いてください。"
        )
    return item


def _strings(value: Any) -> Iterator[str]:
    """Every short string inside a JSON value."""
    if isinstance(value, str):
        if len(value) < 24 and ":" in value:
            yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def answers(journal: Iterable[Mapping[str, Any]], old: Version) -> Iterator[Dependent]:
    """Journal entries (`id`, `citations`) that quote the version `old`."""
    agreement, version = old.agreement.id, old.effective.isoformat()
    for entry in journal:
        for citation in entry.get("citations", ()):
            address = _address(citation.get("id", ""))
            if address is None or address.agreement != agreement:
                continue
            if str(citation.get("version", version)) == version:
                quote = str(citation.get("quote", ""))
                yield Dependent(
                    "answer", str(entry.get("id", "")), address, (quote,) if quote else ()
                )
