"""Amounts of money in a question: 3万3千円, ３３，０００円, ¥63,800, 18.7万円, with tax words.

An amount is whole yen; one that would not be (18.77777万円) is left out rather than rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from assistant.understanding.folding import Folded, Span
from assistant.understanding.numerals import DIGITS, KANJI, value_of

Tax = Literal["incl", "excl", ""]

_N = rf"(?:{DIGITS}|{KANJI})"
_K = r"[〇零一二三四五六七八九]"
#: thousands and hundreds of a myriad in figures: 2千5百万, 120百万
_OF_MYRIADS = rf"(?:(?P<senman>{DIGITS})千)?(?:(?P<hyakuman>{DIGITS})百)?"
_SCALED = (
    rf"(?:(?P<oku>{_N})億)?(?:(?=[\d〇零一二三四五六七八九十百千]){_OF_MYRIADS}(?P<man>{DIGITS}|[〇零一二三四五六七八九十百千]+)?万)?"
    rf"(?:(?P<sen>\d+(?:\.\d+)?|{_K})千)?(?:(?P<hyaku>\d|{_K})百)?(?P<rest>{DIGITS})?"
)
_WITH_YEN = re.compile(
    rf"(?<![\d.,数何幾])(?:¥\s*)?(?=[\d〇零一二三四五六七八九十百千¥])(?P<all>{_SCALED}|{KANJI})\s*円(?!安|高|滑|満)"
)
_WITH_SIGN = re.compile(rf"[¥\\]\s*(?P<all>{_SCALED})(?!\s*円)(?<=[\d万億千百])")
_MYRIADS = re.compile(
    rf"(?<![\d.,数何幾])(?P<all>(?:(?P<oku>{_N})億)?(?=[\d一二三四五六七八九十百]){_OF_MYRIADS}(?P<man>{DIGITS}|[一二三四五六七八九十百]+)?万"
    rf"(?:(?P<sen>\d|{_K})千)?(?:(?P<hyaku>\d|{_K})百)?(?P<rest>\d{{1,4}})?)(?!\s*[円件人台回個名社行字]|が一)"
)
#: a bare number is money only where a word of money stands right before it, or it has commas
_BARE = re.compile(
    r"(?:(?<=[額料費金代])|(?<=[額料費金代][はがも:=： ])|(?<=税[込抜別])|(?<=[額料費金代]税[込抜別]))\s*(?P<all>(?P<rest>\d{1,3}(?:,\d{3})+|\d{3,9}))(?![\d/.:%]|\s*[年月日時分条項号円件人台回個名社万千億%])"
)
_COMMAS = re.compile(
    r"(?<![\d.,¥])(?P<all>(?P<rest>\d{1,3}(?:,\d{3})+))(?![\d,.]|\s*[件人台回個名社万千億%円字行])"
)
#: a sum below nothing is none that the terms know
_NEGATIVE = re.compile(r"(?:マイナス|▲|△)\s*$")
_PATTERNS = (_WITH_YEN, _WITH_SIGN, _MYRIADS, _BARE, _COMMAS)

_INCL = r"(?:消費税)?(?:税込み?|税こみ|内税|込み|込)"
_EXCL = r"(?:消費税)?(?:税抜き?|税ぬき|税別|外税|本体価格?|別途消費税|プラス税|\+\s*税|[+＋]消費税|抜き?)"
_TAX_AFTER = re.compile(
    rf"\s*[(（、・]?\s*(?:(?P<incl>{_INCL})|(?P<excl>{_EXCL}))|\s*(?:[+＋]|プラス|と)\s*(?:消費)?税(?P<excl2>)"
)
_TAX_BEFORE = re.compile(
    r"(?:(?P<incl>税込み?|税こみ|消費税込み?)|(?P<excl>税抜き?|税ぬき|税別|消費税抜き?|本体))\s*(?:で|の|は|額|価格|[)）:]|金額)*\s*$"
)
_TAX_ALL = re.compile(
    r"(?:すべて|全て|ともに|いずれも|どれも|全部|どちらも|両方(?:とも)?|金額は(?:すべて|全て)?|各)\s*(?:消費税)?"
    r"(?:(?P<incl>税込|込み)|(?P<excl>税抜|税別|抜き))"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money as typed: whole yen, what was said about tax, and where it stands.

    `made` says how a sum was added up from several (「5,000円×2台＋8,000円×1台」), "" for one typed.
    """

    yen: int
    tax: Tax
    span: Span
    at: Span
    made: str = ""

    @property
    def value(self) -> int:
        """The sum in yen."""
        return self.yen


def amounts(folded: Folded) -> tuple[Amount, ...]:
    """Every amount of the question in order.

    >>> from assistant.understanding.folding import fold
    >>> [(a.yen, a.tax) for a in amounts(fold("３３，０００円（税別）と18.7万円、3万3千円、¥63,800"))]
    [(33000, 'excl'), (187000, ''), (33000, ''), (63800, '')]
    """
    found: list[Amount] = []
    taken: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded.text):
            at = match.span()
            yen = _yen(match)
            if yen is None or any(at[0] < e and s < at[1] for s, e in taken):
                continue
            taken.append(at)
            if _NEGATIVE.search(folded.text[max(0, at[0] - 5) : at[0]]):
                continue
            found.append(Amount(yen, _tax(folded.text, at), folded.span(*at), at))
    return tuple(sorted(found, key=lambda a: a.at))


def _yen(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    scaled = [(groups.get(name), scale) for name, scale in _SCALES.items()]
    total = sum((value_of(printed) * scale for printed, scale in scaled if printed), Fraction(0))
    if not any(printed for printed, _ in scaled):
        printed = match["all"]
        if not printed:
            return None
        total = value_of(printed)
    return int(total) if total.denominator == 1 else None


_SCALES = {
    "oku": 100_000_000, "senman": 10_000_000, "hyakuman": 1_000_000, "man": 10_000,
    "sen": 1_000, "hyaku": 100, "rest": 1,
}  # fmt: skip


def _tax(text: str, at: Span) -> Tax:
    after = _TAX_AFTER.match(text, at[1])
    if after and not text[at[1] : after.start()].strip():
        return "incl" if after["incl"] else "excl"
    before = _TAX_BEFORE.search(text[max(0, at[0] - 12) : at[0]])
    if before:
        return "incl" if before["incl"] else "excl"
    overall = _TAX_ALL.search(text)
    if overall:
        return "incl" if overall["incl"] else "excl"
    return ""
