"""Which words of a quoted clause decide the question: the sentence, and the facts in it.

Marks are character ranges of the quote. They never change the quote.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

#: facts that people look for: numbers with units, who pays, what may or must be done
_FACT = re.compile(
    r"[年月日]?\s*[0-9０-９][0-9０-９.,．，]*\s*(?:[%％]|[カヶかヵケ]月(?:前)?(?:まで)?|年間?|営業日|日(?:以内|前|間)?(?:まで)?|時間|倍|円|条)?"
    r"|(?:契約者|当社|契約申込者)(?:の|が)?(?:負担|自己の費用)"
    r"|一切の?責任を負わない|することがあります|できるものとします|できないものとします"
)
MAX_MARKS = 3


def _bigrams(text: str) -> set[str]:
    text = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
    return {text[i : i + 2] for i in range(len(text) - 1)}


def decisive(quote: str, question: str, hints: Iterable[str] = ()) -> tuple[tuple[int, int], ...]:
    """The sentence of `quote` that shares most with `question` and `hints` (a note's words).

    Where the quote is a single sentence, the facts in it are marked instead.

    >>> decisive("料金は月額とします。解約は1カ月前までに通知します。", "解約の通知はいつまで")
    ((10, 26),)
    """
    spans = _sentences(quote)
    wanted = _bigrams(question) | {gram for hint in hints for gram in _bigrams(hint)}
    if len(spans) <= 1:
        return _facts(quote, (0, len(quote))) or _phrase(quote, wanted)
    best = max(spans, key=lambda span: _overlap(quote[span[0] : span[1]], wanted))
    return (best,)


def _phrase(quote: str, wanted: set[str]) -> tuple[tuple[int, int], ...]:
    """The phrase between commas that shares most with what is wanted, where there are several."""
    spans = [m.span() for m in re.finditer(r"[^、]+、?", quote)]
    if len(spans) < 2:
        return ()
    return (max(spans, key=lambda span: _overlap(quote[span[0] : span[1]], wanted)),)


def _sentences(quote: str) -> list[tuple[int, int]]:
    """Spans of the sentences of `quote`; a 。 inside brackets ends none.

    >>> _sentences("甲（乙。）は丙。丁。")
    [(0, 8), (8, 10)]
    """
    spans, start, depth = [], 0, 0
    for at, char in enumerate(quote):
        depth += (char in "（(「") - (char in "）)」")
        if (char == "。" and depth <= 0) or char == "\n":
            if quote[start : at + 1].strip():
                spans.append((start, at + (char == "。")))
            start, depth = at + 1, 0
    if quote[start:].strip():
        spans.append((start, len(quote)))
    return spans


def _overlap(sentence: str, wanted: set[str]) -> float:
    grams = _bigrams(sentence)
    shared: float = len(grams & wanted) / (len(grams) ** 0.5 + 1)
    return shared


def _facts(quote: str, span: tuple[int, int]) -> tuple[tuple[int, int], ...]:
    found = [m.span() for m in _FACT.finditer(quote, *span) if m[0].strip()]
    return tuple(found[:MAX_MARKS])
