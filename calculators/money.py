"""Yen: exact inside, rounded once per billed line.

None of the agreements says how a fraction of a yen is treated. The default is to drop it; the
half-up figure (通貨の単位及び貨幣の発行等に関する法律3条1項) is shown where it differs.
"""

from __future__ import annotations

import functools
from fractions import Fraction

from calculators.result import Alternative

ROUNDING = "1円未満の端数は切り捨てました（規約に端数処理の定めがありません）。"
_HALF_UP = "50銭以上を1円に切り上げる（四捨五入）"
_REASON = "規約に端数処理の定めがないため、通貨法3条1項の扱いでの額を示します。"


def floor_yen(amount: Fraction | int) -> int:
    """Drop the fraction of a yen.

    >>> floor_yen(Fraction(52635, 73))
    721
    """
    return amount.numerator // amount.denominator


def half_up_yen(amount: Fraction | int) -> int:
    """Round half a yen and more up.

    >>> half_up_yen(Fraction(3, 2)), half_up_yen(Fraction(49, 100))
    (2, 0)
    """
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def rounding(exact: Fraction | int, *, name: str = "") -> tuple[Alternative, ...]:
    """The half-up alternative of one line, or nothing where it gives the same yen."""
    up, bottom = exact.numerator, exact.denominator
    if 2 * (up % bottom) < bottom:
        return ()
    other = up // bottom + 1
    return (Alternative(f"{name}{_HALF_UP}", other, _REASON),)


def rounding_note(exact: Fraction | int) -> tuple[str, ...]:
    """The assumption to state where a fraction was dropped."""
    return () if exact.denominator == 1 else (ROUNDING,)


def yen(amount: int) -> str:
    """ "55,000円"."""
    return f"{amount:,}円"


def number(value: Fraction | int) -> str:
    """An exact number for an expression: "13", "2211/434".

    >>> number(Fraction(13)), number(Fraction(2211, 434))
    ('13', '2211/434')
    """
    return (
        str(value.numerator) if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    )


def percent(rate: Fraction) -> str:
    """A rate as the terms print it.

    >>> percent(Fraction(145, 1000))
    '14.5%'
    """
    return _percent(rate.numerator, rate.denominator)


@functools.lru_cache(maxsize=1024)
def _percent(numerator: int, denominator: int) -> str:
    scaled = Fraction(numerator * 100, denominator)
    if scaled.denominator == 1:
        return f"{scaled.numerator}%"
    from decimal import Decimal

    return f"{(Decimal(scaled.numerator) / Decimal(scaled.denominator)).normalize():f}%"
