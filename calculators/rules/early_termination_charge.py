"""Charge for ending inside the minimum term (中途解約金・残余期間の料金).

Two forms. `remaining`: the fee for what is left of the term, from the day after the last day
of service. `total`: the rent of the whole term less the rent already paid, never below zero.
Nothing is due from the last day of the term on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field

from calculators.inputs import Count, Day, Inputs, Rows, Yen
from calculators.money import floor_yen, rounding, rounding_note, yen
from calculators.periods import months_between, months_spoken
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._term_fees import (
    BY_CALENDAR,
    DAY,
    START_COUNTED,
    FeeChange,
    billed_total,
    chosen_years,
    fee_spans,
    fee_total,
    min_term,
    months_step,
    spans_text,
    whole_months,
    with_tax,
)


class Remaining(Inputs):
    """A contract that ends early, charged by what is left of the term."""

    ordered: ClassVar = (("start_date", "end_date"),)

    start_date: Day = Field(title="利用開始日")
    end_date: Day = Field(title="利用の最終日")
    monthly_fee: Yen = Field(title="月額料金")
    fee_schedule: Rows[FeeChange] | None = Field(None, title="月額料金の変更")


class Total(Inputs):
    """A rental that ends early, charged by the rent of the whole term."""

    ordered: ClassVar = (("start_date", "end_date"),)

    start_date: Day = Field(title="サービスの提供開始日")
    term_years: Count = Field(title="契約年数", json_schema_extra={"unit": "年"})
    end_date: Day = Field(title="利用の最終日")
    monthly_fee: Yen = Field(title="月額レンタル料金（税抜）")
    rental_paid: Yen | None = Field(None, title="支払済みのレンタル料金（税抜）")
    fee_schedule: Rows[FeeChange] | None = Field(None, title="月額レンタル料金の変更")


def compute(basis: Basis, case: Remaining | Total) -> Outcome:
    """charge (yen), min_term_end (date) and the parts the charge is made of."""
    if isinstance(case, Total):
        return total_less_paid(basis, case)
    return _remaining(basis, case)


def _remaining(basis: Basis, case: Remaining) -> Outcome:
    end, term_step = min_term(basis, case.start_date, None)
    first = case.end_date + DAY
    months = months_between(first, end)
    outputs: dict[str, Any] = {"charge": 0, "min_term_end": end, "remaining_months": months}
    if not months:
        return _nothing(basis, case.end_date, end, outputs, term_step)
    spans = fee_spans(first, end, case.monthly_fee, case.fee_schedule)
    exact = fee_total(spans)
    charge = outputs["charge"] = floor_yen(exact)
    last_fee = spans[-1][2]
    return Outcome(
        outputs,
        (
            term_step,
            Step("残余の期間（か月）", months_step(first, end), months, basis.clause, "か月"),
            Step("金額（1円未満切り捨て）", spans_text(spans), charge, basis.clause, "円"),
        ),
        exact,
        (START_COUNTED, BY_CALENDAR, *_no_tax(basis), *rounding_note(exact)),
        (
            *rounding(exact),
            *(whole_months(last_fee, first, end, charge) if len(spans) == 1 else ()),
            *with_tax(basis, charge, case.end_date),
        ),
        said=f"{RULE.title}は{yen(charge)}です（最低利用期間の末日は {end}、"
        f"残余の期間は{months_spoken(first, end)}）。",
    )


def total_less_paid(basis: Basis, case: Total) -> Outcome:
    """The `total` form; also the measure when the contract is ended for cause."""
    end, term_step = min_term(basis, case.start_date, case.term_years)
    whole = fee_spans(case.start_date, end, case.monthly_fee, case.fee_schedule)
    exact = fee_total(whole)
    total = floor_yen(exact)
    paid, paid_note = _paid(case)
    outputs: dict[str, Any] = {
        "charge": 0,
        "min_term_end": end,
        "total_rental": total,
        "rental_paid": paid,
    }
    if case.end_date >= end:
        return _nothing(basis, case.end_date, end, outputs, term_step)
    charge = outputs["charge"] = max(0, total - paid)
    return Outcome(
        outputs,
        (
            term_step,
            Step(
                "期間全体のレンタル料金（1円未満切り捨て）",
                spans_text(whole),
                total,
                basis.clause,
                "円",
            ),
            Step("支払済みのレンタル料金", yen(paid), paid, basis.clause, "円"),
            Step("金額", f"{yen(total)} − {yen(paid)}（0円未満は0円）", charge, basis.clause, "円"),
        ),
        max(Fraction(0), exact - paid),
        (START_COUNTED, BY_CALENDAR, *paid_note, *_no_tax(basis), *rounding_note(exact)),
        _total_alternatives(basis, case, exact, paid, charge),
        _total_warnings(total, paid),
    )


def _paid(case: Total) -> tuple[int, tuple[str, ...]]:
    """The rent paid: as given, or what was billed through the last day of service."""
    if case.rental_paid is not None:
        return case.rental_paid, ()
    spans = fee_spans(case.start_date, case.end_date, case.monthly_fee, case.fee_schedule)
    note = f"支払済みのレンタル料金は、{case.end_date} までの月ごとの請求（各月1円未満切り捨て）を全額支払い済みとみなしました。"
    return billed_total(spans), (note,)


def settled(basis: Basis, inputs: Mapping[str, Any]) -> Outcome | None:
    """Nothing is due once the term, or the longest that could be chosen, is over."""
    start, last, chosen = (inputs.get(n) for n in ("start_date", "end_date", "term_years"))
    if start is None or last is None or last < start:
        return None
    years = basis.integers("years")
    if chosen is not None and chosen not in years:
        return None
    end, term_step = min_term(basis, start, chosen if chosen is not None else max(years))
    if last < end:
        return None
    fixed = chosen is not None or len(years) == 1
    whatever = "月額料金" if fixed else "月額料金と契約年数"
    outcome = _nothing(
        basis, last, end,
        {"charge": 0, "min_term_end": end} if fixed else {"charge": 0},
        term_step if fixed else term_step._replace(label="最も長い契約期間の末日"),
    )  # fmt: skip
    why = f"最低利用期間を過ぎているため、{whatever}にかかわらず0円です。"
    return outcome._replace(assumptions=(START_COUNTED, why))


def _total_alternatives(
    basis: Basis, case: Total, exact: Fraction, paid: int, charge: int
) -> tuple[Alternative, ...]:
    found = list(rounding(exact - paid)) if exact > paid else []
    flat = max(0, case.monthly_fee * 12 * chosen_years(basis, case.term_years) - paid)
    if not case.fee_schedule and flat != charge:
        reason = "規約は総額の端数の月の数え方を明記していません。"
        found.append(Alternative("総額を月額 × 契約月数とする", flat, reason))
    return (*found, *with_tax(basis, charge, case.end_date))


def _total_warnings(total: int, paid: int) -> tuple[str, ...]:
    if paid <= total:
        return ()
    return (
        f"支払済み {yen(paid)} が期間全体のレンタル料金 {yen(total)} を超えています。"
        "レンタル料金（税抜）だけの額か確認してください。",
    )


def _nothing(
    basis: Basis, last: date, end: date, outputs: dict[str, Any], term_step: Step
) -> Outcome:
    """Nothing is due: the last day of service is not before the last day of the term."""
    text = f"利用の最終日 {last} は末日 {end} 以後のため生じない"
    return Outcome(
        outputs,
        (term_step, Step("金額", text, 0, basis.clause, "円")),
        0,
        (START_COUNTED,),
        said=f"利用の最終日 {last} は最低利用期間の末日 {end} より前ではないため、"
        f"{RULE.title}はかかりません。",
    )


def _no_tax(basis: Basis) -> tuple[str, ...]:
    if basis.text("tax") == "added":
        return ("消費税は加えていません（残余期間の補てんで、規約も加算を定めていません）。",)
    return ("月額料金は消費税相当額を含む額として計算しました。",)


RULE = Rule(
    name="early_termination_charge",
    title="中途解約金",
    group="解約",
    synonyms=(
        "違約金",
        "解約金",
        "途中解約",
        "中途解約",
        "残余期間",
        "解約料",
        "キャンセル料",
        "縛りの途中でやめる",
    ),
    inputs={"remaining": Remaining, "total": Total},
    outputs=(
        Output("charge", "中途解約金", "円"),
        Output("min_term_end", "最低利用期間の末日"),
        Output("remaining_months", "残余の期間", "か月"),
        Output("total_rental", "期間全体のレンタル料金", "円"),
        Output("rental_paid", "支払済みのレンタル料金", "円"),
    ),
    reading=(
        "最低利用期間の残り（利用の最終日の翌日から末日まで）を暦日で日割りした料金。"
        "総額から支払済みを差し引く規約では、期間全体の料金 − 支払済み（0円未満は0円）。"
    ),
    compute=compute,
    settled=settled,
    examples=(
        Example(
            "sg",
            {"start_date": "2026-07-15", "end_date": "2027-02-10", "monthly_fee": 55000},
            {"charge": 280195},
        ),
        Example(
            "vpn",
            {
                "start_date": "2026-10-15",
                "term_years": 1,
                "end_date": "2027-05-31",
                "monthly_fee": 12000,
            },
            {"charge": 53420, "total_rental": 144000, "rental_paid": 90580},
        ),
        Example(
            "msp",
            {"start_date": "2027-03-10", "end_date": "2027-12-31", "monthly_fee": 30000},
            {"charge": 68709},
        ),
    ),
)
