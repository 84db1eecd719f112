"""Numbers told apart by agreement: 「SGは3/31、MSPは4/30に解約」.

Where every agreement named has numbers of its own behind its name, each reads only its own and
those that stand before the first name or after 両方 and the like. Numbers in the same place share
their roles, since the verb is said once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from assistant.question import Dated, Question, Sum
from assistant.understanding.folding import Span

M = TypeVar("M", Dated, Sum)
_BOTH = re.compile(r"両方|どちらも|いずれも|それぞれ|ともに|とも(?=[、に])|共通|同じ")


def is_contrast(question: Question) -> bool:
    """Whether each agreement named is followed by a date or sum of its own."""
    if len(question.meant) < 2:
        return False
    spans = [d.mention.at for d in question.dates] + [a.mention.at for a in question.amounts]
    return all(
        any(_inside(at, _parts(question, agreement)) for at in spans)
        for agreement in question.meant
    )


def about(question: Question, agreement: str) -> Question:
    """`question` with only the numbers that speak of `agreement`."""
    return replace(
        question,
        dates=_own(question, agreement, question.dates),
        amounts=_own(question, agreement, question.amounts),
    )


def _own(question: Question, agreement: str, mentions: Sequence[M]) -> tuple[M, ...]:
    by_agreement: dict[str, list[M]] = {
        id: [m for m in mentions if _inside(m.mention.at, _parts(question, id))]
        for id in question.meant
    }
    taken = {m.mention.at for group in by_agreement.values() for m in group}
    shared: list[M] = [m for m in mentions if m.mention.at not in taken]
    mine: list[M] = by_agreement.get(agreement, [])
    lengths = {len(group) for group in by_agreement.values()}
    if len(lengths) == 1:
        columns = zip(*by_agreement.values(), strict=True)
        roles = [_joined([m.roles for m in column]) for column in columns]
        mine = [replace(m, roles=role) for m, role in zip(mine, roles, strict=True)]
    return tuple(sorted(shared + mine, key=lambda m: m.mention.at))


def _joined(scores: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return {role: max(s.get(role, 0.0) for s in scores) for score in scores for role in score}


def _parts(question: Question, agreement: str) -> list[Span]:
    """Where `agreement` is spoken of: from its name to another's, or to 両方."""
    names = [n for n in question.agreements.named if n.meant]
    parts = []
    for name in names:
        if name.agreement != agreement:
            continue
        start = name.at[1]
        other = min(
            (n.at[0] for n in names if n.at[0] >= start and n.agreement != agreement),
            default=len(question.plain),
        )
        both = _BOTH.search(question.plain, start, other)
        parts.append((start, both.start() if both else other))
    return parts


def _inside(at: Span, parts: Sequence[Span]) -> bool:
    return any(start <= at[0] < end for start, end in parts)
