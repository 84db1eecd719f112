"""What was found for a question, per agreement, before any sentence is written.

The planner fills findings; the composer turns them into an `Answer`. A finding is either
clauses that answer or a typed silence with the clauses that were checked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.answer import MissingInput, Status
from corpus.clause import Clause
from corpus.library import Version
from corpus.silences import Silence


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clause that answers, its note's summary ("" where there is none) and its weight.

    quote: the words of the clause to quote where not all of it ("" for the whole).
    """

    clause: Clause
    summary: str = ""
    weight: float = 1.0
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one agreement says to the question: clauses, or a silence and what was checked.

    lead: what is said in place of the clauses' summaries, where the answer is about the text.
    """

    version: Version
    status: Status
    chosen: tuple[Chosen, ...] = ()
    silence: Silence | None = None
    subject: str = ""
    where: str = ""
    checked: tuple[str, ...] = ()
    confidence: float = 1.0
    lead: str = ""

    @property
    def agreement(self) -> str:
        """Id of the agreement."""
        return self.version.agreement.id


@dataclass(frozen=True, slots=True)
class Calculated:
    """A calculation's outcome: a result, or what is missing, or why the terms give none.

    `checked` are the clauses that were looked at before saying so, or that a refusal names. An
    `offered` one was not asked for: what it needs is said after the answer.
    """

    rule: str
    title: str
    agreement: str
    result: dict[str, Any] | None = None
    missing: tuple[MissingInput, ...] = ()
    inputs: dict[str, Any] = field(default_factory=dict)
    assumptions: tuple[str, ...] = ()
    error: str = ""
    absent: bool = False
    checked: tuple[str, ...] = ()
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the composer needs, in the order in which it is said.

    `versions` are the texts in force, by agreement.
    """

    findings: tuple[Finding, ...] = ()
    calculations: tuple[Calculated, ...] = ()
    correction: str = ""
    listing: bool = False
    carried: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    versions: Mapping[str, Version] = field(default_factory=dict)
