"""Stage 1 of the parser: lossless physical lines, with their marks peeled off.

A line keeps its place in the source; peeling a Markdown heading, bold or bullet mark moves
the body's start, never its text. `"".join` over the source slices gives the source back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEADING = re.compile(r"(#{1,6})[ \t　]+")
_BULLET = re.compile(r"[-*+・•]([ \t　]+)(?=\S)")
_BOLD = re.compile(r"(\*\*|__)")
_SPACE = re.compile(r"[ \t　\xa0﻿\r]*")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line. `start`..`end` is the body in the source, without its marks.

    number: 1-based; heading: Markdown level or 0; bold: the body was wrapped in ** marks;
    bullet: it began with a list mark; indent: columns (full-width 2, tab 4); text: the body;
    marks: source spans of what was peeled off; blank_before: blank lines just above.
    """

    number: int
    start: int
    end: int
    text: str
    heading: int = 0
    bold: bool = False
    bullet: bool = False
    indent: int = 0
    marks: tuple[Span, ...] = ()
    blank_before: int = 0

    def span(self, start: int, end: int | None = None) -> Span:
        """Source span of `text[start:end]`."""
        return (
            self.start + start,
            self.start + len(self.text) if end is None else self.start + end,
        )


def comments(source: str) -> tuple[Span, ...]:
    """Source spans of <!-- … --> comments (their text is no part of the terms)."""
    return tuple(match.span() for match in _COMMENT.finditer(source))


def physical_lines(source: str) -> Iterator[Line]:
    """The non-blank lines of `source`, comments blanked out, marks peeled."""
    readable = _COMMENT.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), source)
    offset = blank = 0
    for number, raw in enumerate(readable.split("\n"), 1):
        if raw.strip(" \t　\xa0﻿\r"):
            yield _peel(raw, number, offset, blank)
            blank = 0
        else:
            blank += 1
        offset += len(raw) + 1


def _peel(raw: str, number: int, offset: int, blank: int) -> Line:
    at = _SPACE.match(raw).end()  # type: ignore[union-attr]
    indent = sum(4 if c == "\t" else 2 if c == "　" else 1 for c in raw[:at])
    marks: list[Span] = []
    heading = bullet = 0
    if match := _HEADING.match(raw, at):
        heading = len(match[1])
        marks.append((offset + at, offset + match.end(1)))
        at = match.end()
    elif match := _BULLET.match(raw, at):
        bullet = 1
        marks.append((offset + at, offset + at + 1))
        at = match.end()
    end = len(raw.rstrip(" \t　\xa0\r"))
    if heading and (tail := re.search(r"[ \t]#+$", raw[at:end])):
        marks.append((offset + at + tail.start(), offset + end))
        end = len(raw[: at + tail.start()].rstrip())
    return _peel_bold(raw, number, offset, (at, end), heading, bool(bullet), indent, marks, blank)


def _peel_bold(
    raw: str, number: int, offset: int, body: Span, heading: int, bullet: bool, indent: int,
    marks: list[Span], blank: int,
) -> Line:  # fmt: skip
    at, end = body
    bold = False
    if (opening := _BOLD.match(raw, at)) and (close := raw.find(opening[1], at + 2, end)) > 0:
        bold = True
        if close == end - 2:  # **the whole line**: both marks go
            marks += [(offset + at, offset + at + 2), (offset + close, offset + end)]
            at, end = at + 2, close
    text = raw[at:end]
    lead = len(text) - len(text.lstrip(" 　\t"))
    return Line(
        number, offset + at + lead, offset + end, text.strip(" 　\t"), heading, bold, bullet,
        indent, tuple(marks), blank,
    )  # fmt: skip
