"""Days and sums of one's own are left out of what a question is about, others stay."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.own_values import without_own_values, without_refused
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


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("合併やなくて、よその会社に契約ごと譲るんは？", "よその会社に契約ごと譲るんは？"),
        ("解約ではなく、一時的に止めたいだけです", "一時的に止めたいだけです"),
        ("契約者ではない方が勝手に使ったら？", "契約者ではない方が勝手に使ったら？"),
        ("故意じゃなくても払うの？", "故意じゃなくても払うの？"),
        ("料金だけじゃなく、手数料もかかりますか", "料金だけじゃなく、手数料もかかりますか"),
        ("解約ではなく、変更", "解約ではなく、変更"),
        ("解約は書面ではなく、メールでもいいですか", "解約は書面ではなく、メールでもいいですか"),
        (
            "当社のせいじゃなくて、使えないなら減額は？",
            "当社のせいじゃなくて、使えないなら減額は？",
        ),
    ],
)
def test_a_start_that_refuses_a_matter_is_not_what_is_asked(text: str, left: str) -> None:
    assert without_refused(text) == left
