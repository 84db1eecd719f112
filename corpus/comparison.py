"""新旧対照表: what changed between two versions, clause by clause, and of which kind.

Each change says where (old and new address), what (both texts, differences by word), which
classes (numbers, dates, periods, obligations, parties, punctuation, …) and whether it is of
substance. Renumbering and punctuation are told from substance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus import change_classes
from corpus.address import Address
from corpus.alignment import Alignment, align
from corpus.library import Version
from corpus.parts import Part, walk
from corpus.references import references
from corpus.tokens import Mark, marks

KINDS = ("added", "removed", "changed", "moved", "renumbered")


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the table.

    old/new: the addresses, None where the clause is not in that version; old_text/new_text:
    the clause's own words where it changed, everything inside where it came, went or
    moved; marks: spans by word in those texts; classes: see `corpus.change_classes`;
    also: a changed clause may be moved or renumbered besides.
    """

    kind: str
    old: Address | None
    new: Address | None
    old_text: str = ""
    new_text: str = ""
    marks: tuple[Mark, ...] = ()
    classes: tuple[str, ...] = ()
    substantive: bool = True
    also: str = ""

    @property
    def merged(self) -> str:
        """Both texts in one, for a terminal: 年率[-14.6-]{+14.8+}%."""
        pieces, at = [], 0
        for mark in self.marks:
            gone, come = self.old_text[slice(*mark.old)], self.new_text[slice(*mark.new)]
            pieces += [
                self.old_text[at : mark.old[0]],
                f"[-{gone}-]" if gone else "",
                f"{{+{come}+}}" if come else "",
            ]
            at = mark.old[1]
        return "".join((*pieces, self.old_text[at:]))

    def to_dict(self) -> dict[str, Any]:
        """One entry of `yakkan corpus diff --json`."""
        return {
            "kind": self.kind,
            "old": str(self.old) if self.old else None,
            "new": str(self.new) if self.new else None,
            "old_text": self.old_text,
            "new_text": self.new_text,
            "marks": [{"op": m.op, "old": list(m.old), "new": list(m.new)} for m in self.marks],
            "classes": list(self.classes),
            "substantive": self.substantive,
            "also": self.also,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions, their alignment and the changes in document order."""

    old: Version
    new: Version
    alignment: Alignment
    changes: tuple[Change, ...]


def compare(old: Version, new: Version) -> Comparison:
    """Compare two versions of an agreement; equal versions give no changes."""
    alignment = align(old, new)
    work = _Comparer(old, new, alignment)
    placed = sorted(work.changes(), key=lambda row: row[0])
    return Comparison(old, new, alignment, tuple(change for _, change in placed))


class _Comparer:
    """One comparison: the two versions and the map of addresses."""

    def __init__(self, old: Version, new: Version, alignment: Alignment) -> None:
        self.old, self.new, self.alignment = old, new, alignment
        self.renamed = alignment.renamed

    def changes(self) -> Iterator[tuple[float, Change]]:
        yield from self._removed()
        for part in walk(self.alignment.new):
            if part.mate is None:
                if _topmost(part):
                    yield part.order, self._one_sided("added", part)
            else:
                yield from self._pair(part.mate, part)
        yield from self._headings()

    def _removed(self) -> Iterator[tuple[float, Change]]:
        at = -1.0
        for part in walk(self.alignment.old):
            if part.mate is not None:
                at = part.mate.order
            elif _topmost(part):
                yield at + 0.5, self._one_sided("removed", part)

    def _one_sided(self, kind: str, part: Part) -> Change:
        whole = not any(p.mate for p in part.descend())
        text = shown(part) if whole else part.own
        classes = change_classes.of_text(text)
        if kind == "added":
            return Change(kind, None, part.address, "", text, classes=classes)
        return Change(kind, part.address, None, text, "", classes=classes)

    def _pair(self, old: Part, new: Part) -> Iterator[tuple[float, Change]]:
        place = "moved" if old.moved else "renumbered" if old.number != new.number else ""
        if _squeezed(old.own) != _squeezed(new.own):
            yield new.order, self._changed(old, new, place)
        elif place:
            yield (
                new.order,
                Change(
                    place,
                    old.address,
                    new.address,
                    shown(old),
                    shown(new),
                    classes=("number",),
                    substantive=False,
                ),
            )

    def _changed(self, old: Part, new: Part, also: str) -> Change:
        found = marks(old.own, new.own)
        same = self._canonical(old, self.old, self.renamed) == self._canonical(new, self.new, {})
        if same:
            classes: tuple[str, ...] = ("references",)
        else:
            classes = change_classes.of_change(old.own, new.own, found)
        if old.clause.level == "article":
            classes = ("caption", *classes)
        substantive = not same and change_classes.is_substantive(classes)
        return Change(
            "changed", old.address, new.address, old.own, new.own, found, classes, substantive, also
        )  # fmt: skip

    def _canonical(self, part: Part, version: Version, renamed: dict[Address, Address]) -> str:
        """The words with every reference replaced by what it points to in the new numbering."""
        if part.clause.level == "article":
            return part.own
        text, at, pieces = part.clause.full_text, 0, []
        for reference in references(replace(part.clause, notes=()), version):
            if reference.targets and reference.kind in ("article", "paragraph", "item"):
                targets = [renamed.get(t, t) if renamed else t for t in reference.targets]
                pieces += [
                    text[at : reference.span[0]],
                    "|".join(str(t).split(":")[1] for t in targets),
                ]
                at = reference.span[1]
        rest = "\n".join((part.clause.text[at:], *part.clause.notes))
        return _squeezed("".join((*pieces, rest)))

    def _headings(self) -> Iterator[tuple[float, Change]]:
        """A chapter's title that changed is told at the first article below it."""
        seen: set[str] = set()
        for part in self.alignment.new:
            mate, title = part.mate, part.clause.chapter
            if mate is None or title in seen:
                continue
            seen.add(title)
            old_title = mate.clause.chapter
            if _squeezed(title) != _squeezed(old_title) and _bare(title) != _bare(old_title):
                yield (
                    part.order - 0.1,
                    Change(
                        "changed",
                        mate.address,
                        part.address,
                        old_title,
                        title,
                        marks(old_title, title),
                        ("chapter",),
                        False,
                    ),
                )


def _topmost(part: Part) -> bool:
    """Whether the part is reported itself: its parent is not reported with all inside."""
    parent = part.parent
    while parent is not None:
        if parent.mate is None and not any(p.mate for p in parent.descend()):
            return False
        parent = parent.parent
    return True


def shown(part: Part) -> str:
    """Everything inside a part as text; an article with its caption first."""
    clause = part.clause
    if clause.level == "article" and clause.caption:
        return f"（{clause.caption}）\n{clause.full_text}"
    return clause.full_text


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _bare(title: str) -> str:
    """A chapter's title without its number."""
    return title.split(maxsplit=1)[-1] if title else ""
