"""Exports that compliance hands on: Word, Excel, HTML, JSON, Akoma Ntoso, citation records.

`comparison(...)`, `topics(...)` and `agreement(...)` choose the writer by format; the
formats are written by libraries (python-docx, openpyxl, lxml), imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from corpus.comparison import Comparison
from corpus.consequences import Consequence
from corpus.errors import YakkanError
from corpus.export.table import comparison_table, topic_table
from corpus.library import Library, Version
from corpus.topic_comparison import ComparedTopic

TABLE_FORMATS = ("docx", "xlsx", "html")
TEXT_FORMATS = ("json", "akn")


def comparison(
    compared: Comparison,
    format: str,
    consequences: Mapping[int, Sequence[Consequence]] | None = None,
) -> bytes:
    """The 新旧対照表 as a file; raises YakkanError for an unknown format."""
    return _writer(format)(comparison_table(compared, consequences or {}))


def topics(rows: Sequence[ComparedTopic], library: Library, format: str) -> bytes:
    """The topic comparison as a file; raises YakkanError for an unknown format."""
    return _writer(format)(topic_table(rows, library))


def agreement(version: Version, format: str) -> bytes:
    """A whole version as JSON or Akoma Ntoso XML; raises YakkanError for an unknown format."""
    if format == "json":
        from corpus.export.data import version_json

        return version_json(version)
    if format == "akn":
        from corpus.export.akoma_ntoso import akoma_ntoso

        return akoma_ntoso(version)
    raise _unknown(format, TEXT_FORMATS)


def _writer(format: str) -> Callable[..., bytes]:
    if format == "docx":
        from corpus.export.word import document

        return document
    if format == "xlsx":
        from corpus.export.sheet import workbook

        return workbook
    if format == "html":
        from corpus.export.page import page

        return page
    raise _unknown(format, TABLE_FORMATS)


def _unknown(format: str, known: tuple[str, ...]) -> YakkanError:
    return YakkanError(
        f"形式「{format[:20]}」には書き出せません。{' / '.join(known)} から選んでください。"
    )
