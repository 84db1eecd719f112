"""Numbers that no calculation used and no words explain: a sign that the question was misread.

A sum or a date that stands in the text must mean something. Where it was put into no input and its
words give it no role, the least certain input of the same kind is asked for rather than trusted.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from assistant.question import Dated, Question, Sum
from assistant.understanding.filling import TAKEN
from assistant.understanding.folding import Span

#: patterns of dates that may only describe another (「年度末で更新せずに」)
DESCRIBING = frozenset({"年末", "年度末"})


def unexplained(
    question: Question, used: Collection[Span], printed: str
) -> tuple[Dated | Sum, ...]:
    """Days and sums of the question that were not used and have no telling role.

    `used` are spans that inputs were read from, `printed` the inputs as text (a value that was
    derived from a mention stands there without its span).
    """
    mentions: list[Dated | Sum] = [
        d
        for d in question.dates
        if d.mention.grain == "day" and d.mention.pattern not in DESCRIBING
    ]
    mentions.extend(question.amounts)
    return tuple(
        m
        for m in mentions
        if m.mention.span not in used
        and str(m.value) not in printed
        and m.value != question.today
        and max(m.roles.values(), default=0.0) < TAKEN
    )


def least_sure(
    question: Question, read: Mapping[str, Span], left: tuple[Dated | Sum, ...]
) -> tuple[str, ...]:
    """Per kind of number left over, the input of that kind whose words are weakest."""
    names = []
    if any(isinstance(m, Dated) for m in left):
        names.extend(_weakest(read, question.dates))
    if any(isinstance(m, Sum) for m in left):
        names.extend(_weakest(read, question.amounts))
    return tuple(names)


def _weakest(read: Mapping[str, Span], mentions: Sequence[Dated | Sum]) -> list[str]:
    strength = {m.mention.span: max(m.roles.values(), default=0.0) for m in mentions}
    inputs = [name for name, span in read.items() if span in strength]
    return sorted(inputs, key=lambda name: strength[read[name]])[:1]
