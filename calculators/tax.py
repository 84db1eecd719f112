"""Consumption tax by the date of supply: rates as data, floored once per invoice and rate."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

#: first day of each rate (消費税法; the local tax is included from 1997 on)
RATES: tuple[tuple[date, Fraction], ...] = (
    (date.min, Fraction(0)),
    (date(1989, 4, 1), Fraction(3, 100)),
    (date(1997, 4, 1), Fraction(5, 100)),
    (date(2014, 4, 1), Fraction(8, 100)),
    (date(2019, 10, 1), Fraction(10, 100)),
)
_STARTS = [start for start, _ in RATES]


def tax_rate(supply: date) -> Fraction:
    """The standard rate on the day of supply.

    >>> tax_rate(date(2019, 9, 30)), tax_rate(date(2019, 10, 1))
    (Fraction(2, 25), Fraction(1, 10))
    """
    return RATES[bisect_right(_STARTS, supply) - 1][1]


def tax_on(amount: Fraction | int, supply: date) -> int:
    """Tax on one tax-exclusive sum, fraction dropped.

    >>> tax_on(8275, date(2028, 2, 10))
    827
    """
    exact = amount * tax_rate(supply)
    return exact.numerator // exact.denominator


def invoice_tax(lines: Iterable[tuple[int, date]]) -> int:
    """Tax of one invoice: lines summed per rate, one floor per rate.

    >>> invoice_tax([(5, date(2027, 1, 1)), (5, date(2027, 2, 1))])
    1
    """
    sums: dict[Fraction, int] = defaultdict(int)
    for amount, supply in lines:
        sums[tax_rate(supply)] += amount
    return sum((total * rate).__floor__() for rate, total in sums.items())
