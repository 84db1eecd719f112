"""A lint finding as data, and what every check may ask of a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.clause import Clause
from corpus.library import Version

ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True, slots=True)
class LintFinding:
    """One defect.

    check: name of the check; clause: address; quote: the words, verbatim in the clause's
    `full_text` (or its caption); message: Japanese, what is wrong and what to do; severity:
    error (wrong as printed), warning (probably), info (worth a look).
    """

    check: str
    clause: str
    quote: str
    message: str
    severity: str = WARNING

    def to_dict(self) -> dict[str, Any]:
        """One entry of `yakkan corpus lint --json`."""
        return {
            "check": self.check,
            "clause": self.clause,
            "quote": self.quote,
            "message": self.message,
            "severity": self.severity,
        }


def own_clauses(version: Version) -> Iterator[Clause]:
    """The clauses whose own words are text: all but articles."""
    return (clause for clause in version.clauses() if clause.level != "article")


def texts(version: Version) -> Iterator[tuple[Clause, str]]:
    """Own words and notes of every clause."""
    for clause in own_clauses(version):
        if clause.text:
            yield clause, clause.text
        for note in clause.notes:
            yield clause, note[note.find("）") + 1 :] if note.startswith("（") else note


def around(text: str, start: int, end: int, more: int = 12) -> str:
    """The words from a little before `start` to a little after `end`, inside one line."""
    left = max(text.rfind("\n", 0, start) + 1, start - more)
    right = text.find("\n", end)
    return text[left : min(len(text) if right < 0 else right, end + more)]
