"""What a question takes for granted is held against the terms before anything else is said."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.premise_check import claims_quantity, no_such_day
from assistant.question import understand
from corpus.library import Library

LIBRARY = Library.load()


def said(text):
    return no_such_day(understand(text, today=date(2026, 11, 26), library=LIBRARY))


@pytest.mark.parametrize(
    "day", ["2026年2月30日", "11月31日", "2027/2/29", "2026-13-40", "13月5日", "12月45日"]
)
def test_a_day_that_does_not_exist_is_named(day):
    assert said(f"VPNの期日は{day}です") == (
        f"『{day}』という日付は存在しません。正しい日付をお知らせください。"
    )


def test_the_leap_day_without_its_year_is_asked_for_with_it():
    assert said("期日は2月29日です").startswith("『2月29日』はうるう年にしかない日付です。")


@pytest.mark.parametrize(
    "text",
    [
        "期日は2月28日です",
        "2028年2月29日に払う",
        "期日はいつですか",
        "30-40人で使う",
        "電話は06-2026-1340",
    ],
)
def test_other_days_need_no_word(text):
    assert said(text) == ""


@pytest.mark.parametrize(
    "text", ["遅延利息は14.5%と言っています", "延滞利息は年14.5%で案内していい？"]
)
def test_a_claim_without_an_agreement_is_held_against_every_one(
    assistant: Assistant, text: str
) -> None:
    answer = assistant.ask(text, today=date(2026, 11, 26))
    assert {c.agreement for c in answer.citations} == {"sg", "vpn", "msp"}
    assert answer.correction.startswith("ご質問の『14.5%』という点は、規約によって違います。")
    assert "VPN装置レンタル型 利用規約では『14.6%』です" in answer.correction
    assert "マネージドセキュリティーパック利用規約の定めとは合っています" in answer.correction


def test_the_choice_that_a_clause_leaves_is_told_whole(assistant: Assistant) -> None:
    answer = assistant.ask("VPNの最低利用期間は2年ですよね？", today=date(2026, 11, 26))
    assert "規約の文言は『1年若しくは3年』です" in answer.correction


def test_a_claim_that_every_agreement_bears_out_needs_no_word(assistant: Assistant) -> None:
    answer = assistant.ask("SGの遅延損害金は年14.5%ですよね", today=date(2026, 11, 26))
    assert answer.correction == ""


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("遅延利息は年14.5%ですよね", True),
        ("遅延利息は何%ですか", False),
        ("解約できるよね", False),
    ],
)
def test_only_a_quantity_is_claimed(text: str, claims: bool) -> None:
    assert claims_quantity(understand(text, today=date(2026, 11, 26), library=LIBRARY)) is claims
