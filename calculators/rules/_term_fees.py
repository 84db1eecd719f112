"""What the rules about minimum terms share: the term, fee schedules, ordinary alternatives.

A provision with `years = [1]` fixes the term; several values mean that the customer chose one
and must say which.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from pydantic import Field

from calculators.errors import InputError
from calculators.inputs import Day, Record, Yen
from calculators.money import number, yen
from calculators.periods import months_begun, months_between, months_text, slices, term_end
from calculators.provisions import Basis
from calculators.result import Alternative, Step
from calculators.tax import tax_on, tax_rate

DAY = timedelta(days=1)

START_COUNTED = "開始日を1日目として、応当日の前日までを期間としました。"
BY_CALENDAR = "1か月に満たない部分は、その月の暦日数で日割りしました。"

#: first day, last day, monthly fee in yen
Span = tuple[date, date, int]


class FeeChange(Record):
    """From `date` on, the monthly fee is `monthly_fee`."""

    date: Day = Field(title="適用開始日")
    monthly_fee: Yen = Field(title="月額料金")


def chosen_years(basis: Basis, term_years: int | None) -> int:
    """The term in years: the chosen one, checked against the terms, or the only one."""
    allowed = basis.integers("years")
    if term_years is None and len(allowed) == 1:
        return allowed[0]
    if term_years not in allowed:
        listed = "、".join(str(years) for years in allowed)
        raise InputError(
            f"契約年数（term_years）の値 {term_years} は使えません。"
            f"規約が定める {listed} のどれかを指定してください。",
            field="term_years",
            value=term_years,
        )
    return int(term_years)


def min_term(basis: Basis, start: date, term_years: int | None) -> tuple[date, Step]:
    """The last day of the minimum term, and the step that says so."""
    years = chosen_years(basis, term_years)
    end = term_end(start, 12 * years)
    return end, Step(
        "最低利用期間の末日", f"{start} から {years}年", end.isoformat(), basis.where("years")
    )


def fee_spans(
    first: date, last: date, fee: int, schedule: Sequence[FeeChange] | None
) -> list[Span]:
    """Split `first` … `last` where the fee changes; before the first change `fee` applies."""
    changes = sorted({c.date: c.monthly_fee for c in schedule or ()}.items())
    spans: list[Span] = []
    begin, current = first, fee
    for day, new_fee in changes:
        if first < day <= last:
            spans.append((begin, day - DAY, current))
            begin = day
        if day <= last:
            current = new_fee
    if begin <= last:
        spans.append((begin, last, current))
    return spans


def fee_total(spans: Iterable[Span]) -> Fraction:
    """Exact fee of all spans, by calendar months."""
    return sum((fee * months_between(a, b) for a, b, fee in spans), Fraction(0))


def billed_total(spans: Sequence[Span]) -> int:
    """Fee of all spans as billed: each calendar month's bill floored once."""
    months: dict[str, Fraction] = {}
    for first, last, fee in spans:
        for part in slices(first, last):
            months[part.label] = months.get(part.label, Fraction(0)) + fee * part.share
    return sum(amount.__floor__() for amount in months.values())


def spans_text(spans: Sequence[Span]) -> str:
    """「55,000円 × 4か月」 for an expression."""
    return " + ".join(f"{yen(fee)} × {number(months_between(a, b))}か月" for a, b, fee in spans)


def months_step(first: date, last: date) -> str:
    """「2027-02-11 から 2027-07-14 まで: 18日/28日 + 4か月 + 14日/31日」."""
    return f"{first} から {last} まで: {months_text(first, last)}"


def whole_months(fee: int, first: date, last: date, amount: int) -> tuple[Alternative, ...]:
    """The reading that rounds parts of a month up, where it differs."""
    count = months_begun(first, last)
    if fee * count == amount:
        return ()
    return (
        Alternative(
            f"1か月に満たない部分を1か月とする（{count}か月）",
            fee * count,
            "規約は残余の期間の端数の数え方を定めていないため。",
        ),
    )


def with_tax(basis: Basis, amount: int, supply: date) -> tuple[Alternative, ...]:
    """The reading that adds consumption tax, where the terms' fees exclude it."""
    tax = tax_on(amount, supply)
    if basis.text("tax") != "added" or not tax:
        return ()
    return (
        Alternative(
            f"消費税（{number(tax_rate(supply) * 100)}%）を加える",
            amount + tax,
            "逸失利益の補てんは課税対象外と扱われますが、規約は税の扱いを明記していません。",
        ),
    )
