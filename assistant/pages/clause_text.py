"""Clauses as HTML to read: references and defined terms as links with tooltips, notes beside.

Pure: from a version to HTML text. Every word of the terms and of the notes is escaped here;
the words themselves are never changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from assistant.pages import markup
from corpus.definitions import Definition, definitions, uses
from corpus.library import place
from corpus.references import all_references

if TYPE_CHECKING:
    from corpus.address import Address
    from corpus.clause import Clause
    from corpus.library import Version
    from corpus.notes import Note

#: longest tooltip, in characters
_TIP = 120


@dataclass(frozen=True, slots=True)
class Span:
    """Characters of a clause's `full_text` that lead elsewhere: where, the tooltip, the look."""

    start: int
    end: int
    target: str
    tip: str
    look: str


def anchor(address: Address | str) -> str:
    """The id of a clause in the page.

    >>> anchor("sg:18.1(2)①")
    'c-sg-18-1-2-①'
    """
    return "c-" + re.sub(r"[:.()\s]+", "-", str(address)).strip("-")


@lru_cache(maxsize=16)
def spans(version: Version) -> Mapping[str, tuple[Span, ...]]:
    """What leads elsewhere, by clause, in order and apart; a reference wins over a term."""
    found: dict[str, list[Span]] = defaultdict(list)
    for clause, reference in all_references(version):
        target = next((t for t in reference.targets if version.get(t) is not None), None)
        if target is not None:
            tip = _shortened(_of(version, target))
            start, end = reference.span
            found[clause.id].append(Span(start, end, anchor(target), tip, "yk-ref"))
    for address, span in _terms(version):
        found[address].append(span)
    return {address: _apart(listed) for address, listed in found.items()}


def _terms(version: Version) -> Iterable[tuple[str, Span]]:
    known = definitions(version)
    first: dict[str, Definition] = {}
    for definition in known:
        if not definition.local:
            first.setdefault(definition.term, definition)
    for term, places in uses(version, first.values()).items():
        meaning = _shortened(f"{term}: {first[term].text}")
        target = anchor(first[term].address)
        for use in places:
            yield str(use.address), Span(*use.span, target, meaning, "yk-term")


def _apart(listed: list[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(listed, key=lambda s: (s.look != "yk-ref", s.start)):
        if all(span.end <= other.start or span.start >= other.end for other in kept):
            kept.append(span)
    return tuple(sorted(kept, key=lambda span: span.start))


def _of(version: Version, address: Address) -> str:
    clause = version.clause(address)
    caption = f"（{clause.caption}）" if clause.caption else ""
    return f"{place(address)}{caption} {clause.full_text}"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _TIP else flat[: _TIP - 1] + "…"


def linked(text: str, offset: int, found: Iterable[Span], words: Iterable[str] = ()) -> str:
    """`text`, which begins at `offset` of its clause, as HTML with links and marked words.

    >>> linked("前条の<b>", 0, [Span(0, 2, "c-sg-1", "第1条", "yk-ref")])
    '<a class="yk-ref" href="#c-sg-1" title="第1条">前条</a>の&lt;b&gt;'
    """
    parts, at = [], 0
    for span in found:
        start, end = span.start - offset, span.end - offset
        if start < at or end > len(text):
            continue
        parts.append(marked(text[at:start], words))
        parts.append(
            f'<a class="{span.look}" href="#{escape(span.target)}" title="{escape(span.tip)}">'
            f"{marked(text[start:end], words)}</a>"
        )
        at = end
    return "".join(parts) + marked(text[at:], words)


def marked(text: str, words: Iterable[str]) -> str:
    """Escaped text with the words that were searched for in `<mark>`.

    >>> marked("解約<の>料金", ["料金"])
    '解約&lt;の&gt;<mark>料金</mark>'
    """
    wanted = "|".join(re.escape(word) for word in words if word)
    if not wanted:
        return escape(text)
    pieces = re.split(f"({wanted})", text, flags=re.IGNORECASE)
    return "".join(
        f"<mark>{escape(piece)}</mark>" if number % 2 else escape(piece)
        for number, piece in enumerate(pieces)
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """How an article is shown: notes, whether questions may be seen, what is searched for."""

    notes: Mapping[str, Note]
    questions: bool = False
    words: tuple[str, ...] = ()
    opened: str = ""


def article(version: Version, clause: Clause, reading: Reading) -> str:
    """An article (or supplementary provision) with everything inside, folded unless opened."""
    wanted = reading.opened
    inside = wanted == clause.id or wanted.startswith((f"{clause.id}.", f"{clause.id}("))
    caption = (
        f"（{escape(clause.caption)}）" if clause.caption and clause.level == "article" else ""
    )
    head = f"<summary>{escape(place(clause.address))}{caption}</summary>"
    body = _clause(version, clause, reading)
    state = " open" if inside else ""
    return f"<details{state}>{head}{body}</details>"


def _clause(version: Version, clause: Clause, reading: Reading) -> str:
    """One clause and those inside it; an article has no words of its own."""
    children = version.children(clause.address)
    own = clause.text if not children or clause.level != "article" else ""
    inner = "".join(_clause(version, child, reading) for child in children)
    look = "yk-clause yk-here" if reading.opened == clause.id else "yk-clause"
    here = f'<div class="{look}" id="{anchor(clause.address)}">'
    if clause.level == "article" and not own:
        return f"{here}{inner}</div>"
    words = f'<div class="yk-words">{_own(version, clause, own, reading.words)}</div>'
    return f"{here}{words}{_note(reading, clause.id)}</div>{inner}"


def _own(version: Version, clause: Clause, own: str, words: tuple[str, ...]) -> str:
    found = spans(version).get(clause.id, ())
    mark = f"<span>{escape(clause.marker)}</span> " if _has_mark(clause) else ""
    lines = [f'<p class="yk-{clause.level}">{mark}{linked(own, 0, found, words)}</p>']
    for note in clause.notes:
        at = max(clause.full_text.find(note[note.find("）") + 1 :]), 0) - note.find("）") - 1
        lines.append(f'<p class="yk-muted">{linked(note, at, found, words)}</p>')
    address = escape(clause.id)
    url = escape(markup.clause_url(clause.id))
    return "".join(lines) + f'<a class="yk-address" href="{url}" target="_blank">{address}</a>'


def _has_mark(clause: Clause) -> bool:
    return bool(clause.marker) and clause.level in ("paragraph", "item", "subitem")


def _note(reading: Reading, address: str) -> str:
    note = reading.notes.get(address)
    if note is None or not (note.summary or (reading.questions and note.questions)):
        return ""
    asked = ""
    if reading.questions and note.questions:
        items = "".join(f"<li>{escape(question)}</li>" for question in note.questions)
        asked = f"<details><summary>よくある質問（{len(note.questions)}）</summary><ul>{items}</ul></details>"
    return f'<aside class="yk-note"><strong>要約</strong> {escape(note.summary)}{asked}</aside>'


STYLE = """
<style>
.yk details > summary { cursor: pointer; padding: .45rem .2rem; font-weight: 600; }
.yk summary:focus-visible, .yk a:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.yk-tree > details { border-bottom: 1px solid color-mix(in srgb, currentColor 14%, transparent); }
.yk-clause { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: .2rem 1.2rem;
  padding: .35rem .2rem .35rem .5rem; scroll-margin-top: 4.5rem; border-left: .2rem solid transparent; }
.yk-clause > .yk-clause, .yk-clause > .yk-words:last-child { grid-column: 1 / -1; }
.yk-here, .yk-clause:target { border-left-color: #f2b705;
  background: color-mix(in srgb, #f2b705 12%, transparent); }
.yk-words p { margin: 0 0 .2rem; white-space: pre-wrap; line-height: 1.9; }
.yk-words .yk-item { padding-left: 1rem; } .yk-words .yk-subitem { padding-left: 2rem; }
.yk .yk-address { font-size: .78rem; opacity: .85; text-decoration: none; font-family: monospace; }
.yk .yk-address:hover { text-decoration: underline; }
.yk .yk-term { text-decoration: underline dotted; text-underline-offset: .2em; }
.yk .yk-ref { text-decoration: underline; text-underline-offset: .2em; }
.yk-note { font-size: .88rem; line-height: 1.7; align-self: start; padding: .4rem .7rem; border-radius: .4rem;
  background: color-mix(in srgb, currentColor 6%, transparent); }
.yk-note details > summary { font-weight: 400; padding: .2rem 0; }
@media (max-width: 640px) { .yk-clause { grid-template-columns: minmax(0, 1fr); } }
</style>
"""
