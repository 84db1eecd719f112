"""First invoice (初回請求): the initial fee together with the first month's prorated rent, plus tax."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from pydantic import Field

from calculators.inputs import Day, Inputs, Yen
from calculators.money import floor_yen, half_up_yen, percent, rounding_note, yen
from calculators.periods import days_in_month
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.tax import tax_on, tax_rate


class FirstInvoice(Inputs):
    """Initial fee and monthly rent, both without tax, and the first day of rental."""

    initial_fee: Yen = Field(title="初期導入費用（税抜）")
    monthly_fee: Yen = Field(title="月額レンタル料金（税抜）")
    start_date: Day = Field(title="レンタル開始日")


def compute(basis: Basis, case: FirstInvoice) -> Outcome:
    """total, amount, tax (yen)."""
    start, fee = case.start_date, case.monthly_fee
    length = days_in_month(start.year, start.month)
    days = length - start.day + 1
    exact = fee * Fraction(days, length)
    rent = floor_yen(exact)
    amount = case.initial_fee + rent
    tax, rate = tax_on(amount, start), tax_rate(start)
    return Outcome(
        {"total": amount + tax, "amount": amount, "tax": tax},
        (
            Step(
                "初月のレンタル料金（1円未満切り捨て）",
                f"{yen(fee)} × {days}日 ÷ {length}日",
                rent,
                basis.clause,
                "円",
            ),
            Step(
                "初期導入費用との合計",
                f"{yen(case.initial_fee)} + {yen(rent)}",
                amount,
                basis.where("initial"),
                "円",
            ),
            Step(
                "消費税（1円未満切り捨て）",
                f"{yen(amount)} × {percent(rate)}",
                tax,
                basis.where("tax"),
                "円",
            ),
            Step(
                "税込の合計", f"{yen(amount)} + {yen(tax)}", amount + tax, basis.where("tax"), "円"
            ),
        ),
        amount * (1 + rate),
        rounding_note(exact),
        _half_up(case.initial_fee + half_up_yen(exact), start, amount + tax),
    )


def _half_up(amount: int, start: date, total: int) -> tuple[Alternative, ...]:
    other = amount + half_up_yen(amount * tax_rate(start))
    if other == total:
        return ()
    reason = "規約に端数処理の定めがないため、通貨法3条1項の扱いでの税込の額を示します。"
    return (Alternative("端数を四捨五入する", other, reason),)


RULE = Rule(
    name="first_invoice",
    title="初回の請求額",
    group="料金",
    synonyms=("初回請求", "最初の請求", "初期費用", "初期導入費用", "導入時の費用", "1回目の請求"),
    inputs=FirstInvoice,
    outputs=(
        Output("total", "税込の合計", "円"),
        Output("amount", "税抜の合計", "円"),
        Output("tax", "消費税", "円"),
    ),
    reading="初期導入費用 + 開始日から月末までを暦日で日割りしたレンタル料金（1円未満切り捨て）に消費税を加える。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"initial_fee": 50000, "monthly_fee": 12000, "start_date": "2028-02-10"},
            {"amount": 58275, "tax": 5827, "total": 64102},
        ),
    ),
    checked={"sg": ("sg:24.1",), "msp": ("msp:17.1", "msp:17.2")},
)
