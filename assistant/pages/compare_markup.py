"""HTML of comparisons: columns side by side, differing figures and changed words marked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

from assistant.pages import markup
from corpus.address import Address
from corpus.library import place
from corpus.topic_comparison import NO_PROVISION, figures_in

if TYPE_CHECKING:
    from corpus.comparison import Change
    from corpus.topic_comparison import ComparedCell, ComparedTopic

Spans = Sequence[tuple[int, int]]

STYLE = """
<style>
.yk-sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: .8rem; }
.yk-side { border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem;
  padding: .6rem .85rem; min-width: 0; }
.yk-side h4 { font-size: .95rem; margin: 0 0 .3rem; padding: 0; }
.yk-side blockquote { margin: .4rem 0 0; padding: .4rem 0 0; border: 0; white-space: pre-wrap; color: inherit;
  font-size: .92rem; border-top: 1px solid color-mix(in srgb, currentColor 16%, transparent); }
.yk-side p { margin: 0; white-space: pre-wrap; }
.yk .yk-topics { table-layout: fixed; min-width: 42rem; }
.yk .yk-topics th { white-space: normal; overflow-wrap: anywhere; }
.yk .yk-topics th:first-child { width: 9.5rem; }
.yk .yk-topics td > strong { display: none; }
@media (max-width: 640px) {
  .yk .yk-topics { min-width: 0; }
  .yk .yk-topics thead { position: absolute; clip-path: inset(50%); }
  .yk .yk-topics tr, .yk .yk-topics th, .yk .yk-topics td { display: block; width: auto; }
  .yk .yk-topics th { border: 0; padding-top: 1rem; font-size: 1rem; }
  .yk .yk-topics th:first-child { width: auto; }
  .yk .yk-topics td > strong { display: block; font-weight: 600; font-size: .85rem; }
}
.yk del, .yk ins { text-decoration-thickness: .12em; border-radius: .15rem; padding: 0 .05rem; }
.yk del { background: color-mix(in srgb, #c2410c 20%, transparent); }
.yk ins { background: color-mix(in srgb, #15803d 22%, transparent); }
</style>
"""


def marked(text: str, spans: Spans, tag: str = "mark") -> str:
    """Escaped text with the spans, in order and apart, in `tag`.

    >>> marked("年14.5%<", [(1, 6)], "del")
    '年<del>14.5%</del>&lt;'
    """
    parts, at = [], 0
    for start, end in spans:
        if start < at or start == end:
            continue
        parts += [escape(text[at:start]), f"<{tag}>{escape(text[start:end])}</{tag}>"]
        at = end
    return "".join(parts) + escape(text[at:])


def topic(row: ComparedTopic, titles: Mapping[str, str]) -> str:
    """One topic: a column per agreement with the summary and the clauses word for word."""
    odd = _odd_figures(row)
    columns = "".join(_column(titles[id], cell, odd) for id, cell in row.cells.items())
    return markup.block(f'<div class="yk-sides">{columns}</div>')


def _odd_figures(row: ComparedTopic) -> frozenset[str]:
    """Figures of the summaries that not every agreement has."""
    cells = [cell for cell in row.cells.values() if cell is not None]
    every = [frozenset(cell.figures) for cell in cells]
    if len(every) < 2:
        return frozenset()
    return frozenset().union(*every) - frozenset.intersection(*every)


def _column(title: str, cell: ComparedCell | None, odd: frozenset[str]) -> str:
    if cell is None:
        body = f'<p class="yk-muted">{NO_PROVISION}</p>'
        return f'<section class="yk-side"><h4>{escape(title)}</h4>{body}</section>'
    clauses = "".join(
        f"<blockquote>{link(address)}\n{marked(quote, _figures(quote, odd))}</blockquote>"
        for address, quote in zip(cell.clauses, cell.quotes, strict=False)
    )
    return (
        f'<section class="yk-side"><h4>{escape(title)}</h4>'
        f"<p>{marked(cell.summary, cell.differing)}</p>{clauses}</section>"
    )


def _figures(quote: str, odd: frozenset[str]) -> list[tuple[int, int]]:
    return [span for name, span in figures_in(quote) if name in odd]


def link(address: str) -> str:
    """A clause's place as a link into the reader.

    >>> link("sg:18.1")
    '<a href="/clauses?address=sg:18.1" target="_blank">第18条第1項</a>'
    """
    url = escape(markup.clause_url(address))
    return f'<a href="{url}" target="_blank">{escape(place(Address.parse(address)))}</a>'


def overview(rows: Iterable[ComparedTopic], titles: Mapping[str, str]) -> str:
    """Every topic as a table: a row per topic, a column per agreement."""
    listed = list(rows)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in ("論点", *titles.values()))
    body = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th>'
        + "".join(
            f"<td><strong>{escape(name)}</strong>{_summary(row.cells.get(id))}</td>"
            for id, name in titles.items()
        )
        + "</tr>"
        for row in listed
    )
    return markup.block(
        f'<div class="yk-scroll"><table class="yk-topics"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _summary(cell: ComparedCell | None) -> str:
    if cell is None:
        return f'<span class="yk-muted">{NO_PROVISION}</span>'
    places = "、".join(link(address) for address in cell.clauses)
    return f'{marked(cell.summary, cell.differing)}<div class="yk-muted">{places}</div>'


def change(row: Change, kind: str, classes: str, effects: Iterable[str]) -> str:
    """One change of a version: both texts side by side, words that went and came marked."""
    old = _side("旧", row.old, row.old_text, [m.old for m in row.marks], "del", row.kind)
    new = _side("新", row.new, row.new_text, [m.new for m in row.marks], "ins", row.kind)
    lines = "".join(f"<li>{escape(line)}</li>" for line in effects)
    entailed = f"<strong>影響</strong><ul>{lines}</ul>" if lines else ""
    return markup.block(
        f'<div><span class="yk-badge">{escape(kind)}</span> <span class="yk-muted">{escape(classes)}</span>'
        f'</div><div class="yk-sides">{old}{new}</div>{entailed}'
    )


def _side(title: str, at: Address | None, text: str, spans: Spans, tag: str, kind: str) -> str:
    if at is None:
        body = '<p class="yk-muted">（なし）</p>'
        return f'<section class="yk-side"><h4>{title}</h4>{body}</section>'
    whole = [(0, len(text))] if kind in ("added", "removed") else spans
    return (
        f'<section class="yk-side"><h4>{title}　{escape(place(at))}</h4>'
        f"<p>{marked(text, whole, tag)}</p></section>"
    )
