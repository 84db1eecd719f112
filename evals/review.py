"""From journal entries rated down to evaluation items, one decision of a person at a time.

A 👎 says that something was wrong, not what. A person looks at the question and the answer,
accepts it with the clause that should have been cited (or the kind of silence), rejects it,
or leaves it for later. Accepted items are appended to a JSONL file; `finetune` reads its pairs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import YakkanError

Prompt = Callable[[str], str]
Echo = Callable[[str], None]

#: single letters a reviewer may type for a kind of silence
SILENCES = {"n": "not_in_terms", "g": "governed_elsewhere", "o": "out_of_scope"}
HELP = "条項のid（例 sg:28.1、複数はカンマ）/ n 定めなし / g 別文書 / o 対象外 / r 却下 / Enter 保留 / q 終了"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question rated down, with what was answered."""

    question: str
    status: str
    cited: tuple[str, ...]
    comment: str = ""

    @property
    def id(self) -> str:
        """The same question always has the same id.

        >>> Candidate("料金は？", "answered", ()).id[:3]
        'jr-'
        """
        return "jr-" + hashlib.sha256(self.question.encode()).hexdigest()[:10]


def candidates(journal: str = "") -> list[Candidate]:
    """Entries rated down in a journal (SQLAlchemy URL or file, "" the user's), newest first."""
    from dataclasses import replace

    from assistant.journal import Journal
    from assistant.settings import Settings

    opened = Journal.open(replace(Settings.from_env(), journal=journal))
    try:
        return from_entries(entry.to_dict() for entry in opened.entries(good=False))
    finally:
        opened.close()


def from_entries(entries: Iterable[Mapping[str, Any]]) -> list[Candidate]:
    """Candidates of journal entries as dictionaries, each question once.

    >>> from_entries([{"question": "利率は？", "status": "answered", "citations": [{"id": "sg:27.1"}]}])
    [Candidate(question='利率は？', status='answered', cited=('sg:27.1',), comment='')]
    """
    found: dict[str, Candidate] = {}
    for entry in entries:
        candidate = Candidate(
            str(entry["question"]),
            str(entry.get("status", "")),
            tuple(str(one["id"]) for one in entry.get("citations") or ()),
            str(entry.get("reason") or ""),
        )
        found.setdefault(candidate.id, candidate)
    return list(found.values())


def interview(found: Iterable[Candidate], output: Path, prompt: Prompt, echo: Echo) -> int:
    """Ask a person about each candidate not yet decided; returns how many were accepted.

    `prompt` asks and gives what was typed, `echo` prints; decisions are appended at once, so
    that an interrupted review loses nothing.
    """
    taken, decided = 0, decisions(output)
    for candidate in found:
        if candidate.id in decided:
            continue
        row = _decide(candidate, prompt, echo)
        if row is None:
            break
        if row:
            append(output, row)
            taken += row["decision"] == "accepted"
    return taken


def _decide(candidate: Candidate, prompt: Prompt, echo: Echo) -> dict[str, Any] | None:
    """The decision as a line to append, {} for later, None to stop."""
    echo(f"\n質問: {candidate.question}")
    echo(f"回答: {candidate.status} {', '.join(candidate.cited) or '引用なし'}")
    if candidate.comment:
        echo(f"意見: {candidate.comment}")
    while True:
        typed = prompt(HELP).strip()
        if typed == "q":
            return None
        if not typed:
            return {}
        try:
            return decision(candidate, typed)
        except YakkanError as error:
            echo(str(error))


def decision(candidate: Candidate, typed: str) -> dict[str, Any]:
    """The line for what a reviewer typed; raises YakkanError for an address that is none.

    >>> decision(Candidate("利率は？", "answered", ()), "r")["decision"]
    'rejected'
    """
    base = {"id": candidate.id, "question": candidate.question}
    if typed == "r":
        return base | {"decision": "rejected"}
    accepted: dict[str, Any] = base | {
        "decision": "accepted",
        "service": None,
        "acceptable": [],
    }
    if typed in SILENCES:
        return accepted | {"status": SILENCES[typed], "gold": [], "answerable": False}
    clauses = [checked(one) for one in typed.replace("、", ",").split(",") if one.strip()]
    gold = [[clause] for clause in clauses]
    return accepted | {"type": "direct", "gold": gold, "answerable": True}


def checked(typed: str) -> str:
    """An address that exists in the terms in force, in its usual form."""
    from corpus.address import Address
    from corpus.library import Library

    address = Address.parse(typed.strip())
    return str(Library.load().clause(str(address)).address)


def append(output: Path, row: Mapping[str, Any]) -> None:
    """Add one line to the JSONL file."""
    output.parent.mkdir(parents=True, exist_ok=True)
    with output.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")


def decisions(output: Path) -> set[str]:
    """Ids that were decided before."""
    if not output.is_file():
        return set()
    rows = output.read_text(encoding="utf-8").splitlines()
    return {json.loads(line)["id"] for line in rows if line.strip()}
