"""Words of a question that are none, told from new matters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.assistant import Assistant

SETS = Path(__file__).parents[2] / "evals" / "sets"


def unread(assistant: Assistant, question: str) -> list[tuple[str, str]]:
    found = assistant.recall().vocabulary.not_understood(assistant.searcher.names.without(question))
    return [(word.word, word.meant) for word in found]


@pytest.mark.parametrize(
    ("question", "word", "meant"),
    [
        ("違訳金はかかりますか", "違訳金", "違約金"),
        ("違薬金はかかりますか", "違薬金", "違約金"),
        ("契役期間は？", "契役期間", "契約期間"),
        ("最低利様期間はいつまで", "最低利様期間", "最低利用期間"),
        ("遅廷利息は？", "遅廷利息", "遅延利息"),
        ("支払期実は？", "支払期実", "支払期日"),
        ("レンタノ機器が壊れた", "レンタノ", "レンタル"),
        ("キャンセノ料は？", "キャンセノ", "キャンセル"),
        ("SGのホゲフガはある?", "ホゲフガ", ""),
    ],
)
def test_a_word_that_is_none_is_unread(
    assistant: Assistant, question: str, word: str, meant: str
) -> None:
    assert unread(assistant, question) == [(word, meant)]


@pytest.mark.parametrize(
    "question",
    [
        "猫を飼えますか",
        "ビットコインで払えますか",
        "暗号資産で払えますか",
        "SGでイーサリアムで払えますか",
        "ドローンで届けてもらえますか",
        "メタバースで使えますか",
        "マイナンバーカードは要りますか",
        "第六条第二項を引用してください",
        "友達紹介の特典はありますか",
    ],
)
def test_a_new_matter_is_read(assistant: Assistant, question: str) -> None:
    assert unread(assistant, question) == []


def test_the_real_silences_are_read(assistant: Assistant) -> None:
    items = [json.loads(line) for line in (SETS / "silence.jsonl").read_text("utf-8").splitlines()]
    assert [i["id"] for i in items if unread(assistant, i["question"])] == []
