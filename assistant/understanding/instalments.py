"""Payments in parts: 「11/10に2万円、12/5に残りを入金」 becomes `payments` and the day of the rest."""

from __future__ import annotations

import re

from assistant.question import Dated, Question, Sum
from assistant.understanding.filling import Filling

_PARTS = re.compile(
    r"分割|一部(?:だけ|を|入金)|内金|残り(?:は|を|の|\d)|残額|残金|[2二3三]回に分け|ずつ|半分|うち\d"
)


_INTO = re.compile(r"\s*(?:に|、)?\s*(?:残り(?:の)?)?\s*[¥\d]")


#: letters between a part and its day (「33,000円だけ11/10に」)
NEAR = 4
_ONLY = re.compile(r"だけ|のみ|を|分")


def put_instalments(question: Question, filling: Filling) -> None:
    """Fill `payments` where the debt was paid in parts; what cannot be read is asked for."""
    if not _PARTS.search(question.plain):
        return
    principal = filling.inputs.get("principal")
    due = filling.dated.get("due_date")
    days = [d for d in question.dates if d is not due and _paying(question, d)]
    parts = [(d, _part(question, d, principal)) for d in days]
    paid = [(d, s) for d, s in parts if s is not None]
    rest = [d for d, s in parts if s is None]
    if principal is None or not paid or len(rest) > 1:
        _ask(filling)
        return
    total = sum(s.value for _, s in paid)
    filling.inputs["payments"] = [{"date": d.value.isoformat(), "amount": s.value} for d, s in paid]
    filling.inputs.pop("paid_date", None)
    filling.missing = [name for name in filling.missing if name != "paid_date"]
    if total < principal and rest:
        filling.inputs["paid_date"] = rest[0].value.isoformat()
    elif total != principal:
        _ask(filling)


def _paying(question: Question, day: Dated) -> bool:
    return "paid" in day.roles or bool(_INTO.match(question.plain, day.mention.at[1]))


def _ask(filling: Filling) -> None:
    filling.inputs.pop("paid_date", None)
    filling.inputs.pop("payments", None)
    if "paid_date" not in filling.missing:
        filling.missing.append("paid_date")


def _part(question: Question, day: Dated, principal: int | None) -> Sum | None:
    """The sum paid on `day`: the first one after it, before the next date."""
    start = day.mention.at[1]
    following = min(
        (d.mention.at[0] for d in question.dates if d.mention.at[0] >= start), default=10**9
    )
    before = (s for s in question.amounts if 0 <= day.mention.at[0] - s.mention.at[1] <= NEAR)
    ahead = next((s for s in before if _ONLY.match(question.plain, s.mention.at[1])), None)
    if ahead is not None and ahead.value != principal:
        return ahead
    return next(
        (
            s
            for s in question.amounts
            if start <= s.mention.at[0] < following and s.value != principal
        ),
        None,
    )
