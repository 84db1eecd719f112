"""Numbers as the terms print them: ASCII, full-width and kanji digits, and circled marks."""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}
#: characters a printed number may be made of, for use inside a character class
NUMERAL_CHARS = "0-9０-９〇零一二三四五六七八九十百千"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
KATAKANA = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"
IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマ"


def to_int(printed: str) -> int | None:
    """The number that `printed` stands for, or None.

    >>> to_int("１８"), to_int("第 十二"), to_int("二十"), to_int("二〇"), to_int("③")
    (18, None, 20, 20, 3)
    """
    text = re.sub(r"\s", "", printed)
    if text in CIRCLED and len(text) == 1:
        return CIRCLED.index(text) + 1
    text = unicodedata.normalize("NFKC", text)
    if text.isascii() and text.isdigit():
        return int(text)
    return _kanji(text)


def _kanji(text: str) -> int | None:
    if not text or any(c not in _DIGITS and c not in _UNITS for c in text):
        return None
    if not any(c in _UNITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, current = 0, 0
    for char in text:
        if char in _UNITS:
            total += (current or 1) * _UNITS[char]
            current = 0
        else:
            current = _DIGITS[char]
    return total + current


def circled(number: int) -> str:
    """① for 1; the plain number in parentheses beyond ⑳.

    >>> circled(2), circled(21)
    ('②', '(21)')
    """
    return CIRCLED[number - 1] if 1 <= number <= len(CIRCLED) else f"({number})"
