"""Fee while the service is suspended (利用停止中の料金): as if it had been provided, in full.

Every calendar month that the suspension touches is billed its full monthly fee.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from calculators.inputs import Day, Inputs, Yen
from calculators.money import yen
from calculators.periods import slices
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule


class Suspension(Inputs):
    """A monthly fee and the first and last day of the suspension."""

    ordered: ClassVar = (("suspended_from", "suspended_to"),)

    monthly_fee: Yen = Field(title="月額料金")
    suspended_from: Day = Field(title="停止の最初の日")
    suspended_to: Day = Field(title="停止の最後の日")


def compute(basis: Basis, case: Suspension) -> Outcome:
    """amount (yen) for all the months touched."""
    months = [part.label for part in slices(case.suspended_from, case.suspended_to)]
    amount = case.monthly_fee * len(months)
    span = months[0] if len(months) == 1 else f"{months[0]} から {months[-1]} まで"
    return Outcome(
        {"amount": amount},
        (
            Step("停止がかかる月の数", span, len(months), basis.clause, "か月"),
            Step(
                "金額（減額なし）",
                f"{yen(case.monthly_fee)} × {len(months)}か月",
                amount,
                basis.clause,
                "円",
            ),
        ),
        amount,
        ("停止中も利用契約が続いているものとして計算しました。",),
        _one_month(case.monthly_fee, len(months)),
    )


def _one_month(fee: int, months: int) -> tuple[Alternative, ...]:
    if months < 2 or not fee:
        return ()
    return (Alternative("1か月あたりの額", fee, "料金は月ごとに請求されるため。"),)


RULE = Rule(
    name="suspension_fee",
    title="利用停止中の料金",
    group="料金",
    synonyms=(
        "停止中の料金",
        "利用停止",
        "止められている間の料金",
        "サービスが止まっている間",
        "停止期間",
    ),
    inputs=Suspension,
    outputs=(Output("amount", "利用停止中の料金", "円"),),
    reading="停止期間がかかる各月の月額料金の全額（減額も日割りもしない）。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"monthly_fee": 55000, "suspended_from": "2028-02-10", "suspended_to": "2028-02-29"},
            {"amount": 55000},
        ),
    ),
    checked={"vpn": ("vpn:8", "vpn:23.4"), "msp": ("msp:16", "msp:17")},
)
