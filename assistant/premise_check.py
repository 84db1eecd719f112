"""False premises: what a question takes for granted, held against the cited clauses.

Only quantities are judged, and only where the clause names one of the same kind: 「3カ月前
ですよね」 against a clause that says 1カ月前. A day that no calendar has is none either.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from assistant import wording
from assistant.findings import Finding
from assistant.numbers_in_text import quantities
from assistant.question import Question
from assistant.understanding.folding import fold

_FIGURES = "0123456789０１２３４５６７８９"
_OR = "(?:または|又は|もしくは|若しくは)"
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


def claims_quantity(question: Question) -> bool:
    """Whether a question takes a sum, a share or a length of time for granted."""
    said = (_said(question.text, premise.span) for premise in question.premises)
    return any(quantity.unit for text in said for quantity in quantities(text))


def contradiction(question: Question, findings: Sequence[Finding]) -> str:
    """A sentence that corrects the question's premise, or ""."""
    answered = [f for f in findings if f.status == "answered"]
    if not answered:
        return ""
    for premise in question.premises:
        said = _said(question.text, premise.span)
        held = [(f.version.agreement.title, *_held_against(said, f)) for f in answered]
        wrong = [(title, printed) for title, printed, _ in held if printed]
        if wrong and len(held) == 1:
            return wording.NOT_SO.format(said=said, printed=wrong[0][1])
        if wrong:
            right = [title for title, _, confirmed in held if confirmed]
            return _of_several(said, wrong, right)
    return ""


def _of_several(said: str, wrong: Sequence[tuple[str, str]], right: Sequence[str]) -> str:
    """Which agreements say otherwise, and what, and which say so."""
    others = "、".join(f"{title}では{printed}" for title, printed in wrong)
    so = wording.SO_IN.format(titles=wording.join(right)) if right else ""
    return wording.NOT_SO_IN.format(said=said, others=others, so=so)


def _said(text: str, span: tuple[int, int]) -> str:
    return unicodedata.normalize("NFKC", text[span[0] : span[1]])


def _held_against(said: str, finding: Finding) -> tuple[str, bool]:
    """The clauses' own quantity where none of the unit is the claimed one, and whether one is."""
    claimed = [q for q in quantities(said) if q.unit]
    if not claimed:
        return "", False
    text = "\n".join(c.clause.full_text for c in finding.chosen)
    printed = [q for q in quantities(text) if q.unit == claimed[0].unit]
    if any(_same(q.value, claimed[0].value) for q in printed):
        return "", True
    return (f"『{_with_other(printed[0].printed, text)}』" if printed else ""), False


def _with_other(printed: str, text: str) -> str:
    """A quantity as its clause prints it, with the one that it leaves the choice of.

    >>> _with_other("1年", "期間は、1年または3年とします。"), _with_other("1年", "1年とします。")
    ('1年または3年', '1年')
    """
    match = re.search(
        rf"{re.escape(printed)}(?:{_OR}\d+{re.escape(printed.lstrip(_FIGURES))})?", text
    )
    return match[0] if match else printed


def _same(left: Decimal, right: Decimal) -> bool:
    try:
        return left == right
    except InvalidOperation:
        return False
