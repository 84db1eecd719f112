"""Prices per device: 「3台、1台あたり月5,000円」 means fifteen thousand a month."""

from __future__ import annotations

import re

from assistant.understanding.folding import Span
from assistant.understanding.numerals import SMALL, whole

_EACH_BEFORE = re.compile(
    r"(?:[1一]台(?:あたり|当たり|につき)?(?:の)?|台当たり|各)(?:月額|月々|毎月|月|料金|レンタル料)*(?:は|が|、)?\s*$"
)
_EACH_AFTER = re.compile(r"\s*(?:/\s*台|[(](?:1台|台)(?:あたり|当たり)[)])")
_COUNT = re.compile(rf"(?<![\d.])(?P<n>{SMALL})\s*台(?!あたり|当たり|につき|目)")


def units_of(text: str, at: Span) -> int:
    """How many devices the sum at `at` stands for: their number where it is a price of one.

    >>> units_of("3台を1台あたり月5,000円で", (9, 15)), units_of("3台で月5,000円", (4, 10))
    (3, 1)
    """
    each = _EACH_BEFORE.search(text[max(0, at[0] - 14) : at[0]]) or _EACH_AFTER.match(text, at[1])
    counts = {whole(m["n"]) for m in _COUNT.finditer(text)} - {1}
    return counts.pop() if each and len(counts) == 1 else 1
