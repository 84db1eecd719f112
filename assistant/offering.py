"""What could be computed for a question of how much that brings no number of its own."""

from __future__ import annotations

from dataclasses import replace

from assistant.calculation import CalculationRequest, made
from assistant.question import Question
from assistant.understanding.kind import about_duty, computes
from assistant.understanding.wants import gives_sum, wanted, without_outranked

#: kinds of questions that want no sum of their own
_NOT_OWN = ("define", "compare", "list", "rule_itself", "timeline")


def offers(question: Question) -> tuple[CalculationRequest, ...]:
    """The one rule of the one agreement meant, with what it lacks; `offered` unless told to compute."""
    named = without_outranked(wanted(question.plain, question.asks), question.plain)
    rules = [rule for rule in named if gives_sum(rule)]
    told = computes(question.plain)
    if len(rules) != 1 or len(question.meant) != 1 or "amount" not in question.asks:
        return ()
    if (question.kind in _NOT_OWN and not told) or about_duty(question.plain):
        return ()
    request = made(question, rules[0], question.meant[0])[0]
    return (replace(request, offered=not told),) if request.missing else ()
