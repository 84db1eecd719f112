"""Difference due when a cheaper plan is chosen inside the minimum term (プラン変更の差額).

(old fee - new fee) x what is left of the term, the day of the change included. Nothing is due
for an increase or after the term. Together with a later cancellation the total is the same as
cancelling the old plan: there is no double recovery.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from pydantic import Field

from calculators.inputs import Count, Day, Inputs, Yen
from calculators.money import floor_yen, number, rounding, rounding_note, yen
from calculators.periods import months_between, months_spoken
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._term_fees import (
    BY_CALENDAR,
    START_COUNTED,
    min_term,
    months_step,
    whole_months,
    with_tax,
)


class Change(Inputs):
    """A change of plan inside a term that the terms fix."""

    ordered: ClassVar = (("start_date", "change_date"),)

    start_date: Day = Field(title="利用開始日")
    change_date: Day = Field(title="変更後の料金の適用開始日")
    old_fee: Yen = Field(title="変更前の月額料金")
    new_fee: Yen = Field(title="変更後の月額料金")


class ChosenTermChange(Change):
    """A change of plan inside a term that the customer chose."""

    term_years: Count = Field(title="契約年数", json_schema_extra={"unit": "年"})


def compute(basis: Basis, case: Change) -> Outcome:
    """charge (yen), months (exact), min_term_end (date)."""
    years = case.term_years if isinstance(case, ChosenTermChange) else None
    end, term_step = min_term(basis, case.start_date, years)
    months = months_between(case.change_date, end)
    fall = case.old_fee - case.new_fee
    outputs = {"charge": 0, "months": months, "min_term_end": end}
    if fall <= 0 or not months:
        reason = _no_reason(case, end)
        step = Step("金額", f"{reason}生じない", 0, basis.clause, "円")
        said = f"{reason}{RULE.title}はかかりません。"
        return Outcome(outputs, (term_step, step), 0, (START_COUNTED,), said=said)
    exact = fall * months
    charge = outputs["charge"] = floor_yen(exact)
    return Outcome(
        outputs,
        (
            term_step,
            Step(
                "残余の期間（か月）",
                months_step(case.change_date, end),
                months,
                basis.clause,
                "か月",
            ),
            Step(
                "金額（1円未満切り捨て）",
                f"({yen(case.old_fee)} − {yen(case.new_fee)}) × {number(months)}か月",
                charge,
                basis.clause,
                "円",
            ),
        ),
        exact,
        (
            START_COUNTED,
            BY_CALENDAR,
            "変更の適用開始日も残余の期間に数えました。",
            *rounding_note(exact),
        ),
        (
            *rounding(exact),
            *whole_months(fall, case.change_date, end, charge),
            *with_tax(basis, charge, case.change_date),
        ),
        said=f"{RULE.title}は{yen(charge)}です（残余の期間は{months_spoken(case.change_date, end)}、"
        f"最低利用期間の末日は {end}）。",
    )


def settled(basis: Basis, inputs: Mapping[str, Any]) -> Outcome | None:
    """A rise costs nothing, whenever it is."""
    old, new = inputs.get("old_fee"), inputs.get("new_fee")
    if old is None or new is None or new < old:
        return None
    reason = _no_fall(old, new)
    step = Step("金額", f"{reason}生じない", 0, basis.clause, "円")
    why = ("料金が上がる変更なので、いつ変更しても差額は0円です。",)
    return Outcome({"charge": 0}, (step,), 0, why, said=f"{reason}{RULE.title}はかかりません。")


def _no_reason(case: Change, end: date) -> str:
    """Why nothing is due."""
    if case.change_date > end:
        return f"適用開始日 {case.change_date} は末日 {end} より後のため"
    return _no_fall(case.old_fee, case.new_fee)


def _no_fall(old: int, new: int) -> str:
    return f"{yen(old)} から {yen(new)} への変更で料金が下がらないため"


RULE = Rule(
    name="downgrade_difference",
    title="プラン変更の差額",
    group="契約内容の変更",
    synonyms=(
        "プラン変更",
        "ダウングレード",
        "品目変更",
        "安いプランに変える",
        "料金を下げる",
        "減額変更",
        "コース変更",
    ),
    inputs={"fixed": Change, "chosen": ChosenTermChange},
    outputs=(
        Output("charge", "差額", "円"),
        Output("months", "残余の期間", "か月"),
        Output("min_term_end", "最低利用期間の末日"),
    ),
    reading="(変更前 − 変更後) × 残余の期間（適用開始日から末日まで、暦日で日割り）。増額や期間後は0円。",
    compute=compute,
    settled=settled,
    examples=(
        Example(
            "sg",
            {
                "start_date": "2026-10-01",
                "change_date": "2027-04-16",
                "old_fee": 88000,
                "new_fee": 66000,
            },
            {"charge": 121000},
        ),
        Example(
            "vpn",
            {
                "start_date": "2026-04-01",
                "term_years": 3,
                "change_date": "2028-02-15",
                "old_fee": 20000,
                "new_fee": 15000,
            },
            {"charge": 67586},
        ),
    ),
    checked={"msp": ("msp:9", "msp:10.2")},
)
