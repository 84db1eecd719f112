"""Rates in a question: 30%, ３割, 0.3 beside 料率."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.folding import Folded, Span
from assistant.understanding.numerals import value_of

_SHARE = re.compile(
    r"(?<![\d.])(?P<n>\d{1,3}(?:\.\d+)?|[一二三四五六七八九十]+)\s*(?P<unit>%|パーセント|割)(?!引)"
)
_BARE = re.compile(r"料率(?:は|が|を|:)?\s*(?P<n>0\.\d+)(?P<unit>)")


@dataclass(frozen=True, slots=True)
class Share:
    """A rate as `"30%"`, with its span."""

    value: str
    span: Span


def shares(folded: Folded) -> tuple[Share, ...]:
    """Every rate of the question.

    >>> from assistant.understanding.folding import fold
    >>> [s.value for s in shares(fold("料率は３割、または25.5％"))]
    ['30%', '25.5%']
    """
    found = [*_SHARE.finditer(folded.text), *_BARE.finditer(folded.text)]
    return tuple(
        Share(_percent(m["n"], m["unit"]), folded.span(*m.span()))
        for m in sorted(found, key=lambda m: m.start())
    )


def _percent(printed: str, unit: str) -> str:
    value = value_of(printed) * (10 if unit == "割" else 100 if unit == "" else 1)
    return f"{value}%" if value.denominator == 1 else f"{float(value):g}%"
