"""A clause: one addressed piece of an agreement's text, the unit that is cited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from corpus.address import APPENDIX, SUPPLEMENTARY, Address
from corpus.numerals import circled
from corpus.terms import Node, Terms


@dataclass(frozen=True)
class Clause:
    """One article, paragraph, item, subitem or supplementary provision.

    text: own words only; full_text: with everything inside, marks as printed: the source of
    every verbatim quote; caption: of its article; chapter: title of its 章; marker: its own
    printed mark; line: 1-based line in the source; notes: its （注） texts.
    """

    address: Address
    level: str
    text: str
    full_text: str
    caption: str = ""
    chapter: str = ""
    marker: str = ""
    line: int = 0
    notes: tuple[str, ...] = ()

    @cached_property
    def hash(self) -> str:
        """First 16 hex digits of the SHA-256 of `full_text`."""
        return hashlib.sha256(self.full_text.encode()).hexdigest()[:16]

    @property
    def id(self) -> str:
        """The address as text."""
        return str(self.address)


def clauses(agreement: str, terms: Terms) -> Iterator[Clause]:
    """Every clause of a parsed text, in the order of the text."""
    for article in terms.articles:
        address = Address(agreement, article.number)
        yield _make(article, address, "article", article)
        for paragraph in article.of("paragraph"):
            yield from _paragraph(paragraph, replace(address, paragraph=paragraph.number), article)
    for name, nodes in ((SUPPLEMENTARY, terms.supplementary), (APPENDIX, terms.appendices)):
        yield from _supplementary(agreement, name, nodes)


def _paragraph(node: Node, address: Address, article: Node) -> Iterator[Clause]:
    yield _make(node, address, address.level, article)
    for item in node.of("item"):
        here = replace(address, item=item.number)
        yield _make(item, here, "item", article)
        for sub in item.of("subitem"):
            mark = (
                sub.marker
                if len(sub.marker) == 1 and not sub.marker.isdecimal()
                else circled(int(sub.number))
            )
            yield _make(sub, replace(here, subitem=mark), "subitem", article)


def _supplementary(agreement: str, name: str, nodes: list[Node]) -> Iterator[Clause]:
    if len(nodes) == 1 and nodes[0].of("paragraph"):
        for paragraph in nodes[0].of("paragraph"):
            yield from _paragraph(paragraph, Address(agreement, name, paragraph.number), nodes[0])
        return
    for node in nodes:
        yield _make(node, Address(agreement, name, node.number), "suppl", node)


def _make(node: Node, address: Address, level: str, article: Node) -> Clause:
    caption = article.caption or (article.marker if level == "suppl" else "")
    notes = tuple(f"{note.marker}{note.text}" for note in node.of("note"))
    return Clause(
        address, level, node.text, node.full_text, caption, article.division, node.marker, node.line, notes
    )  # fmt: skip
