"""How much the company pays for damage (損害賠償の上限), as the terms are written.

Only intent or gross negligence counts. `month`: the fee of that month. `payments`: the fees
paid from the same day a year before to the day before the cause. `none`: nothing at all. A
warning says where the limit may not hold.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from calculators.inputs import Day, Inputs, Record, Rows, Yen
from calculators.money import yen
from calculators.periods import clip_months
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule

Fault = Literal["none", "ordinary", "gross", "intent"]
DamageType = Literal[
    "ordinary",
    "special",
    "lost_profit",
    "indirect",
    "security_breach",
    "data_loss",
    "third_party_product",
]
FAULTS = {"none": "過失なし", "ordinary": "軽過失", "gross": "重過失", "intent": "故意"}
TYPES = {
    "ordinary": "通常の損害",
    "special": "特別の損害",
    "lost_profit": "逸失利益",
    "indirect": "間接の損害",
    "security_breach": "セキュリティー侵害",
    "data_loss": "データの消失",
    "third_party_product": "他社製品による損害",
}
_FAULT_HELP = "、".join(f"{key}={text}" for key, text in FAULTS.items())


class Damage(Inputs):
    """The company's fault and the damage."""

    fault: Fault = Field(
        title="当社の過失の程度",
        description=_FAULT_HELP,
        json_schema_extra={"told_by": "provider"},
    )
    damage: Yen = Field(title="損害額")


class MonthDamage(Damage):
    """Capped by the fee of the month."""

    fee_of_month: Yen = Field(title="当該月の利用料金（税込）")


class Paid(Record):
    """One payment of fees, without tax."""

    date: Day = Field(title="支払日")
    amount: Yen = Field(title="支払額（税抜）")


class PaymentsDamage(Damage):
    """Capped by the fees paid in the year before the cause."""

    cause_date: Day = Field(title="原因が発生した日")
    payments: Rows[Paid] = Field(title="料金の支払い")
    damage_type: DamageType | None = Field(
        None,
        title="損害の種類",
        description="、".join(f"{key}={text}" for key, text in TYPES.items()),
    )


def compute(basis: Basis, case: Damage) -> Outcome:
    """amount, cap (yen)."""
    cap, cap_step = _cap(basis, case)
    reason = _barred(case)
    if basis.flag("excluded"):
        amount, text = 0, "原因を問わず責任を負わないと定めている"
    elif reason:
        amount, text = 0, reason
    else:
        amount, text = (
            min(case.damage, cap),
            f"損害額 {yen(case.damage)} と上限 {yen(cap)} の少ない方",
        )
    where = basis.where("excluded") if basis.flag("excluded") else basis.clause
    return Outcome(
        {"amount": amount, "cap": cap},
        (cap_step, Step("賠償される額", text, amount, where, "円")),
        amount,
        _assumptions(case),
        (),
        _warnings(basis),
        said=_said(basis, case, amount, cap),
        disputes=_disputes(case, amount),
    )


def _said(basis: Basis, case: Damage, amount: int, cap: int) -> str:
    """What is paid of the damage, and why no more."""
    if basis.flag("excluded"):
        return "規約は、原因を問わず責任を負わないと定めているため、賠償される額は0円です。"
    barred = _barred(case)
    if barred:
        return f"{barred}で、賠償される額は0円です。"
    if case.damage <= cap:
        return f"損害額{yen(case.damage)}は上限の{yen(cap)}以内なので、全額が賠償の対象です。"
    return f"賠償される額は、損害額{yen(case.damage)}のうち、上限の{yen(amount)}までです。"


def _cap(basis: Basis, case: Damage) -> tuple[int, Step]:
    if isinstance(case, MonthDamage):
        return case.fee_of_month, Step(
            "上限", "当該月の利用料金", case.fee_of_month, basis.clause, "円"
        )
    if isinstance(case, PaymentsDamage):
        first = clip_months(case.cause_date, -basis.integer("months"))
        last = case.cause_date - timedelta(days=1)
        counted = [p.amount for p in case.payments if first <= p.date <= last]
        cap = sum(counted)
        text = f"{first} から {last} までの支払い {len(counted)}件の合計"
        return cap, Step("上限", text, cap, basis.where("months"), "円")
    return 0, Step("上限", "賠償の定めがない", 0, basis.where("excluded"), "円")


def _barred(case: Damage) -> str:
    """Why nothing is paid, or ""."""
    if case.fault not in ("gross", "intent"):
        return f"{FAULTS[case.fault]}のため対象外（故意・重過失に限る）"
    if isinstance(case, PaymentsDamage) and case.damage_type not in (None, "ordinary"):
        return f"{TYPES[str(case.damage_type)]}のため対象外（通常の損害に限る）"
    return ""


def _assumptions(case: Damage) -> tuple[str, ...]:
    if isinstance(case, MonthDamage):
        return ("当該月は損害が生じた月とし、現金ではなく請求額の減額で賠償されるものとしました。",)
    if isinstance(case, PaymentsDamage):
        usual = () if case.damage_type else ("損害は通常の損害として計算しました。",)
        return (*usual, "料金は税抜の支払額で数え、原因の発生日は含めていません。")
    return ()


def _disputes(case: Damage, amount: int) -> tuple[str, ...]:
    if case.fault not in ("gross", "intent") or amount >= case.damage:
        return ()
    return (
        "故意・重過失による損害まで制限・免除する部分は、効力を争う余地があります"
        "（民法90条・548条の2第2項、最判平成15年2月28日参照）。",
    )


def _warnings(basis: Basis) -> tuple[str, ...]:
    if not basis.flag("excluded"):
        return ()
    return ("レンタル物件の使用不能が24時間を超えた場合の減額は別にあります。",)


RULE = Rule(
    name="liability_cap",
    title="損害賠償の上限",
    group="障害・賠償",
    synonyms=("損害賠償", "賠償", "補償", "上限", "情報漏えい", "弁償してもらえる", "責任", "被害"),
    inputs={"month": MonthDamage, "payments": PaymentsDamage, "none": Damage},
    outputs=(Output("amount", "賠償される額", "円"), Output("cap", "上限額", "円")),
    reading="故意・重過失に限り、条文の上限まで（当該月の料金、または原因の前日までの12か月間の支払額）。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"fault": "gross", "damage": 800000, "fee_of_month": 55000},
            {"amount": 55000, "cap": 55000},
        ),
        Example("vpn", {"fault": "gross", "damage": 800000}, {"amount": 0, "cap": 0}),
        Example(
            "msp",
            {
                "fault": "gross",
                "damage": 1000000,
                "cause_date": "2027-06-10",
                "payments": [
                    {"date": "2026-06-09", "amount": 100000},
                    {"date": "2026-06-10", "amount": 33000},
                ],
            },
            {"amount": 33000, "cap": 33000},
        ),
    ),
)
