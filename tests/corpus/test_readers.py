"""Readers and `corpus add`: five formats in, one text out; damaged files are refused in words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import docx
import pytest

from corpus.adding import add
from corpus.errors import YakkanError
from corpus.library import Library
from corpus.parser import parse
from corpus.readers import html, read

TERMS = "見本利用規約\n第1条（目的）\n1．目的を定めます。\n2．従います。\n附則\n本規約は、2024年4月1日から施行します。\n"


def test_html_lists_definitions_and_tables_keep_their_structure() -> None:
    text = html(
        "<h1>利用規約</h1><h2>第1条（定義）</h2><dl><dt>利用者</dt><dd>使う人</dd></dl>"
        "<h2>第2条（料金）</h2><ol><li>月額<ol><li>基本</li><li>追加</li></ol></li><li>税別</li></ol>"
        "<!-- 第3条 --><script>第4条</script><table><tr><td>a</td><td>b</td></tr></table>"
    )
    terms = parse(text)
    assert [a.number for a in terms.articles] == ["1", "2"]
    assert "利用者\t使う人" in terms.articles[0].full_text
    assert [len(p.of("item")) for p in terms.articles[1].of("paragraph")] == [2, 0]
    assert "a\tb" in terms.articles[1].full_text


def test_word_files_are_read_with_headings_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("利用規約", 1)
    document.add_heading("第1条（目的）", 2)
    document.add_paragraph("目的を定めます。")
    document.add_paragraph("2 従います。")
    document.add_table(1, 2).rows[0].cells[0].text = "表"
    document.save(str(tmp_path / "a.docx"))
    terms = parse(read(tmp_path / "a.docx"))
    assert terms.title == "利用規約"
    assert [p.number for p in terms.articles[0].of("paragraph")] == ["1", "2"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp"])
def test_text_files_are_read_in_the_usual_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(TERMS.encode(encoding))
    assert parse(read(tmp_path / "a.txt")).title == "見本利用規約"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.pdf", b"%PDF-1.4 broken", "読めません"),
        ("a.docx", b"not a zip", "読めません"),
        ("a.exe", b"MZ", "形式"),
        ("a.txt", b"   \n", "文章がありません"),
        ("a.txt", b"\xff\xfe\xff\x00\x81", "文字コード"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(
    tmp_path: Path, name: str, content: bytes, expected: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(YakkanError, match=expected):
        read(tmp_path / name)


def test_an_added_agreement_is_in_the_library_untouched(tmp_path: Path) -> None:
    (tmp_path / "見本.txt").write_text(TERMS, encoding="utf-8")
    root = tmp_path / "library"
    added = add(tmp_path / "見本.txt", "sample", root=root)
    assert added.effective == date(2024, 4, 1)
    version = Library.load(root).version("sample")
    assert version.text == TERMS
    assert version.agreement.title == "見本利用規約"
    assert version.clause("sample:1.2").text == "従います。"


def test_a_version_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TERMS, encoding="utf-8")
    add(tmp_path / "a.txt", "sample", root=tmp_path / "library")
    with pytest.raises(YakkanError, match="既にあります"):
        add(tmp_path / "a.txt", "sample", root=tmp_path / "library")


def test_a_file_that_is_no_agreement_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今日の献立\nカレー", encoding="utf-8")
    with pytest.raises(YakkanError, match="条（第1条…）が見つかりません"):
        add(tmp_path / "a.txt", "sample", root=tmp_path / "library")
    assert not (tmp_path / "library").exists()
