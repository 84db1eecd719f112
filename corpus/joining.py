"""How the lines of one clause become one text: wraps are undone, real breaks are kept.

PDF text breaks lines inside words and sentences. A break is real (a newline in the clause's
text) where a sentence ended, where the line above is a short title, or in a table.
"""

from __future__ import annotations

import re

from corpus.lines import Line
from corpus.terms import Node

_END = re.compile(r"[。」』】!！?？:：]$|^[（(][^（）()]*[）)]$")
_ASCII = re.compile(r"[A-Za-z0-9,.)]$")
_ASCII_START = re.compile(r"^[A-Za-z0-9(]")


class Joiner:
    """Joins lines the way their text was wrapped: width and blank lines tell."""

    def __init__(self, lines: list[Line]) -> None:
        lengths = sorted(len(line.text) for line in lines)
        self.width = lengths[int(len(lengths) * 0.9)] if lengths else 0
        blanks = sum(line.blank_before > 0 for line in lines)
        #: a blank line after every line says nothing
        self.double_spaced = blanks > 0.8 * max(len(lines), 1) and self.width < 120

    def join(self, node: Node, text: str, line: Line) -> str:
        """`node.text` continued by `text`."""
        if not node.text:
            return text
        if self._is_break(node, text, line):
            return f"{node.text}\n{text}"
        glue = " " if _ASCII.search(node.text) and _ASCII_START.match(text) else ""
        return node.text + glue + text

    def _is_break(self, node: Node, text: str, line: Line) -> bool:
        above = node.text.rsplit("\n", 1)[-1]
        if (
            "\t" in text
            or "\t" in above
            or text.startswith("|")
            or above.endswith("|")
            or text.startswith("<")
        ):
            return True
        if line.bullet and _END.search(above):
            return True
        if _END.search(above):
            return not self._wrapped(above)
        separated = line.blank_before > 0 and not self.double_spaced
        return not separated and self._short(above)

    def _wrapped(self, above: str) -> bool:
        """A full line that happens to end with 。 was wrapped, not ended."""
        return self.double_spaced and len(above) % max(self.width, 1) > 0.9 * self.width

    def _short(self, above: str) -> bool:
        return len(above) < (0.8 if self.double_spaced else 0.5) * self.width
