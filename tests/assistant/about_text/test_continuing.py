"""Clauses named by their place beside the last one."""

from __future__ import annotations

import pytest

from assistant.about_text.continuing import continued, spoken_of
from corpus.mentions import Mention

LAST = Mention("18", "1", "6", (0, 0))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("では第7号は", ("18", "1", "7")),
        ("同じ条の第2項は", ("18", "2", None)),
        ("その条の第1項第3号は？", ("18", "1", "3")),
        ("第2項", ("18", "2", None)),
        ("次の項は", ("18", "2", None)),
        ("前の号は？", ("18", "1", "5")),
        ("次の条も見せて", ("19", None, None)),
        ("前条は", ("17", None, None)),
        ("その条文の全文", ("18", None, None)),
    ],
)
def test_a_turn_names_the_clause_beside(
    text: str, place: tuple[str, str | None, str | None]
) -> None:
    found = continued(text, LAST)
    assert found is not None
    assert (found.article, found.paragraph, found.item) == place


@pytest.mark.parametrize(
    "text",
    [
        "次の項目は何ですか",
        "前の条件でいくら",
        "例外は？",
        "次回の請求は",
        "では料金は",
        "3号室です",
    ],
)
def test_other_turns_name_none(text: str) -> None:
    assert continued(text, LAST) is None


def test_nothing_stands_before_the_first() -> None:
    assert continued("前の条は", Mention("1", None, None, (0, 0))) is None


def test_an_answer_speaks_of_a_clause_only_where_it_cites_one_article() -> None:
    one = spoken_of((), ["sg:34.1"])
    assert one is not None
    assert (one.agreement, one.article, one.paragraph) == ("sg", "34", "1")
    several = spoken_of((), ["sg:15.1", "sg:15.2"])
    assert several is not None
    assert several.paragraph is None
    assert spoken_of((), ["sg:34.1", "vpn:28.1"]) is None
