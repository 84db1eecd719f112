"""False premises: what a question takes for granted, held against the cited clauses.

Only quantities are judged, and only where the clause names one of the same kind: 「3カ月前
ですよね」 against a clause that says 1カ月前. A day that no calendar has is none either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from assistant.findings import Finding
from assistant.numbers_in_text import quantities
from assistant.question import Question
from assistant.understanding.folding import fold

#: the day that only some years have, without its year
_LEAP_DAY = re.compile(r"0?2\s*[月/]\s*29日?")


def no_such_day(question: Question) -> str:
    """A sentence that says which day of the question no calendar has, or ""."""
    if not question.impossible:
        return ""
    days = "、".join(f"『{day}』" for day in question.impossible)
    if all(_LEAP_DAY.fullmatch(fold(day).text) for day in question.impossible):
        return f"{days}はうるう年にしかない日付です。年からお知らせください。"
    return f"{days}という日付は存在しません。正しい日付をお知らせください。"


def contradiction(question: Question, findings: Sequence[Finding]) -> str:
    """A sentence that corrects the question's premise, or ""."""
    answered = [f for f in findings if f.status == "answered"]
    if not question.premises or len(answered) != 1:
        return ""
    text = "\n".join(c.clause.full_text for c in answered[0].chosen)
    for premise in question.premises:
        said = _said(question.text, premise.span)
        wrong = _contradicted(said, text)
        if wrong:
            return (
                f"ご質問の『{said}』という点は、規約の定めと異なります。規約の文言は{wrong}です。"
            )
    return ""


def _said(text: str, span: tuple[int, int]) -> str:
    return unicodedata.normalize("NFKC", text[span[0] : span[1]])


def _contradicted(said: str, text: str) -> str:
    """The clause's own quantity where it names one of the same unit, none of them the claimed."""
    claimed = [q for q in quantities(said) if q.unit]
    if not claimed:
        return ""
    unit = claimed[0].unit
    printed = [q for q in quantities(text) if q.unit == unit]
    if not printed or any(_same(q.value, claimed[0].value) for q in printed):
        return ""
    return f"『{printed[0].printed}』"


def _same(left: Decimal, right: Decimal) -> bool:
    try:
        return left == right
    except InvalidOperation:
        return False
