"""Where a word stands in a text, literally: widths, spaces and the spellings of カ月 aside."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.about_text.reading import letters
from corpus.clause import Clause
from corpus.definitions import own, own_texts
from corpus.library import Version


def holding(version: Version, words: Sequence[str]) -> tuple[Clause, ...]:
    """The clauses whose own words hold one of `words`, in the order of the text.

    Of a paragraph and its items, the items stand for themselves unless the paragraph's own
    words hold it too.
    """
    patterns = [_bounded(letters(word)) for word in words if letters(word)]
    found = [
        clause for clause in own(version)
        if any(p.search(letters(text)) for text, _ in own_texts(clause) for p in patterns)
    ]  # fmt: skip
    held = {clause.address for clause in found}
    return tuple(
        c for c in found if not any(c.address != a and a.contains(c.address) for a in held)
    )


def _bounded(word: str) -> re.Pattern[str]:
    """`word`, not as the end of a longer number (30日 in 130日)."""
    start = r"(?<![0-9.])" if word[:1].isdigit() else ""
    return re.compile(start + re.escape(word))
