"""What the customer pays for lost or damaged equipment (機器の滅失・毀損の賠償).

`rental`: after hand-over the customer pays for own fault, natural or human events and nobody's
fault alike; the cheapest of the applicable prices is the default. `fault`: the customer pays
the cost of reinstalling and the fee, with tax, and only for own fault.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from calculators.errors import MissingInput, Wanted
from calculators.inputs import Day, Flag, Inputs, Yen
from calculators.money import percent, yen
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.tax import tax_on, tax_rate

Cause = Literal["customer_fault", "natural_event", "no_fault", "company_fault", "normal_wear"]

CAUSES = {
    "customer_fault": "契約者の責任",
    "natural_event": "天災などの事象",
    "no_fault": "どちらの責任でもない事由",
    "company_fault": "当社の責任",
    "normal_wear": "通常の使用による故障・劣化",
}
PRICES = {
    "substitute_price": "代替機器の購入代金",
    "new_price": "新品機器の購入代金",
    "repair_cost": "修理代",
}


class RentalLoss(Inputs):
    """A rented device lost or damaged: when, why, and what it costs to put right."""

    after_handover: Flag = Field(title="引き渡しを受けた後か")
    cause: Cause = Field(title="原因", description="、".join(f"{k}={v}" for k, v in CAUSES.items()))
    repairable: Flag = Field(title="修理できるか")
    substitute_price: Yen | None = Field(None, title=PRICES["substitute_price"])
    new_price: Yen | None = Field(None, title=PRICES["new_price"])
    repair_cost: Yen | None = Field(None, title=PRICES["repair_cost"])


class FaultLoss(Inputs):
    """Equipment damaged: by the customer's fault or not, and the costs without tax."""

    at_fault: Flag = Field(title="契約者に故意・過失があるか")
    reinstall_cost: Yen = Field(
        title="再設置費用（税抜）", json_schema_extra={"told_by": "provider"}
    )
    handling_fee: Yen = Field(title="手数料（税抜）", json_schema_extra={"told_by": "provider"})
    date: Day = Field(title="損害の日（税率の基準日）")


def compute(basis: Basis, case: RentalLoss | FaultLoss) -> Outcome:
    """amount (yen) and, for rentals, alternatives {price: yen}."""
    return _fault(basis, case) if isinstance(case, FaultLoss) else _rental(basis, case)


def _rental(basis: Basis, case: RentalLoss) -> Outcome:
    free = _who_else_pays(basis, case)
    if free is not None:
        return Outcome({"amount": 0, "alternatives": {}}, (free,), 0, cites=(free.clause,))
    prices = _applicable(case)
    amount, dearest = min(prices.values()), max(prices.values())
    text = "、".join(f"{PRICES[name]} {yen(value)}" for name, value in prices.items())
    reason = "どの額によるかを誰が選ぶかは規約に定めがありません（民法406条により契約者が選べると読みました）。"
    return Outcome(
        {"amount": amount, "alternatives": prices},
        (
            Step("負担する人", CAUSES[case.cause], "契約者", basis.clause),
            Step("金額（最も低い額）", text, amount, basis.clause, "円"),
        ),
        amount,
        ("当てはまる額のうち最も低い額としました。", "損害賠償金のため消費税は加えていません。"),
        (Alternative("最も高い額による", dearest, reason),) if dearest != amount else (),
        ("レンタル物件を使えない間も、レンタル期間中の料金の支払義務は残ります。",),
        (basis.clause,),
    )


def _who_else_pays(basis: Basis, case: RentalLoss) -> Step | None:
    """The step that says the company bears it; None where the customer does."""
    if not case.after_handover:
        return Step("負担する人", "引き渡し前", "当社", basis.where("before_handover"))
    if case.cause == "company_fault":
        return Step("負担する人", CAUSES[case.cause], "当社", basis.clause)
    if case.cause == "normal_wear":
        return Step("負担する人", CAUSES[case.cause], "当社", basis.where("wear"))
    return None


def _applicable(case: RentalLoss) -> dict[str, int]:
    """The prices that may be claimed; repair only where repair is possible."""
    names = [name for name in PRICES if case.repairable or name != "repair_cost"]
    prices = {name: getattr(case, name) for name in names if getattr(case, name) is not None}
    if not prices:
        wanted = ["repair_cost"] if case.repairable else ["substitute_price", "new_price"]
        raise MissingInput(
            tuple(Wanted(name, PRICES[name], "円") for name in wanted),
            note="金額は規約の外で決まります。見積もりなどの",
        )
    return prices


def _fault(basis: Basis, case: FaultLoss) -> Outcome:
    if not case.at_fault:
        step = Step("金額", "契約者に故意・過失がないため生じない", 0, basis.clause, "円")
        return Outcome({"amount": 0}, (step,), 0)
    cost = case.reinstall_cost + case.handling_fee
    rate, tax = tax_rate(case.date), tax_on(cost, case.date)
    return Outcome(
        {"amount": cost + tax},
        (
            Step(
                "費用の合計（税抜）",
                f"{yen(case.reinstall_cost)} + {yen(case.handling_fee)}",
                cost,
                basis.clause,
                "円",
            ),
            Step(
                "消費税（1円未満切り捨て）",
                f"{yen(cost)} × {percent(rate)}",
                tax,
                basis.clause,
                "円",
            ),
            Step("金額", f"{yen(cost)} + {yen(tax)}", cost + tax, basis.clause, "円"),
        ),
        cost * (1 + rate),
        ("再設置費用と手数料の額は規約の外で決まり、入力された値を使いました。",),
    )


RULE = Rule(
    name="equipment_loss_charge",
    title="機器の滅失・毀損の賠償額",
    group="機器",
    synonyms=(
        "壊した",
        "失くした",
        "紛失",
        "盗難",
        "水没",
        "機器の弁償",
        "故障",
        "破損",
        "災害で壊れた",
    ),
    inputs={"rental": RentalLoss, "fault": FaultLoss},
    outputs=(
        Output("amount", "賠償額", "円"),
        Output("alternatives", "当てはまる額", "円", PRICES),
    ),
    reading=(
        "レンタルでは、引き渡し後の契約者の責任・天災・双方無責の滅失毀損を契約者が負担し、"
        "当てはまる額の最も低いもの。過失を要する規約では、故意・過失があるときだけ費用に税を加えた額。"
    ),
    compute=compute,
    examples=(
        Example(
            "vpn",
            {
                "after_handover": True,
                "cause": "natural_event",
                "repairable": True,
                "substitute_price": 120000,
                "new_price": 180000,
                "repair_cost": 45000,
            },
            {"amount": 45000},
        ),
        Example(
            "msp",
            {
                "at_fault": True,
                "reinstall_cost": 80000,
                "handling_fee": 15000,
                "date": "2026-06-01",
            },
            {"amount": 104500},
        ),
    ),
    checked={"sg": ("sg:30.2",)},
)
