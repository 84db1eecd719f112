"""Stage 3 of the parser: marked lines become the tree of a text. Never raises.

The state is the chain of open clauses (article, paragraph, item, subitem). A line either
opens a clause that fits there or continues the innermost open one. What does not fit is
kept as text and reported as a `Problem`, never dropped.
"""

from __future__ import annotations

import re

from corpus import markers
from corpus.lines import Line, Span, comments, physical_lines
from corpus.markers import Marker
from corpus.numerals import CIRCLED
from corpus.terms import Node, Problem, Terms
from corpus.tree import TreeBuilder, leading

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


class _Builder(TreeBuilder):
    """One run over the lines of one text."""

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
        self.flush_caption()
        self._finish()
        return self.terms

    def _take(self, line: Line, following: Line | None, bare: bool) -> None:
        if division := markers.division(line):
            self.open_division(line, division)
        elif article := self._article_marker(line, bare):
            self.open_article(line, article)
        elif special := markers.simple(line):
            self._special(line, special, following)
        else:
            self.flush_caption()
            self.body(line)

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
        if self.previous is not None and not self.ended():
            return found.number == leading(self.article.number) + 1
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
            self.flush_caption()
            self.pending = (line, marker)
            return
        self.flush_caption()
        if marker.kind in ("suppl", "appendix"):
            self.open_supplement(line, marker)
        elif marker.kind == "note" and self.open:
            self.open_note(line, marker)
        elif marker.kind == "end" and not self.in_supplement:
            self.terms.furniture.append((line.span(0), "end mark"))
            self.open = self.open[:1]
        else:
            self.body(line)

    def _captions_article(self, following: Line | None) -> bool:
        return (
            following is not None
            and markers.article(following) is not None
            and not self.in_supplement
        )

    def body(self, line: Line) -> None:
        """A line that is no heading: a paragraph, an item, a bullet, or more of the same."""
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
                self.problem(line, "どの条にも属さない文です。")

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
        if number == expected and (strong or last is None or self.ended()):
            self.open_paragraph(line, number, marker.at, marker.printed)
            return True
        if (
            number > expected
            and (marker.style == "kou" or (strong and self.ended()))
            and number - expected < 5
        ):
            self.problem(
                line, f"項番号が続いていません（{expected} のところに {marker.printed}）。"
            )
            self.open_paragraph(line, number, marker.at, marker.printed)
            return True
        if strong and self.ended() and last is not None and number == int(last.number):
            self.problem(line, f"項番号 {marker.printed} が重複しています。")
            self.open_paragraph(line, expected, marker.at, marker.printed)
            return True
        return False

    def _as_item(self, line: Line, marker: Marker) -> bool:
        self.close_note()
        self.ensure_paragraph(line)
        paragraph = self.open[1]
        items = paragraph.of("item")
        if not items or (
            items[-1].style == marker.style
            and (marker.style != "dot" or line.indent <= items[-1].indent + 1)
        ):
            self.open_item(line, marker, "item")
            return True
        if len(self.open) < 3:
            self.open = [*self.open[:2], items[-1]]
        subitems = self.open[2].of("subitem")
        if not subitems or subitems[-1].style == marker.style:
            self.open_item(line, marker, "subitem")
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
            self.open_paragraph(line, 1, 0, "", numbered=False)
            return True
        if (
            len(self.open) == 2
            and paragraphs
            and not paragraphs[-1].children
            and not paragraphs[-1].numbered
            and paragraphs[-1].style == ""
            and self.ended()
            and owner.level == "suppl"
        ):
            self.open_paragraph(line, int(paragraphs[-1].number) + 1, 0, "", numbered=False)
            return True
        return False

    def _continue(self, line: Line) -> None:
        if len(self.open) == 1 and self.open[0].level == "article":
            self.open_paragraph(line, 1, 0, "", numbered=False)
            return
        self.write(self.open[-1], line, 0)

    def flush_caption(self) -> None:
        """A caption that no article followed is body text after all."""
        if self.pending is not None:
            (line, _), self.pending = self.pending, None
            self.body(line)

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


def node_spans(terms: Terms) -> list[Span]:
    """Every source span of the tree, in no order (with `Terms.furniture` it covers the text)."""
    found: list[Span] = []
    stack = [*terms.divisions, *terms.articles, *terms.supplementary, *terms.appendices]
    while stack:
        node = stack.pop()
        found += node.spans
        stack += node.children
    return found
