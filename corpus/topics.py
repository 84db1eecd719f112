"""Topics that run across agreements: one row per topic, one cell per agreement.

A cell names the clauses and gives the decisive facts in a sentence; `None` says that the
agreement has been read and has no provision, which is knowledge too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from corpus.curated import Checker, curated_rows
from corpus.library import Library

FILE = "topics.toml"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agreement says about a topic: its clauses and the facts in plain words."""

    clauses: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic with the everyday words for it.

    `cells` has a key for every agreement that was looked at; None = no provision there.
    """

    id: str
    name: str
    synonyms: tuple[str, ...]
    cells: Mapping[str, Cell | None]

    def silent_in(self, agreement: str) -> bool:
        """Whether `agreement` was looked at and has no provision."""
        return agreement in self.cells and self.cells[agreement] is None

    def queries(self) -> tuple[str, ...]:
        """The topic as people type it: its name, its synonyms, and a bare question."""
        return (self.name, *self.synonyms, f"{self.name}について", f"{self.name}はどうなりますか")


def load_topics(library: Library) -> tuple[Topic, ...]:
    """Every topic, in the order of the file, for the agreements that `library` holds."""
    return _read(library)[0]


def topic_problems(library: Library) -> tuple[str, ...]:
    """What is wrong with the file of topics, in words; empty when all is well.

    An agreement that no topic mentions (one just added) is not complained about.
    """
    return _read(library)[1]


def _read(library: Library) -> tuple[tuple[Topic, ...], tuple[str, ...]]:
    checker = Checker(library)
    rows = curated_rows(library, FILE, "topic")
    compared = tuple(id for id in library.ids if any(id in row for row in rows))
    found: dict[str, Topic] = {}
    for row in rows:
        topic = _topic(row, compared, checker)
        if topic.id in found or not topic.id:
            checker.report(topic.id or "（id なし）", "id が無いか、二度あります。")
            continue
        found[topic.id] = topic
    return tuple(found.values()), tuple(checker.problems)


def _topic(row: dict[str, Any], compared: tuple[str, ...], checker: Checker) -> Topic:
    id = str(row.get("id", ""))
    given = {key: _cell(id, row[key], checker) for key in compared if key in row}
    for missing in (key for key in compared if key not in row):
        checker.report(
            id, f"{missing} の欄がありません。定めがなければ {missing} = false とします。"
        )
    synonyms = checker.listed(id, row, "synonyms")
    return Topic(id, str(row.get("name", "")), synonyms, MappingProxyType(given))


def _cell(topic: str, value: Any, checker: Checker) -> Cell | None:
    if value is False:
        return None
    if not isinstance(value, dict):
        checker.report(topic, "欄は clauses と summary の表か false です。")
        return None
    clauses = checker.known(topic, checker.listed(topic, value, "clauses"))
    summary = str(value.get("summary", ""))
    if not clauses or not summary:
        checker.report(topic, "欄には現行の条項と要約が要ります。")
    return Cell(clauses, summary)
