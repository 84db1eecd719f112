"""Where a number of a follow-up goes whose words do not say it: to what lacks, or to what varies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from assistant.question import Dated, Question, Sum
from assistant.understanding.changing import target
from assistant.understanding.filling import DATE_SLACK, Filling
from assistant.understanding.notices import was_sent
from assistant.understanding.slots import Form, Slot

if TYPE_CHECKING:
    from assistant.calculation import CalculationRequest


def place(
    question: Question,
    filling: Filling,
    form: Form,
    slots: tuple[Slot, ...],
    new: dict[str, Any],
    typed: dict[str, int],
    previous: CalculationRequest,
    kind: str,
) -> bool:
    """Put the one unplaced date or sum where it is asked for; False where it is unclear."""
    free = _free(question, filling, kind)
    if not free:
        return True
    if len(free) != 1:
        return False
    sources = ("date", "moment", "month") if kind == "date" else ("amount",)
    kinds = [s for s in slots if s.source in sources and s.name not in new]
    slot = _where(free[0], form, kinds, previous)
    printed = _printed(free[0], slot, previous) if slot else None
    if slot is None or printed is None:
        return False
    new[slot.name] = printed
    if isinstance(free[0], Sum):
        typed[slot.name] = free[0].value
    return True


def _free(question: Question, filling: Filling, kind: str) -> list[Dated | Sum]:
    if kind == "date":
        used = [d.value for d in filling.dated.values()]
        return [d for d in question.dates if d.value not in used and not was_sent(d)]
    sums = [s.value for s in filling.summed.values()]
    return [s for s in question.amounts if s.value not in sums]


def _where(
    found: Dated | Sum, form: Form, slots: list[Slot], previous: CalculationRequest
) -> Slot | None:
    """The input that lacks, or else the one that a what-if would change."""
    lacking = [s for s in slots if s.name in previous.missing]
    if len(lacking) == 1:
        best = max(found.roles.values(), default=0.0)
        own = max((found.roles.get(role, 0.0) for role in lacking[0].roles), default=0.0)
        return lacking[0] if best - own <= DATE_SLACK * 2 else None
    if lacking:
        return None
    held = [s for s in slots if s.name in previous.inputs]
    # 「2月28日に変更」 changes what was said; it is the day of a change only where one is asked for
    roles = {
        role: score for role, score in found.roles.items()
        if role != "change" or any(role in s.roles for s in slots)
    }  # fmt: skip
    slot = target(roles, form, held, previous)
    return (
        _in_order(slot, found, form, held, previous) if slot and isinstance(found, Dated) else slot
    )


def _in_order(
    slot: Slot, found: Dated, form: Form, held: list[Slot], previous: CalculationRequest
) -> Slot:
    """The later day of a pair where `found` as the earlier one would stand behind it."""
    for early, late in form.ordered:
        if slot.name == early and found.value.isoformat() > str(previous.inputs.get(late, "9")):
            return next((other for other in held if other.name == late), slot)
    return slot


def _printed(found: Dated | Sum, slot: Slot, previous: CalculationRequest) -> Any:
    """The value as the rule takes it; a day is a moment only where the hours are known."""
    if isinstance(found, Sum):
        return found.value
    if slot.source != "moment":
        return found.value.isoformat()
    if found.mention.time:
        return found.mention.instant
    return f"{found.value.isoformat()}T00:00" if "lasted_hours" in previous.inputs else None
