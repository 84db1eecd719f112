"""Finding clauses by words: every word must stand in the clause, its caption or its notes.

Pure and quick: it reads the text itself and needs no index. Everyday words are found through
the notes (summaries and the questions people ask), which are searched and not shown here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.notes import load_notes

if TYPE_CHECKING:
    from corpus.clause import Clause
    from corpus.library import Version

#: characters on each side of the first word found
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause that was found, with a piece of its words."""

    version: Version
    clause: Clause
    excerpt: str
    score: float


def words_of(query: str) -> tuple[str, ...]:
    """The words to look for.

    >>> words_of("　解約　ＩＤ ")
    ('解約', 'ID')
    """
    return (
        tuple(re.split(r"\s+", unicodedata.normalize("NFKC", query).strip()))[:8]
        if query.strip()
        else ()
    )


def search(versions: Iterable[Version], query: str, most: int = 30) -> list[Hit]:
    """The paragraphs that hold every word of `query`, best first; in the text before in notes."""
    words = tuple(_fold(word) for word in words_of(query))
    if not words:
        return []
    found = [hit for version in versions for hit in _in_version(version, words)]
    return sorted(found, key=lambda hit: -hit.score)[:most]


def _in_version(version: Version, words: tuple[str, ...]) -> Iterable[Hit]:
    notes = load_notes(version)
    for clause in version.paragraphs():
        text, caption = _fold(clause.full_text), _fold(f"{clause.caption}{clause.chapter}")
        note = notes.get(clause.id)
        said = _fold(" ".join((note.summary, *note.questions))) if note else ""
        if not all(word in text or word in caption or word in said for word in words):
            continue
        score = sum(_weight(word, text, caption, said) for word in words)
        yield Hit(version, clause, _excerpt(clause.full_text, words), score)


def _weight(word: str, text: str, caption: str, said: str) -> float:
    often = min(text.count(word), 3) / 3
    return 3.0 * (word in caption) + 2.0 * (word in text) + often + 1.0 * (word in said)


def _excerpt(text: str, words: tuple[str, ...]) -> str:
    """A piece of the words around the first that was found; the beginning where none was."""
    folded = _fold(text)
    if len(folded) != len(text):
        folded = text
    at = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    start, end = max(at - _AROUND, 0), at + _AROUND * 2
    piece = " ".join(text[start:end].split())
    return ("…" if start else "") + piece + ("…" if end < len(text) else "")


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
