"""Stage 3 of the parser: marked lines become the tree of a text. Never raises.

The state is the chain of open clauses (article, paragraph, item, subitem). A line either
opens a clause that fits there or continues the innermost open one. What does not fit is
kept as text and reported as a `Problem`, never dropped.
"""

from __future__ import annotations

import re

from corpus import markers
from corpus.joining import Joiner
from corpus.lines import Line, Span, comments, physical_lines
from corpus.markers import Marker
from corpus.numerals import CIRCLED, circled
from corpus.terms import Node, Problem, Terms

#: longest text that is parsed, in characters
MAX_SOURCE = 5_000_000
_TITLE = re.compile(r"規約|約款|規程|規則|定款|契約|条件|規定|ポリシー|約定|協定|利用")
_SENTENCE_END = re.compile(r"[。．.」』）)】!！?？:：;；]$")
_INLINE = re.compile(rf"(?<=[\s　])[{CIRCLED}](?=[\s　]*\S)")


def parse(source: str) -> Terms:
    """Parse the text of an agreement (plain text or Markdown).

    Returns a tree for any text; `Terms.problems` says what did not fit. Text beyond
    MAX_SOURCE characters is left unread and reported.
    """
    problems = []
    if len(source) > MAX_SOURCE:
        problems.append(Problem(0, f"文書が長すぎるため、先頭 {MAX_SOURCE} 文字だけを読みました。"))
        source = source[:MAX_SOURCE]
    lines = list(physical_lines(source))
    terms = _Builder(source, lines).build()
    terms.problems[:0] = problems
    return terms


class _Builder:
    """One run over the lines of one text."""

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

    def build(self) -> Terms:
        for span in comments(self.terms.source):
            self.terms.furniture.append((span, "comment"))
        bare = not any(markers.article(line) for line in self.lines)
        for position, line in enumerate(self.lines):
            for span in line.marks:
                self.terms.furniture.append((span, "mark"))
            following = self.lines[position + 1] if position + 1 < len(self.lines) else None
            self._take(line, following, bare)
            self.previous = line
        self._flush_caption()
        self._finish()
        return self.terms

    # -- which kind of line ------------------------------------------------------------

    def _take(self, line: Line, following: Line | None, bare: bool) -> None:
        if division := markers.division(line):
            self._open_division(line, division)
        elif article := self._article_marker(line, bare):
            self._open_article(line, article)
        elif special := markers.simple(line):
            self._special(line, special, following)
        else:
            self._flush_caption()
            self._body(line)

    def _article_marker(self, line: Line, bare: bool) -> Marker | None:
        if bare:
            return self._bare_article(line)
        found = markers.article(line)
        if found is None or self._fits(line, found):
            return found
        return None

    def _fits(self, line: Line, found: Marker) -> bool:
        """A heading out of sequence counts only where nothing runs on into it."""
        if line.heading or line.bold or self.article is None or found.caption:
            return True
        if self.previous is not None and not self._ended():
            return found.number == _leading(self.article.number) + 1
        return True

    def _bare_article(self, line: Line) -> Marker | None:
        """In a text without any 第N条, numbered or plain headings are its articles."""
        if self.in_supplement or not (line.heading or line.bold):
            return None
        if line.heading == 1 and not self.terms.articles and not self.terms.title:
            return None
        number = markers.number(line)
        count = len(self.terms.articles) + 1
        if number is not None:
            return Marker(
                "article",
                "",
                number.number,
                "",
                number.printed,
                len(line.text),
                line.text[number.at :],
                number.at,
            )
        if markers.simple(line) is not None:
            return None
        return Marker("article", "", count, "", "", len(line.text), line.text, 0)

    def _special(self, line: Line, marker: Marker, following: Line | None) -> None:
        if marker.kind == "caption" and self._captions_article(following):
            self._flush_caption()
            self.pending = (line, marker)
            return
        self._flush_caption()
        if marker.kind in ("suppl", "appendix"):
            self._open_supplement(line, marker)
        elif marker.kind == "note" and self.open:
            self._open_note(line, marker)
        elif marker.kind == "end" and not self.in_supplement:
            self.terms.furniture.append((line.span(0), "end mark"))
            self.open = self.open[:1]
        else:
            self._body(line)

    def _captions_article(self, following: Line | None) -> bool:
        return (
            following is not None
            and markers.article(following) is not None
            and not self.in_supplement
        )

    # -- opening clauses ---------------------------------------------------------------

    def _open_division(self, line: Line, marker: Marker) -> None:
        self._flush_caption()
        self.division = Node(
            "division", str(marker.number), line.number, marker.printed.strip("*_ 　"), marker.style,
            marker.caption, spans=[line.span(0)],
        )  # fmt: skip
        self.terms.divisions.append(self.division)
        self.open, self.in_supplement = [], False

    def _open_article(self, line: Line, marker: Marker) -> None:
        if self.in_supplement and self.open:
            self._supplement_article(line, marker)
            return
        pending, self.pending = self.pending, None
        caption = marker.caption or (pending[1].caption if pending else "")
        number = self._article_key(line, f"{marker.number}{marker.branch}")
        node = Node(
            "article", number, line.number, marker.printed.strip("*_ 　"), caption=caption,
            division=self._division_title(), spans=[line.span(0, marker.at)],
        )  # fmt: skip
        if pending is not None:
            node.spans.insert(0, pending[0].span(0))
        self.article = node
        self.terms.articles.append(node)
        self.open = [node]
        if line.text[marker.at :]:
            self._body(_rest(line, marker.at))

    def _article_key(self, line: Line, number: str) -> str:
        taken = {a.number for a in self.terms.articles}
        if self.article is not None:
            self._check_sequence(line, number)
        if number not in taken:
            return number
        chapter = self.terms.chapters[-1].number if self.terms.chapters else ""
        if chapter and (key := f"{chapter}章{number}") not in taken:
            return key
        self._problem(line, f"第{number}条が重複しています。")
        copies = 2
        while f"{number}重{copies}" in taken:
            copies += 1
        return f"{number}重{copies}"

    def _check_sequence(self, line: Line, number: str) -> None:
        before = _leading(self.article.number) if self.article else 0
        now = _leading(number)
        restarted = now == 1 and self.division is not None
        if not (now == before + 1 or (now == before and "の" in number) or restarted):
            self._problem(line, f"条番号が続いていません（第{before}条の次が第{number}条）。")

    def _division_title(self) -> str:
        return (
            ""
            if self.division is None
            else f"{self.division.marker} {self.division.caption}".strip()
        )

    def _open_paragraph(
        self, line: Line, number: int, at: int, marker: str, numbered: bool = True
    ) -> None:
        owner = self.open[0]
        node = Node(
            "paragraph", str(number), line.number, marker, indent=line.indent, numbered=numbered
        )
        node.style = "md" if line.indent else ""
        owner.children.append(node)
        if at and marker:
            node.spans.append(line.span(0, at))
        self.open = [owner, node]
        self._write(node, line, at)

    def _open_item(self, line: Line, marker: Marker, level: str) -> None:
        depth = 2 if level == "item" else 3
        parent = self.open[depth - 1]
        expected = len(parent.of(level)) + 1
        number = marker.number
        if marker.style == "dot" and number == 1 and expected > 1:
            number = expected  # Markdown numbers every line 1.
        elif number != expected:
            self._problem(
                line, f"号番号が続いていません（{expected} のところに {marker.printed}）。"
            )
            number = number if str(number) not in {c.number for c in parent.of(level)} else expected
        node = Node(
            level, str(number), line.number, marker.printed, marker.style, indent=line.indent
        )
        parent.children.append(node)
        node.spans.append(line.span(0, marker.at))
        self.open = [*self.open[:depth], node]
        self._write(node, line, marker.at)

    def _open_note(self, line: Line, marker: Marker) -> None:
        if self.open[0].level == "article":
            self._ensure_paragraph(line)
        parent = (
            self.open[1] if len(self.open) > 1 and self.open[1].level != "note" else self.open[0]
        )
        node = Node("note", str(len(parent.of("note")) + 1), line.number, marker.printed)
        parent.children.append(node)
        node.spans.append(line.span(0, marker.at))
        self.open = [*self.open[: self.open.index(parent) + 1], node]
        self._write(node, line, marker.at)

    def _open_supplement(self, line: Line, marker: Marker) -> None:
        found = self.terms.supplementary if marker.kind == "suppl" else self.terms.appendices
        node = Node(marker.kind, str(len(found) + 1), line.number, marker.printed.strip("*_ 　"))
        node.caption = line.text[marker.at :].strip("*_ 　：:")
        node.spans.append(line.span(0))
        found.append(node)
        self.open, self.in_supplement, self.article = [node], True, None

    def _supplement_article(self, line: Line, marker: Marker) -> None:
        """第1条 inside 附則: a paragraph of the supplementary provision."""
        owner = self.open[0]
        self._open_paragraph(line, len(owner.of("paragraph")) + 1, marker.at, marker.printed)
        owner.children[-1].caption = marker.caption

    # -- body lines --------------------------------------------------------------------

    def _body(self, line: Line) -> None:
        if not self.open:
            self._front(line)
            return
        if self._try_number(line) or self._try_items(line) or self._try_bullet(line):
            return
        self._continue(line)

    def _front(self, line: Line) -> None:
        """Before the first article: title page; between divisions: text with no article."""
        if (
            not self.terms.title
            and (line.heading == 1 or _TITLE.search(line.text))
            and len(line.text) <= 80
        ):
            self.terms.title = line.text.strip("*_ 　")
            self.terms.furniture.append((line.span(0), "title"))
        else:
            self.terms.furniture.append((line.span(0), "front matter"))
            if self.terms.articles:
                self._problem(line, "どの条にも属さない文です。")

    def _try_number(self, line: Line) -> bool:
        marker = markers.number(line)
        if marker is None or self.open[0].level == "appendix":
            return False
        if marker.kind == "item":
            return self._as_item(line, marker)
        owner = self.open[0]
        paragraphs = owner.of("paragraph")
        last = paragraphs[-1] if paragraphs else None
        if self._number_is_item(line, marker, last):
            return self._as_item(line, marker)
        return self._as_paragraph(line, marker, last)

    def _number_is_item(self, line: Line, marker: Marker, last: Node | None) -> bool:
        if last is None or len(self.open) < 2:
            return False
        items = last.of("item")
        if items and items[-1].style == marker.style and line.indent == items[-1].indent:
            return marker.number in (1, len(items) + 1) and not (
                last.numbered
                and marker.number == int(last.number) + 1
                and line.indent == last.indent
            )
        if line.indent > last.indent + 1:
            return marker.number == 1 or (bool(items) and items[-1].style == marker.style)
        return not last.numbered and marker.number == 1 and bool(last.text)

    def _as_paragraph(self, line: Line, marker: Marker, last: Node | None) -> bool:
        expected = 1 if last is None else int(last.number) + 1
        strong = marker.style in ("dot", "kou")
        number = marker.number
        if (
            strong
            and number == 1
            and expected > 1
            and last is not None
            and line.indent == last.indent
        ):
            number = expected  # Markdown numbers every line 1.
        if number == expected and (strong or last is None or self._ended()):
            self._open_paragraph(line, number, marker.at, marker.printed)
            return True
        if (
            number > expected
            and (marker.style == "kou" or (strong and self._ended()))
            and number - expected < 5
        ):
            self._problem(
                line, f"項番号が続いていません（{expected} のところに {marker.printed}）。"
            )
            self._open_paragraph(line, number, marker.at, marker.printed)
            return True
        if strong and self._ended() and last is not None and number == int(last.number):
            self._problem(line, f"項番号 {marker.printed} が重複しています。")
            self._open_paragraph(line, expected, marker.at, marker.printed)
            return True
        return False

    def _as_item(self, line: Line, marker: Marker) -> bool:
        self._close_note()
        self._ensure_paragraph(line)
        paragraph = self.open[1]
        items = paragraph.of("item")
        if not items or (
            items[-1].style == marker.style
            and (marker.style != "dot" or line.indent <= items[-1].indent + 1)
        ):
            self._open_item(line, marker, "item")
            return True
        if len(self.open) < 3:
            self.open = [*self.open[:2], items[-1]]
        subitems = self.open[2].of("subitem")
        if not subitems or subitems[-1].style == marker.style:
            self._open_item(line, marker, "subitem")
            return True
        return False

    def _try_items(self, line: Line) -> bool:
        candidates = markers.item(line)
        if not candidates or self.open[0].level == "appendix":
            return False
        best = min(candidates, key=lambda m: self._misfit(m))
        if self._misfit(best) >= 2 and best.style not in (
            "paren",
            "circled",
            "paren_kana",
            "paren_kanji",
        ):
            return False
        return self._as_item(line, best)

    def _misfit(self, marker: Marker) -> int:
        """0 where the mark is the next of an open list, 1 where it starts one, 2 otherwise."""
        for node in self.open[1:]:
            for level in ("item", "subitem"):
                siblings = node.of(level)
                if (
                    siblings
                    and siblings[-1].style == marker.style
                    and int(siblings[-1].number) + 1 == marker.number
                ):
                    return 0
        return 1 if marker.number == 1 else 2

    def _try_bullet(self, line: Line) -> bool:
        """「- この団体は…」 under a heading is a paragraph; elsewhere a bullet is text."""
        owner = self.open[0]
        if not line.bullet or line.indent > 1 or owner.level == "appendix":
            return False
        paragraphs = owner.of("paragraph")
        if not paragraphs and not owner.text:
            self._open_paragraph(line, 1, 0, "", numbered=False)
            return True
        if (
            len(self.open) == 2
            and paragraphs
            and not paragraphs[-1].children
            and not paragraphs[-1].numbered
            and paragraphs[-1].style == ""
            and self._ended()
            and owner.level == "suppl"
        ):
            self._open_paragraph(line, int(paragraphs[-1].number) + 1, 0, "", numbered=False)
            return True
        return False

    def _continue(self, line: Line) -> None:
        if len(self.open) == 1 and self.open[0].level == "article":
            self._open_paragraph(line, 1, 0, "", numbered=False)
            return
        self._write(self.open[-1], line, 0)

    # -- helpers -----------------------------------------------------------------------

    def _ensure_paragraph(self, line: Line) -> None:
        if len(self.open) == 1:
            node = Node("paragraph", "1", line.number, indent=line.indent, numbered=False)
            self.open[0].children.append(node)
            self.open = [self.open[0], node]

    def _close_note(self) -> None:
        if self.open[-1].level == "note":
            self.open = self.open[:-1]

    def _write(self, node: Node, line: Line, at: int) -> None:
        text = line.text[at:]
        if not text:
            node.last_line = line.number
            return
        if node.level in ("item", "subitem") and (cut := self._inline(text)):
            self._write_inline(node, line, at, cut)
            return
        node.text = self.joiner.join(node, text, line)
        node.spans.append(line.span(at))
        node.last_line = line.number

    def _inline(self, text: str) -> list[int]:
        """Offsets of ①②… inside a line, where they count up from ① (at least two)."""
        cuts = [m.start() for m in _INLINE.finditer(text)]
        counted = [text[c] for c in cuts] == list(CIRCLED[: len(cuts)])
        return cuts if len(cuts) >= 2 and counted else []

    def _write_inline(self, node: Node, line: Line, at: int, cuts: list[int]) -> None:
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

    def _ended(self) -> bool:
        """Whether the innermost open clause stands at the end of a sentence (or is empty)."""
        text = self.open[-1].text if self.open else ""
        return (
            not text
            or bool(_SENTENCE_END.search(text))
            or "\t" in text.rsplit("\n", 1)[-1]
            or text.endswith("|")
            or self.open[-1].level in ("item", "subitem")
        )

    def _flush_caption(self) -> None:
        if self.pending is not None:
            (line, _), self.pending = self.pending, None
            self._body(line)

    def _problem(self, line: Line, message: str) -> None:
        self.terms.problems.append(Problem(line.number, message, line.text[:80]))

    def _finish(self) -> None:
        for article in self.terms.articles:
            if not article.children:
                self.terms.problems.append(
                    Problem(
                        article.line, f"第{article.number}条に本文がありません。", article.caption
                    )
                )
        if not self.terms.articles:
            self.terms.problems.append(
                Problem(0, "条（第1条…）が見つかりません。規約の本文か確かめてください。")
            )


def _rest(line: Line, at: int) -> Line:
    """The part of `line` from `at` on, as a line of its own."""
    start, end = line.span(at)
    return Line(line.number, start, end, line.text[at:], indent=line.indent, bullet=line.bullet)


def _leading(number: str) -> int:
    """25 for 25の2 and for 2章25."""
    match = re.search(r"(?:\d+章)?(\d+)", number)
    return int(match[1]) if match else 0


def node_spans(terms: Terms) -> list[Span]:
    """Every source span of the tree, in no order (with `Terms.furniture` it covers the text)."""
    found: list[Span] = []
    stack = [*terms.divisions, *terms.articles, *terms.supplementary, *terms.appendices]
    while stack:
        node = stack.pop()
        found += node.spans
        stack += node.children
    return found
