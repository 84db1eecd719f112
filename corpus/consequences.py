"""What a change of text entails: rules and notes that go stale, topics, silences, questions.

Provisions, notes, topics and silences are read as data beside the old version; evaluation
sets are named by path, journal entries are given. Nothing is written.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from corpus.address import Address, AddressError
from corpus.alignment import Part, walk
from corpus.comparison import Change, Comparison
from corpus.curated import curated_rows
from corpus.errors import YakkanError
from corpus.library import Library
from corpus.notes import all_notes
from corpus.references import all_references

#: kinds of consequence and their names for a reader
NAMES = {
    "rule": "計算規則", "note": "メモ", "topic": "論点", "silence": "定めのない事項", "evaluation": "評価問題",
    "answer": "過去の回答", "reference": "条番号の引用",
}  # fmt: skip
_STATES = {"stale": "読み直しが必要", "gone": "元の条項が削除", "renumbered": "番地の付け替えだけ"}


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that stands on the old words.

    kind: see NAMES; name: rule name, topic id, question id, …; clause: the old address it
    names; state: stale (the words changed), gone (the clause is no more) or renumbered (same
    words elsewhere); detail: the words or the new address.
    """

    kind: str
    name: str
    clause: str
    state: str
    detail: str = ""

    @property
    def message(self) -> str:
        """「計算規則 late_charge（vpn:8.4）: 読み直しが必要」."""
        more = f"（{self.detail}）" if self.detail else ""
        return f"{NAMES[self.kind]} {self.name}（{self.clause}）: {_STATES[self.state]}{more}"

    def to_dict(self) -> dict[str, str]:
        """As data, for --json."""
        return {"kind": self.kind, "name": self.name, "clause": self.clause, "state": self.state, "detail": self.detail}  # fmt: skip


def summary(found: Iterable[Consequence]) -> list[str]:
    """A line per kind and state: 「論点 2件（読み直しが必要）: a、b」."""
    grouped: dict[tuple[str, str], list[str]] = {}
    for consequence in found:
        names = grouped.setdefault((consequence.kind, consequence.state), [])
        if consequence.name not in names:
            names.append(consequence.name)
    return [
        f"{NAMES[kind]} {len(names)}件（{_STATES[state]}）: {'、'.join(names)}"
        for (kind, state), names in grouped.items()
    ]


@dataclass(frozen=True, slots=True)
class Dependent:
    """Something that names a clause; `words` must stand in it, the whole clause where none."""

    kind: str
    name: str
    clause: Address
    words: tuple[str, ...] = ()


def consequences(
    comparison: Comparison, *, library: Library | None = None, evaluations: Iterable[Path] = (),
    journal: Iterable[Mapping[str, Any]] = (),
) -> dict[int, tuple[Consequence, ...]]:  # fmt: skip
    """Consequences by index of the change in `comparison.changes`.

    library: whose topics and silences are read, none where it is None; evaluations: JSONL files; journal: answers as mappings with `id` and `citations`.
    """
    known = [
        *dependents(comparison, library),
        *_evaluations(evaluations, comparison),
        *_answers(journal, comparison),
    ]
    parts = {part.address: part for part in walk(comparison.alignment.old)}
    found: dict[int, list[Consequence]] = {}
    touched = _Touched(comparison, parts)
    for dependent in known:
        consequence = _judge(dependent, parts.get(dependent.clause))
        if consequence is not None:
            for index in touched.by(dependent.clause, consequence.state):
                found.setdefault(index, []).append(consequence)
    for index, consequence in _misdirected(comparison, parts, touched):
        found.setdefault(index, []).append(consequence)
    return {index: tuple(dict.fromkeys(rows)) for index, rows in sorted(found.items())}


def _judge(dependent: Dependent, part: Part | None) -> Consequence | None:
    at = (dependent.kind, dependent.name, str(dependent.clause))
    if part is None:
        return None
    if part.mate is None:
        return Consequence(*at, "gone")
    text, moved = part.mate.clause.full_text, part.mate.address != part.address
    if dependent.words:
        lost = [word for word in dependent.words if word not in text]
        if lost:
            return Consequence(*at, "stale", lost[0])
    elif text != part.clause.full_text:
        return Consequence(*at, "stale", str(part.mate.address) if moved else "")
    return Consequence(*at, "renumbered", str(part.mate.address)) if moved else None


class _Touched:
    """Which changes touch a clause, by old address."""

    def __init__(self, comparison: Comparison, parts: dict[Address, Part]) -> None:
        self.parts = parts
        back = {new: old for old, new in comparison.alignment.renamed.items()}
        self.exact: dict[Address, list[int]] = {}
        self.above: dict[Address, list[int]] = {}
        for index, change in enumerate(comparison.changes):
            for address in filter(None, (_old_place(change, back),)):
                self.exact.setdefault(address, []).append(index)
                above: Address | None = address
                while above is not None:
                    self.above.setdefault(above, []).append(index)
                    above = above.parent
        self.kinds = [change.kind for change in comparison.changes]

    def by(self, clause: Address, state: str) -> list[int]:
        """Changes in or at `clause`; for moved and lost clauses also those around it."""
        inside = self.above.get(clause, [])
        if state == "stale":
            return [
                i
                for i in inside
                if self.kinds[i] not in ("moved", "renumbered") or clause not in self.exact
            ] or inside
        around: list[int] = []
        at: Address | None = clause
        while at is not None:
            around += self.exact.get(at, [])
            at = at.parent
        wanted = ("removed",) if state == "gone" else ("moved", "renumbered", "changed")
        return [i for i in dict.fromkeys(around) if self.kinds[i] in wanted]


def _old_place(change: Change, back: dict[Address, Address]) -> Address | None:
    """The old address that a change touches; for an added clause, that of its parent."""
    if change.old is not None:
        return change.old
    parent = change.new.parent if change.new else None
    return back.get(parent) if parent is not None else None


# -- what stands on the words --------------------------------------------------------------


def dependents(comparison: Comparison, library: Library | None = None) -> Iterator[Dependent]:
    """Provisions, notes, topics and silences that name clauses of the old version."""
    old = comparison.old
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


def _evaluations(paths: Iterable[Path], comparison: Comparison) -> Iterator[Dependent]:
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
                for address in dict.fromkeys(
                    a for a in named if a.agreement == comparison.old.agreement.id
                ):
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


def _answers(journal: Iterable[Mapping[str, Any]], comparison: Comparison) -> Iterator[Dependent]:
    agreement, version = comparison.old.agreement.id, comparison.old.effective.isoformat()
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


# -- references that now point elsewhere -----------------------------------------------------


def _misdirected(
    comparison: Comparison, parts: dict[Address, Part], touched: _Touched
) -> Iterator[tuple[int, Consequence]]:
    """References of unchanged clauses whose number now names another clause, or none."""
    renamed = comparison.alignment.renamed
    if all(old == new for old, new in renamed.items()) and len(renamed) == len(parts):
        return
    for clause, reference in all_references(comparison.old):
        part = parts[clause.address]
        if (
            part.mate is None
            or part.mate.own != part.own
            or reference.kind not in ("article", "paragraph")
        ):
            continue
        for target in reference.targets[:1]:
            gone, moved = (
                target in parts and target not in renamed,
                renamed.get(target, target) != target,
            )
            if (gone or moved) and not _relative(reference.kind, target, clause.address, renamed):
                state = "gone" if gone else "renumbered"
                new = "" if gone else f"{reference.printed} → {renamed[target]}"
                for index in touched.by(target, state)[:1]:
                    yield (
                        index,
                        Consequence(
                            "reference",
                            reference.printed,
                            str(part.mate.address),
                            "gone" if gone else "stale",
                            new,
                        ),
                    )


def _relative(kind: str, target: Address, here: Address, renamed: dict[Address, Address]) -> bool:
    """第1項 said inside its own article stays right when only the article's number changes."""
    if kind != "paragraph" or target.article != here.article:
        return False
    new = renamed.get(target)
    return new is not None and new.paragraph == target.paragraph
