"""What holds for every date: orders, inverses, and that nothing is chained."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine import calculate
from calculators.notices import (
    Window,
    days_before,
    first_day_served,
    judge,
    months_before,
    months_before_the_month,
)
from calculators.periods import period_after, term_end
from calculators.rules.renewal_schedule import last_end
from calculators.rules.service_end_notice import latest_posting

DAY = timedelta(days=1)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
AGREEMENTS = ("sg", "vpn", "msp")
WORST = ("ok", "disputable", "late")


def windows(day: date) -> tuple[Window, ...]:
    return months_before_the_month(day), months_before(day), days_before(day, 30)


@given(DAYS)
def test_safe_is_never_after_the_deadline_nor_the_deadline_after_the_latest(day: date) -> None:
    for window in windows(day):
        assert window.safe <= window.deadline <= window.latest < day


@given(DAYS, st.integers(0, 120), st.integers(0, 60))
def test_an_earlier_notice_is_never_judged_worse(day: date, before: int, more: int) -> None:
    notice = day - before * DAY
    for window in windows(day):
        assert WORST.index(judge(notice - more * DAY, window)) <= WORST.index(judge(notice, window))


@pytest.mark.parametrize("agreement", AGREEMENTS)
@given(notice=DAYS)
def test_the_earliest_end_is_served_and_no_day_before_it(agreement: str, notice: date) -> None:
    end = calculate("earliest_end_from_notice", agreement, {"notice_date": notice}).outputs

    def deadline(day: date, reading: str = "deadline") -> date:
        found = calculate("cancellation_notice_deadline", agreement, {"desired_end": day})
        return found.outputs[reading]  # type: ignore[no-any-return]

    assert deadline(end["earliest_end"]) >= notice
    assert all(deadline(end["earliest_end"] - n * DAY) < notice for n in range(1, 6))
    assert deadline(end["safe"], "safe") >= notice > deadline(end["safe"] - DAY, "safe")


@given(DAYS)
def test_the_first_day_served_is_at_most_a_month_and_three_days_off(notice: date) -> None:
    assert 28 <= (first_day_served(notice) - notice).days <= 31


@given(DAYS, st.sampled_from([1, 3]), st.integers(1, 60))
def test_every_renewal_is_counted_from_the_start(start: date, years: int, count: int) -> None:
    case = {"start_date": start, "term_years": years, "count": count}
    found = calculate("renewal_schedule", "vpn", case).outputs
    assert found["ends"] == [term_end(start, 12 * years + k) for k in range(1, count + 1)]
    assert sorted(set(found["ends"])) == found["ends"]


@given(DAYS, st.integers(300, 4000))
def test_the_last_end_is_the_greatest_that_support_allows(start: date, days: int) -> None:
    limit = start + days * DAY
    ends = [term_end(start, 12 + k) for k in range(150)]
    expected = max((end for end in ends if end <= limit), default=None)
    assert last_end(start, 12, limit) == expected


@given(DAYS)
def test_the_latest_posting_is_effective_in_time_and_the_next_is_not(deadline: date) -> None:
    posting = latest_posting(deadline, 3)
    assert period_after(posting, 3) <= deadline
    assert all(period_after(posting + n * DAY, 3) > deadline for n in range(1, 6))


@given(DAYS, st.integers(0, 200))
def test_a_later_announcement_is_never_more_compliant(end: date, before: int) -> None:
    def compliant(day: date) -> bool:
        case = {"service_end": end, "posted": day}
        return bool(calculate("service_end_notice", "sg", case).outputs["compliant"])

    posted = end - before * DAY
    assert compliant(posted - DAY) >= compliant(posted)


@given(DAYS)
def test_a_service_start_is_safe_only_after_it_is_possible(accepted: date) -> None:
    found = calculate("earliest_start_date", "vpn", {"acceptance_date": accepted}).outputs
    assert accepted < found["earliest"] < found["safe"]
