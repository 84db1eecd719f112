"""Late charge (遅延損害金・延滞利息) on a debt paid after its due date.

principal x rate x days / 365, each part of the principal until its own payment. What differs
between agreements is in the provision: the rate, whether the day of payment counts, a grace
period within which nothing is charged, and whether the text fixes the year at 365 days.
"""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from calculators.business_days import closed_in_japan, next_business_day
from calculators.days_late import above_ceiling, by_days
from calculators.errors import InputError, MissingInput, Wanted
from calculators.inputs import Count, Day, Inputs, Record, Rows, Yen
from calculators.interest import YEAR_DAYS, day_after
from calculators.money import floor_yen, percent, rounding, rounding_note, yen
from calculators.periods import leap_days
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule

_DAY = timedelta(days=1)


class Payment(Record):
    """One instalment: the day and the part of the principal it paid."""

    date: Day = Field(title="入金日")
    amount: Yen = Field(title="元本に充てた額")


class LateCharge(Inputs):
    """A debt, its due date and its payment."""

    conditional: ClassVar[bool] = True

    principal: Yen = Field(title="未払いの元本")
    due_date: Day | None = Field(None, title="支払期日", json_schema_extra={"unless": "days_late"})
    paid_date: Day | None = Field(
        None, title="支払日", json_schema_extra={"unless": ["payments", "days_late"]}
    )
    payments: Rows[Payment] | None = Field(None, title="分割の入金")
    days_late: Count | None = Field(
        None, title="支払期日から支払いまでの日数", json_schema_extra={"unit": "日"}
    )

    def check(self) -> None:
        """Instalments may not exceed the principal; what they leave open needs a payment day."""
        if self.days_late is not None:
            self._check_days()
            return
        paid = sum(p.amount for p in self.payments or ())
        if paid > self.principal:
            raise InputError(
                f"分割の入金（payments）の合計 {paid:,}円 が元本 {self.principal:,}円 を超えています。"
                "元本に充てた額だけを指定してください。",
                field="payments",
                value=paid,
            )
        if self.paid_date is None and paid < self.principal:
            raise MissingInput(
                (Wanted("paid_date", "支払日", ""),),
                note=f"残りの元本 {self.principal - paid:,}円 を支払った日が要ります。",
            )

    def _check_days(self) -> None:
        """Days stand instead of both dates, never beside them."""
        for name in ("due_date", "paid_date", "payments"):
            if getattr(self, name) is not None:
                title = type(self).model_fields[name].title
                raise InputError(
                    f"遅れた日数（days_late）と{title}（{name}）は、どちらか一方だけを指定してください。",
                    field=name,
                    value=str(getattr(self, name)),
                )


def compute(basis: Basis, case: LateCharge) -> Outcome:
    """days (int), amount (yen) and, where there is a grace period, waived and grace_end."""
    if case.due_date is None:
        return by_days(basis, case.principal, case.days_late or 0)
    return _by_dates(basis, case, case.due_date)


def _by_dates(basis: Basis, case: LateCharge, due: date) -> Outcome:
    rate = basis.fraction("rate")
    parts = _parts(case, due)
    until_paid = basis.text("last_day") == "paid"
    cut = 0 if until_paid else 1
    outputs: dict[str, object] = {"amount": 0, "days": 0}
    steps: list[Step] = []
    charged = parts
    if "grace_days" in basis.params:
        grace_end = next_business_day(due + timedelta(days=basis.integer("grace_days")))
        charged = [part for part in parts if part[1] > grace_end]
        outputs |= {"waived": not charged, "grace_end": grace_end}
        steps += [*_late_step(basis, due, parts), _grace_step(basis, due, grace_end)]
    weighted, longest = 0, 0
    for amount, day in charged:
        days = max(0, (day - due).days - cut)
        longest = max(longest, days)
        weighted += amount * days
        steps.append(_days_step(basis, due, day, days, cut, amount if case.payments else None))
    exact = _interest(weighted, rate, YEAR_DAYS)
    outputs["amount"], outputs["days"] = floor_yen(exact), longest
    steps.append(_sum_step(basis, rate, charged, due, cut, exact))
    return Outcome(
        outputs,
        tuple(steps),
        exact,
        _assumptions(basis, case, exact, longest),
        _alternatives(basis, charged, due, rate, exact) if longest else (),
        _warnings(case, due, parts, outputs["amount"] == 0),
        said=_free(basis, due, parts, bool(outputs.get("waived"))),
        disputes=_disputes(basis, due),
    )


def _free(basis: Basis, due: date, parts: list[tuple[int, date]], waived: bool) -> str:
    """Why nothing is due, "" where something is: 0 yen within the grace is not in time."""
    late, called = (max(day for _, day in parts) - due).days, basis.called or RULE.title
    if late <= 0:
        return f"支払期日 {due} までの支払いなので、{called}はかかりません。"
    if not waived:
        return ""
    grace = basis.integer("grace_days")
    return (
        f"支払期日から{late}日の遅れですが、{grace}日の猶予の期間内の支払いなので、"
        f"{called}は0円です。"
    )


def _parts(case: LateCharge, due: date) -> list[tuple[int, date]]:
    """(amount, day of payment) of each part of the principal."""
    if not case.payments:
        return [(case.principal, case.paid_date or due)]
    parts = [(p.amount, p.date) for p in case.payments]
    rest = case.principal - sum(amount for amount, _ in parts)
    if rest and case.paid_date is not None:
        parts.append((rest, case.paid_date))
    return parts


def _interest(weighted: int, rate: Fraction, basis_days: int) -> Fraction:
    return Fraction(weighted * rate.numerator, rate.denominator * basis_days)


def _late_step(basis: Basis, due: date, parts: list[tuple[int, date]]) -> tuple[Step, ...]:
    """How late the last payment was, before the grace is looked at."""
    last = max(day for _, day in parts)
    late = (last - due).days
    if late <= 0:
        return ()
    where = basis.where("grace_days")
    return (Step("支払期日からの遅れ", f"{due} から {last} まで", late, where, "日"),)


def _grace_step(basis: Basis, due: date, grace_end: date) -> Step:
    days = basis.integer("grace_days")
    plain = due + timedelta(days=days)
    moved = "" if plain == grace_end else f"（{plain} は休業日のため翌営業日）"
    return Step(
        "猶予の最終日", f"{due} + {days}日{moved}", grace_end.isoformat(), basis.where("grace_days")
    )


def _days_step(basis: Basis, due: date, day: date, days: int, cut: int, amount: int | None) -> Step:
    label = "遅延日数" if amount is None else f"遅延日数（{amount:,}円分）"
    if not days:
        return Step(label, f"支払期日 {due} 、支払日 {day}", 0, basis.clause, "日")
    last = day - _DAY if cut else day
    return Step(label, f"{day_after(due)} から {last} まで", days, basis.clause, "日")


def _sum_step(
    basis: Basis,
    rate: Fraction,
    charged: list[tuple[int, date]],
    due: date,
    cut: int,
    exact: Fraction,
) -> Step:
    shown = percent(rate)
    if len(charged) == 1:
        days = max(0, (charged[0][1] - due).days - cut)
        text = f"{yen(charged[0][0])} × {shown} × {days}日 ÷ {YEAR_DAYS}日"
    elif charged:
        terms = " + ".join(f"{yen(a)}×{max(0, (d - due).days - cut)}日" for a, d in charged)
        text = f"({terms}) × {shown} ÷ {YEAR_DAYS}日"
    else:
        text = "猶予の期間内の支払いのため生じない"
    return Step("金額（1円未満切り捨て）", text, floor_yen(exact), basis.where("rate"), "円")


def _assumptions(basis: Basis, case: LateCharge, exact: Fraction, days: int) -> tuple[str, ...]:
    notes = list(rounding_note(exact))
    if basis.text("last_day") == "paid":
        notes.append(
            "支払日当日までを遅延の日数に数えました（規約に終わりの日の定めがありません）。"
        )
    if days and basis.text("year") == "open":
        notes.append("1年を365日として計算しました（規約にうるう年の定めがありません）。")
    if case.payments:
        notes.append("分割の入金は元本に充て、各部分の入金日まで計算しました。")
    return tuple(notes)


def _alternatives(
    basis: Basis,
    charged: list[tuple[int, date]],
    due: date,
    rate: Fraction,
    exact: Fraction,
) -> tuple[Alternative, ...]:
    if basis.text("year") == "fixed":
        return rounding(exact)
    amount = floor_yen(exact)
    until_paid = basis.text("last_day") == "paid"
    return (
        *rounding(exact),
        *(_paid_day_excluded(charged, due, rate, amount) if until_paid else ()),
        *_leap_years(charged, due, rate, amount, 0 if until_paid else 1),
    )


def _paid_day_excluded(
    charged: list[tuple[int, date]], due: date, rate: Fraction, amount: int
) -> tuple[Alternative, ...]:
    fewer = sum(a * max(0, (d - due).days - 1) for a, d in charged)
    value = fewer * rate.numerator // (rate.denominator * YEAR_DAYS)
    if value == amount:
        return ()
    return (
        Alternative("支払日当日を数えない", value, "規約は遅延の終わりの日を定めていないため。"),
    )


def _leap_years(
    charged: list[tuple[int, date]], due: date, rate: Fraction, amount: int, cut: int
) -> tuple[Alternative, ...]:
    """Days in a leap calendar year divided by 366, where that gives another figure."""
    plain = leap = 0
    for part, day in charged:
        days = max(0, (day - due).days - cut)
        inside = leap_days(due + _DAY, day - cut * _DAY) if days else 0
        plain += part * (days - inside)
        leap += part * inside
    if not leap:
        return ()
    weighted = (plain * 366 + leap * YEAR_DAYS) * rate.numerator
    value = weighted // (rate.denominator * YEAR_DAYS * 366)
    if value == amount:
        return ()
    reason = "規約がうるう年の日割りを定めていないため。"
    return (Alternative("うるう年の日は366日で割る", value, reason),)


def _disputes(basis: Basis, due: date) -> tuple[str, ...]:
    notes: list[str] = []
    if closed_in_japan(due):
        moved = next_business_day(due)
        notes.append(
            f"支払期日 {due} は休業日です。翌営業日 {moved} を期日とみる余地があります"
            "（最判平成11年3月11日参照）。入力の期日のまま計算しました。"
        )
    return (*notes, *above_ceiling(basis.fraction("rate")))


def _warnings(
    case: LateCharge, due: date, parts: list[tuple[int, date]], free: bool
) -> tuple[str, ...]:
    notes: list[str] = []
    if free and any(day > due for _, day in parts):
        notes.append("金額は0円でも、支払期日に遅れた事実は残ります。")
    if case.payments and case.paid_date and any(p.date > case.paid_date for p in case.payments):
        notes.append(
            f"支払日 {case.paid_date} より後の入金があります。入金日のとおり計算しました。"
        )
    return tuple(notes)


RULE = Rule(
    name="late_charge",
    title="遅延損害金",
    group="料金の遅れ",
    synonyms=(
        "延滞利息",
        "遅延利息",
        "延滞金",
        "滞納",
        "支払いが遅れた",
        "払い忘れ",
        "利息",
        "延滞料",
    ),
    inputs=LateCharge,
    outputs=(
        Output("amount", "遅延損害金", "円"),
        Output("days", "遅延日数", "日"),
        Output("waived", "猶予により免除"),
        Output("grace_end", "猶予の最終日"),
    ),
    reading=(
        "元本 × 年率 × 日数 ÷ 365。日数は支払期日の翌日から、条文に従い支払日の前日まで"
        "（終わりの定めがなければ支払日まで）。猶予期間内の支払いには生じない。"
    ),
    compute=compute,
    examples=(
        Example(
            "sg",
            {"principal": 55000, "due_date": "2026-12-28", "paid_date": "2027-01-31"},
            {"days": 33, "amount": 721},
        ),
        Example(
            "vpn",
            {"principal": 110000, "due_date": "2027-03-31", "paid_date": "2027-04-01"},
            {"days": 1, "amount": 44},
        ),
        Example(
            "msp",
            {
                "principal": 330000,
                "due_date": "2027-04-30",
                "payments": [
                    {"date": "2027-05-10", "amount": 200000},
                    {"date": "2027-05-31", "amount": 130000},
                ],
            },
            {"days": 30, "amount": 1549, "waived": False},
        ),
        Example(
            "vpn",
            {"principal": 80000, "days_late": 10},
            {"days": 10, "amount": 320},
            "遅れた日数だけが分かる場合",
        ),
    ),
)
