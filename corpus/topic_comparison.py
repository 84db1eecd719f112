"""条項比較: one topic across agreements, with clauses, a summary and the numbers that differ.

A cell without a provision is shown as such, which is knowledge too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from corpus.change_classes import fold
from corpus.errors import YakkanError
from corpus.library import Library
from corpus.topics import Topic, load_topics

NO_PROVISION = "定めなし"
_FIGURE = re.compile(
    r"(?:明治|大正|昭和|平成|令和)?[0-9元]+年[0-9]+月(?:[0-9]+日)?|[0-9]+(?:[.,][0-9]+)*(?:%|パーセント|円|倍|営業日|日間|日|週間|[ヶヵカケか箇]月間?|月|年間|年|時間|分|回|割|条|項|号)?"
)
_NOT_A_FIGURE = re.compile(r"^[0-9]+(?:条|項|号)$")


class UnknownTopic(YakkanError):
    """A topic that the library does not have."""


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What one agreement says: clauses, summary, the clauses' words and figures.

    differing: spans in `summary` of figures that not every other cell has.
    """

    clauses: tuple[str, ...]
    summary: str
    quotes: tuple[str, ...]
    figures: tuple[str, ...]
    differing: tuple[tuple[int, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """A cell of `yakkan corpus compare --json`."""
        return {
            "clauses": list(self.clauses),
            "summary": self.summary,
            "figures": list(self.figures),
            "differing": [self.summary[a:b] for a, b in self.differing],
        }


@dataclass(frozen=True, slots=True)
class ComparedTopic:
    """A row: the topic and a cell per agreement, None where there is no provision."""

    topic: str
    name: str
    cells: Mapping[str, ComparedCell | None]

    def to_dict(self) -> dict[str, Any]:
        """One entry of `yakkan corpus compare --json`."""
        cells = {id: cell.to_dict() if cell else None for id, cell in self.cells.items()}
        return {"topic": self.topic, "name": self.name, "cells": cells}


def compare_topics(
    library: Library, topic: str | None = None, agreements: Iterable[str] = ()
) -> tuple[ComparedTopic, ...]:
    """Every topic, or one by id, name or synonym, else those whose names hold the word.

    Of the agreements named, or of all.

    Raises UnknownTopic or UnknownAgreement.
    """
    ids = tuple(agreements) or library.ids
    for id in ids:
        library.agreement(id)
    return tuple(_row(chosen, ids, library) for chosen in _chosen(load_topics(library), topic))


def _chosen(topics: tuple[Topic, ...], wanted: str | None) -> tuple[Topic, ...]:
    if wanted is None:
        return topics
    key = fold(wanted).lower()
    for names in (lambda t: (t.id, t.name), lambda t: t.synonyms):
        found = tuple(t for t in topics if key in {fold(n).lower() for n in names(t)})
        if found:
            return found
    near = tuple(t for t in topics if any(key in fold(n).lower() for n in (t.name, *t.synonyms)))
    if near and len(key) > 1:
        return near
    examples = "、".join(t.name for t in topics[:8])
    raise UnknownTopic(
        f"論点「{wanted[:40]}」はありません。{examples} などから選んでください。"
        "一覧は yakkan corpus compare で見られます。"
    )


def _row(topic: Topic, ids: tuple[str, ...], library: Library) -> ComparedTopic:
    figures = {id: figures_in(cell.summary) for id in ids if (cell := topic.cells.get(id))}
    shared = Counter(name for found in figures.values() for name in {f for f, _ in found})
    cells: dict[str, ComparedCell | None] = {}
    for id in ids:
        cell = topic.cells.get(id)
        if cell is None:
            cells[id] = None
            continue
        known = (library.version(id).get(clause) for clause in cell.clauses)
        quotes = tuple(clause.full_text for clause in known if clause is not None)
        differing = tuple(
            span for name, span in figures[id] if len(figures) > 1 and shared[name] < len(figures)
        )
        names = tuple(dict.fromkeys(name for name, _ in figures[id]))
        cells[id] = ComparedCell(cell.clauses, cell.summary, quotes, names, differing)
    return ComparedTopic(topic.id, topic.name, cells)


def figures_in(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Numbers with their units, folded, and their spans; article numbers are left out.

    >>> figures_in("年14.6％、１ヶ月前まで（第8条）")
    [('14.6%', (1, 6)), ('1か月', (7, 10))]
    """
    folded, places = _fold_with_places(text)
    found = []
    for match in _FIGURE.finditer(folded):
        if _NOT_A_FIGURE.match(match[0]) or folded[: match.start()].endswith("第"):
            continue
        name = re.sub(r"[ヶヵカケ箇]月", "か月", match[0])
        found.append((name, (places[match.start()], places[match.end() - 1] + 1)))
    return found


def _fold_with_places(text: str) -> tuple[str, list[int]]:
    pieces, places = [], []
    for place, character in enumerate(text):
        folded = fold(character)
        pieces.append(folded)
        places += [place] * len(folded)
    return "".join(pieces), places
