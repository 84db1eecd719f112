"""Business days: Saturdays, Sundays and Japanese public holidays closed, or a caller's calendar.

A calendar is a function from a date to True where the business is closed. jpholiday is loaded
only when the default calendar is first asked about a weekday.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection
from datetime import date, timedelta

Calendar = Callable[[date], bool]

_DAY = timedelta(days=1)


@functools.lru_cache(maxsize=65536)
def closed_in_japan(day: date) -> bool:
    """True on Saturdays, Sundays and public holidays (国民の祝日に関する法律).

    >>> closed_in_japan(date(2027, 1, 1)), closed_in_japan(date(2027, 1, 4))
    (True, False)
    """
    if day.weekday() >= 5:
        return True
    import jpholiday

    return bool(jpholiday.is_holiday(day))


def closed_on(days: Collection[date]) -> Calendar:
    """A calendar closed exactly on `days`."""
    closed = frozenset(days)
    return lambda day: day in closed


def next_business_day(day: date, closed: Calendar = closed_in_japan) -> date:
    """`day` itself if open, else the next open day (民法142条).

    >>> next_business_day(date(2027, 5, 16))
    datetime.date(2027, 5, 17)
    """
    while closed(day):
        day += _DAY
    return day


def business_day_after(day: date, count: int, closed: Calendar = closed_in_japan) -> date:
    """The `count`-th business day after `day`, which is not counted itself.

    >>> business_day_after(date(2027, 4, 28), 2)
    datetime.date(2027, 5, 6)
    """
    for _ in range(count):
        day = next_business_day(day + _DAY, closed)
    return day
