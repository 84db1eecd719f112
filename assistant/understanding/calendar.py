"""Plain calendar steps for reading dates: whole months, month ends, years that people leave out."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, timedelta

#: how much farther a date on the wrong side counts, by strength of the leaning
AGAINST = (1, 3, 40)


def make(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has none.

    >>> make(2027, 2, 29) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Last day of a month.

    >>> month_end(2028, 2)
    datetime.date(2028, 2, 29)
    """
    return date(year, month, calendar.monthrange(year, month)[1])


def shift(day: date, months: int) -> date:
    """The same day `months` later (earlier if negative), clipped to the month's last day.

    >>> shift(date(2027, 1, 31), 1), shift(date(2027, 3, 31), -1)
    (datetime.date(2027, 2, 28), datetime.date(2027, 2, 28))
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        return day
    return min(month_end(year, month + 1), date(year, month + 1, 1) + timedelta(days=day.day - 1))


def spoken(day: date) -> str:
    """A date as a reader sees it.

    >>> spoken(date(2027, 4, 1))
    '2027年4月1日'
    """
    return f"{day.year}年{day.month}月{day.day}日"


def safely(day: date, days: int) -> date | None:
    """`day` plus `days`, or None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def nearest_year(month: int, day: int, anchor: date, lean: int = 0) -> date | None:
    """The date `month`/`day` nearest to `anchor`; `lean` -1 for the past, 1 for the future,
    2 for sure. A date on the wrong side of the anchor counts as farther.

    >>> nearest_year(1, 30, date(2026, 12, 10))
    datetime.date(2027, 1, 30)
    >>> nearest_year(4, 1, date(2027, 12, 1), lean=-1)
    datetime.date(2027, 4, 1)
    """
    years: Iterable[int] = (anchor.year - 1, anchor.year, anchor.year + 1)
    found = [d for d in (make(y, month, day) for y in years if 1 <= y <= 9999) if d is not None]
    return min(found, key=lambda d: _away(d, anchor, lean), default=None)


def next_after(month: int, day: int, anchor: date) -> date | None:
    """The first date `month`/`day` on or after `anchor`.

    >>> next_after(1, 20, date(2025, 12, 25))
    datetime.date(2026, 1, 20)
    """
    years: Iterable[int] = (anchor.year, anchor.year + 1)
    found = (make(y, month, day) for y in years if 1 <= y <= 9999)
    return next((d for d in found if d is not None and d >= anchor), None)


def _away(day: date, anchor: date, lean: int) -> int:
    days = (day - anchor).days
    return abs(days) * (AGAINST[abs(lean)] if days * lean < 0 else 1)
