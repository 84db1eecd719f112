"""What a reader of the text hands over: clauses to quote, with the sentence that leads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.findings import Chosen, Finding
from corpus.clause import Clause
from corpus.library import Version, place

#: clauses that are quoted at most; a longer list says how many there are
MOST = 40


def shown(
    version: Version,
    lead: str,
    clauses: Iterable[Clause] = (),
    *,
    status: Status = "answered",
    checked: Sequence[str] = (),
) -> Finding:
    """A finding that says `lead` and quotes `clauses` word for word."""
    chosen = tuple(Chosen(clause) for clause in clauses)
    return Finding(version, status, chosen, lead=lead, checked=tuple(checked))


def listed(version: Version, head: str, found: Sequence[Clause]) -> Finding:
    """A finding of several clauses: what they are, each on its line, and all quoted."""
    kept = found[:MOST]
    more = (
        f"\n（長いため、はじめの{len(kept)}か所だけを示しています。）" if len(found) > MOST else ""
    )
    lines = "".join(f"\n・{printed(clause)}" for clause in kept)
    return shown(version, f"{head}{lines}{more}", kept)


def beside(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings to be told side by side: each will be headed by its agreement's name.

    So the name need not be said again in the sentence.
    """
    if len(found) < 2:
        return tuple(found)
    return tuple(replace(f, lead=_untitled(f.lead, f.version.agreement.title)) for f in found)


def _untitled(lead: str, title: str) -> str:
    return (
        re.sub(r"^(?:では|には|[のはにで])?、?", "", lead[len(title) :])
        if lead.startswith(title)
        else lead
    )


def printed(clause: Clause) -> str:
    """「第18条第1項（利用停止）」 without the agreement."""
    caption = f"（{clause.caption.strip('（）()')}）" if clause.caption.strip("（）() ") else ""
    return f"{place(clause.address)}{caption}"
