"""Follow-ups: 「3年契約だと？」, 「4/20に払ったら？」, 「VPNの場合は？」 change inputs of the last calculation.

A follow-up is short and names no other rule. Every number it brings must find its place in the
previous rule; one that does not makes it no follow-up, so that nothing is silently ignored.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.question import Dated, Question, Sum
from assistant.understanding.deriving import derive
from assistant.understanding.filling import DATE_SLACK, Filling, fill, lacking, terms_of
from assistant.understanding.slots import FORMS, Form, Slot
from assistant.understanding.taxes import other_basis, with_tax
from assistant.understanding.told_anew import answer_of_closures, told_anew
from assistant.understanding.wants import wanted

if TYPE_CHECKING:
    from assistant.calculation import CalculationRequest

#: longer texts tell a case of their own
LONGEST = 60
_FOLLOWS = re.compile(
    r"(?:だと|なら(?:ば)?|たら|では|の場合(?:は|だと)?|の方は|のほうは|は|って|だったら|にすると|も(?:同じ)?|です|でした|だよ|ます|ました|円|日|で)[^。]{0,14}[?。]?$|^(?:じゃあ|では|それなら|もし|あと|ちなみに|あ、)"
)
_ANOTHER = re.compile(
    r"とは|どうして|なぜ|誰|どこ|方法|手続き|何条|条文|根拠|どうやって|ほかに|他に|もらえますか|必要ですか"
)
_WITH_TAX = re.compile(r"税込み?(?:だ|で|なら|に|の金額|は)")


def follow(question: Question, previous: CalculationRequest) -> CalculationRequest | None:
    """`previous` with what the follow-up changes, or None where it is no follow-up."""
    if not _is_follow_up(question, previous):
        return None
    agreement = _agreement(question, previous)
    form = FORMS.get(previous.rule)
    if form is None or agreement is None:
        return None
    if agreement not in form.agreements:
        return replace(previous, agreement=agreement, absent=True, missing=(), inputs={})
    new = _changes(question, form, agreement, previous)
    if new is None or (len(new) > 1 and wanted(question.plain, question.asks)):
        return None
    return _merged(question, previous, form, agreement, new)


def _is_follow_up(question: Question, previous: CalculationRequest) -> bool:
    text = question.plain.strip()
    if not text or len(text) > LONGEST or _ANOTHER.search(text) or not _FOLLOWS.search(text):
        return False
    others = set(wanted(text, question.asks)) - {previous.rule}
    return not others or previous.rule in wanted(text, question.asks)


def _agreement(question: Question, previous: CalculationRequest) -> str | None:
    named = () if question.carried else question.meant
    if len(named) > 1:
        return None
    return named[0] if named else previous.agreement


def _changes(
    question: Question, form: Form, agreement: str, previous: CalculationRequest
) -> dict[str, Any] | None:
    """The inputs that the follow-up gives; None where a number finds no place."""
    filling = fill(question, form, agreement)
    new = dict(filling.inputs)
    slots = form.of(agreement)
    answered = answer_of_closures(question, previous)
    new |= answered
    if not answered and not _place(question, filling, slots, new, previous, "date"):
        return None
    if not _place(question, filling, slots, new, previous, "amount"):
        return None
    years = terms_of(question) or _bare_years(question)
    if years and any(s.name == "term_years" for s in slots):
        new["term_years"] = years[0]
    new |= told_anew(question, previous, new)
    changed_agreement = agreement != previous.agreement
    asks_tax = bool(_WITH_TAX.search(question.plain))
    return new if new or changed_agreement or asks_tax else None


def _place(
    question: Question,
    filling: Filling,
    slots: tuple[Slot, ...],
    new: dict[str, Any],
    previous: CalculationRequest,
    kind: str,
) -> bool:
    """Put the one unplaced date or sum where it is asked for; False where it is unclear."""
    mentions = question.dates if kind == "date" else question.amounts
    used = filling.dated.values() if kind == "date" else filling.summed.values()
    free = [m for m in mentions if m not in used]
    if not free:
        return True
    sources = ("date", "moment", "month") if kind == "date" else ("amount",)
    open_names = previous.missing or previous.changed
    wanted_slots = [s for s in slots if s.source in sources and s.name in open_names]
    if len(free) != 1 or len(wanted_slots) != 1:
        return False
    best = max(free[0].roles.values(), default=0.0)
    own = max((free[0].roles.get(role, 0.0) for role in wanted_slots[0].roles), default=0.0)
    if best - own > DATE_SLACK * 2:
        return False
    printed = _printed(free[0], wanted_slots[0], previous)
    if printed is None:
        return False
    new[wanted_slots[0].name] = printed
    return True


def _printed(found: Dated | Sum, slot: Slot, previous: CalculationRequest) -> Any:
    """The value as the rule takes it; a day is a moment only where the hours are known."""
    if not isinstance(found, Dated):
        return found.value
    if slot.source != "moment" or found.mention.time:
        return found.mention.instant if slot.source == "moment" else found.value.isoformat()
    return f"{found.value.isoformat()}T00:00" if "lasted_hours" in previous.inputs else None


def _bare_years(question: Question) -> tuple[int, ...]:
    """「3年だと？」: years that stand alone in a follow-up are the contract's."""
    return tuple(p.count for p in question.periods if p.unit == "年")


#: inputs that no slot has and that a follow-up keeps
_DERIVED = frozenset(
    {"payments", "debts", "days_late", "lasted_hours", "closed_days", "also_closed"}
)


def _replaced(name: str, slots: Mapping[str, Slot], new: Mapping[str, Any]) -> bool:
    """Whether a derived input is told anew by what it stood for (dates instead of days late)."""
    return any(name in slots[n].unless for n in new if n in slots)


def _merged(
    question: Question,
    previous: CalculationRequest,
    form: Form,
    agreement: str,
    new: Mapping[str, Any],
) -> CalculationRequest:
    slots = {slot.name: slot for slot in form.of(agreement)}
    kept = {n: v for n, v in previous.inputs.items() if n in slots or n in _DERIVED}
    if agreement != previous.agreement:
        kept = {n: v for n, v in kept.items() if n in slots}
    kept = {n: v for n, v in kept.items() if not _replaced(n, slots, new)}
    filling = Filling(inputs={**kept, **new})
    filling.missing = lacking(tuple(slots.values()), filling.inputs)
    derive(previous.rule, question, filling)
    notes = with_tax(question.plain)
    if agreement != previous.agreement and any(s.taxed and n in kept for n, s in slots.items()):
        filling.assumptions.append(other_basis(previous.agreement, agreement))
    filling.assumptions = [a for a in filling.assumptions if a]
    return replace(
        previous,
        agreement=agreement,
        inputs=filling.inputs,
        missing=tuple(dict.fromkeys(filling.missing)),
        assumptions=tuple(dict.fromkeys(filling.assumptions)),
        notes=notes,
        absent=False,
        changed=tuple(new),
    )
