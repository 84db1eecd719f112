"""Days and sums of one's own are left out of what a question is about, others stay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.own_values import without_own_values
from assistant.question import understand
from corpus.library import Library

LIBRARY = Library.load()


def about(text: str) -> str:
    return without_own_values(understand(text, today=date(2026, 11, 26), library=LIBRARY))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("12月5日にVPNを解約すると違約金は発生しますか", "VPNを解約すると違約金は発生しますか"),
        ("SG 2026-10-31 の未払い", "SG 未払い"),
        ("33,000円の請求を3月31日までに払いませんでした", "請求を払いませんでした"),
        ("来月末で解約したい", "来月末で解約したい"),
        ("60日以内に直らなければ解除できる？", "60日以内に直らなければ解除できる？"),
        ("附則の平成18年11月22日って何の日", "附則の平成18年11月22日って何の日"),
        ("12月5日の件", "12月5日の件"),
    ],
)
def test_only_days_and_sums_in_figures_are_left_out(text: str, left: str) -> None:
    assert about(text) == left


@given(st.text(alphabet="0123456789年月日円万に解約SG、。 -/", max_size=40))
def test_any_text_leaves_a_text_that_is_no_longer(text: str) -> None:
    assert len(about(text)) <= len(text)
