"""Changes told against what was said before: 1日早く, 1か月延ばす, 2台なら, 15日だったら.

Each reader turns such words into new values of inputs of the last calculation and says from which
value to which; it never guesses: where it is open which input is meant, it gives None.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.question import Question
from assistant.understanding.anchors import DEADLINE
from assistant.understanding.calendar import make, month_end, safely, shift, spoken
from assistant.understanding.filling import Filling
from assistant.understanding.numerals import whole
from assistant.understanding.periods import Period
from assistant.understanding.relative import elapsed, span_from_elapsed
from assistant.understanding.roles import FLOOR, score_dates
from assistant.understanding.slots import Form, Slot

if TYPE_CHECKING:
    from assistant.calculation import CalculationRequest

_EARLIER = re.compile(r"\s*(?:間|ほど|分|だけ|くらい)?(?:早|前倒|前に|繰り?上げ|手前)")
_LATER = re.compile(
    r"\s*(?:間|ほど|分|だけ|くらい)?(?:遅く|遅ら|延|のば|伸ば|後ろ|後倒|後に(?:ずら|し)|先に(?:延|ずら|し)|ずら)"
)
_FROM_NOW = re.compile(r"\s*(?:間)?(?:後|先)(?!ろ|倒|に(?:ずら|延))")
_AS_DAY = re.compile(
    r"\s*(?:だったら|だと|なら|から|でし?た|です|に(?:し|変|なっ|払|返)|にすると|スタート|開始)"
)
#: told from the deadline, and not from the value that was said before
_FROM_DEADLINE = re.compile(rf"{DEADLINE}(?:から|より|の|後)\s*$")
_NOT_THIS = re.compile(r"\s*(?:じゃ|では?)なく")
_USED = re.compile(r"使|利用|経[っ過]|たって|たっ(?:た|て)|しか")
_COUNT = re.compile(
    r"(?<![\d.])(?P<n>[1-9]\d{0,2}|[二三四五六七八九十])\s*(?:台|拠点|回線|ライセンス|個|本|アカウント)(?:分|ぶん|まとめて)?\s*(?:だと|だったら|なら|の場合|にしたら|になったら|では)"
)
_END_OF_MONTH = re.compile(r"(?<![今来先翌当同前毎月\d々のカヶか])月末(?!締)")
#: inputs that are a price of one thing
_PRICES = ("monthly_fee", "monthly_rental")


@dataclass(frozen=True, slots=True)
class Change:
    """New values by input name, what to say of them, and how many devices a new price is for.

    `length` says that only the length of a span is told, wherever it begins.
    """

    inputs: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    units: int | None = None
    length: bool = False


def changed(question: Question, form: Form, agreement: str, last: CalculationRequest) -> Change:
    """What the text changes against `last`; an empty change where it does not."""
    told = set(last.inputs) - set(last.supposed)
    slots = [s for s in form.of(agreement) if s.name in told]
    for read in _READERS:
        found = read(question, form, slots, last)
        if found is not None:
            return found
    return Change()


def target(
    roles: Mapping[str, float], form: Form, slots: Sequence[Slot], last: CalculationRequest
) -> Slot | None:
    """The date or sum that a value without a sure role means to change.

    By its role, else the input that was changed last, else the later day of a pair, else the only
    one there is.
    """
    scores = {
        slot.name: max((roles.get(role, 0.0) - i for i, role in enumerate(slot.roles)), default=0.0)
        for slot in slots
    }
    best = max(scores.values(), default=0.0)
    if best >= FLOOR:
        return next(slot for slot in slots if scores[slot.name] == best)
    if any(score >= FLOOR for score in roles.values()):
        return None
    by_name = {slot.name: slot for slot in slots}
    recent = [name for name in last.changed if name in by_name]
    if len(recent) == 1:
        return by_name[recent[0]]
    varied = [late for early, late in form.ordered if late in by_name and early in by_name]
    if varied:
        return by_name[varied[-1]]
    needed = [slot for slot in slots if not slot.optional]
    return needed[0] if len(needed) == 1 else None


def _dates(slots: Sequence[Slot]) -> list[Slot]:
    return [slot for slot in slots if slot.source in ("date", "moment")]


def _shifted(
    question: Question, form: Form, slots: Sequence[Slot], last: CalculationRequest
) -> Change | None:
    """「1週間早く払ったら」, 「解約を1か月延ばしたら」, 「半年後なら」, 「起算日が15日だったら」."""
    for period in question.periods:
        text, end = question.plain, period.at[1]
        anchored = _FROM_DEADLINE.search(text, 0, period.at[0])
        if anchored or _NOT_THIS.match(text, end) or period.unit not in ("日", "週", "月", "年"):
            continue
        slot = target(_roles(question, period), form, _dates(slots), last)
        if slot is None:
            continue
        value = _moved(period, text, end, slot, form, last, question.today)
        if value is not None:
            return _say(question.text[slice(*period.span)], slot, value, last)
    return None


def _roles(question: Question, period: Period) -> Mapping[str, float]:
    """The roles that a length of time would have if it were a date."""
    spans = [period.at]
    return score_dates(question.plain, spans, [a.mention.at for a in question.amounts])[0]


def _moved(
    period: Period,
    text: str,
    end: int,
    slot: Slot,
    form: Form,
    last: CalculationRequest,
    today: date,
) -> date | None:
    was = _day(last.inputs[slot.name])
    if _EARLIER.match(text, end):
        return _step(was, period, -1)
    if _LATER.match(text, end):
        return _step(was, period, 1)
    if _FROM_NOW.match(text, end):
        return _step(today, period, 1)
    if period.unit == "日" and _AS_DAY.match(text, end) and text[end - 1 : end] != "間":
        return make(was.year, was.month, period.count)
    return None


def _step(day: date, period: Period, sign: int) -> date | None:
    if period.months is None:
        return safely(day, sign * period.count * {"週": 7}.get(period.unit, 1))
    moved = shift(day, sign * period.months)
    last = day == month_end(day.year, day.month)
    return month_end(moved.year, moved.month) if last else moved


def _day(value: Any) -> date:
    return date.fromisoformat(str(value)[:10])


def _say(typed: str, slot: Slot, value: date, last: CalculationRequest) -> Change:
    was = str(last.inputs[slot.name])
    note = f"『{typed}』により、{spoken(_day(was))}を{spoken(value)}に改めて計算しました。"
    return Change({slot.name: value.isoformat() + was[10:]}, (note,))


def _month_end(
    question: Question, form: Form, slots: Sequence[Slot], last: CalculationRequest
) -> Change | None:
    """「月末に払ったら」: the end of the month that the day before was in."""
    match = _END_OF_MONTH.search(question.plain)
    if match is None or question.dates:
        return None
    spans = [match.span()]
    roles = score_dates(question.plain, spans, [a.mention.at for a in question.amounts])[0]
    slot = target(roles, form, _dates(slots), last)
    if slot is None:
        return None
    was = _day(last.inputs[slot.name])
    return _say(match[0], slot, month_end(was.year, was.month), last)


def _counted(
    question: Question, form: Form, slots: Sequence[Slot], last: CalculationRequest
) -> Change | None:
    """「2台なら」: the price of one, so many times."""
    match = _COUNT.search(question.plain)
    names = [name for name in _PRICES if isinstance(last.inputs.get(name), int)]
    if match is None or len(names) != 1 or not last.units:
        return None
    count = whole(match["n"])
    each = last.inputs[names[0]] // last.units
    note = f"1台{each:,}円が{count}台で、{each * count:,}円としました。"
    return Change({names[0]: each * count}, (note,), count)


def _elapsed(
    question: Question, form: Form, slots: Sequence[Slot], last: CalculationRequest
) -> Change | None:
    """「10か月使っていたら」: the last day of service, counted from the start."""
    used = elapsed(question) is not None and _USED.search(question.plain)
    if not used or not {"start_date", "end_date"} <= set(last.inputs):
        return None
    start = last.inputs["start_date"]
    told = Filling(inputs={"start_date": start}, missing=["end_date"])
    span_from_elapsed(question, told)
    return Change({"end_date": told.inputs["end_date"]}, tuple(told.assumptions), length=True)


Reader = Callable[[Question, Form, Sequence[Slot], "CalculationRequest"], "Change | None"]
_READERS: tuple[Reader, ...] = (_elapsed, _shifted, _month_end, _counted)
