"""The tree while it is being built: which clauses are open, and how the next one opens.

`corpus.parser` decides what a line is; here the clause is made, joined to its parent, and
given its place in the source. Odd numbers are reported, never dropped.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod

from corpus.joining import Joiner
from corpus.lines import Line
from corpus.markers import Marker
from corpus.numerals import CIRCLED, circled
from corpus.terms import Node, Problem, Terms

_SENTENCE_END = re.compile(r"[。．.」』）)】!！?？:：;；]$")
_INLINE = re.compile(rf"(?<=[\s　])[{CIRCLED}](?=[\s　]*\S)")


class TreeBuilder(ABC):
    """The open clauses of one text and the ways to open another."""

    def __init__(self, source: str, lines: list[Line]) -> None:
        self.terms = Terms(source)
        self.lines = lines
        self.joiner = Joiner(lines)
        self.division: Node | None = None
        self.article: Node | None = None
        self.open: list[Node] = []
        self.pending: tuple[Line, Marker] | None = None
        self.in_supplement = False
        self.previous: Line | None = None

    def open_division(self, line: Line, marker: Marker) -> None:
        """Open a 編, 章, 節 or 款."""
        self.flush_caption()
        self.division = Node(
            "division", str(marker.number), line.number, marker.printed.strip("*_ 　"), marker.style,
            marker.caption, spans=[line.span(0)],
        )  # fmt: skip
        self.terms.divisions.append(self.division)
        self.open, self.in_supplement = [], False

    def open_article(self, line: Line, marker: Marker) -> None:
        """Open a 条; text on its own line goes on to the body."""
        if self.in_supplement and self.open:
            self.supplement_article(line, marker)
            return
        pending, self.pending = self.pending, None
        caption = marker.caption or (pending[1].caption if pending else "")
        number = self.article_key(line, f"{marker.number}{marker.branch}")
        node = Node(
            "article", number, line.number, marker.printed.strip("*_ 　"), caption=caption,
            division=self.division_title(), spans=[line.span(0, marker.at)],
        )  # fmt: skip
        if pending is not None:
            node.spans.insert(0, pending[0].span(0))
        self.article = node
        self.terms.articles.append(node)
        self.open = [node]
        if line.text[marker.at :]:
            self.body(rest_of(line, marker.at))

    def article_key(self, line: Line, number: str) -> str:
        """The key of an article: its number, or one that tells it from the same number before."""
        taken = {a.number for a in self.terms.articles}
        if self.article is not None:
            self.check_sequence(line, number)
        if number not in taken:
            return number
        chapter = self.terms.chapters[-1].number if self.terms.chapters else ""
        if chapter and (key := f"{chapter}章{number}") not in taken:
            return key
        self.problem(line, f"第{number}条が重複しています。")
        copies = 2
        while f"{number}重{copies}" in taken:
            copies += 1
        return f"{number}重{copies}"

    def check_sequence(self, line: Line, number: str) -> None:
        """Report a number that does not follow the one before."""
        before = leading(self.article.number) if self.article else 0
        now = leading(number)
        restarted = now == 1 and self.division is not None
        if not (now == before + 1 or (now == before and "の" in number) or restarted):
            self.problem(line, f"条番号が続いていません（第{before}条の次が第{number}条）。")

    def division_title(self) -> str:
        """The division around the next article, as printed."""
        return (
            ""
            if self.division is None
            else f"{self.division.marker} {self.division.caption}".strip()
        )

    def open_paragraph(
        self, line: Line, number: int, at: int, marker: str, numbered: bool = True
    ) -> None:
        """Open a 項 in the open article or 附則."""
        owner = self.open[0]
        node = Node(
            "paragraph", str(number), line.number, marker, indent=line.indent, numbered=numbered
        )
        node.style = "md" if line.indent else ""
        owner.children.append(node)
        if at and marker:
            node.spans.append(line.span(0, at))
        self.open = [owner, node]
        self.write(node, line, at)

    def open_item(self, line: Line, marker: Marker, level: str) -> None:
        """Open a 号, or a subitem of the open one."""
        depth = 2 if level == "item" else 3
        parent = self.open[depth - 1]
        expected = len(parent.of(level)) + 1
        number = marker.number
        if marker.style == "dot" and number == 1 and expected > 1:
            number = expected  # Markdown numbers every line 1.
        elif number != expected:
            self.problem(
                line, f"号番号が続いていません（{expected} のところに {marker.printed}）。"
            )
            number = number if str(number) not in {c.number for c in parent.of(level)} else expected
        node = Node(
            level, str(number), line.number, marker.printed, marker.style, indent=line.indent
        )
        parent.children.append(node)
        node.spans.append(line.span(0, marker.at))
        self.open = [*self.open[:depth], node]
        self.write(node, line, marker.at)

    def open_note(self, line: Line, marker: Marker) -> None:
        """Open a （注） under the paragraph above."""
        if self.open[0].level == "article":
            self.ensure_paragraph(line)
        parent = (
            self.open[1] if len(self.open) > 1 and self.open[1].level != "note" else self.open[0]
        )
        node = Node("note", str(len(parent.of("note")) + 1), line.number, marker.printed)
        parent.children.append(node)
        node.spans.append(line.span(0, marker.at))
        self.open = [*self.open[: self.open.index(parent) + 1], node]
        self.write(node, line, marker.at)

    def open_supplement(self, line: Line, marker: Marker) -> None:
        """Open a 附則 or an appendix."""
        found = self.terms.supplementary if marker.kind == "suppl" else self.terms.appendices
        node = Node(marker.kind, str(len(found) + 1), line.number, marker.printed.strip("*_ 　"))
        node.caption = line.text[marker.at :].strip("*_ 　：:")
        node.spans.append(line.span(0))
        found.append(node)
        self.open, self.in_supplement, self.article = [node], True, None

    def supplement_article(self, line: Line, marker: Marker) -> None:
        """第1条 inside 附則: a paragraph of the supplementary provision."""
        owner = self.open[0]
        self.open_paragraph(line, len(owner.of("paragraph")) + 1, marker.at, marker.printed)
        owner.children[-1].caption = marker.caption

    def ensure_paragraph(self, line: Line) -> None:
        """Open an unnumbered paragraph where an item needs one."""
        if len(self.open) == 1:
            node = Node("paragraph", "1", line.number, indent=line.indent, numbered=False)
            self.open[0].children.append(node)
            self.open = [self.open[0], node]

    def close_note(self) -> None:
        """Close an open （注）."""
        if self.open[-1].level == "note":
            self.open = self.open[:-1]

    def write(self, node: Node, line: Line, at: int) -> None:
        """Add the text of `line` from `at` on to `node`."""
        text = line.text[at:]
        if not text:
            node.last_line = line.number
            return
        if node.level in ("item", "subitem") and (cut := self.inline(text)):
            self.write_inline(node, line, at, cut)
            return
        node.text = self.joiner.join(node, text, line)
        node.spans.append(line.span(at))
        node.last_line = line.number

    def inline(self, text: str) -> list[int]:
        """Offsets of ①②… inside a line, where they count up from ① (at least two)."""
        cuts = [m.start() for m in _INLINE.finditer(text)]
        counted = [text[c] for c in cuts] == list(CIRCLED[: len(cuts)])
        return cuts if len(cuts) >= 2 and counted else []

    def write_inline(self, node: Node, line: Line, at: int, cuts: list[int]) -> None:
        """Split ①②… printed inside one line into subitems."""
        text = line.text[at:]
        node.text = self.joiner.join(node, text[: cuts[0]].rstrip(" 　"), line)
        node.spans.append(line.span(at, at + cuts[0]))
        node.last_line = line.number
        for number, (start, end) in enumerate(zip(cuts, [*cuts[1:], len(text)], strict=True), 1):
            sub = Node(
                "subitem", str(number), line.number, circled(number), "circled", indent=line.indent
            )
            sub.text = text[start + 1 : end].strip(" 　")
            sub.spans.append(line.span(at + start, at + end))
            sub.last_line = line.number
            node.children.append(sub)
        self.open = [*self.open, node.children[-1]] if len(self.open) == 3 else self.open

    def ended(self) -> bool:
        """Whether the innermost open clause stands at the end of a sentence (or is empty)."""
        text = self.open[-1].text if self.open else ""
        return (
            not text
            or bool(_SENTENCE_END.search(text))
            or "\t" in text.rsplit("\n", 1)[-1]
            or text.endswith("|")
            or self.open[-1].level in ("item", "subitem")
        )

    def problem(self, line: Line, message: str) -> None:
        """Report something odd about `line`."""
        self.terms.problems.append(Problem(line.number, message, line.text[:80]))

    @abstractmethod
    def flush_caption(self) -> None:
        """Hand a caption that no article followed to the body."""

    @abstractmethod
    def body(self, line: Line) -> None:
        """Take a line of body text (the rest of a heading's line comes back through here)."""


def rest_of(line: Line, at: int) -> Line:
    """The part of `line` from `at` on, as a line of its own."""
    start, end = line.span(at)
    return Line(line.number, start, end, line.text[at:], indent=line.indent, bullet=line.bullet)


def leading(number: str) -> int:
    """25 for 25の2 and for 2章25."""
    match = re.search(r"(?:\d+章)?(\d+)", number)
    return int(match[1]) if match else 0
