"""A table as one HTML page, everything escaped, no script, styles inside."""

from __future__ import annotations

from html import escape

from corpus.export.table import Cell, Run, Table

_TAGS = {"old": "del", "new": "ins", "differs": "mark"}
_STYLE = """body{font-family:"Noto Sans JP","Hiragino Sans","Yu Gothic",sans-serif;margin:2rem;line-height:1.6;color:#1b1f24;background:#fff}
h1{font-size:1.3rem}p{color:#4a5158;font-size:.85rem}table{border-collapse:collapse;width:100%;table-layout:fixed}
th,td{border:1px solid #9aa3ab;padding:.5rem .6rem;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;text-align:left}
th{background:#eef1f4;position:sticky;top:0}del{color:#8c1d18;background:#fdecea}ins{color:#0b4f2f;background:#e6f4ea}mark{background:#fff3c4}
@media print{body{margin:0}th{position:static}}"""


def page(table: Table) -> bytes:
    """The page in UTF-8."""
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{width * 100 / total:.1f}%">' for width in table.widths)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.headings)
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in table.rows)
    html = (
        f'<!DOCTYPE html>\n<html lang="ja">\n<head>\n<meta charset="utf-8">\n<title>{escape(table.title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(table.title)}</h1>\n<p>{escape(table.note)}</p>\n"
        f"<table>\n<colgroup>{columns}</colgroup>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</body>\n</html>\n"
    )
    return html.encode()


def _cell(cell: Cell) -> str:
    return f"<td>{''.join(map(_run, cell.runs))}</td>"


def _run(run: Run) -> str:
    tag = _TAGS.get(run.mark)
    text = escape(run.text)
    return f"<{tag}>{text}</{tag}>" if tag else text
