"""Clause addresses: `sg:18.1(2)①` is agreement, article, paragraph, item, subitem.

Made, parsed and compared here and nowhere else. Supplementary provisions are
`vpn:附則.9`, appendices `x:別表.1`; an article with a branch number is `x:25の2`; where a
text restarts its numbering in every chapter the chapter is named: `x:2章1`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from corpus.errors import YakkanError
from corpus.numerals import CIRCLED

SUPPLEMENTARY = "附則"
APPENDIX = "別表"

_ADDRESS = re.compile(
    r"(?P<agreement>[A-Za-z][A-Za-z0-9_-]*):"
    r"(?P<article>(?:\d+章)?\d+(?:の\d+)*(?:重\d+)?|附則|別表)"
    r"(?:\.(?P<paragraph>\d+))?"
    r"(?:\((?P<item>\d+)\))?"
    rf"(?P<subitem>[{CIRCLED}]|[ァ-ヺ]|\((?P<numbered>\d+)\))?"
)


class AddressError(YakkanError):
    """A text that is not a clause address."""


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """Where a clause stands. `subitem` is the mark as printed (① or ア)."""

    agreement: str
    article: str
    paragraph: str | None = None
    item: str | None = None
    subitem: str | None = None

    @classmethod
    def parse(cls, text: str) -> Address:
        """Read an address; raises AddressError with an example.

        >>> Address.parse("sg:18.1(2)①").item
        '2'
        >>> str(Address.parse("vpn:附則.9")), str(Address.parse("ｓｇ:11.2"))
        ('vpn:附則.9', 'sg:11.2')
        """
        plain = _narrow(text)
        match = _ADDRESS.fullmatch(plain)
        if match is None:
            raise AddressError(
                f"条項の番地「{text[:60]}」を読めません。"
                "sg:18.1(2)①（規約:条.項(号)細目）の形で書いてください。"
            )
        return cls(
            *(match[name] for name in ("agreement", "article", "paragraph", "item", "subitem"))
        )

    def __str__(self) -> str:
        paragraph = f".{self.paragraph}" if self.paragraph else ""
        item = f"({self.item})" if self.item else ""
        return f"{self.agreement}:{self.article}{paragraph}{item}{self.subitem or ''}"

    @property
    def level(self) -> str:
        """article, paragraph, item, subitem, or suppl for 附則 and 別表."""
        if self.article in (SUPPLEMENTARY, APPENDIX) and not self.item:
            return "suppl"
        for name in ("subitem", "item", "paragraph"):
            if getattr(self, name):
                return name
        return "article"

    @property
    def parent(self) -> Address | None:
        """The clause around this one, None for an article.

        >>> str(Address.parse("sg:18.1(2)①").parent)
        'sg:18.1(2)'
        """
        if self.subitem:
            return replace(self, subitem=None)
        if self.item:
            return replace(self, item=None)
        return replace(self, paragraph=None) if self.paragraph else None

    def contains(self, other: Address) -> bool:
        """Whether `other` is this clause or lies inside it.

        >>> Address.parse("sg:18").contains(Address.parse("sg:18.1(2)"))
        True
        """
        pairs = (
            (self.agreement, other.agreement),
            (self.article, other.article),
            (self.paragraph, other.paragraph),
            (self.item, other.item),
            (self.subitem, other.subitem),
        )
        return all(mine is None or mine == theirs for mine, theirs in pairs)


def _narrow(text: str) -> str:
    """NFKC but for circled numbers, which NFKC would turn into plain digits."""
    return "".join(
        c if c in CIRCLED else unicodedata.normalize("NFKC", c) for c in text.strip()[:80]
    )
