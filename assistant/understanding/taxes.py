"""Sums with and without consumption tax: bringing what was typed to what the terms count in.

Secure Gateway's amounts include tax, the other two agreements' do not. A sum marked the other way is
converted at the present rate of 10 % and the conversion is said; where no whole sum fits, the value
is left open.
"""

from __future__ import annotations

from assistant.understanding.amounts import Amount
from assistant.understanding.slots import TAX_INCLUSIVE

_RATE = (110, 100)


def in_terms_of(agreement: str, amount: Amount) -> tuple[int | None, str]:
    """The sum as the agreement counts it, and what was assumed ("" for nothing).

    >>> in_terms_of("vpn", Amount(13200, "incl", (0, 0), (0, 0)))
    (12000, '税込13,200円は、税率10%として税抜12,000円に直して計算しました。')
    """
    inclusive = TAX_INCLUSIVE.get(agreement)
    if not amount.tax or inclusive is None or (amount.tax == "incl") is inclusive:
        return (amount.yen, "")
    if inclusive:
        value = amount.yen * _RATE[0] // _RATE[1]
        return (
            value,
            f"税抜{amount.yen:,}円は、税率10%として税込{value:,}円に直して計算しました。",
        )
    value = -(-amount.yen * _RATE[1] // _RATE[0])
    if value * _RATE[0] // _RATE[1] != amount.yen:
        return (None, f"税込{amount.yen:,}円に当たる税抜の額が定まらないため、税抜の額が必要です。")
    return (value, f"税込{amount.yen:,}円は、税率10%として税抜{value:,}円に直して計算しました。")


def with_tax(text: str) -> tuple[str, ...]:
    """A note for the answer where the sum with tax is asked for (「税込だといくら？」).

    >>> with_tax("税込だといくら?")
    ('税込の額も示してください',)
    """
    return ("税込の額も示してください",) if "税込" in text else ()


def other_basis(before: str, now: str) -> str:
    """What to say where a sum is carried to an agreement that counts tax differently.

    >>> other_basis("vpn", "sg")
    '金額はそのまま、税込の額として計算しました。'
    """
    if TAX_INCLUSIVE.get(before) == TAX_INCLUSIVE.get(now):
        return ""
    basis = "税込" if TAX_INCLUSIVE.get(now) else "税抜"
    return f"金額はそのまま、{basis}の額として計算しました。"
