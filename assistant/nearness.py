"""How near one sentence is to another by the words that are its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.same_words import GENERAL
from assistant.statement import Statement, read

#: most source sentences that one claimed sentence may be put together from
MAX_PICKED = 3
_BRACKET = re.compile(r"（[^（）]*）|\([^()]*\)")
_CONDITION = re.compile(
    r"([^、。（）()]{2,60}?)(?:とき|場合|際|たら|れば|なら(?:ば)?|限り)(?=[はにも、。でを]|$)"
)


def own(statement: Statement) -> set[str]:
    """Its content words without those that any sentence may use."""
    return {word for word in statement.words if word not in GENERAL}


def closeness(left: Statement, right: Statement) -> float:
    """Shared words over all words (Jaccard), general words left out."""
    a, b = own(left), own(right)
    return len(a & b) / len(a | b) if a | b else 0.0


def share(wanted: Collection[str], words: frozenset[str]) -> float:
    """Share of `wanted` that `words` has; 0 where nothing is wanted."""
    return len(words.intersection(wanted)) / len(wanted) if wanted else 0.0


def nearest(said: Statement, sources: Sequence[Statement]) -> list[Statement]:
    """The source sentences that carry the claim's words, the nearest first."""
    wanted = own(said)
    ranked = sorted(sources, key=lambda s: closeness(said, s), reverse=True)
    picked: list[Statement] = []
    carried: set[str] = set()
    for source in ranked:
        gain = (wanted & source.said) - carried
        if gain and len(picked) < MAX_PICKED and (not picked or len(gain) >= 1):
            picked.append(source)
            carried |= gain
        if wanted <= carried:
            break
    return picked


def conditions(text: str) -> list[str]:
    """The conditions of a sentence (〜とき, 〜場合), brackets left out.

    >>> conditions("期日を過ぎた（休日を除く。）とき、解除する。")
    ['期日を過ぎた']
    """
    return [match[1] for match in _CONDITION.finditer(_BRACKET.sub("", text))]


def condition_words(text: str) -> frozenset[str]:
    """Content words of the conditions of a sentence."""
    return frozenset(w for s in conditions(text) for w in read(s).words)
