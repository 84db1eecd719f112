"""What to ask next: questions of the clauses beside those that answered, or nearest to a silence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from assistant.findings import Finding
from assistant.numbers_in_text import quantities
from assistant.recall import Recall

#: so many questions, of so many clauses nearest to a silence
MOST, NEAREST = 3, 2
_PLAIN = re.compile(r"[^0-9０-９「」]{8,40}(?:か|？|\?)[。]?")


def suggestions(recall: Recall, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Up to three written questions about neighbours of the clauses that were cited.

    Where the terms are silent, about the clauses that come nearest to what was asked.
    """
    found: list[str] = []
    for question in chain(_nearest(recall, findings), _neighbours(recall, findings)):
        if question not in found:
            found.append(question)
        if len(found) == MOST:
            break
    return tuple(found)


def _nearest(recall: Recall, findings: Sequence[Finding]) -> Iterator[str]:
    if len(findings) == 1 and findings[0].status == "not_in_terms":
        for address in findings[0].checked[:NEAREST]:
            yield from _one(recall, address)


def _neighbours(recall: Recall, findings: Sequence[Finding]) -> Iterator[str]:
    if len(findings) != 1:
        return
    version = findings[0].version
    cited = {c.clause.id.split("(")[0] for c in findings[0].chosen}
    for chosen in findings[0].chosen:
        article = chosen.clause.address.article
        for paragraph in version.children(f"{version.agreement.id}:{article}"):
            if paragraph.id not in cited:
                yield from _one(recall, paragraph.id)
        following = version.get(f"{version.agreement.id}:{_next(article)}")
        for paragraph in version.children(following.address)[:1] if following else ():
            yield from _one(recall, paragraph.id)


def _one(recall: Recall, address: str) -> Iterator[str]:
    """The first plain question of a clause's note: no numbers (kanji ones neither), no quotations.

    The clauses that answer would not carry a number of their neighbour's.
    """
    note = recall.notes.get(address)
    yield from [q for q in (note.questions if note else ()) if _plain(q)][:1]


@lru_cache(maxsize=4096)  # a clause suggests the same neighbours every time
def _plain(question: str) -> bool:
    return bool(_PLAIN.fullmatch(question)) and not any(quantities(question))


def _next(article: str) -> str:
    return str(int(article) + 1) if article.isdigit() else article
