"""Fee for parts of months (日割り料金): each calendar month on its own bill, floored once.

A month's bill is fee x days of use / days of that month. Tax comes on top where the terms'
amounts exclude it: summed per rate and floored once.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field

from calculators.inputs import Day, Inputs, Yen
from calculators.money import ROUNDING, half_up_yen, percent, yen
from calculators.periods import Slice, slices
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.tax import invoice_tax, tax_rate


class Use(Inputs):
    """A monthly fee and the first and last day of use, both counted."""

    ordered: ClassVar = (("first_day", "last_day"),)

    monthly_fee: Yen = Field(title="月額料金")
    first_day: Day = Field(title="最初の日")
    last_day: Day = Field(title="最後の日")


def compute(basis: Basis, case: Use) -> Outcome:
    """amount, tax, total (yen), lines [{month, days, days_in_month, amount}]."""
    parts = list(slices(case.first_day, case.last_day))
    bills = [(part, case.monthly_fee * part.share) for part in parts]
    amount = sum(exact.__floor__() for _, exact in bills)
    included = basis.text("tax") == "included"
    tax = (
        0 if included else invoice_tax((e.__floor__(), date(p.year, p.month, 1)) for p, e in bills)
    )
    steps = [_line_step(basis, case.monthly_fee, part, exact) for part, exact in bills]
    if len(bills) > 1:
        steps.append(
            Step(
                "日割り料金の合計",
                " + ".join(yen(e.__floor__()) for _, e in bills),
                amount,
                basis.clause,
                "円",
            )
        )
    if not included:
        rates = "・".join(dict.fromkeys(percent(tax_rate(date(p.year, p.month, 1))) for p in parts))
        steps += [
            Step(
                "消費税（1円未満切り捨て）",
                f"{yen(amount)} × {rates}",
                tax,
                basis.where("tax"),
                "円",
            ),
            Step(
                "税込の合計", f"{yen(amount)} + {yen(tax)}", amount + tax, basis.where("tax"), "円"
            ),
        ]
    return Outcome(
        {
            "amount": amount,
            "tax": tax,
            "total": amount + tax,
            "lines": [_line(*bill) for bill in bills],
        },
        tuple(steps),
        sum((exact for _, exact in bills), Fraction(0)),
        _assumptions(basis, bills, included),
        _half_up([exact for _, exact in bills], amount),
        _warnings(basis),
    )


def _line(part: Slice, exact: Fraction) -> dict[str, Any]:
    return {
        "month": part.label,
        "days": part.days,
        "days_in_month": part.length,
        "amount": exact.__floor__(),
    }


def _line_step(basis: Basis, fee: int, part: Slice, exact: Fraction) -> Step:
    text = yen(fee) if part.days == part.length else f"{yen(fee)} × {part.days}日 ÷ {part.length}日"
    return Step(f"{part.label} 分", text, exact.__floor__(), basis.clause, "円")


def _assumptions(
    basis: Basis, bills: list[tuple[Slice, Fraction]], included: bool
) -> tuple[str, ...]:
    notes = []
    if any(exact.denominator != 1 for _, exact in bills):
        notes.append("各月の請求ごとに" + ROUNDING)
    if included:
        notes.append("月額料金は消費税相当額を含む額として計算し、税を別に加えていません。")
    if basis.params.get("stated") is False:
        notes.append("規約に日割りの定めがないため、暦日数による日割りと仮定しました。")
    return tuple(notes)


def _half_up(exact: list[Fraction], amount: int) -> tuple[Alternative, ...]:
    other = sum(half_up_yen(part) for part in exact)
    if other == amount:
        return ()
    reason = "規約に端数処理の定めがないため、通貨法3条1項の扱いでの税抜の額を示します。"
    return (Alternative("各月50銭以上を1円に切り上げる（四捨五入）", other, reason),)


def _warnings(basis: Basis) -> tuple[str, ...]:
    if basis.params.get("stated") is not False:
        return ()
    return (
        "1か月に満たない利用の料金は規約に定めがありません。料金表や請求書で確認してください。",
    )


RULE = Rule(
    name="fee_proration",
    title="日割り料金",
    group="料金",
    synonyms=("日割り", "月の途中", "月途中", "初月の料金", "最終月の料金", "1か月未満"),
    inputs=Use,
    outputs=(
        Output("amount", "日割り料金", "円"),
        Output("tax", "消費税", "円"),
        Output("total", "税込の合計", "円"),
        Output(
            "lines",
            "月ごとの内訳",
            words={
                "month": "月",
                "days": "利用日数",
                "days_in_month": "月の日数",
                "amount": "料金",
            },
        ),
    ),
    reading="暦月ごとに 月額 × 利用日数 ÷ その月の日数（月ごとに1円未満切り捨て）。税は税率ごとに1回切り捨て。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"monthly_fee": 12000, "first_day": "2028-02-10", "last_day": "2028-02-29"},
            {"amount": 8275, "tax": 827, "total": 9102},
        ),
        Example(
            "msp",
            {"monthly_fee": 33000, "first_day": "2027-02-15", "last_day": "2027-03-31"},
            {"amount": 49500, "tax": 4950, "total": 54450},
        ),
        Example(
            "sg",
            {"monthly_fee": 55000, "first_day": "2027-04-16", "last_day": "2027-04-30"},
            {"amount": 27500, "tax": 0, "total": 27500},
        ),
    ),
)
