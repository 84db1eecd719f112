"""Putting a question's mentions into a rule's inputs.

Dates and sums are assigned to slots so that the total score is greatest, each mention once. A slot
with two equally good candidates of different value stays empty: a number whose role is unclear is
asked for, never guessed. What had to be read in (a year, a tax rate) is said as an assumption.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.question import Dated, Question, Sum
from assistant.understanding.amounts import Amount
from assistant.understanding.calendar import spoken
from assistant.understanding.facts import fact
from assistant.understanding.folding import Span
from assistant.understanding.roles import FLOOR
from assistant.understanding.slots import Form, Slot
from assistant.understanding.taxes import in_terms_of, owed
from assistant.understanding.units import units_of
from assistant.understanding.years import moved_ahead, put_in_order

#: a sum that is a limit and not the writer's own
_LIMIT = re.compile(
    r"(?:\([^)]*\))?\s*(?:を超え|超|以上|以下|未満|を上回|を下回|まで(?:の|なら)|を境)"
)
_SUPPOSED = re.compile(r"場合|たら|なら|すると|とき|れば|ても|とは|どう")
#: what each place further down a slot's list of roles costs
ORDER_COST = 0.75
#: how much better another role may speak for a mention before a slot leaves it alone
DATE_SLACK, SUM_SLACK = 4.5, 0.6
#: what a role costs where another one says the same more closely
SHY = 2.0
#: candidates closer than this are equally good
TIE = 0.3
#: a mention with a score this high elsewhere is not a lone candidate
TAKEN = 7.0


@dataclass(slots=True)
class Filling:
    """Inputs found for one rule and agreement, what lacks, and how much was really said."""

    inputs: dict[str, Any] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    assumptions: list[str] = field(default_factory=list)
    said: int = 0
    dated: dict[str, Dated] = field(default_factory=dict)
    summed: dict[str, Sum] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)
    supposed: set[str] = field(default_factory=set)

    @property
    def spans(self) -> dict[str, Span]:
        """Where in the question's text each date and sum was read."""
        spans = {name: found.mention.span for name, found in self.dated.items()}
        return spans | {name: found.mention.span for name, found in self.summed.items()}


def fill(question: Question, form: Form, agreement: str) -> Filling:
    """Fill the slots that `agreement` has from `question`."""
    slots = form.of(agreement)
    filling = Filling()
    _put_dates(question, slots, filling)
    _put_sums(question, slots, filling, agreement)
    _put_rest(question, slots, filling)
    put_in_order(filling, form, question.today)
    filling.missing = lacking(slots, filling.inputs)
    filling.said = sum(1 for s in slots if s.name in filling.inputs and _counts(question, s))
    filling.said += sum(1 for s in slots if s.name in filling.missing and _hinted(question, s))
    return filling


def lacking(slots: Sequence[Slot], inputs: Mapping[str, Any]) -> list[str]:
    """Names of the slots that must be filled and are not, in order."""
    return [
        s.name
        for s in slots
        if not s.optional and s.name not in inputs and not set(s.unless) & set(inputs)
    ]


def _hinted(question: Question, slot: Slot) -> bool:
    """Whether the date that lacks was told too coarsely (来月解約したい) or does not exist."""
    if slot.source == "date" and question.impossible:
        return True
    return slot.source == "date" and any(
        d.mention.grain != "day" and _fit(slot, d.roles, DATE_SLACK) > 0 for d in question.dates
    )


def _counts(question: Question, slot: Slot) -> bool:
    """Whether an input says something of the writer's own case."""
    return slot.source != "fact" or not _SUPPOSED.search(question.plain)


def _put_dates(question: Question, slots: Sequence[Slot], filling: Filling) -> None:
    wanted = [s for s in slots if s.source in ("date", "moment", "month")]
    usable = {s.name: [d for d in question.dates if _usable(d, s)] for s in wanted}
    chosen = _assign(wanted, usable, DATE_SLACK)
    for slot in wanted:
        dated = chosen.get(slot.name)
        if dated is None:
            continue
        if slot.ahead:
            dated = moved_ahead(dated, question.today)
        filling.dated[slot.name] = dated
        filling.inputs[slot.name] = _printed(dated, slot, dated.value)
        if _completed(dated, slot):
            typed = question.text[slice(*dated.mention.span)]
            filling.assumptions.append(f"『{typed}』は{spoken(dated.value)}と読みました。")


#: patterns whose reading is said: a year was completed, or a name or distance became a day
_SAID = frozenset(
    {"月日", "斜線", "月だけ", "年末", "年度末", "名のある日", "今日から", "隔たり後"}
)


def _completed(dated: Dated, slot: Slot) -> bool:
    mention = dated.mention
    if mention.grain == "month" and slot.whole_month:
        return True
    return mention.inferred and mention.pattern in _SAID


def _usable(dated: Dated, slot: Slot) -> bool:
    if slot.source == "moment":
        return bool(dated.mention.time)
    if slot.whole_month and dated.mention.grain == "month":
        return "range_from" in dated.roles or "change" in dated.roles
    return slot.source == "month" or dated.mention.grain == "day"


def _printed(dated: Dated, slot: Slot, value: date) -> str:
    if slot.name == "acknowledged_month":
        return value.isoformat()[:7]
    if slot.source == "moment":
        return f"{value.isoformat()}T{dated.mention.time}"
    return value.isoformat()


def _put_sums(question: Question, slots: Sequence[Slot], filling: Filling, agreement: str) -> None:
    wanted = [s for s in slots if s.source == "amount"]
    own = [a for a in question.amounts if not _LIMIT.match(question.plain, a.mention.at[1])]
    chosen = _assign(wanted, {s.name: own for s in wanted}, SUM_SLACK)
    for slot in wanted:
        found = chosen.get(slot.name)
        if found is None:
            continue
        value, note = _counted_as(slot, agreement, found.mention)
        if value is None:
            filling.assumptions.append(note)
            continue
        made = found.mention.made
        if made:
            filling.assumptions.append(f"金額は、{made}で、{found.value:,}円としました。")
            filling.counts[slot.name] = 0
        count = 1 if made else units_of(question.plain, found.mention.at)
        if count > 1:
            filling.assumptions.append(
                f"1台{value:,}円が{count}台で、{value * count:,}円としました。"
            )
            value *= count
            filling.counts[slot.name] = count
        filling.summed[slot.name] = found
        filling.inputs[slot.name] = value
        if note:
            filling.assumptions.append(note)


def _counted_as(slot: Slot, agreement: str, amount: Amount) -> tuple[int | None, str]:
    """The sum as the input counts it: as the agreement's fees do, as a debt, or as typed."""
    if slot.taxed:
        return in_terms_of(agreement, amount)
    return owed(amount) if slot.owed else (amount.yen, "")


def _put_rest(question: Question, slots: Sequence[Slot], filling: Filling) -> None:
    for slot in slots:
        value = {"term": _term, "count": _count, "fact": _fact, "share": _share}.get(
            slot.source, _none
        )(question, slot)
        if value is not None:
            filling.inputs[slot.name] = value


def _none(question: Question, slot: Slot) -> Any:
    return None


def terms_of(question: Question) -> tuple[int, ...]:
    """The contract lengths in years that the question names, each once."""
    years = (p.count for p in question.periods if p.term and p.unit == "年")
    return tuple(dict.fromkeys(years))


def _term(question: Question, slot: Slot) -> int | None:
    years = terms_of(question)
    return years[0] if len(years) == 1 else None


def _count(question: Question, slot: Slot) -> int | None:
    times = {p.count for p in question.periods if p.unit == "回"}
    return times.pop() if len(times) == 1 else None


def _fact(question: Question, slot: Slot) -> Any:
    return fact(slot.name, question.plain)


def _share(question: Question, slot: Slot) -> str | None:
    found = {p.value for p in question.shares}
    return found.pop() if len(found) == 1 else None


def _assign(
    slots: Sequence[Slot], usable: Mapping[str, Sequence[Any]], slack: float
) -> dict[str, Any]:
    """The assignment with the greatest total score, without ties between different values."""
    scores = {
        slot.name: {id(m): s for m in usable[slot.name] if (s := _fit(slot, m.roles, slack)) > 0}
        for slot in slots
    }
    things = {id(m): m for slot in slots for m in usable[slot.name]}
    best = _best(tuple(slots), scores, frozenset())[1]
    chosen = {
        name: things[key]
        for name, key in best.items()
        if not _tied(name, key, best, scores, things)
    }
    for slot in slots:
        if slot.lone and slot.name not in chosen and slot.name not in best:
            lone = _lone(slot, usable[slot.name], set(map(id, chosen.values())))
            if lone is not None:
                chosen[slot.name] = lone
    return chosen


def _fit(slot: Slot, roles: Mapping[str, float], slack: float) -> float:
    own = max(
        (
            (roles[r] - ORDER_COST * i - _doubt(r, roles))
            for i, r in enumerate(slot.roles)
            if r in roles
        ),
        default=0.0,
    )
    other = max((score for role, score in roles.items() if role not in slot.roles), default=0.0)
    return own if own >= FLOOR and other - own <= slack else 0.0


def _doubt(role: str, roles: Mapping[str, float]) -> float:
    """A wished-for start is a start only where there is no other."""
    return SHY if role == "start" and roles.get("desired_start", 0.0) >= roles[role] else 0.0


def _best(
    slots: tuple[Slot, ...], scores: Mapping[str, Mapping[int, float]], used: frozenset[int]
) -> tuple[float, dict[str, int]]:
    if not slots:
        return (0.0, {})
    first, rest = slots[0], slots[1:]
    best = _best(rest, scores, used)
    ranked = sorted(scores[first.name].items(), key=lambda kv: -kv[1])
    for key, score in [kv for kv in ranked if kv[0] not in used][: len(rest) + 2]:
        total, chosen = _best(rest, scores, used | {key})
        if total + score**2 > best[0]:
            best = (total + score**2, {first.name: key, **chosen})
    return best


def _tied(
    name: str,
    key: int,
    best: Mapping[str, int],
    scores: Mapping[str, Mapping[int, float]],
    things: Mapping[int, Any],
) -> bool:
    mine = scores[name][key]
    return any(
        other not in best.values()
        and score >= mine - TIE
        and things[other].value != things[key].value
        for other, score in scores[name].items()
    )


def _lone(slot: Slot, mentions: Sequence[Any], used: set[int]) -> Any:
    """The only mention that nothing else explains, or None."""
    free = [m for m in mentions if id(m) not in used and not _explained(slot, m)]
    return free[0] if len({m.value for m in free}) == 1 else None


def _explained(slot: Slot, mention: Any) -> bool:
    return any(s >= TAKEN for role, s in mention.roles.items() if role not in slot.roles)
