"""Notices counted backward from a wished day: when they must arrive, and how a past one stands.

The clauses say 「1ヶ月前までに」「30日前までに」「希望する月の1カ月前までに」. Each function
gives the default reading, the day that satisfies every reading, and the most lenient one.
Backward deadlines are never moved later for a holiday (民法142条 is about forward periods).
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from calculators.periods import clip_months, days_in_month, shift

_DAY = timedelta(days=1)


#: what `judge` says, for readers
JUDGED = {
    "ok": "間に合います",
    "disputable": "読み方によっては間に合いません",
    "late": "間に合いません",
}


class Window(NamedTuple):
    """`safe` ≤ `deadline` ≤ `latest`: satisfies every reading, the default, the most lenient."""

    deadline: date
    safe: date
    latest: date


def months_before(day: date, months: int = 1) -> Window:
    """Notice `months` before a day: the corresponding day, clipped; safe one day earlier.

    >>> months_before(date(2027, 3, 31)).deadline, months_before(date(2027, 3, 31)).safe
    (datetime.date(2027, 2, 28), datetime.date(2027, 2, 27))
    """
    deadline = clip_months(day, -months)
    return Window(deadline, deadline - _DAY, deadline)


def days_before(day: date, days: int) -> Window:
    """Notice `days` before a day; safe one day earlier.

    >>> days_before(date(2027, 3, 31), 30).deadline
    datetime.date(2027, 3, 1)
    """
    deadline = day - timedelta(days=days)
    return Window(deadline, deadline - _DAY, deadline)


def months_before_the_month(day: date, months: int = 1) -> Window:
    """Notice `months` before the *month* of a wished day (sg:28.1).

    Default: `months` before the wished day. Safe: a full calendar month lies between, so the
    last day of the month two before. Latest: the last day of the month before.

    >>> [d.isoformat() for d in months_before_the_month(date(2027, 6, 15))]
    ['2027-05-15', '2027-04-30', '2027-05-31']
    """
    return Window(
        clip_months(day, -months), end_of_month(day, -months - 1), end_of_month(day, -months)
    )


def end_of_month(day: date, months: int = 0) -> date:
    """Last day of the month `months` away from `day`'s month.

    >>> end_of_month(date(2028, 3, 15), -1)
    datetime.date(2028, 2, 29)
    """
    year, month = shift(day.year, day.month, months)
    return date(year, month, days_in_month(year, month))


def first_day_served(notice: date, months: int = 1) -> date:
    """The first day T for which a notice on `notice` is `months` before T or earlier.

    >>> first_day_served(date(2027, 1, 31)), first_day_served(date(2027, 2, 28))
    (datetime.date(2027, 3, 1), datetime.date(2027, 3, 28))
    """
    day = clip_months(notice, months)
    while clip_months(day, -months) < notice:
        day += _DAY
    return day


def judge(notice: date, window: Window) -> str:
    """How a notice that arrived on `notice` stands: "ok", "disputable" or "late".

    ok: in time on the default reading. disputable: late on it, in time on a more lenient one.

    >>> judge(date(2027, 5, 20), months_before_the_month(date(2027, 6, 15)))
    'disputable'
    """
    if notice <= window.deadline:
        return "ok"
    return "disputable" if notice <= window.latest else "late"


def judged(notice: date, window: Window, title: str) -> str:
    """The judgement in a sentence, before the deadline that it stands on.

    >>> judged(date(2026, 11, 25), days_before(date(2026, 12, 20), 30), "解約通知の期限")
    '2026-11-25 に届く通知は間に合いません。解約通知の期限は 2026-11-20 です。'
    """
    verdict = JUDGED[judge(notice, window)]
    return f"{notice} に届く通知は{verdict}。{title}は {window.deadline} です。"
