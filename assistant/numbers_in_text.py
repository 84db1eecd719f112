"""Numbers as they stand in a text, with their units, in one comparable form.

Promise 2 (「no number from nowhere」) needs to know whether 「6ヶ月」 in an answer and
「６カ月」 in a clause are the same quantity and 「3カ月」 is another. Every number becomes
`(value, unit)`; a unit that is only spelled differently is folded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_KANJI_SCALES = {"十": 10, "百": 100, "千": 1_000}
_KANJI_MYRIADS = {"万": 10_000, "億": 100_000_000}

#: printed unit -> folded unit; longest first where one begins with another
_UNITS: dict[str, str] = {
    "営業日": "営業日",
    "パーセント": "%",
    "%": "%",
    "カ月間": "月間",
    "ヶ月間": "月間",
    "か月間": "月間",
    "ヵ月間": "月間",
    "ケ月間": "月間",
    "カ月": "月間",
    "ヶ月": "月間",
    "か月": "月間",
    "ヵ月": "月間",
    "ケ月": "月間",
    "箇月": "月間",
    "年間": "年",
    "週間": "週間",
    "日間": "日",
    "時間": "時間",
    "万円": "万円",
    "円": "円",
    "年": "年",
    "月": "月",
    "日": "日",
    "条": "条",
    "項": "項",
    "号": "号",
    "回": "回",
    "倍": "倍",
    "割": "割",
    "分": "分",
    "台": "台",
    "章": "章",
}
_UNIT = "|".join(sorted(map(re.escape, _UNITS), key=len, reverse=True))
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_KANJI = r"[〇零一二三四五六七八九十百千]+"
_NUMBER = re.compile(
    rf"(?P<digits>{_DIGITS})\s*(?P<myriad>[万億])?(?P<rest>\d{{1,4}})?\s*(?P<unit>{_UNIT})?"
    rf"|(?P<kanji>{_KANJI})\s*(?P<kunit>{_UNIT})"
)
_ISO_DATE = re.compile(r"(?P<y>\d{4})[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})")
_WHOLE_DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its folded unit ("" where none is printed) and what was printed."""

    value: Decimal
    unit: str
    printed: str

    @property
    def key(self) -> tuple[Decimal, str]:
        """What two quantities are compared by."""
        return (self.value, self.unit)


def normalise(text: str) -> str:
    """NFKC with circled digits kept apart, so 「18.1(2)①」 does not read as 21.

    >>> normalise("１４.５％ ①")
    '14.5% '
    """
    text = re.sub(r"[①-⑳⓪㉑-㊿]", " ", text)
    return unicodedata.normalize("NFKC", text).rstrip() + (" " if text.endswith(" ") else "")


def kanji_value(printed: str) -> int:
    """Value of a kanji numeral below ten thousand.

    >>> kanji_value("三十一"), kanji_value("二〇二六")
    (31, 2026)
    """
    if not any(c in _KANJI_SCALES for c in printed):
        return int("".join(str(_KANJI_DIGITS[c]) for c in printed))
    total, digit = 0, 0
    for c in printed:
        if c in _KANJI_SCALES:
            total += (digit or 1) * _KANJI_SCALES[c]
            digit = 0
        else:
            digit = _KANJI_DIGITS[c]
    return total + digit


def quantities(text: str) -> Iterator[Quantity]:
    """Every number of `text` in order; ISO and slash dates become year, month and day.

    >>> [(str(q.value), q.unit) for q in quantities("年１４．５％、6カ月前、33,000円、二週間")]
    [('14.5', '%'), ('6', '月間'), ('33000', '円'), ('2', '週間')]
    >>> [(str(q.value), q.unit) for q in quantities("2027-02-28")]
    [('2027', '年'), ('2', '月'), ('28', '日')]
    """
    text = normalise(text)
    text = _ISO_DATE.sub(lambda m: f"{m['y']}年{int(m['m'])}月{int(m['d'])}日 ", text)
    for match in _NUMBER.finditer(text):
        quantity = _quantity(match)
        if quantity is not None:
            yield quantity


def whole_dates(text: str) -> Iterator[Quantity]:
    """Every full date of `text` as one quantity, yyyymmdd with the unit 日付.

    >>> [q.key for q in whole_dates("2027年2月28日から 2027-03-01 まで")]
    [(Decimal('20270228'), '日付'), (Decimal('20270301'), '日付')]
    """
    text = _ISO_DATE.sub(lambda m: f"{m['y']}年{int(m['m'])}月{int(m['d'])}日 ", normalise(text))
    for match in _WHOLE_DATE.finditer(text):
        year, month, day = (int(part) for part in match.groups())
        yield Quantity(Decimal(year * 10_000 + month * 100 + day), "日付", match[0])


def _quantity(match: re.Match[str]) -> Quantity | None:
    if match["kanji"]:
        return Quantity(
            Decimal(kanji_value(match["kanji"])), _UNITS[match["kunit"]], match[0].strip()
        )
    try:
        value = Decimal(match["digits"].replace(",", ""))
    except InvalidOperation:
        return None
    unit = _UNITS.get(match["unit"] or "", "")
    if match["myriad"]:
        value = value * _KANJI_MYRIADS[match["myriad"]] + Decimal(match["rest"] or 0)
        unit = unit or "円"
    elif match["rest"]:
        value = Decimal(match["digits"].replace(",", "") + match["rest"])
    return Quantity(_plain(value), unit, match[0].strip())


def _plain(value: Decimal) -> Decimal:
    """`value` without trailing zeros and without an exponent (33000, not 3.3E+4)."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
