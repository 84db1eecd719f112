"""Several sums of one kind: 「1台5,000円と1台8,000円」, 「5万円と3万円の2件」 are one sum.

They are added up only where the text says how many there are and every sum has its number; all
others are left as they stand, so that a rule that needs one of them asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.question import Question, Sum
from assistant.understanding.filling import TAKEN
from assistant.understanding.numerals import SMALL, whole

_UNIT = r"(?:台|件|つ|契約|本|個|口|枚|通)"
_COUNT = rf"(?<![\d.]){SMALL}\s*{_UNIT}"
_THING = r"(?:もの|装置|機器|機種|契約|プラン|請求|債務|料金|分)"
_BETWEEN = re.compile(
    rf"\s*\)?(?:の{_THING})?(?:が|は|を|で|の)?(?:\s*{_COUNT})?(?:分|ずつ)?\s*\)?"
    r"\s*(?:と|、|,|や|\+|プラス|および|及び|・)\s*"
    rf"(?:(?:もう|残りの?)\s*{_COUNT}(?:は|が)?|{_THING}?[A-Z]?)\s*\(?(?:{_COUNT}(?:は|が|で|:)?)?"
    r"\s*(?:月額|月々|月)?(?:は|が)?\s*"
)
_BEFORE = re.compile(
    rf"(?<![\d.])(?P<n>{SMALL})\s*{_UNIT}(?:は|が|で|:)?(?:月額|月々|月)?(?:は|が)?\s*$"
)
_AFTER = re.compile(
    rf"\s*\)?(?:の{_THING})?(?:が|は|を|で|の)?\s*(?P<n>{SMALL})\s*{_UNIT}(?!あたり|当たり)"
)
_EACH = re.compile(rf"(?P<n>{SMALL})\s*{_UNIT}ずつ")
_TOTAL = re.compile(rf"(?<![\d.])(?P<n>{SMALL})\s*{_UNIT}(?!あたり|当たり|につき|目|ずつ)")
_ALL = re.compile(r"どちらも|両方|いずれも|合計|まとめて|合わせて|あわせて")
_NAMED = re.compile(rf"{_THING}A.*{_THING}?B", re.DOTALL)
#: sums that are compared, and not added up
_CONTRAST = re.compile(r"差額|→|⇒|変更|ダウングレード|下げ|保険|修理|代替|新品")


@dataclass(frozen=True, slots=True)
class _Item:
    found: Sum
    count: int = 1


def summed_up(question: Question) -> Question:
    """`question` with every list of like sums as one sum that says how it was made."""
    if len(question.amounts) < 2 or _CONTRAST.search(question.plain):
        return question
    amounts: list[Sum] = []
    for group in _groups(question):
        total = _total(question, group) if len(group) > 1 else None
        amounts.extend([total] if total is not None else _equals(group))
    return replace(question, amounts=tuple(amounts))


def _equals(group: list[Sum]) -> list[Sum]:
    """The sums of a list with the same roles: none of them is taken before the others."""
    return [replace(found, roles=_roles(group)) for found in group]


def _roles(group: Sequence[Sum]) -> dict[str, float]:
    return {role: max(s.roles.get(role, 0.0) for s in group) for s in group for role in s.roles}


def _groups(question: Question) -> Iterator[list[Sum]]:
    group: list[Sum] = []
    for found in question.amounts:
        if group and not _continues(question, group, found):
            yield group
            group = []
        group.append(found)
    if group:
        yield group


def _continues(question: Question, group: Sequence[Sum], found: Sum) -> bool:
    between = question.plain[group[-1].mention.at[1] : found.mention.at[0]]
    known = set(group[0].roles)
    foreign = any(s >= TAKEN for role, s in found.roles.items() if role not in known)
    same_tax = found.mention.tax == group[0].mention.tax
    return same_tax and not (foreign and known) and bool(_BETWEEN.fullmatch(between))


def _total(question: Question, group: Sequence[Sum]) -> Sum | None:
    """The sum of a list, or None where its numbers are not sure."""
    items = _counted(question, group)
    if items is None:
        return None
    yen = sum(item.found.value * item.count for item in items)
    made = "＋".join(_shown(item) for item in items)
    first, last = group[0].mention, group[-1].mention
    mention = replace(
        first, yen=yen, span=(first.span[0], last.span[1]), at=(first.at[0], last.at[1]), made=made
    )
    return Sum(mention, _roles(group))


def _shown(item: _Item) -> str:
    count = f"×{item.count}" if item.count > 1 else ""
    return f"{item.found.value:,}円{count}"


def _counted(question: Question, group: Sequence[Sum]) -> list[_Item] | None:
    """Each sum with its number of devices or debts; None where a number lacks or contradicts."""
    text = question.plain
    counts = [_count(text, found) for found in group]
    each = _EACH.search(text, group[-1].mention.at[1])
    if each:
        counts = [whole(each["n"])] * len(group)
    totals = _totals(text, group)
    if None not in counts:
        told = [count or 1 for count in counts]
        agrees = not totals or totals == {sum(told)}
        return [_Item(*pair) for pair in zip(group, told, strict=True)] if agrees else None
    if counts[-1] == len(group) and not any(counts[:-1]):
        return [_Item(found) for found in group]
    plural = totals == {len(group)} or bool(_ALL.search(text)) or bool(_NAMED.search(text))
    alone = not any(counts) and totals <= {len(group)}
    return [_Item(found) for found in group] if plural and alone else None


def _count(text: str, found: Sum) -> int | None:
    """How many of the sum its own words say."""
    own = _own_count(text, found)
    return whole(own["n"]) if own else None


def _own_count(text: str, found: Sum) -> re.Match[str] | None:
    """The number beside a sum; 「1台」 before it is a price of one where a number follows."""
    start, end = found.mention.at
    before = _BEFORE.search(text, max(0, start - 14), start)
    if before and whole(before["n"]) != 1:
        return before
    after = _AFTER.match(text, end)
    if after is None or _OF_THE_NEXT.match(text, after.end()):
        return before
    return before if before and not _PARTICLE.search(after[0]) else after


_PARTICLE = re.compile(r"[がをで×]")
#: a number behind a sum that belongs to the next one (「と1台8,000円」)
_OF_THE_NEXT = re.compile(r"(?:は|が|で|:)?(?:月額|月々|月)?\s*[¥\d]")


def _totals(text: str, group: Sequence[Sum]) -> set[int]:
    """Numbers of devices or debts that the text tells and that are no sum's own."""
    own = {m.span("n") for s in group if (m := _own_count(text, s))}
    return {whole(m["n"]) for m in _TOTAL.finditer(text) if m.span("n") not in own} - {1}
