"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.dates import dates
from assistant.understanding.folding import fold

TODAY = date(2026, 12, 10)


def values(text, today=TODAY):
    return [d.value.isoformat() for d in dates(fold(text), today)]


@pytest.mark.parametrize(
    "text",
    [
        "2027年1月30日",
        "２０２７／１／３０",
        "2027-01-30",
        "2027.1.30",
        "20270130",
        "令和9年1月30日",
        "R9.1.30",
        "r9/1/30",
        "二〇二七年一月三十日",
        "27/1/30",
        "来年1月30日",
        "来年の1/30",
    ],
)
def test_one_day_in_many_spellings(text):
    assert values(text) == ["2027-01-30"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("来月末", "2027-01-31"),
        ("今月末", "2026-12-31"),
        ("再来月末に解約", "2027-02-28"),
        ("来月いっぱいで", "2027-01-31"),
        ("来月1日から", "2027-01-01"),
        ("明日", "2026-12-11"),
        ("昨日届いた", "2026-12-09"),
        ("半月後に解約", "2026-12-25"),
        ("3日後にやめたい", "2026-12-13"),
        ("10日前に契約した", "2026-11-30"),
        ("来年3月末", "2027-03-31"),
        ("2028年2月末日", "2028-02-29"),
        ("先週の月曜に", "2026-11-30"),
    ],
)
def test_dates_told_from_today(text, expected):
    assert values(text) == [expected]


def test_a_rule_of_days_before_is_no_date():
    assert values("解約の30日前までに通知する") == []


def test_a_missing_year_is_the_nearest_one():
    assert values("1月30日") == ["2027-01-30"]
    assert values("11月30日") == ["2026-11-30"]


def test_what_has_lasted_began_in_the_past():
    assert values("2月1日から使っています") == ["2026-02-01"]


def test_what_is_wished_lies_ahead():
    assert values("10月31日で解約したい") == ["2027-10-31"]


def test_a_date_after_a_told_one_follows_it():
    assert values("2025/12/25が期限の請求を1/20に払いました") == ["2025-12-25", "2026-01-20"]


def test_a_day_said_before_with_its_year_keeps_it():
    assert values("開始日は2025/9/18です。9/18に届きました")[1] == "2025-09-18"


def test_the_end_of_a_range_may_leave_out_the_month():
    assert values("4月1日から14日まで") == ["2027-04-01", "2027-04-14"]


def test_a_month_without_a_day_says_so():
    (month,) = dates(fold("4月の利用料金"), TODAY)
    assert (month.value, month.grain) == (date(2027, 4, 1), "month")


def test_a_completed_year_says_so():
    (short,) = dates(fold("1/30"), TODAY)
    (full,) = dates(fold("2027/1/30"), TODAY)
    assert short.inferred
    assert not full.inferred


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026/11/9の13:00", "2026-11-09T13:00"),
        ("11月9日 午後1時半", "2026-11-09T13:30"),
        ("11/9 9時5分", "2026-11-09T09:05"),
        ("11/9（月）正午", "2026-11-09T12:00"),
    ],
)
def test_a_time_of_day_belongs_to_its_date(text, instant):
    assert dates(fold(text), TODAY)[0].instant == instant


def test_the_same_day_and_the_next_day_follow_the_date_before():
    found = dates(fold("5/10 9:00に通知し翌日の10時に復旧"), date(2027, 5, 13))
    assert [d.instant for d in found] == ["2027-05-10T09:00", "2027-05-11T10:00"]


@pytest.mark.parametrize("text", ["2027/13/40", "2月30日", "99/99", "令和99999年1月1日", "0/0"])
def test_impossible_dates_are_left_out(text):
    assert all(d.value.year < 2200 for d in dates(fold(text), TODAY))


@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 1))
)
def test_a_full_date_is_read_whatever_today_is(day, today):
    text = f"{day.year}年{day.month}月{day.day}日に解約"
    assert values(text, today) == [day.isoformat()]


@given(st.text(alphabet="0123456789/年月日.-令和RH一二十前後来先末今翌に解約〇", max_size=30))
def test_spans_slice_the_text_and_nothing_raises(text):
    for found in dates(fold(text), TODAY):
        start, end = found.span
        assert 0 <= start < end <= len(text)
