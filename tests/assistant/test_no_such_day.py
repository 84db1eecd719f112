"""Days that no calendar has are said before anything else."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.premise_check import no_such_day
from assistant.question import understand
from corpus.library import Library

LIBRARY = Library.load()


def said(text):
    return no_such_day(understand(text, today=date(2026, 11, 26), library=LIBRARY))


@pytest.mark.parametrize("day", ["2026年2月30日", "11月31日", "2027/2/29"])
def test_a_day_that_does_not_exist_is_named(day):
    assert said(f"VPNの期日は{day}です") == (
        f"『{day}』という日付は存在しません。正しい日付をお知らせください。"
    )


def test_the_leap_day_without_its_year_is_asked_for_with_it():
    assert said("期日は2月29日です").startswith("『2月29日』はうるう年にしかない日付です。")


@pytest.mark.parametrize("text", ["期日は2月28日です", "2028年2月29日に払う", "期日はいつですか"])
def test_other_days_need_no_word(text):
    assert said(text) == ""
