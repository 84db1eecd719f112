"""What a change of text entails: rules and notes that go stale, topics, silences, questions.

Provisions, notes, topics and silences are read as data beside the old version; evaluation
sets are named by path, journal entries are given. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.address import Address
from corpus.comparison import Change, Comparison
from corpus.dependents import Dependent, answers, dependents, evaluation_items
from corpus.library import Library
from corpus.parts import Part, walk
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


def consequences(
    comparison: Comparison, *, library: Library | None = None, evaluations: Iterable[Path] = (),
    journal: Iterable[Mapping[str, Any]] = (),
) -> dict[int, tuple[Consequence, ...]]:  # fmt: skip
    """Consequences by index of the change in `comparison.changes`.

    library: whose topics and silences are read, none where it is None; evaluations: JSONL files; journal: answers as mappings with `id` and `citations`.
    """
    known = [
        *dependents(comparison.old, library),
        *evaluation_items(evaluations, comparison.old),
        *answers(journal, comparison.old),
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
