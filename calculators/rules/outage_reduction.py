"""Reduction of the fee for an outage (障害時の減額).

Only by the company's fault and only when the total outage lasted more than 24 hours after the
customer's notice. Whole units of 24 hours count, each booked to the day on which it starts; a
month's payable fee is floored, so that the credit is never shaved.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from calculators.errors import InputError
from calculators.inputs import Count, Flag, Inputs, Instant, Yen
from calculators.money import yen
from calculators.periods import Slice, slices
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule


class Outage(Inputs):
    """The monthly fee, the customer's notice, the recovery, and whose fault it was."""

    ordered: ClassVar = (("notified_at", "restored_at"),)
    conditional: ClassVar[bool] = True

    monthly_fee: Yen = Field(title="月額相当料金")
    notified_at: Instant = Field(title="当社へ通知した日時")
    restored_at: Instant | None = Field(
        None, title="復旧した日時", json_schema_extra={"unless": "lasted_hours"}
    )
    lasted_hours: Count | None = Field(
        None, title="通知から復旧までの時間", json_schema_extra={"unit": "時間"}
    )
    company_at_fault: Flag = Field(title="当社の責任か", json_schema_extra={"told_by": "provider"})

    def check(self) -> None:
        """The end of the outage is told once: by its time or by its length."""
        super().check()
        if self.restored_at is not None and self.lasted_hours is not None:
            raise InputError(
                "復旧した日時（restored_at）と復旧までの時間（lasted_hours）は、どちらか一方だけを指定してください。",
                field="lasted_hours",
                value=self.lasted_hours,
            )


def compute(basis: Basis, case: Outage) -> Outcome:
    """credit (yen), units (int), payable_by_month {"2027-01": yen}."""
    unit = timedelta(hours=basis.integer("hours"))
    hours = timedelta(hours=case.lasted_hours or 0)
    lasted = case.restored_at - case.notified_at if case.restored_at else hours
    counts = case.company_at_fault and lasted > unit
    units = lasted // unit if counts else 0
    months = _months(case.notified_at, units)
    payable = {m.label: (case.monthly_fee * (1 - m.share)).__floor__() for m in months}
    credit = sum(case.monthly_fee - value for value in payable.values())
    return Outcome(
        {"credit": credit, "units": units, "payable_by_month": payable},
        (
            _units_step(basis, case, lasted, units),
            *(_month_step(basis, case.monthly_fee, m, payable[m.label]) for m in months),
            Step("減額の合計", _credit_text(case.monthly_fee, payable), credit, basis.clause, "円"),
        ),
        sum((case.monthly_fee * m.share for m in months), Fraction(0)),
        _assumptions(units),
        _rounded_up(case, lasted, unit, units, credit),
        ("レンタル物件が全面的に使用不能であった場合に限ります。",) if units else (),
    )


def _months(start: datetime, units: int) -> list[Slice]:
    """The units per calendar month, each on the day it starts."""
    first = start.date()
    return list(slices(first, first + timedelta(days=units - 1))) if units else []


def _units_step(basis: Basis, case: Outage, lasted: timedelta, units: int) -> Step:
    hours, rest = divmod(lasted, timedelta(hours=1))
    long = f"{hours}時間{rest // timedelta(minutes=1)}分"
    limit = basis.integer("hours")
    if not case.company_at_fault:
        text = "当社の責任によるものではないため減額されない"
    elif not units:
        text = f"通知から復旧まで {long}。{limit}時間を超えないため減額されない"
    else:
        text = f"通知から復旧まで {long} ÷ {limit}時間（端数切り捨て）"
    return Step("減額の単位数", text, units, basis.where("hours"), "日")


def _month_step(basis: Basis, fee: int, part: Slice, payable: int) -> Step:
    text = f"{yen(fee)} × (1 − {part.days}日 ÷ {part.length}日)"
    return Step(f"{part.label} の支払額（1円未満切り捨て）", text, payable, basis.clause, "円")


def _credit_text(fee: int, payable: dict[str, int]) -> str:
    return " + ".join(f"({yen(fee)} − {yen(value)})" for value in payable.values()) or "減額なし"


def _assumptions(units: int) -> tuple[str, ...]:
    if not units:
        return ()
    return (
        "24時間ごとに1日分とし、24時間に満たない部分は数えていません。",
        "減額後の支払額の1円未満を切り捨てました。",
        "契約者の通知の時から数えました（障害の発生時ではありません）。",
    )


def _rounded_up(
    case: Outage, lasted: timedelta, unit: timedelta, units: int, credit: int
) -> tuple[Alternative, ...]:
    up = -(-lasted // unit)
    if not units or up == units:
        return ()
    fee = case.monthly_fee
    other = sum(fee - (fee * (1 - m.share)).__floor__() for m in _months(case.notified_at, up))
    if other == credit:
        return ()
    reason = "規約は24時間に満たない部分の数え方を定めていません。"
    return (Alternative(f"端数を1日と数える（{up}日）", other, reason),)


RULE = Rule(
    name="outage_reduction",
    title="障害時の減額",
    group="障害・賠償",
    synonyms=(
        "障害",
        "つながらない",
        "使えない",
        "止まった",
        "返金",
        "減額",
        "ダウン",
        "料金を引いて",
    ),
    inputs=Outage,
    outputs=(
        Output("credit", "減額される額", "円"),
        Output("units", "減額の単位数", "日"),
        Output("payable_by_month", "月ごとの支払額", "円"),
    ),
    reading=(
        "通知から24時間を超えた場合に、24時間ごとに1日分（端数切り捨て）を、その単位が始まる日の月の"
        "暦日数で日割りして減額する。支払額の1円未満は切り捨て。"
    ),
    compute=compute,
    examples=(
        Example(
            "vpn",
            {
                "monthly_fee": 31000,
                "notified_at": "2027-01-31T12:00",
                "restored_at": "2027-02-03T13:00",
                "company_at_fault": True,
            },
            {"units": 3, "credit": 3215, "payable_by_month": {"2027-01": 30000, "2027-02": 28785}},
        ),
        Example(
            "vpn",
            {
                "monthly_fee": 31000,
                "notified_at": "2026-12-05T08:00",
                "lasted_hours": 50,
                "company_at_fault": True,
            },
            {"units": 2, "credit": 2000, "payable_by_month": {"2026-12": 29000}},
            "止まった時間だけが分かる場合",
        ),
    ),
    checked={"sg": ("sg:21.1", "sg:22.1"), "msp": ("msp:18", "msp:16")},
)
