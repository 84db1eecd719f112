"""Questions that want all of a matter: recognised surely, answered with every clause."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.assistant import Assistant
from assistant.enumerating import enumerated
from corpus.library import Library
from corpus.lists import load_lists

LISTS = load_lists(Library.load())
TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("の免責条項をすべて挙げてください", "exemptions"),
        ("免責事項", "exemptions"),
        ("で契約者がしてはならないことを全部", "prohibitions"),
        ("当社からの通知義務とその期限を一覧にしてください", "company_notices"),
        ("無催告解除できる場合をすべて", "termination_at_once"),
        ("の損害賠償に関する条文をすべて挙げて", "damages"),
        ("存続条項をすべて挙げてください", "survival"),
        ("準拠法の定めがない規約はどれですか", "governing_law"),
    ],
)
def test_a_name_of_a_list_that_is_nearly_all_that_is_said_asks_for_the_list(
    text: str, id: str
) -> None:
    found = enumerated(text, LISTS)
    assert found is not None
    assert found.of.id == id


@pytest.mark.parametrize(
    "text",
    [
        "禁止事項に違反したらどうなりますか",
        "免責条項は消費者契約法に反しませんか",
        "解除事由に民事再生は入っていますか",
        "準拠法は",
        "利用停止事由に当たるとき料金はどうなりますか",
    ],
)
def test_a_question_about_something_else_of_the_matter_does_not(text: str) -> None:
    assert enumerated(text, LISTS) is None


def test_every_clause_of_the_list_is_cited_in_order(assistant: Assistant) -> None:
    answer = assistant.ask("VPNの禁止事項をすべて", today=TODAY)
    assert [c.address for c in answer.citations] == ["vpn:12.3", "vpn:12.4", "vpn:14.1", "vpn:22.1"]


def test_the_agreement_without_a_provision_is_named(assistant: Assistant) -> None:
    answer = assistant.ask("準拠法の定めがない規約はどれですか", today=TODAY)
    assert [c.address for c in answer.citations] == ["sg:44.1", "msp:24.1"]
    line = next(line for line in answer.text.split("\n") if "VPN" in line)
    assert "見当たりません" in line
