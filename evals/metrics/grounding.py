"""Grounding: quotes that are not byte-identical, numbers with no source; both must be zero.

The functions know nothing of the assistant, so that they check it rather than repeat it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_WIDTH = str.maketrans("０１２３４５６７８９．，", "0123456789.,")
_KANJI = dict(zip("〇一二三四五六七八九", range(10), strict=True))


def false_quotes(citations: Iterable[Mapping[str, str]], texts: Mapping[str, str]) -> list[str]:
    """Ids of the citations whose quote is empty or no substring of the clause's full text.

    >>> false_quotes([{"id": "sg:44.1", "quote": "日本国法"}, {"id": "sg:44.1", "quote": "日本法"}],
    ...              {"sg:44.1": "日本国法に準拠するものとします。"})
    ['sg:44.1']
    """
    return [
        one["id"]
        for one in citations
        if not one["quote"] or one["quote"] not in texts.get(one["id"], "")
    ]


def false_brackets(text: str, sources: Sequence[str]) -> list[str]:
    """「…」 of the answer text that stand in no cited clause.

    >>> false_brackets("「日本国法」によります。「米国法」ではありません。", ["日本国法に準拠する"])
    ['米国法']
    """
    quoted = re.findall(r"「([^「」]*(?:「[^「」]*」[^「」]*)*)」", text)
    return [one for one in quoted if not any(one in source for source in sources)]


def numbers(text: str) -> list[str]:
    """Numbers of a text, half width, without thousands separators or leading zeros.

    >>> numbers("年１４．５%、1,234円、第018条")
    ['14.5', '1234', '18']
    """
    found = _NUMBER.findall(_joined(text.translate(_WIDTH)))
    return [one.replace(",", "").lstrip("0") or "0" for one in found]


def _joined(text: str) -> str:
    """Digits printed with blanks between them (昭和 6 3 年) read as one number as well."""
    return re.sub(r"(?<=\d) (?=\d)", "", text)


def false_numbers(text: str, sources: Iterable[str]) -> list[str]:
    """Numbers of the answer text that stand in none of the sources.

    Sources are the cited clauses, their displayed addresses, the user's words and the steps of
    the calculations. A number written in kanji in a source counts.

    >>> false_numbers("30日以内、上限は5万円です。", ["三十日以内でなく30日以内に"])
    ['5']
    """
    known = set()
    for source in sources:
        known.update(numbers(source))
        known.update(_kanji_numbers(source))
    return [one for one in numbers(text) if one not in known]


def _kanji_numbers(text: str) -> set[str]:
    found = set()
    for digits in re.findall(r"[〇一二三四五六七八九十百千]+", text):
        value = part = 0
        for char in digits:
            unit = {"十": 10, "百": 100, "千": 1000}.get(char)
            if unit is None:
                part = part * 10 + _KANJI[char]
            else:
                value, part = value + (part or 1) * unit, 0
        found.add(str(value + part))
    return found


def foreign_citations(cited: Iterable[str], meant: Sequence[str]) -> list[str]:
    """Cited ids of an agreement that the question does not mean; none if any may be meant.

    >>> foreign_citations(["sg:27.1", "vpn:8.4"], ["sg"]), foreign_citations(["vpn:8.4"], [])
    (['vpn:8.4'], [])
    """
    return [id for id in cited if meant and id.split(":")[0] not in meant]


def step_texts(calculations: Iterable[Mapping[str, Any]]) -> list[str]:
    """All values and words of calculations, as sources for `false_numbers`.

    >>> step_texts([{"value": 721, "steps": [{"label": "日数", "value": 33}]}])
    ['721', '日数', '33']
    """
    return [text for one in calculations for text in _leaves(one)]


def _leaves(value: Any) -> list[str]:
    if isinstance(value, Mapping):
        return [text for one in value.values() for text in _leaves(one)]
    if isinstance(value, (list, tuple)):
        return [text for one in value for text in _leaves(one)]
    return [] if value is None else [str(value)]
