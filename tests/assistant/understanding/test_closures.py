"""Days off of the customer."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.closures import closures

TODAY = date(2026, 11, 26)
START = date(2026, 12, 25)


@pytest.fixture
def found(read):
    return lambda text: closures(read(text, today=TODAY), START)


@pytest.mark.parametrize(
    "text",
    [
        "装置を12月25日に受領。当社は12月29日から1月3日まで休み",
        "引渡し12/25。年末年始12/29～1/3休みです",
        "引渡し12/25。年末年始（12/29〜1/3）は休業",
        "引渡し12/25、冬季休業 12月29日～1月3日",
    ],
)
def test_a_range_of_days_off_runs_over_the_new_year(found, text):
    assert found(text).more == ((date(2026, 12, 29), date(2027, 1, 3)),)
    assert len(found(text).days) == 6


@pytest.mark.parametrize(
    "text",
    [
        "引渡し12/25、12/28が休業日、12/29も休業日です",
        "休業日は12月28日と29日です。引渡しは12/25",
        "引渡し2026-12-25、休業日 2026-12-28, 2026-12-29",
    ],
)
def test_single_days_off_are_read(found, text):
    assert found(text).days == (date(2026, 12, 28), date(2026, 12, 29))


@pytest.mark.parametrize(
    "text",
    [
        "12/25に受け取り。年末年始は休みです",
        "12/25に届いた。お盆休みがある",
        "うちは来週ずっと休業です",
    ],
)
def test_a_closure_without_days_is_not_ignored(found, text):
    assert found(text).unread
    assert not found(text).days


@pytest.mark.parametrize(
    "text",
    ["12/25に受け取り", "土日祝は休みです", "会社は土日祝日とも休みです", "休業日は数えますか？"],
)
def test_the_usual_calendar_is_no_closure(found, text):
    assert found(text) == type(found(text))()


def test_days_of_the_week_replace_the_usual_calendar(found):
    only = found("弊社は月曜定休（土日は営業）").only
    assert only is not None
    assert {day.weekday() for day in only} == {0}
    assert found("年中無休です").only == ()
