"""A rule shown by its numbers alone: a due date, a payment day and a sum make a late charge.

Used where no everyday word named a rule. Every required input must have been read from words that
say its role, the rule must give the kind of thing that is asked for, and no other rule may fit as
well; otherwise nothing is claimed.
"""

from __future__ import annotations

from assistant.question import Question
from assistant.understanding.filling import Filling, fill
from assistant.understanding.slots import FORMS, Form
from assistant.understanding.wants import gives_sum

#: the least score of a role that counts as said
SAID = 6.0
#: numbers that ask nothing in words (「期日11/30 12/11入金 100,000円」) are at most so long
BARE = 60
#: rules whose numbers look like another one's, or that give no number
_NEVER = frozenset({"terms_version", "inquiry_answerable", "jurisdiction", "min_term_end"})


def shown(question: Question) -> tuple[str, ...]:
    """The one rule that the roles of the numbers show, or none."""
    bare = not question.asks and len(question.plain) <= BARE
    asks_sum, asks_day = "amount" in question.asks or bare, "date" in question.asks
    sizes = {
        name: len(filling.spans)
        for name, form in FORMS.items()
        if name not in _NEVER
        and (asks_sum if gives_sum(name) else asks_day)
        and (filling := _best(question, form)) is not None
    }
    most = max(sizes.values(), default=0)
    best = [name for name, size in sizes.items() if size == most]
    return tuple(best) if len(best) == 1 else ()


def _best(question: Question, form: Form) -> Filling | None:
    for agreement in question.meant or form.agreements:
        if agreement not in form.agreements:
            continue
        filling = fill(question, form, agreement)
        if not filling.missing and filling.spans and _all_said(question, filling, form, agreement):
            return filling
    return None


def _all_said(question: Question, filling: Filling, form: Form, agreement: str) -> bool:
    """Whether every input has words for its role; the only sum needs none beside said days."""
    roles = {name: found.roles for name, found in filling.dated.items()}
    roles |= {name: found.roles for name, found in filling.summed.items()}
    only = len(question.amounts) == 1 and len(filling.dated) > 1
    return all(
        roles[slot.name].get(slot.roles[0], 0.0) >= SAID
        or (only and slot.lone and slot.source == "amount" and not roles[slot.name])
        for slot in form.of(agreement)
        if not slot.optional and slot.name in roles
    )
