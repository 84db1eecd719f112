"""Dates told from another date of the question: 「期日の12日後に払った」, 「8か月使って解約」.

Each function fills one missing input from a known one and a length of time, exactly, and says so.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from assistant.question import Question
from assistant.understanding.calendar import month_end, shift
from assistant.understanding.filling import Filling
from assistant.understanding.periods import Period

_LATE = re.compile(
    r"\s*(?:間)?(?:も|ほど)?(?:後|あと|遅れ|過ぎ|の?遅延|の?延滞|の?滞納|遅く|経って|たって|超過|オーバー)"
)
_ROUGH = re.compile(r"(?:約|およそ|だいたい|大体|ざっと)\s*$")
_ELAPSED_BEFORE = re.compile(
    r"(?:契約(?:して|から|後)|使(?:って|い始めて)|利用(?:して|から|開始から)|入(?:って|会して)|始めて|開始(?:して|から)|導入(?:して|から)|借りて)(?:から|まだ|もう|、|ちょうど)*\s*$"
)
_ELAPSED_AFTER = re.compile(
    r"\s*(?:ちょうど)?(?:使|経|たっ|たち|過ぎ|で(?:の)?(?:解約|やめ|辞め|解除|途中|中途)|目(?:で|に)|経過|しか|利用|なん|だけど|です|間使|間利用)"
)


def spoken(day: date) -> str:
    """A date as a reader sees it.

    >>> spoken(date(2027, 4, 1))
    '2027年4月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def give(filling: Filling, name: str, value: object, note: str) -> None:
    """Fill `name` if it is missing and say what was taken for granted."""
    if name in filling.missing:
        filling.inputs[name] = value
        filling.missing.remove(name)
        filling.assumptions.append(note)


def _rough(question: Question, period: Period) -> bool:
    return bool(_ROUGH.search(question.plain[max(0, period.at[0] - 5) : period.at[0]]))


def day_from_delay(early: str, late: str, question: Question, filling: Filling) -> None:
    """`late` from `early` and 「N日遅れ」; a rough length is left alone."""
    known = filling.inputs.get(early)
    if known is None or late not in filling.missing:
        return
    for period in question.periods:
        days = {"日": 1, "週": 7}.get(period.unit)
        if days and _LATE.match(question.plain, period.at[1]) and not _rough(question, period):
            day = date.fromisoformat(known) + timedelta(days=days * period.count)
            typed = question.text[slice(*period.span)]
            give(filling, late, day.isoformat(), f"『{typed}』から、{spoken(day)}としました。")
            return


def moment_from_hours(question: Question, filling: Filling) -> None:
    """The time of recovery from the notice and 「N時間後」."""
    known = filling.inputs.get("notified_at")
    if known is None or "restored_at" not in filling.missing:
        return
    for period in question.periods:
        after = re.match(r"\s*(?:後|で(?:復旧|直)|かかって)", question.plain[period.at[1] :])
        if period.unit == "時間" and after and not _rough(question, period):
            moment = datetime.fromisoformat(known) + timedelta(hours=period.count)
            note = f"復旧は、通知の{period.count}時間後の{spoken(moment.date())}{moment:%H:%M}としました。"
            give(filling, "restored_at", moment.isoformat(timespec="minutes"), note)
            return


def elapsed_months(question: Question) -> int | None:
    """Months that the contract has run, where the question says so."""
    text = question.plain
    for period in question.periods:
        if period.months is None or period.term:
            continue
        before = text[max(0, period.at[0] - 16) : period.at[0]]
        if _ELAPSED_BEFORE.search(before) or _ELAPSED_AFTER.match(text, period.at[1]):
            return period.months
    return None


def span_from_elapsed(question: Question, filling: Filling) -> None:
    """Start or end of the contract from the months that it has run."""
    months = elapsed_months(question)
    if months is None:
        return
    filling.said += 1
    if "start_date" not in filling.missing:
        start = date.fromisoformat(filling.inputs["start_date"])
        end = shift(start, months) - timedelta(days=1)
        give(
            filling,
            "end_date",
            end.isoformat(),
            f"最後の日は、ちょうど{months}か月使った{spoken(end)}としました。",
        )
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
    give(filling, "start_date", start.isoformat(), note)
    give(filling, "end_date", end.isoformat(), note)
