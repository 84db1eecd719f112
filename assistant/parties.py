"""Who is in a sentence, in which role, and with which words: the provider, the customer, others.

Roles are read from the particles after a party, so that 「当社は契約者に」 and 「契約者は当社に」
differ though their words do not.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from assistant.same_words import PARTY_WORDS

#: surface, part of speech, its detail, lemma
Token = tuple[str, str, str, str]

#: nouns that only carry a clause; what is denied stands before them
FORMAL = frozenset({"事", "物", "訳", "者", "可能"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A party in its role (topic, agent, recipient, source, owner, object) and the words it goes with."""

    party: str
    role: str
    words: frozenset[str]


_ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("agent", ("が",)),
    ("topic", ("は", "も")),
    ("recipient", ("に", "へ", "宛")),
    ("source", ("から", "より")),
    ("owner", ("の",)),
    ("object", ("を",)),
)
#: how many words after a party in a role belong with it
_REACH = {"agent": 2, "recipient": 3, "source": 3, "owner": 2, "object": 3}
_JOINING = frozenset(
    {"と", "や", "及び", "又は", "或いは", "若しくは", "並びに", "・", "、", "または", "および"}
)


def mentions(tokens: list[Token], where: dict[int, str], denied: Collection[int]) -> list[Mention]:
    """The parties with their roles; a word denied (`denied`: where) counts as another word."""
    where = {i: f"¬{word}" if i in denied else word for i, word in where.items()}
    roles = {i: _role(tokens, i + 1) for i, token in enumerate(tokens) if token[0] in PARTY_WORDS}
    found = []
    for i, role in roles.items():
        until = next(
            (j for j, r in roles.items() if j > i + 4 and r == role == "topic"), len(tokens)
        )
        after = [w for j, w in where.items() if i < j < until and w not in FORMAL]
        words = after[:1] + after[-3:] if role == "topic" else after[: _REACH.get(role, 0)]
        if role:
            found.append(Mention(tokens[i][0], role, frozenset(words)))
    return found


def _role(tokens: list[Token], i: int) -> str:
    """Role of the party that ends before token `i`; joined parties share the last one's role."""
    depth = 0
    while i < len(tokens):
        surface, kind, _detail, lemma = tokens[i]
        depth += (surface == "(") - (surface == ")")
        if not depth and surface != ")" and lemma not in _JOINING and surface not in PARTY_WORDS:
            owned = "owner" if kind == "名詞" else ""
            return next((role for role, particles in _ROLES if surface in particles), owned)
        i += 1
    return ""
