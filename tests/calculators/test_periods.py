"""Periods: the traps, each with its dates, and what must hold for every date."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.business_days import business_day_after, closed_on, next_business_day
from calculators.interest import interest, leap_interest
from calculators.money import floor_yen, half_up_yen, percent, rounding
from calculators.periods import (
    clip_months,
    leap_days,
    months_begun,
    months_between,
    period_after,
    slices,
    term_end,
)
from calculators.tax import invoice_tax, tax_rate

DAY = timedelta(days=1)
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))
months = st.integers(1, 60)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        ("2026-07-15", 12, "2027-07-14"),
        ("2027-03-01", 12, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-08-31", 12, "2027-08-30"),
        ("2027-02-28", 12, "2028-02-27"),
        ("2027-01-29", 1, "2027-02-28"),
        ("2027-01-30", 1, "2027-02-28"),
        ("2027-01-31", 1, "2027-02-28"),
    ],
)
def test_the_last_day_of_a_term_whose_first_day_counts(start: str, count: int, end: str) -> None:
    assert term_end(date.fromisoformat(start), count) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("event", "end", "clipped"),
    [("2027-02-28", "2027-03-31", "2027-03-28"), ("2027-04-30", "2027-05-31", "2027-05-30")],
)
def test_a_period_after_an_event_is_not_the_corresponding_day(
    event: str, end: str, clipped: str
) -> None:
    day = date.fromisoformat(event)
    assert period_after(day, 1) == date.fromisoformat(end)
    assert clip_months(day, 1) == date.fromisoformat(clipped)


@given(days, months)
def test_a_term_begins_anew_on_the_day_after_its_end(start: date, count: int) -> None:
    end = term_end(start, count)
    assert start < end or count == 1
    assert end + DAY == clip_months(start, count) or (end.day < start.day and (end + DAY).day == 1)


@given(days, st.integers(0, 2000))
def test_months_begun_is_the_smallest_count_that_reaches_the_end(start: date, length: int) -> None:
    end = start + length * DAY
    count = months_begun(start, end)
    assert term_end(start, count) >= end
    assert count == 1 or term_end(start, count - 1) < end
    assert months_begun(start, start - DAY) == 0


@given(days, months)
def test_whole_calendar_months_count_as_such(start: date, count: int) -> None:
    first = start.replace(day=1)
    assert months_between(first, term_end(first, count)) == count


@given(days, st.integers(-1, 1500))
def test_slices_cover_every_day_once(first: date, length: int) -> None:
    last = first + length * DAY
    parts = list(slices(first, last))
    assert sum(part.days for part in parts) == length + 1
    assert all(0 < part.days <= part.length for part in parts)
    assert sum((part.share for part in parts), Fraction(0)) == months_between(first, last)


@given(days, st.integers(0, 1500))
def test_leap_days_are_counted_one_by_one(first: date, length: int) -> None:
    span = [first + n * DAY for n in range(length + 1)]
    leap = sum(1 for d in span if d.year % 4 == 0 and (d.year % 100 != 0 or d.year % 400 == 0))
    assert leap_days(first, span[-1]) == leap


@given(st.integers(0, 10**12), days, st.integers(0, 1500))
def test_the_leap_year_reading_is_never_dearer(principal: int, first: date, length: int) -> None:
    rate = Fraction(146, 1000)
    last = first + length * DAY
    assert leap_interest(principal, rate, first, last) <= interest(principal, rate, length + 1)


@given(st.fractions(0, 10**9))
def test_rounding_shows_the_other_yen_only_where_it_differs(exact: Fraction) -> None:
    shown = [alternative.value for alternative in rounding(exact)]
    assert shown == ([half_up_yen(exact)] if half_up_yen(exact) != floor_yen(exact) else [])


@pytest.mark.parametrize(
    ("rate", "text"), [("0.145", "14.5%"), ("0.1", "10%"), ("0.030", "3%"), ("1/3", None)]
)
def test_a_rate_is_printed_as_the_terms_print_it(rate: str, text: str | None) -> None:
    printed = percent(Fraction(rate))
    assert printed == text if text else printed.startswith("33.33")


@pytest.mark.parametrize(
    ("day", "rate"),
    [
        ("1989-03-31", 0),
        ("1989-04-01", 3),
        ("1997-03-31", 3),
        ("1997-04-01", 5),
        ("2014-03-31", 5),
        ("2014-04-01", 8),
        ("2019-09-30", 8),
        ("2019-10-01", 10),
    ],
)
def test_the_tax_rate_follows_the_day_of_supply(day: str, rate: int) -> None:
    assert tax_rate(date.fromisoformat(day)) == Fraction(rate, 100)


def test_tax_is_floored_once_per_invoice_and_rate() -> None:
    old, new = date(2019, 9, 1), date(2019, 10, 1)
    assert invoice_tax([(6, old), (7, old), (9, new), (9, new)]) == 1 + 1


def test_business_days_follow_the_caller_s_calendar() -> None:
    holiday = closed_on([date(2027, 4, 29), date(2027, 4, 30)])
    assert next_business_day(date(2027, 4, 29), holiday) == date(2027, 5, 1)
    assert business_day_after(date(2027, 4, 28), 2, holiday) == date(2027, 5, 2)
    assert business_day_after(date(2027, 4, 28), 2) == date(2027, 5, 6)
