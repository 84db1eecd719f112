"""Charge for cancelling between application and the eve of the start (開始前の解約金).

The terms only say that a rate set by the company applies; base and rate are outside them, so
without both no sum is given. From the start on the charge for ending early applies instead.
"""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from calculators.errors import MissingInput, Wanted
from calculators.inputs import Day, Inputs, Share, Yen
from calculators.money import floor_yen, percent, rounding, rounding_note, yen
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule


class PreStart(Inputs):
    """An application, the agreed start, the cancellation, and the company's base and rate."""

    ordered: ClassVar = (
        ("application_date", "start_date"),
        ("application_date", "cancel_date"),
    )

    application_date: Day = Field(title="申込日")
    start_date: Day = Field(title="レンタル開始日")
    cancel_date: Day = Field(title="解約日")
    base: Yen | None = Field(
        None, title="料率を掛ける額", json_schema_extra={"told_by": "provider"}
    )
    rate: Share | None = Field(
        None, title="当社所定の料率", json_schema_extra={"told_by": "provider"}
    )


def compute(basis: Basis, case: PreStart) -> Outcome:
    """applies (bool), amount (yen)."""
    if case.cancel_date >= case.start_date:
        return _not_applicable(basis, case)
    if case.base is None or case.rate is None:
        raise MissingInput(
            tuple(
                Wanted(name, title, unit)
                for name, title, unit, value in (
                    ("rate", "当社所定の料率", "", case.rate),
                    ("base", "料率を掛ける額", "円", case.base),
                )
                if value is None
            ),
            note="当社所定の料率は規約の外で定められています。見積書や申込書で確認し、",
        )
    exact = case.base * case.rate
    amount = floor_yen(exact)
    return Outcome(
        {"applies": True, "amount": amount},
        (
            Step(
                "対象になるか",
                f"申込日 {case.application_date} ≤ 解約日 {case.cancel_date} < 開始日 {case.start_date}",
                True,
                basis.clause,
            ),
            Step(
                "金額（1円未満切り捨て）",
                f"{yen(case.base)} × {percent(case.rate)}",
                amount,
                basis.clause,
                "円",
            ),
        ),
        exact,
        ("料率とその対象額は規約の外で定められ、入力された値を使いました。", *rounding_note(exact)),
        rounding(exact),
        said=f"開始前の解約に当たり、{RULE.title}は{yen(amount)}です。",
        disputes=(
            "申込みが承諾される前は契約が成立していないため、この期間の請求は争う余地があります。",
        ),
    )


def _not_applicable(basis: Basis, case: PreStart) -> Outcome:
    text = (
        f"解約日 {case.cancel_date} は開始日 {case.start_date} 以後のため、開始前の解約に当たらない"
    )
    return Outcome(
        {"applies": False, "amount": 0},
        (Step("対象になるか", text, False, basis.clause),),
        warnings=("開始日以後の解約には、最低利用期間内の解約の定めが当てはまります。",),
        said=f"解約日 {case.cancel_date} は開始日 {case.start_date} より前ではないため、"
        f"{RULE.title}はかかりません。",
    )


RULE = Rule(
    name="pre_start_cancellation_charge",
    title="開始前の解約金",
    group="解約",
    synonyms=(
        "開始前キャンセル",
        "申込みの取消し",
        "キャンセル料",
        "使う前に解約",
        "申込後の解約",
        "導入前の中止",
    ),
    inputs=PreStart,
    outputs=(
        Output(
            "applies",
            "開始前の解約に当たるか",
            words={"true": "当たります", "false": "当たりません"},
        ),
        Output("amount", "開始前の解約金", "円"),
    ),
    reading="申込日から開始日の前日までの解約に、入力された額 × 当社所定の料率（1円未満切り捨て）。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {
                "application_date": "2027-02-01",
                "start_date": "2027-04-01",
                "cancel_date": "2027-03-31",
                "base": 200000,
                "rate": "30%",
            },
            {"applies": True, "amount": 60000},
        ),
        Example(
            "vpn",
            {
                "application_date": "2027-02-01",
                "start_date": "2027-04-01",
                "cancel_date": "2027-04-01",
            },
            {"applies": False, "amount": 0},
        ),
    ),
    checked={"sg": ("sg:11.2", "sg:28.1"), "msp": ("msp:10.2", "msp:11.1")},
)
