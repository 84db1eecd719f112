"""What a reader is shown of one answer."""

from __future__ import annotations

from assistant.answer import Answer
from assistant.rendering import customer


def answer(**reading: object) -> Answer:
    return Answer("", "answered", "", alternatives=({"reason": "定めがないため。", **reading},))


def test_another_reading_of_a_sum_has_its_unit() -> None:
    told = customer(answer(reading="1か月とする", value=330000, unit="円"))
    assert "・1か月とする: 330,000円（定めがないため。）" in told


def test_another_reading_of_a_day_is_a_day_in_japanese() -> None:
    told = customer(answer(reading="開始日を数えない", value="2027-07-15", unit=""))
    assert "・開始日を数えない: 2027年7月15日（" in told
