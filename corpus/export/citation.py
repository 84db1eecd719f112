"""Citation records: which clause of which version, with hashes, a quote stood on.

A record made today proves later what an answer quoted: the quote is byte for byte in the
clause, the clause and the text are known by their hashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corpus.errors import YakkanError
from corpus.library import Library


class QuoteNotFound(YakkanError):
    """A quote that is not in the clause it is said to come from."""


@dataclass(frozen=True, slots=True)
class CitationRecord:
    """Where a quote stands. hashes: 16 hex digits of the SHA-256 of clause and text."""

    id: str
    display: str
    agreement: str
    title: str
    version: str
    version_hash: str
    clause_hash: str
    quote: str
    start: int

    def to_dict(self) -> dict[str, Any]:
        """As data, for JSON."""
        return asdict(self)


def citation_record(
    library: Library, address: str, quote: str = "", as_of: date | None = None
) -> CitationRecord:
    """The record of a quote, or of the whole clause.

    Raises QuoteNotFound where the quote is not verbatim in the clause.
    """
    version = library.version(address.partition(":")[0], as_of)
    clause = version.clause(address)
    words = quote or clause.full_text
    start = clause.full_text.find(words)
    if start < 0:
        raise QuoteNotFound(
            f"「{words[:60]}」は{version.display(clause.address)}（{version.effective} 効力の版）にありません。"
            "条項の文言をそのまま写してください。"
        )
    return CitationRecord(
        clause.id, version.display(clause.address), version.agreement.id, version.agreement.title,
        version.effective.isoformat(), version.hash, clause.hash, words, start,
    )  # fmt: skip


def records_of(library: Library, answer: Mapping[str, Any]) -> tuple[CitationRecord, ...]:
    """Records for every citation of an answer; citations carry `id`, `quote`, `version`."""
    citations: Iterable[Mapping[str, Any]] = answer.get("citations", ())
    return tuple(
        citation_record(library, str(c["id"]), str(c.get("quote", "")), _day(c.get("version")))
        for c in citations
    )


def _day(printed: Any) -> date | None:
    try:
        return date.fromisoformat(str(printed)) if printed else None
    except ValueError:
        raise YakkanError(
            f"引用の版「{str(printed)[:40]}」を読めません。2024-02-20 のように書いてください。"
        ) from None


def holds(record: CitationRecord, library: Library) -> bool:
    """Whether the library still has the very words, clause and text of a record."""
    try:
        found = citation_record(
            library, record.id, record.quote, date.fromisoformat(record.version)
        )
    except YakkanError:
        return False
    return found == record
