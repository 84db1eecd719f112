"""The parsed tree of one text: nodes with their place in the source, and what was odd.

Names follow the e-Gov law schema: Chapter 章, Article 条, Paragraph 項, Item 号,
Subitem ①/イ, SupplProvision 附則, ArticleCaption.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something odd in a text: where (1-based line), what (Japanese), and the words."""

    line: int
    message: str
    text: str = ""

    def to_dict(self) -> dict[str, Any]:
        """One entry of `yakkan corpus parse --json`."""
        return {"line": self.line, "message": self.message, "text": self.text}


@dataclass(slots=True)
class Node:
    """One clause. Built by the parser only; treated as frozen afterwards.

    level: division, article, paragraph, item, subitem, note, suppl or appendix; number: its
    key ("18", "25の2"); marker: the mark as printed; caption: of an article or division;
    text: its own words, joined; spans: every source span that belongs to it (marks too).
    """

    level: str
    number: str
    line: int
    marker: str = ""
    style: str = ""
    caption: str = ""
    text: str = ""
    division: str = ""
    spans: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    indent: int = 0
    numbered: bool = True
    last_line: int = 0

    def of(self, level: str) -> list[Node]:
        """Children of one level, in order."""
        return [child for child in self.children if child.level == level]

    @property
    def full_text(self) -> str:
        """Own words with everything inside, marks as printed, one clause a line."""
        inner = (f"{c.marker}{_gap(c.marker)}{c.full_text}" for c in self.children)
        return "\n".join(part for part in (self.text, *inner) if part)


def _gap(marker: str) -> str:
    """A space after marks that end in a digit, so that 「2 倍」 cannot arise from 「2」「倍」."""
    return (
        " " if marker and (marker[-1].isdecimal() or marker[-1] in "一二三四五六七八九十") else ""
    )


@dataclass(slots=True)
class Terms:
    """A whole text: title, divisions, articles, supplementary provisions, and the rest.

    furniture: (span, kind) of everything that belongs to no clause: title page, Markdown
    marks, comments, 以上. Together with the nodes' spans it covers every non-space
    character of the source exactly once.
    """

    source: str
    title: str = ""
    divisions: list[Node] = field(default_factory=list)
    articles: list[Node] = field(default_factory=list)
    supplementary: list[Node] = field(default_factory=list)
    appendices: list[Node] = field(default_factory=list)
    furniture: list[tuple[Span, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def chapters(self) -> list[Node]:
        """The 章 (編, 節 and 款 are other divisions)."""
        return [d for d in self.divisions if d.style == "章"]

    def to_dict(self) -> dict[str, Any]:
        """The contract of `yakkan corpus parse --json`."""
        return {
            "title": self.title,
            "chapters": [{"number": c.number, "title": c.caption} for c in self.chapters],
            "articles": [_article(node) for node in self.articles],
            "supplementary": [_supplementary(node) for node in self.supplementary],
            "appendices": [_supplementary(node) for node in self.appendices],
            "problems": [problem.to_dict() for problem in self.problems],
        }


def _article(node: Node) -> dict[str, Any]:
    return {
        "number": node.number,
        "caption": node.caption,
        "chapter": node.division,
        "paragraphs": [_paragraph(p) for p in node.of("paragraph")],
    }


def _paragraph(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {
        "number": node.number,
        "text": node.text,
        "items": [
            {
                "number": item.number,
                "text": item.text,
                "subitems": [
                    {"number": sub.number, "text": sub.text} for sub in item.of("subitem")
                ],
            }
            for item in node.of("item")
        ],
    }
    if notes := node.of("note"):
        found["notes"] = [note.text for note in notes]
    return found


def _supplementary(node: Node) -> dict[str, Any]:
    from corpus.dates import dates_in

    found = dates_in(node.full_text)
    return {
        "number": node.number,
        "title": node.caption,
        "text": node.text,
        "date": found[-1].isoformat()
        if len(set(found)) == 1
        else (found[0].isoformat() if found else None),
        "paragraphs": [_paragraph(p) for p in node.of("paragraph")],
    }
