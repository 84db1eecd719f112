"""The answer value: one immutable record from which every surface renders.

A surface never adds facts; it only arranges what stands here. `Answer.to_dict` is the line
that `yakkan ask --json` writes (DESIGN.md, "Contracts").
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

Status = Literal["answered", "needs_input", "not_in_terms", "governed_elsewhere", "out_of_scope"]

#: statuses that decline to answer from the terms (the three kinds of silence)
SILENT: frozenset[str] = frozenset({"not_in_terms", "governed_elsewhere", "out_of_scope"})

STATUS_LABELS: dict[str, str] = {
    "answered": "回答",
    "needs_input": "確認が必要",
    "not_in_terms": "規約に定めなし",
    "governed_elsewhere": "別の文書が定める",
    "out_of_scope": "対象外",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause quoted word for word, with what is needed to prove it later.

    `quote` is a byte-for-byte substring of the clause's full text; `marks` are half-open
    character ranges of `quote` that hold the decisive words.
    """

    address: str
    quote: str
    agreement: str
    version: str
    hash: str
    display: str
    caption: str = ""
    summary: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    def to_dict(self) -> dict[str, str]:
        """The citation as DESIGN.md's contract has it."""
        return {
            "id": self.address,
            "quote": self.quote,
            "agreement": self.agreement,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class MissingInput:
    """A rule input that the question lacks: the rule's input name and its Japanese title.

    `by_provider`: only the provider can tell it (whose fault it was, what a repair cost).
    """

    name: str
    title: str
    unit: str = ""
    by_provider: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the assistant says to one question.

    `text` is the plain answer (customer wording) without the clause texts; `asking` are its
    lines that want something of the person who asked: what is missing, where else to ask.
    `calculations` are `Result` dictionaries of the calculators; `checked` are the addresses that
    were looked at before declining, `looked` the same clauses with their words; `carried` says
    what a conversation carried over. `remarks` are for the provider's staff alone, `withheld`
    (why something is not shown) for the record alone.
    """

    question: str
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    calculations: tuple[dict[str, Any], ...] = ()
    missing: tuple[MissingInput, ...] = ()
    assumptions: tuple[str, ...] = ()
    alternatives: tuple[dict[str, Any], ...] = ()
    correction: str = ""
    checked: tuple[str, ...] = ()
    where: str = ""
    carried: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    origin: Literal["rules", "model"] = "rules"
    requests: tuple[dict[str, Any], ...] = ()
    asking: tuple[str, ...] = ()
    looked: tuple[Citation, ...] = ()
    remarks: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    timings: dict[str, float] = field(default_factory=dict, compare=False)

    @property
    def silent(self) -> bool:
        """Whether the answer declines."""
        return self.status in SILENT

    @property
    def told(self) -> str:
        """The text without what it wants of the person who asked."""
        return "\n".join(line for line in self.text.split("\n") if line not in self.asking)

    def with_timings(self, timings: dict[str, float]) -> Answer:
        """A copy that carries `timings` (seconds by stage)."""
        return replace(self, timings=timings)

    def to_dict(self, id: str | None = None) -> dict[str, Any]:
        """The answer as one JSON line of DESIGN.md's contract."""
        line: dict[str, Any] = {} if id is None else {"id": id}
        return line | {
            "status": self.status,
            "text": self.text,
            "citations": [citation.to_dict() for citation in self.citations],
            "calculations": list(self.calculations),
            "missing": [entry.name for entry in self.missing],
            "assumptions": list(self.assumptions),
            "alternatives": list(self.alternatives),
        }
