"""Simple interest on yen by days: principal x rate x days / 365, and the leap-year reading."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from calculators.periods import leap_days

YEAR_DAYS = 365

_DAY = timedelta(days=1)


def interest(principal: int, rate: Fraction, days: int, basis: int = YEAR_DAYS) -> Fraction:
    """Exact interest for `days` on a fixed basis.

    >>> interest(55000, Fraction(145, 1000), 33)
    Fraction(52635, 73)
    """
    return Fraction(principal * rate.numerator * days, rate.denominator * basis)


def leap_interest(principal: int, rate: Fraction, first: date, last: date) -> Fraction:
    """Exact interest where each day in a leap calendar year counts 1/366, others 1/365.

    >>> leap_interest(110000, Fraction(146, 1000), date(2028, 1, 1), date(2028, 3, 1))
    Fraction(8030, 3)
    """
    days = max(0, (last - first).days + 1)
    leap = leap_days(first, last) if days else 0
    return interest(principal, rate, days - leap) + interest(principal, rate, leap, 366)


def day_after(day: date) -> date:
    """The next calendar day."""
    return day + _DAY
