"""Charge for returning rented devices late (返還遅延の損害金): whole months, no proration.

Months begun from the day after the deadline through the day the return is complete, each at
the full monthly rent. Months are counted from that day (民法143条), not by the calendar.
"""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from calculators.inputs import Day, Inputs, Yen
from calculators.money import percent, yen
from calculators.periods import months_begun, slices
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.tax import tax_on, tax_rate


class LateReturn(Inputs):
    """The deadline for the return, the day it was complete, and the monthly rent without tax."""

    deadline: Day = Field(title="返還の期限")
    returned: Day = Field(title="返還の完了日")
    monthly_rental: Yen = Field(title="月額レンタル料金（税抜）")


def compute(basis: Basis, case: LateReturn) -> Outcome:
    """amount (yen), months (int), tax, total (yen)."""
    first = case.deadline + timedelta(days=1)
    months = months_begun(first, case.returned)
    amount = months * case.monthly_rental
    tax, rate = tax_on(amount, case.returned), tax_rate(case.returned)
    late = f"{first} から {case.returned} まで（1か月に満たなくても1か月）"
    text = late if months else f"返還の完了日 {case.returned} は期限 {case.deadline} を過ぎていない"
    return Outcome(
        {"amount": amount, "months": months, "tax": tax, "total": amount + tax},
        (
            Step("遅延の月数", text, months, basis.clause, "か月"),
            Step(
                "金額（税抜）",
                f"{yen(case.monthly_rental)} × {months}か月",
                amount,
                basis.clause,
                "円",
            ),
            Step(
                "消費税（1円未満切り捨て）",
                f"{yen(amount)} × {percent(rate)}",
                tax,
                basis.clause,
                "円",
            ),
            Step("税込の合計", f"{yen(amount)} + {yen(tax)}", amount + tax, basis.clause, "円"),
        ),
        amount,
        (
            "期限の翌日から1か月ずつ数えました（暦の月ではありません）。",
            "使用の対価に当たるものとして消費税を加えた額も示しました（規約は税の扱いを明記していません）。",
        ),
        _by_calendar(case, months),
    )


def _by_calendar(case: LateReturn, months: int) -> tuple[Alternative, ...]:
    touched = sum(1 for _ in slices(case.deadline + timedelta(days=1), case.returned))
    if touched == months:
        return ()
    return (
        Alternative(
            f"かかった暦の月を数える（{touched}か月、税抜）",
            touched * case.monthly_rental,
            "規約のいう1か月の単位が、暦の月か期限の翌日からの1か月かが明記されていないため。",
        ),
    )


RULE = Rule(
    name="late_return_charge",
    title="返還遅延の損害金",
    group="機器",
    synonyms=("返却遅れ", "返し忘れ", "機器の返却が遅れた", "返還遅延", "延滞", "返却期限を過ぎた"),
    inputs=LateReturn,
    outputs=(
        Output("amount", "返還遅延の損害金（税抜）", "円"),
        Output("months", "遅延の月数", "か月"),
        Output("tax", "消費税", "円"),
        Output("total", "税込の合計", "円"),
    ),
    reading="期限の翌日から返還の完了日までを1か月単位で数え（端数は1か月）、月数 × 月額レンタル料金。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"deadline": "2027-03-31", "returned": "2027-05-01", "monthly_rental": 12000},
            {"months": 2, "amount": 24000, "tax": 2400, "total": 26400},
        ),
    ),
    checked={"msp": ("msp:15.7",), "sg": ("sg:30.2",)},
)
