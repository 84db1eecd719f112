"""Surcharge on a fee that was unlawfully evaded (割増金).

Twice the evaded sum without tax, plus consumption tax on that; the evaded sum itself, with
tax, remains due beside it. The rate is that of the day of the evaded supply.
"""

from __future__ import annotations

from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from calculators.errors import InputError
from calculators.inputs import Day, Inputs, Yen
from calculators.money import floor_yen, percent, rounding_note, yen
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.tax import tax_on, tax_rate


class Evasion(Inputs):
    """The evaded sum, without tax (or, if only that is known, with it)."""

    conditional: ClassVar[bool] = True

    evaded_ex_tax: Yen | None = Field(
        None, title="免れた額（税抜）", json_schema_extra={"unless": "evaded_incl_tax"}
    )
    evaded_incl_tax: Yen | None = Field(None, title="免れた額（税込）")
    supply_date: Day = Field(title="免れた料金の提供日")

    def check(self) -> None:
        """Where both sums are given they must agree."""
        if self.evaded_ex_tax is None or self.evaded_incl_tax is None:
            return
        expected = self.evaded_ex_tax + tax_on(self.evaded_ex_tax, self.supply_date)
        if self.evaded_incl_tax != expected:
            raise InputError(
                f"免れた額（税込）（evaded_incl_tax）の値 {self.evaded_incl_tax} が税抜の額と合いません。"
                f"税抜 {self.evaded_ex_tax:,}円 なら {expected:,}円 です。どちらか一方だけを指定してください。",
                field="evaded_incl_tax",
                value=self.evaded_incl_tax,
            )


def compute(basis: Basis, case: Evasion) -> Outcome:
    """surcharge, evaded_incl_tax, total_due (yen)."""
    rate = tax_rate(case.supply_date)
    times = basis.integer("multiple")
    notes: tuple[str, ...] = (
        f"消費税率は提供日 {case.supply_date} の {percent(rate)} としました。",
    )
    if case.evaded_ex_tax is not None:
        doubled = times * case.evaded_ex_tax
        evaded = case.evaded_ex_tax + tax_on(case.evaded_ex_tax, case.supply_date)
        exact = doubled * (1 + rate)
        surcharge = doubled + tax_on(doubled, case.supply_date)
        text = f"{yen(case.evaded_ex_tax)} × {times} + 消費税 {percent(rate)}"
    else:
        evaded = case.evaded_incl_tax or 0
        exact = Fraction(times * evaded)
        surcharge = floor_yen(exact)
        text = f"{yen(evaded)}（税込） ÷ (1 + {percent(rate)}) × {times} × (1 + {percent(rate)})"
        notes = (
            *notes,
            "税込の額から税抜の額を割り戻しました。税抜の額が分かる場合は1円程度異なることがあります。",
        )
    return Outcome(
        {"surcharge": surcharge, "evaded_incl_tax": evaded, "total_due": evaded + surcharge},
        (
            Step("割増金（税は1円未満切り捨て）", text, surcharge, basis.clause, "円"),
            Step("免れた額（税込）", yen(evaded), evaded, basis.clause, "円"),
            Step(
                "支払う合計",
                f"{yen(evaded)} + {yen(surcharge)}",
                evaded + surcharge,
                basis.clause,
                "円",
            ),
        ),
        exact,
        (*notes, *rounding_note(exact)),
        (),
        ("料金の支払いを不法に免れた場合に限ります。支払いが遅れただけでは生じません。",),
    )


RULE = Rule(
    name="evasion_surcharge",
    title="割増金",
    group="料金の遅れ",
    synonyms=("割増金", "不正利用", "料金を免れた", "ペナルティ", "不法に免れた", "2倍請求"),
    inputs=Evasion,
    outputs=(
        Output("surcharge", "割増金", "円"),
        Output("evaded_incl_tax", "免れた額（税込）", "円"),
        Output("total_due", "支払う合計", "円"),
    ),
    reading="税抜の免れた額の2倍に、その消費税（1円未満切り捨て）を加えた額。免れた額（税込）は別に支払う。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"evaded_ex_tax": 12345, "supply_date": "2026-01-01"},
            {"surcharge": 27159, "total_due": 40738},
        ),
        Example(
            "msp", {"evaded_ex_tax": 100000, "supply_date": "2019-09-01"}, {"surcharge": 216000}
        ),
    ),
    checked={"vpn": ("vpn:8", "vpn:18", "vpn:21")},
)
