"""Clauses named by where they stand beside the last one: 「では第7号は」, 「同じ条の第2項」, 「前の条は」."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from corpus.address import Address
from corpus.errors import YakkanError
from corpus.mentions import Mention
from corpus.numerals import NUMERAL_CHARS, to_int

_N = rf"[{NUMERAL_CHARS}]{{1,4}}"
_PLACED = re.compile(
    rf"(?:(?P<same>(?:同じ|その|この|先ほどの|さっきの|上の|前述の)\s*条(?:文|項)?|同条)(?:の|で|、|\s)*)?"
    rf"(?:第?\s*(?P<paragraph>{_N})\s*項(?!目)(?:の|\s)*)?(?:第?\s*(?P<item>{_N})\s*号(?!室|機))?"
)
_BESIDE = re.compile(
    r"(?P<way>次|前|一つ前|ひとつ前|1つ前|その次|その前|一つ後|ひとつ後)(?:の\s*)?(?P<part>条(?!件|例|約)|項(?!目)|号)(?:文)?"
)
#: words before the reference that only lead to it
_LEAD = re.compile(
    r"\s*(?:では|じゃあ?|それでは|なら|あと|ちなみに|また|続いて|続けて|じゃ|で)?[、,\s]*(?:その|この)?"
)
_PARTS = {"条": "article", "項": "paragraph", "号": "item"}


def continued(text: str, base: Mention | None) -> Mention | None:
    """The clause that a turn names by its place beside `base`, the clause last spoken of.

    >>> base = Mention("18", "1", "6", (0, 0))
    >>> m = continued("では第7号は", base)
    >>> (m.article, m.paragraph, m.item)
    ('18', '1', '7')
    >>> continued("次の項目は何ですか", base) is None
    True
    """
    plain = unicodedata.normalize("NFKC", text)
    if base is None or len(plain) != len(text):
        return None
    start = _LEAD.match(plain).end()  # type: ignore[union-attr]
    for begin in dict.fromkeys((start, 0)):
        beside = _BESIDE.match(plain, begin)
        if beside is not None:
            return _beside(beside, base)
        placed = _PLACED.match(plain, begin)
        if placed is not None and placed[0].strip():
            return _placed(placed, base)
    return None


def _beside(match: re.Match[str], base: Mention) -> Mention | None:
    part = _PARTS[match["part"]]
    number = getattr(base, part) or "1"
    if not number.isdigit():
        return None
    there = int(number) + (-1 if "前" in match["way"] else 1)
    if there < 1:
        return None
    span, at = match.span(), str(there)
    if part == "article":
        return Mention(at, None, None, span, base.agreement)
    if part == "paragraph":
        return Mention(base.article, at, None, span, base.agreement)
    return replace(base, item=at, subitem=None, span=span)


def _placed(match: re.Match[str], base: Mention) -> Mention:
    item = str(to_int(match["item"])) if match["item"] else None
    paragraph = str(to_int(match["paragraph"])) if match["paragraph"] else None
    if paragraph is None and item is not None and not match["same"]:
        paragraph = base.paragraph
    end = match.start() + len(match[0].rstrip())
    return Mention(base.article, paragraph, item, (match.start(), end), base.agreement)


def spoken_of(mentions: Sequence[Mention], cited: Sequence[str]) -> Mention | None:
    """The clause that a turn spoke of: the last it named, else the one article it cited."""
    if mentions:
        return mentions[-1]
    try:
        places = [Address.parse(address) for address in cited]
    except YakkanError:
        return None
    if not places or len({(at.agreement, at.article) for at in places}) > 1:
        return None
    at = places[0]
    inner = at if len(places) == 1 else Address(at.agreement, at.article)
    return Mention(at.article, inner.paragraph, inner.item, (0, 0), at.agreement)
