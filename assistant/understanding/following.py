"""Follow-ups: 「3年契約だと？」, 「4/20に払ったら？」, 「VPNの場合は？」 change inputs of the last calculation.

A follow-up is short and names no other rule. Every number it brings must find its place in the
previous rule; one that does not makes it no follow-up, so that nothing is silently ignored. Words
that change a value against what was said (1日早く, 2台なら) are read in `changing`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.question import Dated, Question
from assistant.understanding.amounts import Amount
from assistant.understanding.calendar import month_end, shift, spoken
from assistant.understanding.changing import changed, target
from assistant.understanding.deriving import derive
from assistant.understanding.filling import Filling, fill, lacking, terms_of
from assistant.understanding.lists import summed_up
from assistant.understanding.notices import with_arrival
from assistant.understanding.placing import place
from assistant.understanding.roles import LABEL
from assistant.understanding.slots import FORMS, Form, Slot
from assistant.understanding.taxes import asked, near, other_basis, owed, stated
from assistant.understanding.told_anew import answer_of_closures, told_anew
from assistant.understanding.verdicts import EARLIEST, asks_again, judged_today, turned_to
from assistant.understanding.wants import wanted
from assistant.understanding.years import DUE, may_precede

if TYPE_CHECKING:
    from assistant.calculation import CalculationRequest

#: longer texts tell a case of their own
LONGEST = 60
#: characters beside its numbers that a text of values alone may have
BARE = 3
_FOLLOWS = re.compile(
    r"(?:だと|なら(?:ば)?|たら|では|の場合(?:は|だと)?|の方は|のほうは|は|って|だったら|にすると|も(?:同じ)?|です|でした|だよ|ます|ました|円|日|で|たい|希望|予定|足すと|した|いくら|教えて|たのは|期日|期限|払い|解約|開始|終了|復旧|責任|入金|契約)[^。]{0,14}[?。]?$|^(?:じゃあ|では|それなら|もし|あと|ちなみに|あ、|やっぱり|逆に)"
)
_ANOTHER = re.compile(
    r"とは|どうして|なぜ|誰|どこ|方法|手続き|何条|条文|根拠|どうやって|ほかに|他に|もらえますか|必要ですか|数え(?:な|る|方)|切り上げ|切り捨て|うるう|閏"
)
_FILLER = re.compile(
    r"です|でした|契約|プラン|かな|[、。,.!?！？\s]|えっと|あ、|はい|なら|だと|だったら|から|まで|にする|円|の分|分"
)
#: a lone sum in a follow-up about the first changes the second: the old fee stays what it was
_REPLACES: Mapping[str, str] = {"old_fee": "new_fee"}


@dataclass(slots=True)
class _New:
    """What a follow-up brings: inputs, what was read into them, sums as typed, and notes.

    `relative` names the inputs that were told from the other day of their pair.
    """

    inputs: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    typed: dict[str, int] = field(default_factory=dict)
    units: int | None = None
    relative: frozenset[str] = frozenset()


def follow(question: Question, previous: CalculationRequest) -> CalculationRequest | None:
    """`previous` with what the follow-up changes, or None where it is no follow-up."""
    question = summed_up(question)
    if not _is_follow_up(question, previous):
        return None
    agreement = _agreement(question, previous)
    form = FORMS.get(previous.rule)
    if form is None or agreement is None:
        return None
    if agreement not in form.agreements:
        return replace(previous, agreement=agreement, absent=True, missing=(), inputs={})
    found = _followed(question, form, agreement, previous)
    meant = _in_the_year_meant(question, form, agreement, previous)
    if meant is question or (found is not None and found.complete):
        return found
    again = _followed(meant, form, agreement, previous)
    return again if again is not None and again.complete else found


def _followed(
    question: Question, form: Form, agreement: str, previous: CalculationRequest
) -> CalculationRequest | None:
    new = _changes(question, form, agreement, previous)
    if new is None or (len(new.inputs) > 1 and _tells_a_case(question, previous)):
        return None
    return _merged(question, previous, form, agreement, new)


def _in_the_year_meant(
    question: Question, form: Form, agreement: str, previous: CalculationRequest
) -> Question:
    """A lone date without a year is in the year that is nearest to the day that it replaces."""
    if len(question.dates) != 1 or not _yearless(question.dates[0]) or previous.missing:
        return question
    (dated,) = question.dates
    told = [
        s
        for s in form.of(agreement)
        if s.source in ("date", "moment") and s.name in previous.inputs
    ]
    slot = target(dated.roles, form, told, previous)
    if slot is None:
        return question
    was = date.fromisoformat(str(previous.inputs[slot.name])[:10])
    near = min((shift(dated.value, m) for m in (12, 0, -12)), key=lambda day: abs((day - was).days))
    mention = replace(dated.mention, value=near)
    return replace(question, dates=(replace(dated, mention=mention),))


def _tells_a_case(question: Question, previous: CalculationRequest) -> bool:
    """Whether the text names the rule itself and stands alone."""
    named = wanted(question.plain, question.asks)
    return bool(named) and not previous.missing


def _is_follow_up(question: Question, previous: CalculationRequest) -> bool:
    text = question.plain.strip()
    if not text or len(text) > LONGEST or _ANOTHER.search(text):
        return False
    if turned_to(previous.rule, text) == EARLIEST != previous.rule:
        return False
    again = asks_again(previous.rule, text)
    if not (again or _FOLLOWS.search(text) or only_values(question)):
        return False
    named = wanted(text, question.asks)
    return again or not set(named) - {previous.rule} or previous.rule in named


def only_values(question: Question) -> bool:
    """Whether a text is an answer of nothing but values: 「3年契約」, 「10万円」, 「12/10」."""
    spans = [d.mention.at for d in question.dates] + [a.mention.at for a in question.amounts]
    spans += [p.at for p in question.periods]
    if not spans:
        return False
    left, end = [], 0
    for start, stop in sorted(spans):
        left.append(question.plain[end:start])
        end = max(end, stop)
    return len(_FILLER.sub("", "".join([*left, question.plain[end:]]))) <= BARE


def _agreement(question: Question, previous: CalculationRequest) -> str | None:
    named = () if question.carried else question.meant
    if len(named) > 1:
        return None
    return named[0] if named else previous.agreement


def _changes(
    question: Question, form: Form, agreement: str, previous: CalculationRequest
) -> _New | None:
    """The inputs that the follow-up gives; None where a number finds no place."""
    change = changed(question, form, agreement, previous)
    question = with_arrival(question) if form.judges else question
    filling = fill(question, form, agreement)
    new = _New(dict(filling.inputs), list(filling.assumptions))
    new.typed = {name: found.value for name, found in filling.summed.items()}
    new.units = max(filling.counts.values(), default=change.units)
    _replace_the_later(filling, new, previous)
    _near_what_was_said(filling, form, new, previous)
    slots = form.of(agreement)
    closures = answer_of_closures(question, previous)
    kinds = ("sum",) if closures else ("date", "sum")
    if not all(
        place(question, filling, form, slots, new.inputs, new.typed, previous, kind)
        for kind in kinds
    ):
        return None
    new.inputs |= {**change.inputs, **closures}
    new.notes += change.notes
    years = terms_of(question) or _bare_years(question)
    if years and any(s.name == "term_years" for s in slots):
        new.inputs["term_years"] = years[0]
    told = told_anew(question, previous, new.inputs)
    new.inputs |= told.inputs
    new.relative = frozenset({**told.inputs, **(change.inputs if change.length else {})})
    new.notes += told.notes
    _tax(question, slots, agreement, new, previous)
    held = {**previous.inputs, **new.inputs}
    judged_today(question, previous.rule, agreement, held, new.notes)
    new.inputs |= {n: v for n, v in held.items() if n not in previous.inputs}
    other = agreement != previous.agreement or bool(asked(question.plain))
    again = asks_again(previous.rule, question.plain)
    return new if new.inputs or other or again else None


def _replace_the_later(filling: Filling, new: _New, previous: CalculationRequest) -> None:
    """「6万円に上げるなら」 after a change of fees is a new fee, unless 変更前 is said."""
    for early, late in _REPLACES.items():
        found = filling.summed.get(early)
        lone = early in new.inputs and late not in new.inputs
        if found is None or not lone or not {early, late} <= set(previous.inputs):
            continue
        if found.roles.get("old", 0.0) < LABEL:
            new.inputs[late] = new.inputs.pop(early)
            new.typed[late] = new.typed.pop(early)


def _near_what_was_said(
    filling: Filling, form: Form, new: _New, previous: CalculationRequest
) -> None:
    """A date whose year was left out takes the year that keeps the pair in order."""
    for pair in form.ordered:
        first, second = (str(new.inputs.get(n, previous.inputs.get(n, ""))) for n in pair)
        if not first or not second or first <= second:
            continue
        if may_precede(pair[0], *(date.fromisoformat(day[:10]) for day in (first, second))):
            continue
        for name, months in ((pair[1], 12), (pair[0], -12)):
            found = filling.dated.get(name)
            if found is None or not _yearless(found):
                continue
            day = shift(found.value, months)
            moved = day.isoformat() + str(new.inputs[name])[10:]
            back = months < 0 and _gap(moved, second) > _gap(first, second)
            if not back and (moved >= first if months > 0 else moved <= second):
                new.inputs[name] = moved
                new.notes[:] = [n for n in new.notes if "と読みました" not in n]
                new.notes.append(f"年の書かれていない日付は{spoken(day)}と読みました。")
                break


def _gap(first: str, second: str) -> int:
    """Days between two ISO days or instants."""
    one, other = (date.fromisoformat(day[:10]) for day in (first, second))
    return abs((one - other).days)


def _yearless(dated: Dated) -> bool:
    return dated.mention.inferred and dated.mention.pattern in ("月日", "斜線")


def _bare_years(question: Question) -> tuple[int, ...]:
    """「3年だと？」: years that stand alone in a follow-up are the contract's."""
    return tuple(
        p.count
        for p in question.periods
        if p.unit == "年" and question.plain[p.at[1] : p.at[1] + 1] not in ("前", "後")
    )


def _tax(
    question: Question, slots: tuple[Slot, ...], agreement: str, new: _New, previous: CalculationRequest
) -> None:  # fmt: skip
    """「月額は税込でした」: the sum that was said, or the one named, is counted anew."""
    tax = stated(question.plain)
    if not tax:
        return
    typed = {**previous.typed, **new.typed}
    sums = [s for s in slots if (s.taxed or s.owed) and (s.name in new.typed or s.name in previous.inputs)]  # fmt: skip
    named = [s for s in sums if s.name in new.typed]
    for slot in named or sums:
        yen = typed.get(slot.name, previous.inputs.get(slot.name))
        if not isinstance(yen, int):
            continue
        amount = Amount(yen, tax, (0, 0), (0, 0))
        value, note = near(agreement, amount) if slot.taxed else owed(amount)
        new.inputs[slot.name] = value * max(_units(new, previous), 1)
        new.typed[slot.name] = yen
        if note:
            new.notes.append(note)


def _units(new: _New, previous: CalculationRequest) -> int:
    return previous.units if new.units is None else new.units


def _drop_overtaken(form: Form, filling: Filling, new: _New, previous: CalculationRequest) -> None:
    """A day that a new one has overtaken (「1月からだと」 after a range in December) is asked for.

    A span that ended with its month ends with the new one's.
    """
    for early, late in form.ordered:
        first, second = filling.inputs.get(early), filling.inputs.get(late)
        if not first or not second or first <= second or early in DUE:
            continue
        if late not in new.inputs and _ends_with_its_month(previous.inputs, early, late):
            begins = date.fromisoformat(first[:10])
            end = month_end(begins.year, begins.month)
            filling.inputs[late] = end.isoformat()
            filling.assumptions.append(f"月の末日（{spoken(end)}）までとしました。")
            continue
        for name in (early, late):
            if name not in new.inputs:
                del filling.inputs[name]


def _ends_with_its_month(inputs: Mapping[str, Any], early: str, late: str) -> bool:
    """Whether a span ended with the month that it began in."""
    if not {early, late} <= set(inputs):
        return False
    first, last = (date.fromisoformat(str(inputs[name])[:10]) for name in (early, late))
    return last == month_end(first.year, first.month)


#: inputs that no slot has and that a follow-up keeps
_DERIVED = frozenset(
    {"payments", "debts", "days_late", "lasted_hours", "closed_days", "also_closed"}
)


def _replaced(name: str, slots: Mapping[str, Slot], new: Mapping[str, Any]) -> bool:
    """Whether a derived input is told anew by what it stood for (dates instead of days late)."""
    return any(name in slots[n].unless for n in new if n in slots)


def _held_against(slots: Mapping[str, Slot], new: _New, other_agreement: bool) -> bool:
    """Whether a day or a term is told anew, which days that only stood for a length cannot meet."""
    days = {n for n, s in slots.items() if s.source in ("date", "moment")} | {"term_years"}
    other_term = other_agreement and "term_years" in slots
    return other_term or bool(days & (set(new.inputs) - new.relative))


def _merged(
    question: Question,
    previous: CalculationRequest,
    form: Form,
    agreement: str,
    new: _New,
) -> CalculationRequest:
    slots = {slot.name: slot for slot in form.of(agreement)}
    kept = {n: v for n, v in previous.inputs.items() if n in slots or n in _DERIVED}
    if agreement != previous.agreement:
        shared = {*slots, *(name for s in slots.values() for name in s.unless)}
        kept = {n: v for n, v in kept.items() if n in shared}
    kept = {n: v for n, v in kept.items() if not _replaced(n, slots, new.inputs)}
    if _held_against(slots, new, agreement != previous.agreement):
        kept = {n: v for n, v in kept.items() if n not in previous.supposed}
    filling = Filling(inputs={**kept, **new.inputs}, assumptions=list(new.notes))
    _drop_overtaken(form, filling, new, previous)
    filling.missing = lacking(tuple(slots.values()), filling.inputs)
    derive(previous.rule, question, filling)
    if agreement != previous.agreement and any(s.taxed and n in kept for n, s in slots.items()):
        filling.assumptions.append(other_basis(previous.agreement, agreement))
    return replace(
        previous,
        agreement=agreement,
        inputs=filling.inputs,
        missing=tuple(dict.fromkeys(filling.missing)),
        assumptions=tuple(dict.fromkeys(note for note in filling.assumptions if note)),
        tax=asked(question.plain),
        absent=False,
        offered=False,
        changed=tuple(new.inputs),
        typed={**previous.typed, **new.typed},
        units=_units(new, previous),
        supposed=tuple(n for n in previous.supposed if n in kept),
    )
