"""`yakkan search` and `yakkan index` print what they promise and tell bad input in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.commands import index, search
from corpus.errors import YakkanError
from corpus.library import Library

runner = CliRunner()


def test_json_is_id_score_and_the_clause_word_for_word() -> None:
    result = runner.invoke(search.app, ["第18条第1項", "--agreement", "sg", "-k", "2", "--json"])
    rows = json.loads(result.stdout)
    assert [set(row) for row in rows] == [{"id", "score", "quote"}] * 2
    assert rows[0]["id"] == "sg:18.1"
    assert rows[0]["quote"] == Library.load().clause("sg:18.1").full_text


def test_the_plain_form_names_the_place() -> None:
    result = runner.invoke(search.app, ["sg:11.2", "-k", "1"])
    assert "第11条第2項（sg:11.2）" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([""], "空"),
        (["あ" * 2001], "長すぎ"),
        (["cancel my contract please"], "日本語"),
        (["解約", "--agreement", "zz"], "zz"),
        (["解約", "-k", "0"], "1以上"),
        (["解約", "--as-of", "きのう"], "YYYY|日付"),
    ],
)
def test_bad_input_is_told_in_japanese(arguments: list[str], said: str) -> None:
    with pytest.raises(YakkanError, match=said):
        runner.invoke(search.app, arguments, catch_exceptions=False)


def test_status_says_whether_the_index_is_ready_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YAKKAN_INDEX", str(tmp_path / "store"))
    result = runner.invoke(index.app, ["status", "--json"])
    assert json.loads(result.stdout)["documents"] > 200
    assert not (tmp_path / "store").exists()


def test_an_index_is_built_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "agreements" / "aa" / "2024-04-01"
    folder.mkdir(parents=True)
    (folder / "terms.txt").write_text("# 電話規約\n\n### 第1条（解約）\n\n解約できます。\n")
    (folder.parent / "agreement.toml").write_text('title = "電話規約"\n')
    monkeypatch.setenv("YAKKAN_CORPUS", str(tmp_path / "agreements"))
    monkeypatch.setenv("YAKKAN_INDEX", str(tmp_path / "store"))
    result = runner.invoke(index.app, ["build"])
    assert "すべてあり" in result.stdout
    assert len(list((tmp_path / "store").glob("*.npz"))) == 2
