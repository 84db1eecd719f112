"""A version as JSON: every clause with its words, hash and references, and the definitions."""

from __future__ import annotations

import json
from typing import Any

from corpus.clause import Clause
from corpus.definitions import definitions
from corpus.library import Version
from corpus.references import references


def version_data(version: Version) -> dict[str, Any]:
    """The version as plain data."""
    agreement = version.agreement
    return {
        "agreement": agreement.id,
        "title": agreement.title,
        "publisher": agreement.publisher,
        "effective": version.effective.isoformat(),
        "known_since": [day.isoformat() for day in version.known_since],
        "hash": version.hash,
        "clauses": [_clause(clause, version) for clause in version.clauses()],
        "definitions": [
            {
                "term": d.term,
                "text": d.text,
                "clause": str(d.address),
                "kind": d.kind,
                "local": d.local,
            }
            for d in definitions(version)
        ],
    }


def _clause(clause: Clause, version: Version) -> dict[str, Any]:
    found = references(clause, version) if clause.level != "article" else ()
    return {
        "id": clause.id,
        "display": version.display(clause.address),
        "level": clause.level,
        "chapter": clause.chapter,
        "caption": clause.caption,
        "marker": clause.marker,
        "text": clause.text,
        "full_text": clause.full_text,
        "notes": list(clause.notes),
        "hash": clause.hash,
        "line": clause.line,
        "references": [
            {
                "printed": r.printed,
                "span": list(r.span),
                "targets": [str(t) for t in r.targets],
                "external": r.external,
            }
            for r in found
        ],
    }


def version_json(version: Version) -> bytes:
    """The same as JSON in UTF-8."""
    return (json.dumps(version_data(version), ensure_ascii=False, indent=1) + "\n").encode()
