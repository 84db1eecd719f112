"""A table as a Word document: A4 across, headings repeated, differences marked in colour."""

from __future__ import annotations

import io
from typing import Any

from corpus.export.table import Cell, Run, Table

_FONT = "Yu Gothic"
_COLOURS = {"old": "B3261E", "new": "0B5C38", "differs": "7A4F00"}


def document(table: Table) -> bytes:
    """The .docx file; python-docx writes it."""
    import docx

    made = docx.Document()
    _page(made)
    made.add_heading(table.title, level=1)
    made.add_paragraph(table.note)
    grid = made.add_table(rows=1 + len(table.rows), cols=len(table.headings), style="Table Grid")
    grid.autofit = False
    heading = tuple(Cell((Run(name),)) for name in table.headings)
    sizes = _sizes(table.widths, made.sections[0])
    for number, (row, contents) in enumerate(zip(grid.rows, (heading, *table.rows), strict=True)):
        for cell, content, size in zip(row.cells, contents, sizes, strict=True):
            _write(cell, content, bold=number == 0)
            cell.width = size
    _repeat(grid.rows[0])
    made.core_properties.title = table.title
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _page(made: Any) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = made.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    for name in ("Normal", "Heading 1"):
        style = made.styles[name]
        style.font.name = _FONT
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    made.styles["Normal"].font.size = Pt(9)


def _write(cell: Any, content: Cell, bold: bool = False) -> None:
    from docx.shared import RGBColor

    paragraph = cell.paragraphs[0]
    for run in content.runs:
        printed = paragraph.add_run(run.text)
        printed.bold = bold or run.mark in ("new", "differs")
        printed.font.strike = run.mark == "old"
        printed.font.underline = run.mark == "new"
        if run.mark:
            printed.font.color.rgb = RGBColor.from_string(_COLOURS[run.mark])


def _repeat(row: Any) -> None:
    """Repeat the heading row on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _sizes(widths: tuple[int, ...], section: Any) -> list[int]:
    room = section.page_width - section.left_margin - section.right_margin
    return [int(room * width / sum(widths)) for width in widths]
