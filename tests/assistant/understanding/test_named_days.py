"""Days that have a name, and lengths told from today."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.dates import dates, read_dates
from assistant.understanding.folding import fold

TODAY = date(2026, 11, 26)


def values(text):
    return [d.value.isoformat() for d in dates(fold(text), TODAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("大晦日に解約", "2026-12-31"),
        ("今年の大晦日で", "2026-12-31"),
        ("元日に払う", "2027-01-01"),
        ("来年の元旦に解除", "2027-01-01"),
        ("2027年元日", "2027-01-01"),
        ("クリスマスに支払", "2026-12-25"),
        ("年末に支払", "2026-12-31"),
        ("来年末で", "2027-12-31"),
        ("来年の年末に", "2027-12-31"),
        ("2027年末で解約", "2027-12-31"),
        ("令和9年末に", "2027-12-31"),
        ("年内に払う", "2026-12-31"),
        ("年度末で解約", "2027-03-31"),
        ("来年度末で", "2028-03-31"),
        ("令和9年度末で", "2028-03-31"),
        ("2027年度末", "2028-03-31"),
    ],
)
def test_a_day_with_a_name_is_a_day(text, expected):
    assert values(text) == [expected]


@pytest.mark.parametrize("text", ["年末年始は休み", "年末調整の書類", "1年内に", "三年内に"])
def test_a_season_or_a_length_is_no_day(text):
    assert values(text) == []


def test_the_fiscal_year_of_a_day_in_spring_ends_in_that_spring():
    found = dates(fold("年度末で解約"), date(2027, 2, 1))
    assert [d.value for d in found] == [date(2027, 3, 31)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("半年後に解約", ["2027-05-26"]),
        ("1年半後に解約", ["2028-05-26"]),
        ("今日から半年後に払う", ["2027-05-26"]),
        ("今日から2週間後に支払います", ["2026-12-10"]),
        ("本日から1か月後の支払", ["2026-12-26"]),
        ("半年前に契約した", ["2026-05-26"]),
    ],
)
def test_a_length_told_from_today_is_one_date(text, expected):
    assert values(text) == expected


def test_a_half_of_a_month_after_months_is_no_exact_day():
    assert values("3か月半後に解約") == []


@pytest.mark.parametrize(
    "text",
    ["期日から5日後に払います", "期限の30日後に払った", "期日の翌日に払った", "期日当日に払う"],
)
def test_what_is_told_from_a_deadline_is_no_date_of_its_own(text):
    assert values(text) == []


def test_the_same_day_is_the_day_before_it():
    assert values("期日は10月30日で同じ日に払った") == ["2026-10-30", "2026-10-30"]
    assert values("10月30日当日に払った") == ["2026-10-30", "2026-10-30"]


def test_the_day_alone_is_not_today():
    assert values("当日に払えば") == []


def test_today_beside_its_figures_is_one_date():
    assert values("今日11/26に入金") == ["2026-11-26"]
    assert values("明日11/28に入金") == ["2026-11-27", "2026-11-28"]


def test_a_year_that_the_text_is_about_dates_its_days():
    assert values("2028年はうるう年ですが2月20日から29日まで") == ["2028-02-20", "2028-02-29"]
    assert values("2028年に契約した。2月20日に払う") != ["2028-02-20"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("期日2026年2月30日", "2026年2月30日"),
        ("11月31日に払う", "11月31日"),
        ("2027/2/29に解約", "2027/2/29"),
        ("R9.4.31まで", "R9.4.31"),
        ("期日は13月5日", "13月5日"),
        ("2026-13-40が期日", "2026-13-40"),
    ],
)
def test_a_day_that_no_calendar_has_is_known_as_such(text, typed):
    found = read_dates(fold(text), TODAY)
    assert found.mentions == ()
    assert [text[slice(*at)] for at in found.impossible] == [typed]


@pytest.mark.parametrize("text", ["30-40", "31,000円×2/30", "10/31", "うるう年の2月29日をまたぐ"])
def test_other_figures_are_no_impossible_days(text):
    assert read_dates(fold(text), TODAY).impossible == ()


def test_a_list_of_days_shares_its_month():
    assert values("12月28日と29日です") == ["2026-12-28", "2026-12-29"]
