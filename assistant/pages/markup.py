"""HTML building blocks: every word from a person, a file or a clause is escaped here.

Plain functions from values to HTML text, so that they can be tested without a browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from assistant.answer import STATUS_LABELS, Answer, Citation
from assistant.headlines import value_text
from assistant.spoken import spoken
from assistant.wording import counted


def block(inner: str, kind: str = "") -> str:
    """`inner` (already HTML) in the app's own typography."""
    return f'<div class="yk {kind}">{inner}</div>'


def text(words: str) -> str:
    """Words of the answer, line breaks kept.

    >>> text("<b>解約</b>")
    '<div class="yk yk-text">&lt;b&gt;解約&lt;/b&gt;</div>'
    """
    return block(escape(words), "yk-text")


def badge(answer: Answer) -> str:
    """The status in words."""
    return block(f'<span class="yk-badge">{escape(STATUS_LABELS[answer.status])}</span>')


def marked(quote_text: str, marks: Iterable[tuple[int, int]]) -> str:
    """A quote as HTML with its decisive words in `<mark>`.

    >>> marked("年14.5%<とします", ((1, 6),))
    '年<mark>14.5%</mark>&lt;とします'
    """
    parts, position = [], 0
    for start, end in marks:
        parts += [
            escape(quote_text[position:start]),
            f"<mark>{escape(quote_text[start:end])}</mark>",
        ]
        position = end
    return "".join(parts) + escape(quote_text[position:])


def clause_card(citation: Citation) -> str:
    """A clause: place, caption, address, version and the words themselves."""
    caption = f"（{escape(citation.caption)}）" if citation.caption else ""
    return block(
        f'<article class="yk-card"><h4>{escape(citation.display)}{caption}</h4>'
        f"<code>{escape(citation.address)}</code> "
        f'<span class="yk-muted">{escape(citation.version)} 版</span>'
        f"<blockquote>{marked(citation.quote, citation.marks)}</blockquote></article>"
    )


def clause_url(address: str) -> str:
    """Address of a clause in the reader.

    >>> clause_url("sg:18.1(2)")
    '/clauses?address=sg:18.1(2)'
    """
    return f"/clauses?address={quote(address, safe=':.()')}"


def total(result: Mapping[str, Any], title: str) -> str:
    """What comes out, in large: the first output of a result."""
    first = next(iter(result.get("outputs") or {}), "")
    value = value_text(result.get("value"), dict(result), first)
    return block(
        f'<div class="yk-muted">{escape(title)}</div><div class="yk-total">{escape(value)}</div>'
    )


def outputs(result: Mapping[str, Any]) -> str:
    """The outputs after the first as a small table; empty where there is none."""
    titles = result.get("output_titles") or {}
    rows = [
        (str(titles.get(name, name)), value_text(value, dict(result), name))
        for name, value in list((result.get("outputs") or {}).items())[1:]
        if value is not None
    ]
    return table(("項目", "値"), rows, numeric=1) if rows else ""


def steps(result: Mapping[str, Any]) -> str:
    """The steps of a calculation as a table."""
    rows = [
        "<tr>"
        f'<th scope="row">{escape(spoken(str(step.get("label", ""))))}</th>'
        f"<td>{escape(spoken(str(step.get('expression', ''))))}</td>"
        f'<td class="yk-num">{escape(step_value(step.get("value"), step.get("unit", "")))}</td>'
        f"<td>{_clause_link(str(step.get('clause') or ''))}</td></tr>"
        for step in result.get("steps", ())
    ]
    names = ("手順", "計算", "結果", "根拠")
    head = "".join(_head(name, name == "結果") for name in names)
    return block(
        f'<div class="yk-scroll"><table class="yk-steps"><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def step_value(value: Any, unit: str = "") -> str:
    """A step's value as a reader expects it; nothing where there is none.

    >>> step_value(1200000, "円"), step_value(True), step_value(None)
    ('1,200,000円', 'はい', '')
    """
    return "" if value is None else spoken(counted(value, unit))


def _clause_link(address: str) -> str:
    if not address:
        return ""
    return f'<a href="{escape(clause_url(address))}" target="_blank">{escape(address)}</a>'


def bullets(title: str, lines: Iterable[str]) -> str:
    """A titled list; empty where there are no lines."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return block(f"<strong>{escape(title)}</strong><ul>{items}</ul>") if items else ""


def readings(rows: Iterable[Mapping[str, Any]], unit: str = "") -> list[str]:
    """The other readings of a clause, one sentence each; `unit` belongs to whole numbers.

    >>> readings([{"reading": "切り上げ", "value": 1200, "reason": "定めがない"}], "円")
    ['切り上げ: 1,200円（定めがない）']
    """
    return [
        f"{row.get('reading', '')}: {step_value(row.get('value'))}"
        + (unit if type(row.get("value")) is int else "")
        + ("、すでに過ぎています" if row.get("passed") else "")
        + (f"（{row['reason']}）" if row.get("reason") else "")
        for row in rows
    ]


def table(head: Sequence[str], rows: Iterable[Sequence[str]], numeric: int = -1) -> str:
    """A table of words; column `numeric` is set to the right."""
    top = "".join(_head(name, i == numeric) for i, name in enumerate(head))
    body = "".join(
        "<tr>" + "".join(_cell(cell, i == numeric) for i, cell in enumerate(row)) + "</tr>"
        for row in rows
    )
    return block(
        f'<div class="yk-scroll"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _head(words: str, numeric: bool) -> str:
    return f'<th scope="col"{" class=yk-num" if numeric else ""}>{escape(words)}</th>'


def _cell(words: str, numeric: bool) -> str:
    return f'<td class="yk-num">{escape(words)}</td>' if numeric else f"<td>{escape(words)}</td>"
