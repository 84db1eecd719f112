"""The compliance desk on the command line: contracts of --json, files, and refusals."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import main
from corpus.library import Library

LIBRARY = Library.load()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["yakkan", "corpus", *arguments])
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = int(ended.code or 0)
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    file = tmp_path / "new.txt"
    file.write_text(LIBRARY.version("vpn").text.replace("14.6", "14.8"), encoding="utf-8")
    return file


def test_diff_keeps_its_contract(run: Any, edited: Path) -> None:
    status, out, _ = run("diff", "vpn@2024-02-20", str(edited), "--json")
    (change,) = json.loads(out)
    assert status == 0
    assert (change["kind"], change["old"], change["new"]) == ("changed", "vpn:8.4", "vpn:8.4")
    assert "14.6" in change["old_text"]
    assert "14.8" in change["new_text"]
    assert {c["kind"] for c in change["consequences"]} >= {"rule", "note", "topic"}


def test_diff_of_equal_versions_is_an_empty_list(run: Any) -> None:
    assert json.loads(run("diff", "sg", "sg", "--json")[1]) == []
    assert "変更はありません" in run("diff", "sg", "sg")[1]


def test_diff_names_the_evaluation_items_of_a_set(run: Any, edited: Path, tmp_path: Path) -> None:
    items = tmp_path / "set.jsonl"
    items.write_text('{"id": "q1", "gold": [["vpn:8.4"]]}\n', encoding="utf-8")
    _, out, _ = run("diff", "vpn", str(edited), "--json", "--evaluation", str(items))
    assert {"set/q1"} == {
        c["name"] for c in json.loads(out)[0]["consequences"] if c["kind"] == "evaluation"
    }


def test_diff_shows_both_texts_and_what_follows(run: Any, edited: Path) -> None:
    _, out, _ = run("diff", "vpn", str(edited))
    assert "[変更] vpn:8.4（金額・料率）" in out
    assert "計算規則" in out


@pytest.mark.parametrize("suffix", ["docx", "xlsx", "html"])
def test_diff_and_compare_write_files(run: Any, edited: Path, tmp_path: Path, suffix: str) -> None:
    table, topics = tmp_path / f"diff.{suffix}", tmp_path / f"topics.{suffix}"
    assert run("diff", "vpn", str(edited), "-o", str(table))[0] == 0
    assert run("compare", "-o", str(topics))[0] == 0
    assert table.stat().st_size > 500
    assert topics.stat().st_size > 500


def test_compare_keeps_its_contract(run: Any) -> None:
    rows = json.loads(run("compare", "--json")[1])
    assert rows
    for row in rows:
        assert set(row["cells"]) == set(LIBRARY.ids)
        assert all(c is None or {"clauses", "summary"} <= set(c) for c in row["cells"].values())


def test_lint_keeps_its_contract(run: Any, edited: Path) -> None:
    findings = json.loads(run("lint", "vpn", "--json")[1])
    assert all(set(f) == {"check", "clause", "quote", "message", "severity"} for f in findings)
    assert any(f["clause"] == "vpn:18.1" and f["check"] == "cross_reference" for f in findings)
    of_file = json.loads(run("lint", str(edited), "--json")[1])
    assert len(of_file) == len(findings)


def test_lint_without_an_agreement_covers_all_and_strict_fails_on_errors(run: Any) -> None:
    everything = json.loads(run("lint", "--json")[1])
    assert {f["clause"].partition(":")[0] for f in everything} == set(LIBRARY.ids)
    assert run("lint", "vpn", "--strict")[0] == 1
    assert run("lint", "vpn", "--strict", "--check", "deadlines")[0] == 0


def test_export_prints_json_and_writes_xml(run: Any, tmp_path: Path) -> None:
    assert json.loads(run("export", "msp")[1])["agreement"] == "msp"
    file = tmp_path / "msp.xml"
    assert run("export", "msp", "--format", "akn", "-o", str(file))[0] == 0
    assert file.read_bytes().startswith(b"<?xml")


def test_cite_and_as_of_print_their_records(run: Any) -> None:
    record = json.loads(run("cite", "vpn:8.4", "--quote", "年率14.6%", "--json")[1])
    assert record["version"] == "2024-02-20"
    rows = json.loads(run("as-of", "2020-01-01", "--json")[1])
    assert {row["agreement"]: row["status"] for row in rows} == {
        "sg": "before", "vpn": "known_by_date", "msp": "known_by_date"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["diff", "vpn", "nowhere.txt"], "開けません"),
        (["diff", "vpn@2001-01-01", "vpn"], "収録していません"),
        (["diff", "vpn@someday", "vpn"], "日付"),
        (["diff", "vpn", "sg", "-o", "table.pdf"], "書き出せません"),
        (["compare", "--topic", "天気"], "論点"),
        (["compare", "--agreement", "xyz"], "規約"),
        (["lint", "xyz"], "開けません"),
        (["lint", "--check", "spelling"], "検査"),
        (["export", "vpn", "--format", "docx"], "json"),
        (["cite", "vpn:99.9"], "ありません"),
        (["cite", "vpn:8.4", "--quote", "年率99%"], "ありません"),
        (["as-of", "tomorrow"], "日付"),
    ],
)
def test_bad_input_ends_with_a_message_and_no_traceback(
    run: Any, arguments: list[str], words: str
) -> None:
    status, out, err = run(*arguments)
    assert status != 0
    assert words in err
    assert "Traceback" not in out + err
