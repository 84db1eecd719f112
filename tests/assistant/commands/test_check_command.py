"""`yakkan check` tells an operator which curated file is broken, and where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.commands.check import app

TOPIC = '[[topic]]\nid = "pay"\nname = "支払い"\n[topic.demo]\nclauses = ["{}"]\nsummary = "要約"\n'
SILENCE = (
    '[[silence]]\nid = "card"\nagreements = ["demo"]\nkind = "not_in_terms"\n'
    'subject = "カードでの支払い"\nchecked = {}\nquestions = ["カードで払えますか"]\n'
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An operator's own corpus: one agreement, one topic and one silence, all sound."""
    version = tmp_path / "demo" / "2024-01-01"
    version.mkdir(parents=True)
    (tmp_path / "demo" / "agreement.toml").write_text('title = "見本規約"\n', encoding="utf-8")
    (version / "terms.txt").write_text("第1条（支払）\n1. 料金を支払います。\n", encoding="utf-8")
    put(tmp_path, "topics.toml", TOPIC.format("demo:1.1"))
    put(tmp_path, "silences.toml", SILENCE.format('["demo:1.1"]'))
    monkeypatch.setenv("YAKKAN_CORPUS", str(tmp_path))
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    (root / name).write_text(text, encoding="utf-8")


def told() -> tuple[int, str]:
    result = CliRunner().invoke(app, [])
    return result.exit_code, result.stdout


def rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(CliRunner().invoke(app, ["--json"]).stdout)
    return found


def test_the_packaged_files_are_sound() -> None:
    code, text = told()
    assert code == 0
    assert text.startswith("条文とのずれや誤りはありません。\n")


def test_what_was_checked_is_told_with_its_number(root: Path) -> None:
    assert "点検したもの: 版 1、計算規則の根拠 0、メモ 0、話題 1、" in told()[1]


def test_an_operators_sound_files_are_sound(root: Path) -> None:
    assert told()[0] == 0


def test_a_topic_that_names_no_clause_is_told_with_its_file(root: Path) -> None:
    put(root, "topics.toml", TOPIC.format("demo:9.9"))
    code, text = told()
    assert code == 1
    assert "topics.toml pay: 条項「demo:9.9」は現行の規約にありません。" in text
    assert {row["kind"] for row in rows()} == {"topic"}


def test_a_silence_that_names_no_clause_is_told_with_its_file(root: Path) -> None:
    put(root, "silences.toml", SILENCE.format('["demo:1.1", "でたらめ"]'))
    code, text = told()
    assert code == 1
    assert "silences.toml card: 条項の番地「でたらめ」を読めません。" in text
    assert [row["kind"] for row in rows()] == ["silence"]


@pytest.mark.parametrize("name", ["topics.toml", "silences.toml"])
def test_a_file_that_is_not_toml_is_told_in_japanese_and_the_rest_is_checked(
    root: Path, name: str
) -> None:
    put(root, "topics.toml", TOPIC.format("demo:9.9"))
    put(root, name, "[[topic")
    code, text = told()
    assert code == 1
    assert f"{name} を読めません" in text
    assert ("demo:9.9" in text) == (name == "silences.toml")


@pytest.mark.parametrize("given", ["1", '"demo:1.1"', "true"])
def test_a_value_of_another_shape_is_told_and_never_a_traceback(root: Path, given: str) -> None:
    put(root, "silences.toml", SILENCE.format(given))
    result = CliRunner().invoke(app, [])
    assert isinstance(result.exception, SystemExit)
    assert "silences.toml card: checked は文字列の並びです。" in result.stdout


def test_one_table_where_a_row_of_tables_belongs_is_told(root: Path) -> None:
    put(root, "topics.toml", '[topic]\nid = "pay"\n')
    assert "topics.toml の topic は [[topic]] を並べて書きます。" in told()[1]


def test_every_row_has_the_same_keys(root: Path) -> None:
    put(root, "topics.toml", TOPIC.format("demo:9.9"))
    keys = {"kind", "agreement", "version", "clause", "rules", "words", "message"}
    assert all(set(row) == keys for row in rows())
