"""Curated silences: what people ask that the terms do not answer, and what to say instead.

Three kinds, three answers: nothing is laid down (`not_in_terms`), another document lays it
down (`governed_elsewhere`), or the question is not about the agreements (`out_of_scope`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, cast, get_args

from corpus.curated import Checker, curated_rows
from corpus.library import Library

FILE = "silences.toml"

Kind = Literal["not_in_terms", "governed_elsewhere", "out_of_scope"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Silence:
    """One thing that the terms leave open, for the agreements that leave it open.

    `clause` delegates it to the document named in `where` (both empty unless
    `governed_elsewhere`); `subject` is the thing in plain words; `checked` are the nearest
    clauses, looked at and found silent; `terms` are the words for the thing that the clauses
    lack; `asks` are the kinds of fact wanted (amount, rate, date, …).
    """

    id: str
    topic: str
    agreements: tuple[str, ...]
    kind: Kind
    clause: str
    where: str
    questions: tuple[str, ...]
    subject: str
    checked: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()

    def checked_in(self, agreement: str) -> tuple[str, ...]:
        """The checked clauses of one agreement."""
        return tuple(a for a in self.checked if a.startswith(f"{agreement}:"))


def load_silences(library: Library) -> tuple[Silence, ...]:
    """Every usable silence, narrowed to the agreements that `library` holds.

    Addresses that no clause has are left out; `silence_problems` names them.
    """
    return _read(library)[0]


def silence_problems(library: Library) -> tuple[str, ...]:
    """What is wrong with the file of silences, in words; empty when all is well."""
    return _read(library)[1]


def _read(library: Library) -> tuple[tuple[Silence, ...], tuple[str, ...]]:
    checker = Checker(library)
    found: dict[str, Silence] = {}
    for row in curated_rows(library, FILE, "silence"):
        silence = _silence(row, checker)
        if silence is not None and silence.id in found:
            checker.report(silence.id, "同じ id が二度あります。")
        elif silence is not None:
            found[silence.id] = silence
    return tuple(found.values()), tuple(checker.problems)


def _silence(row: dict[str, Any], checker: Checker) -> Silence | None:
    id, kind = str(row.get("id", "")), str(row.get("kind", ""))
    if not id or kind not in KINDS:
        checker.report(id or "（id なし）", f"id と kind（{' / '.join(KINDS)}）が要ります。")
        return None
    agreements = checker.held(checker.listed(id, row, "agreements"))
    if not agreements:
        return None
    clause = checker.known(id, [row["clause"]] if row.get("clause") else [])
    silence = Silence(
        id=id,
        topic=str(row.get("topic", "")),
        agreements=agreements,
        kind=cast(Kind, kind),
        clause=clause[0] if clause else "",
        where=str(row.get("where", "")),
        questions=checker.listed(id, row, "questions"),
        subject=str(row.get("subject", "")),
        checked=checker.known(id, checker.listed(id, row, "checked")),
        terms=checker.listed(id, row, "terms"),
        asks=checker.listed(id, row, "asks"),
    )
    _complain(silence, checker)
    return silence


def _complain(silence: Silence, checker: Checker) -> None:
    if not silence.questions or not silence.subject:
        checker.report(silence.id, "questions と subject が要ります。")
    if silence.kind == "governed_elsewhere" and not (silence.clause and silence.where):
        checker.report(silence.id, "governed_elsewhere には clause と where が要ります。")
