"""A late charge where only the number of days late is known, without the two dates.

Payment is taken to be that many days after the due date. Where a grace period ends on a day that
a holiday may move, so few days do not decide and the due date is asked for.
"""

from __future__ import annotations

from fractions import Fraction

from calculators.errors import MissingInput, Wanted
from calculators.interest import YEAR_DAYS, interest
from calculators.money import floor_yen, percent, rounding, rounding_note, yen
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step

#: the longest run of closed days that a grace period may be moved by (十連休)
LONGEST_CLOSED = 10
#: ceiling for consumers as (numerator, denominator) (消費者契約法9条1項2号)
_CONSUMER_CEILING = (146, 1000)


def by_days(basis: Basis, principal: int, late: int) -> Outcome:
    """amount (yen), days (int) and, where there is a grace period, waived, from days late."""
    until_paid = basis.text("last_day") == "paid"
    waived = _waived(basis, late)
    days = 0 if waived else late if until_paid else late - 1
    rate = basis.fraction("rate")
    exact = interest(principal, rate, days)
    outputs: dict[str, object] = {"amount": floor_yen(exact), "days": days}
    if "grace_days" in basis.params:
        outputs["waived"] = waived
    return Outcome(
        outputs,
        (*_grace(basis, late, waived), *_sum(basis, principal, late, days, exact)),
        exact,
        _assumptions(basis, exact, late, days),
        _alternatives(principal, rate, late, exact) if until_paid else rounding(exact),
        _still_late(floor_yen(exact)),
        disputes=above_ceiling(rate),
    )


def above_ceiling(rate: Fraction) -> tuple[str, ...]:
    """The note that a consumer may contest what is above the ceiling of the law."""
    if rate.numerator * _CONSUMER_CEILING[1] <= rate.denominator * _CONSUMER_CEILING[0]:
        return ()
    return (
        "契約者が消費者の場合、年14.6%を超える部分は争う余地があります（消費者契約法9条1項2号）。",
    )


def _waived(basis: Basis, late: int) -> bool:
    """Whether payment came within the grace period, wherever the due date lay."""
    if "grace_days" not in basis.params:
        return False
    grace = basis.integer("grace_days")
    if grace < late <= grace + LONGEST_CLOSED:
        raise MissingInput(
            (Wanted("due_date", "支払期日", ""), Wanted("paid_date", "支払日", "")),
            note=f"猶予の{grace}日目が休業日なら翌営業日に移るため、日数だけでは決まりません。",
        )
    return late <= grace


def _grace(basis: Basis, late: int, waived: bool) -> tuple[Step, ...]:
    if "grace_days" not in basis.params:
        return ()
    grace = basis.integer("grace_days")
    text = f"支払期日の{late}日後の支払い、猶予は{grace}日"
    return (Step("猶予の期間内か", text, waived, basis.where("grace_days")),)


def _sum(basis: Basis, principal: int, late: int, days: int, exact: Fraction) -> tuple[Step, ...]:
    label = "金額（1円未満切り捨て）"
    if not days:
        text = "遅延の日数がないため生じない"
        return (Step(label, text, 0, basis.where("rate"), "円"),)
    counted = f"{late}日" if days == late else f"{late}日 − 支払日の1日"
    text = f"{yen(principal)} × {percent(basis.fraction('rate'))} × {days}日 ÷ {YEAR_DAYS}日"
    return (
        Step("遅延日数", counted, days, basis.clause, "日"),
        Step(label, text, floor_yen(exact), basis.where("rate"), "円"),
    )


def _assumptions(basis: Basis, exact: Fraction, late: int, days: int) -> tuple[str, ...]:
    notes = [*rounding_note(exact), f"支払いは、支払期日のちょうど{late}日後としました。"]
    if days and basis.text("last_day") == "paid":
        notes.append(
            "支払日当日までを遅延の日数に数えました（規約に終わりの日の定めがありません）。"
        )
    if days and basis.text("year") == "open":
        notes.append("1年を365日として計算しました（うるう年にかかると変わることがあります）。")
    return tuple(notes)


def _alternatives(
    principal: int, rate: Fraction, late: int, exact: Fraction
) -> tuple[Alternative, ...]:
    fewer = floor_yen(interest(principal, rate, late - 1))
    if fewer == floor_yen(exact):
        return rounding(exact)
    reason = "規約は遅延の終わりの日を定めていないため。"
    return (*rounding(exact), Alternative("支払日当日を数えない", fewer, reason))


def _still_late(amount: int) -> tuple[str, ...]:
    return () if amount else ("金額は0円でも、支払期日に遅れた事実は残ります。",)
