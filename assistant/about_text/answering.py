"""The readers of questions about the text, in the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.about_text import amendments, citing, defined, statutes, structure, words
from assistant.about_text.reading import LONGEST, Said, said
from assistant.about_text.showing import beside
from assistant.findings import Finding
from assistant.question import Question
from corpus.library import Version

READERS: tuple[Callable[[Said], tuple[Finding, ...]], ...] = (
    citing.read,
    structure.read,
    amendments.read,
    statutes.read,
    words.read,
    defined.read,
)


def about_text(question: Question, versions: Mapping[str, Version]) -> tuple[Finding, ...]:
    """What the text itself answers, one finding for each agreement; empty for other questions."""
    if len(question.text) > LONGEST:
        return ()
    asked = said(question, versions)
    return beside(next((found for read in READERS if (found := read(asked))), ()))
