"""The table behind every side-by-side export: headings, rows, cells of marked runs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from corpus import change_classes
from corpus.address import Address
from corpus.comparison import Change, Comparison
from corpus.consequences import Consequence, summary
from corpus.library import Library, Version, place
from corpus.topic_comparison import NO_PROVISION, ComparedCell, ComparedTopic

KINDS = {
    "added": "新設",
    "removed": "削除",
    "changed": "変更",
    "moved": "移動",
    "renumbered": "番号変更",
}
#: characters that no XML format can hold
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Run:
    """Words with one look. mark: '' plain, 'old' struck out, 'new' underlined, 'differs'."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """Runs side by side; `text` is all of them."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; note: what stands under the title; widths: relative columns."""

    title: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]


def plain(text: str, mark: str = "") -> Cell:
    """A cell of one run, without characters that a file cannot hold."""
    return Cell((Run(clean(text), mark),) if text else ())


def clean(text: str) -> str:
    """The text without control characters.

    >>> clean("a\\x00b\\nc")
    'ab\\nc'
    """
    return _UNPRINTABLE.sub("", text)


def comparison_table(
    compared: Comparison, consequences: Mapping[int, Sequence[Consequence]]
) -> Table:
    """新旧対照表: kind, old, new, classes, consequences."""
    old, new = compared.old, compared.new
    note = (
        f"旧: {_named(old)}　新: {_named(new)}　変更 {len(compared.changes)} 件"
        f"（うち実質的な変更 {sum(c.substantive for c in compared.changes)} 件）"
    )
    rows = tuple(
        _change(change, consequences.get(index, ()))
        for index, change in enumerate(compared.changes)
    )
    title = old.agreement.title if new.agreement.title == new.agreement.id else new.agreement.title
    return Table(
        f"{title} 新旧対照表", note, ("区分", "旧", "新", "変更の種類", "影響"), rows, (8, 34, 34, 12, 20)
    )  # fmt: skip


def _named(version: Version) -> str:
    day = "" if version.effective.year == 1 else f" {version.effective} 効力"
    return f"{version.agreement.short}{day}（本文ハッシュ {version.hash}）"


def _change(change: Change, consequences: Iterable[Consequence]) -> tuple[Cell, ...]:
    kind = KINDS[change.kind] + (f"・{KINDS[change.also]}" if change.also else "")
    names = "、".join(change_classes.NAMES[name] for name in change.classes)
    substance = "" if change.substantive else "（形式）"
    return (
        plain(kind),
        _side(
            change.old,
            change.old_text,
            [m.old for m in change.marks],
            "old",
            change.kind == "removed",
        ),
        _side(
            change.new,
            change.new_text,
            [m.new for m in change.marks],
            "new",
            change.kind == "added",
        ),
        plain(names + substance),
        plain("\n".join(summary(consequences))),
    )


def _side(
    address: Address | None, text: str, spans: Iterable[tuple[int, int]], mark: str, whole: bool
) -> Cell:
    if address is None:
        return Cell(())
    head = Run(f"{place(address)}\n")
    if whole:
        return Cell((head, Run(clean(text), mark)))
    return Cell((head, *marked(text, spans, mark)))


def marked(text: str, spans: Iterable[tuple[int, int]], mark: str) -> tuple[Run, ...]:
    """The text cut into runs at the spans, which are in order and apart.

    >>> [(r.text, r.mark) for r in marked("年14.5%", [(1, 5)], "old")]
    [('年', ''), ('14.5', 'old'), ('%', '')]
    """
    runs, at = [], 0
    for start, end in spans:
        runs += [Run(clean(text[at:start])), Run(clean(text[start:end]), mark)]
        at = end
    return tuple(run for run in (*runs, Run(clean(text[at:]))) if run.text)


def topic_table(rows: Sequence[ComparedTopic], library: Library) -> Table:
    """条項比較: a row per topic, a column per agreement."""
    ids = list(rows[0].cells) if rows else list(library.ids)
    versions = {id: library.version(id) for id in ids}
    note = "　".join(_named(version) for version in versions.values())
    body = tuple(
        (plain(row.name), *(_topic_cell(row.cells[id], versions[id]) for id in ids)) for row in rows
    )
    return Table(
        "条項比較表",
        note,
        ("論点", *(versions[id].agreement.short for id in ids)),
        body,
        (14, *(32 for _ in ids)),
    )


def _topic_cell(cell: ComparedCell | None, version: Version) -> Cell:
    if cell is None:
        return plain(NO_PROVISION)
    places = "、".join(place(Address.parse(clause)) for clause in cell.clauses)
    quotes = "\n".join(cell.quotes)
    summary = marked(cell.summary, cell.differing, "differs")
    return Cell((Run(f"{places}\n"), *summary, Run(clean(f"\n―――\n{quotes}") if quotes else "")))
