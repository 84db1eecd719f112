"""A table as an Excel workbook: rich text marks, frozen headings, a filter; no formulas."""

from __future__ import annotations

import io
import re
from typing import Any

from corpus.export.table import Cell, Run, Table

#: longest text of an Excel cell is 32,767 characters
LONGEST = 32_000
_COLOURS = {"old": "FFB3261E", "new": "FF0B5C38", "differs": "FF7A4F00"}


def workbook(table: Table) -> bytes:
    """The .xlsx file; openpyxl writes it."""
    import openpyxl
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = re.sub(r"[\[\]:*?/\\]", " ", table.title[-31:])
    _text(sheet.cell(1, 1), Cell((Run(table.title),)))
    sheet.cell(1, 1).font = Font(bold=True, size=14)
    _text(sheet.cell(2, 1), Cell((Run(table.note),)))
    for column, (name, width) in enumerate(zip(table.headings, table.widths, strict=True), 1):
        cell = sheet.cell(4, column)
        _text(cell, Cell((Run(name),)))
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFEEF1F4")
        sheet.column_dimensions[get_column_letter(column)].width = width * 1.6
    last = 4
    for row in table.rows:
        for pieces in _split(row):
            last += 1
            for column, content in enumerate(pieces, 1):
                cell = sheet.cell(last, column)
                _text(cell, content)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A5"
    sheet.auto_filter.ref = f"A4:{get_column_letter(len(table.headings))}{last}"
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth = "landscape", 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _text(cell: Any, content: Cell) -> None:
    """Write words as words: text that begins with = is no formula."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    if not content.runs:
        return
    if all(not run.mark for run in content.runs):
        cell.value = content.text
        cell.data_type = "s"
        return
    blocks: list[Any] = []
    for run in content.runs:
        if run.mark:
            font = InlineFont(
                color=_COLOURS[run.mark], strike=run.mark == "old", b=run.mark != "old",
                u="single" if run.mark == "new" else None,
            )  # fmt: skip
            blocks.append(TextBlock(font, run.text))
        else:
            blocks.append(run.text)
    cell.value = CellRichText(*blocks)


def _split(row: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """The row, or several where a cell is longer than Excel can hold."""
    parts = [_pieces(cell) for cell in row]
    count = max(len(part) for part in parts)
    return [tuple(part[n] if n < len(part) else Cell(()) for part in parts) for n in range(count)]


def _pieces(cell: Cell) -> list[Cell]:
    if len(cell.text) <= LONGEST:
        return [cell]
    pieces: list[list[Run]] = [[]]
    room = LONGEST
    for run in cell.runs:
        text = run.text
        while text:
            pieces[-1].append(Run(text[:room], run.mark))
            taken, text = text[:room], text[room:]
            room -= len(taken)
            if room == 0:
                pieces.append([])
                room = LONGEST
    return [Cell(tuple(piece)) for piece in pieces if piece]
