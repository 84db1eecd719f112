"""Gaps and repeats in the numbers of articles, paragraphs and items."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.library import Version
from corpus.lint.finding import ERROR, LintFinding

CHECK = "numbering"
TITLE = "番号の連続"

_NUMBERS = re.compile(r"番号が|重複|続いていません")


def check(version: Version) -> Iterator[LintFinding]:
    """What the parser found out of sequence, at the clause of that line."""
    by_line = sorted((c.line, c.id) for c in version.clauses() if c.line)
    for problem in version.terms.problems:
        if _NUMBERS.search(problem.message):
            at = [id for line, id in by_line if line <= problem.line]
            clause = version.get(at[-1]) if at else None
            quote = problem.text if clause and problem.text in clause.full_text else ""
            if clause and not quote:
                quote = clause.marker or clause.caption
            yield LintFinding(CHECK, at[-1] if at else "", quote, problem.message, ERROR)
