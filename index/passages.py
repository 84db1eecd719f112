"""From the clauses of a version to the documents that are ranked.

A paragraph (項) is a document, with its items as further texts that stand for it, under a
title that says where it is: chapter, article, caption. Supplementary provisions (附則) are
documents too. Notes, where people have written them, add questions and summaries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from corpus.address import Address
from corpus.library import place
from index.collection import Document

if TYPE_CHECKING:
    from corpus.clause import Clause
    from corpus.library import Version
    from corpus.notes import Note


def documents(version: Version, notes: Mapping[str, Note] | None = None) -> list[Document]:
    """Every paragraph of `version` in order; `notes` by address (default: those it carries)."""
    if notes is None:
        from corpus.notes import load_notes

        notes = load_notes(version)
    return [document(version, clause, notes) for clause in passages(version)]


def passages(version: Version) -> Iterable[Clause]:
    """The clauses that are ranked: paragraphs, and supplementary provisions once each."""
    seen = set()
    for clause in version.paragraphs():
        if clause.full_text.strip() and clause.address not in seen:
            seen.add(clause.address)
            yield clause


def document(version: Version, clause: Clause, notes: Mapping[str, Note]) -> Document:
    """The document of one paragraph; its own note and those of its items count."""
    inside = version.children(clause.address)
    told = [notes[key] for key in _keys(clause, inside) if key in notes]
    return Document(
        id=str(clause.address),
        title=title(clause),
        text=clause.full_text,
        group=clause.address.agreement,
        parts=tuple(child.full_text for child in inside if child.full_text.strip()),
        questions=tuple(question for note in told for question in note.questions),
        summaries=tuple(note.summary for note in told if note.summary),
    )


def title(clause: Clause) -> str:
    """Where a clause stands, in words a question may use: chapter, article, caption.

    The agreement's own name is left out: it tells agreements apart, not clauses, and a
    question that names one is matched by `index.naming`.
    """
    article = place(Address(clause.address.agreement, clause.address.article))
    caption = "" if clause.caption == article else clause.caption
    parts = (clause.chapter, article, caption)
    return " ".join(part for part in parts if part)


def _keys(clause: Clause, inside: Iterable[Clause]) -> list[str]:
    """Addresses a note of this paragraph may carry: `x:n` and `x:n.1` are the same clause."""
    address = clause.address
    keys = [str(address)]
    if address.paragraph == "1" and not address.item:
        keys.append(f"{address.agreement}:{address.article}")
    return keys + [str(child.address) for child in inside]
