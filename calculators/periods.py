"""Periods in months and days as the Civil Code counts them (民法138-143条).

The functions differ in whether the first day is counted and in what happens where the
corresponding day does not exist; each docstring says which. All are pure and exact.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

_DAY = timedelta(days=1)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """Number of days of a calendar month.

    >>> days_in_month(2028, 2)
    29
    """
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _LENGTHS[month - 1]


def shift(year: int, month: int, months: int) -> tuple[int, int]:
    """The calendar month `months` after (before, if negative) `year`-`month`."""
    index = year * 12 + month - 1 + months
    return index // 12, index % 12 + 1


def clip_months(day: date, months: int) -> date:
    """The corresponding day `months` later or earlier, or the last day of that month.

    >>> clip_months(date(2027, 3, 31), -1)
    datetime.date(2027, 2, 28)
    """
    year, month = shift(day.year, day.month, months)
    return date(year, month, min(day.day, days_in_month(year, month)))


def term_end(start: date, months: int) -> date:
    """Last day of a period of `months` whose first day is `start` itself (民法140条但書, 143条).

    >>> term_end(date(2027, 3, 1), 12), term_end(date(2028, 2, 29), 12)
    (datetime.date(2028, 2, 29), datetime.date(2029, 2, 28))
    """
    year, month = shift(start.year, start.month, months)
    last = days_in_month(year, month)
    if start.day <= last:
        return date(year, month, start.day) - _DAY
    return date(year, month, last)


def period_after(event: date, months: int) -> date:
    """Last day of a period of `months` after an event whose day is not counted (民法140条).

    >>> period_after(date(2027, 2, 28), 1)
    datetime.date(2027, 3, 31)
    """
    return term_end(event + _DAY, months)


def days_after(event: date, days: int) -> date:
    """Last day of a period of `days` after an event whose day is not counted."""
    return event + timedelta(days=days)


def months_begun(start: date, end: date) -> int:
    """Months begun from `start` (counted) through `end`: smallest n with term_end >= end.

    0 if `end` is before `start`.

    >>> months_begun(date(2027, 4, 1), date(2027, 4, 30)), months_begun(date(2027, 4, 1), date(2027, 5, 1))
    (1, 2)
    """
    if end < start:
        return 0
    count = max(1, (end.year - start.year) * 12 + end.month - start.month - 1)
    while term_end(start, count) < end:
        count += 1
    return count


class Slice(NamedTuple):
    """The days of one calendar month inside a range: `days` out of the month's `length`."""

    year: int
    month: int
    days: int
    length: int

    @property
    def label(self) -> str:
        """ "2027-02"."""
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def share(self) -> Fraction:
        """days / length."""
        return Fraction(self.days, self.length)


def slices(first: date, last: date) -> Iterator[Slice]:
    """Split `first` … `last` (both counted) at calendar months; nothing if reversed."""
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and first <= last:
        length = days_in_month(year, month)
        start = first.day if (year, month) == (first.year, first.month) else 1
        end = last.day if (year, month) == (last.year, last.month) else length
        yield Slice(year, month, end - start + 1, length)
        year, month = shift(year, month, 1)


def months_between(first: date, last: date) -> Fraction:
    """Calendar months from `first` through `last`, each part as days / days in that month.

    >>> months_between(date(2027, 2, 11), date(2027, 7, 14))
    Fraction(2211, 434)
    """
    if last < first:
        return Fraction(0)
    if (first.year, first.month) == (last.year, last.month):
        return Fraction((last - first).days + 1, days_in_month(first.year, first.month))
    head_length = days_in_month(first.year, first.month)
    whole = (last.year - first.year) * 12 + last.month - first.month - 1
    head = Fraction(head_length - first.day + 1, head_length)
    return whole + head + Fraction(last.day, days_in_month(last.year, last.month))


def months_text(first: date, last: date) -> str:
    """How `months_between` comes about, for a step of the working.

    >>> months_text(date(2027, 2, 11), date(2027, 7, 14))
    '18日/28日 + 4か月 + 14日/31日'
    """
    texts: list[str] = []
    whole = 0
    for part in slices(first, last):
        if part.days == part.length:
            whole += 1
            continue
        if whole:
            texts.append(f"{whole}か月")
            whole = 0
        texts.append(f"{part.days}日/{part.length}日")
    if whole:
        texts.append(f"{whole}か月")
    return " + ".join(texts) or "0か月"


def months_spoken(first: date, last: date) -> str:
    """The same in a sentence: whole months, then the days of the months that are not whole.

    >>> months_spoken(date(2028, 1, 1), date(2028, 3, 9))
    '2か月と9日'
    >>> months_spoken(date(2027, 2, 11), date(2027, 7, 14))
    '4か月と、端数の18日・14日'
    """
    parts = list(slices(first, last))
    odd = [f"{part.days}日" for part in parts if part.days < part.length]
    whole = [f"{len(parts) - len(odd)}か月"] if len(parts) > len(odd) else []
    if not whole or not odd:
        return "".join(whole) or "と".join(odd) or "0か月"
    return f"{whole[0]}と{odd[0] if len(odd) == 1 else '、端数の' + '・'.join(odd)}"


def leap_days(first: date, last: date) -> int:
    """How many days of `first` … `last` fall in a leap calendar year.

    >>> leap_days(date(2027, 12, 1), date(2028, 1, 31))
    31
    """
    total = 0
    for year in range(first.year, last.year + 1):
        if year % 4 == 0 and days_in_month(year, 2) == 29:
            start = first if year == first.year else date(year, 1, 1)
            end = last if year == last.year else date(year, 12, 31)
            total += max(0, (end - start).days + 1)
    return total
