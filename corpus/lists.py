"""Lists: matters that many clauses of an agreement lay down together, all of them in its order.

They answer questions that want everything (「免責条項をすべて」「禁止事項の一覧」), where the nearest
clauses would be a part that looks like the whole. Kept in `lists.toml`; the topics of an agreement
(`corpus/topics.py`) serve as lists as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from corpus.curated import Checker, curated_rows
from corpus.library import Library
from corpus.topics import Topic, load_topics

FILE = "lists.toml"


@dataclass(frozen=True, slots=True)
class ClauseList:
    """A matter, what it is called, and its clauses by agreement; an empty tuple = no provision.

    whole: whether its names alone ask for all of it (「禁止事項」), or only along with a word
    such as 「すべて」 (the topics, whose names are asked for in many ways).
    """

    id: str
    name: str
    names: tuple[str, ...]
    clauses: Mapping[str, tuple[str, ...]]
    whole: bool = True


def load_lists(library: Library) -> tuple[ClauseList, ...]:
    """Every list of the file, then the topics, for the agreements that `library` holds."""
    return _read(library)[0] + tuple(map(_of_topic, load_topics(library)))


def list_problems(library: Library) -> tuple[str, ...]:
    """What is wrong with the file of lists, in words; empty when all is well."""
    return _read(library)[1]


def _read(library: Library) -> tuple[tuple[ClauseList, ...], tuple[str, ...]]:
    checker = Checker(library)
    found: dict[str, ClauseList] = {}
    for row in curated_rows(library, FILE, "list"):
        one = _list(row, checker)
        if not one.id or one.id in found:
            checker.report(one.id or "（id なし）", "id が無いか、二度あります。")
            continue
        found[one.id] = one
    return tuple(found.values()), tuple(checker.problems)


def _list(row: dict[str, Any], checker: Checker) -> ClauseList:
    id = str(row.get("id", ""))
    names = checker.listed(id, row, "names")
    if not names:
        checker.report(id, "names に呼び名が要ります。")
    held = {key: row[key] for key in checker.library.ids if key in row}
    clauses = {key: _cell(id, value, checker) for key, value in held.items()}
    return ClauseList(id, str(row.get("name", "")), names, MappingProxyType(clauses))


def _cell(id: str, value: Any, checker: Checker) -> tuple[str, ...]:
    if value is False:
        return ()
    if not isinstance(value, dict):
        checker.report(id, "欄は clauses の表か false です。")
        return ()
    return checker.known(id, checker.listed(id, value, "clauses"))


def _of_topic(topic: Topic) -> ClauseList:
    clauses = {id: cell.clauses if cell else () for id, cell in topic.cells.items()}
    names = (topic.name, *topic.synonyms)
    return ClauseList(topic.id, topic.name, names, MappingProxyType(clauses), whole=False)
