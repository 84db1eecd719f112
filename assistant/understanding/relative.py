"""Dates told from another date of the question: 「期日の12日後に払った」, 「8か月使って解約」.

Each function fills one missing input from a known one and a length of time, exactly, and says so.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.question import Question
from assistant.understanding.anchors import days_from_deadline
from assistant.understanding.calendar import month_end, shift, spoken
from assistant.understanding.filling import Filling
from assistant.understanding.periods import Period

_LATE = re.compile(
    r"\s*(?:間)?(?:も|ほど)?(?:後|あと|遅れ|過ぎ|の?遅延|の?延滞|の?滞納|遅く|経って|たって|超過|オーバー)"
)
#: so many days are never more than one month begun
SHORTEST_MONTH = 28
#: words that say a delay and not only a later day
_OVERDUE = re.compile(r"\s*(?:間)?(?:も|ほど|の)?\s*(?:遅れ|遅延|延滞|滞納|遅く|オーバー)")
_ROUGH = re.compile(r"(?:約|およそ|だいたい|大体|ざっと)\s*$")
_ELAPSED_BEFORE = re.compile(
    r"(?:契約(?:して|から|後)|使(?:って|い始めて)|利用(?:して|から|開始から)|入(?:って|会して)|始めて|開始(?:して|から)|導入(?:して|から)|借りて)(?:から|まだ|もう|、|ちょうど)*\s*$"
)
#: what is left of a contract is not what has run of it
_LEFT_BEFORE = re.compile(
    r"(?:残り|のこり|残|残存|あと)(?:の)?(?:期間)?(?:は|が|も)?(?:約|およそ)?\s*$"
)
_ELAPSED_AFTER = re.compile(
    r"\s*(?:ちょうど)?(?:使|経|たっ|たち|過ぎ|で(?:の)?(?:解約|やめ|辞め|解除|途中|中途)|経過|しか|利用|なん|だけど|です|間使|間利用)"
)


def give(filling: Filling, name: str, value: object, note: str) -> None:
    """Fill `name` if it is missing and say what was taken for granted."""
    if name in filling.missing:
        filling.inputs[name] = value
        filling.missing.remove(name)
        filling.assumptions.append(note)


def suppose(filling: Filling, name: str, value: object, note: str) -> None:
    """Like `give`, for a value that only stands for a length: no other day may be held against it."""
    if name in filling.missing:
        give(filling, name, value, note)
        filling.supposed.add(name)


def is_rough(question: Question, period: Period) -> bool:
    """Whether a length is told only roughly (「約2週間」)."""
    return bool(_ROUGH.search(question.plain[max(0, period.at[0] - 5) : period.at[0]]))


def day_from_delay(early: str, late: str, question: Question, filling: Filling) -> None:
    """`late` from `early` and 「N日遅れ」 or 「期日当日」 (or the reverse); a rough length is left alone."""
    if late in filling.missing and early in filling.inputs:
        _later_day(early, late, question, filling)
    elif early in filling.missing and late in filling.inputs:
        delay = _delay(question, _OVERDUE)
        if delay is not None:
            day = _moved(date.fromisoformat(filling.inputs[late]), delay, -1)
            give(
                filling,
                early,
                day.isoformat(),
                f"『{_typed(question, delay)}』から、{spoken(day)}としました。",
            )


def _later_day(early: str, late: str, question: Question, filling: Filling) -> None:
    known = date.fromisoformat(filling.inputs[early])
    delay = _delay(question, _LATE)
    if delay is not None:
        day = _moved(known, delay, 1)
        note = f"『{_typed(question, delay)}』から、{spoken(day)}としました。"
        give(filling, late, day.isoformat(), note)
        return
    told = filling.dated.get(early)
    days = days_from_deadline(question.plain, told.mention.at[1] if told else None)
    if days is not None:
        day = known + timedelta(days=days)
        give(
            filling,
            late,
            day.isoformat(),
            f"{_DONE[late]}は、{_near_deadline(days)}の{spoken(day)}としました。",
        )


_DONE = {"paid_date": "支払日", "returned": "返却日"}


def _near_deadline(days: int) -> str:
    """How a day near the deadline is called (「期日の当日」)."""
    if days == 0:
        return "期日の当日"
    return f"期日の{abs(days)}日{'後' if days > 0 else '前'}"


def _delay(question: Question, words: re.Pattern[str]) -> Period | None:
    """The length of the delay, where one is told exactly."""
    for period in question.periods:
        exact = period.unit in ("日", "週", "月", "年") and not is_rough(question, period)
        if exact and not period.term and words.match(question.plain, period.at[1]):
            return period
    return None


def _moved(day: date, period: Period, sign: int) -> date:
    if period.months is not None:
        return shift(day, sign * period.months) + timedelta(days=sign * period.days)
    days = period.count * (7 if period.unit == "週" else 1)
    return day + timedelta(days=sign * days)


def _typed(question: Question, period: Period) -> str:
    return question.text[slice(*period.span)]


def delay_alone(early: str, late: str, question: Question, filling: Filling) -> None:
    """`days_late` from 「20日遅れ」 where neither the due date nor the payment is told."""
    if not {early, late} <= set(filling.missing):
        return
    delay = _delay(question, _OVERDUE)
    if delay is None or delay.months is not None or _other_days(question):
        return
    days = delay.count * (7 if delay.unit == "週" else 1)
    filling.inputs["days_late"] = days
    filling.missing = [name for name in filling.missing if name not in (early, late)]


def _other_days(question: Question) -> bool:
    return any(d.mention.pattern != "日ことば" for d in question.dates) or bool(question.impossible)


def months_overdue(early: str, late: str, question: Question, filling: Filling) -> None:
    """Both days of 「3か月遅れ」 where only months begun count and no day was told."""
    if not {early, late} <= set(filling.missing) or _other_days(question):
        return
    delay = _delay(question, _OVERDUE)
    if delay is None or delay.days:
        return
    due = month_end(question.today.year, question.today.month)
    if delay.months is not None:
        back, told = month_end(*_month_after(due, delay.months)), f"ちょうど{delay.months}か月"
    else:
        back = _moved(due, delay, 1)
        told = f"{(back - due).days}日"
        if (back - due).days > SHORTEST_MONTH:
            return
    note = f"期限の日が書かれていないため、月末の期限から{told}遅れたものとしました。"
    suppose(filling, early, due.isoformat(), note)
    suppose(filling, late, back.isoformat(), note)


def _month_after(day: date, months: int) -> tuple[int, int]:
    moved = shift(day.replace(day=1), months)
    return (moved.year, moved.month)


def elapsed(question: Question) -> tuple[int, int] | None:
    """(months, days) that the contract has run, where the question says so."""
    text = question.plain
    for period in question.periods:
        if period.months is None or period.term:
            continue
        before = text[max(0, period.at[0] - 16) : period.at[0]]
        if _LEFT_BEFORE.search(before):
            continue
        if _ELAPSED_BEFORE.search(before) or _ELAPSED_AFTER.match(text, period.at[1]):
            return (period.months, period.days)
    return None


def span_from_elapsed(question: Question, filling: Filling) -> None:
    """Start or end of the contract from the months that it has run."""
    run = elapsed(question)
    if run is None:
        return
    months, days = run
    filling.said += 1
    if "start_date" not in filling.missing:
        start = date.fromisoformat(filling.inputs["start_date"])
        end = shift(start, months) + timedelta(days=days - 1)
        rest = f"と{days}日" if days else ""
        note = f"最後の日は、ちょうど{months}か月{rest}使った{spoken(end)}としました。"
        give(filling, "end_date", end.isoformat(), note)
    elif days:
        return
    elif "end_date" in filling.missing:
        _whole_months(question, filling, months)
    else:
        start = shift(question.today, -months)
        note = f"開始日は、今日（{spoken(question.today)}）の{months}か月前の{spoken(start)}としました。"
        give(filling, "start_date", start.isoformat(), note)


def _whole_months(question: Question, filling: Filling, months: int) -> None:
    end = month_end(question.today.year, question.today.month)
    start = shift(end + timedelta(days=1), -months)
    note = f"開始日と終了日が書かれていないため、{spoken(start)}から{spoken(end)}までちょうど{months}か月使うものとしました。"
    suppose(filling, "start_date", start.isoformat(), note)
    suppose(filling, "end_date", end.isoformat(), note)
