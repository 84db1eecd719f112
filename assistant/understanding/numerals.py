"""Numerals as people type them: 12, 33,000, 十二, 三, 18.7, and their exact values."""

from __future__ import annotations

from fractions import Fraction

from assistant.numbers_in_text import kanji_value

DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
KANJI = r"[〇零一二三四五六七八九十百千]+"
#: a number in either script
NUMBER = rf"(?:{DIGITS}|{KANJI})"
#: a small whole number (months, days, years), either script
SMALL = r"(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,5})"


def value_of(printed: str) -> Fraction:
    """Exact value of a printed number in Arabic digits or kanji.

    >>> value_of("18.7"), value_of("33,000"), value_of("十二")
    (Fraction(187, 10), Fraction(33000, 1), Fraction(12, 1))
    """
    if printed[0].isdecimal():
        return Fraction(printed.replace(",", ""))
    return Fraction(kanji_value(printed))


def whole(printed: str) -> int:
    """Value of a whole number.

    >>> whole("三"), whole("10")
    (3, 10)
    """
    return int(value_of(printed))
