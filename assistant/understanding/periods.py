"""Lengths of time in a question: 半年, 1年半, 10か月, 3年契約, 14日, 24時間, and 回数."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.understanding.folding import Folded, Span
from assistant.understanding.numerals import SMALL, whole

Unit = Literal["年", "月", "日", "時間", "営業日", "回", "週"]

_MONTH = r"[かカヶヵケ箇]月"
_PATTERN = re.compile(
    rf"(?P<halfyear>半年)(?:間)?|(?P<halfmonth>半月)(?:間)?"
    rf"|(?<![\d.])(?:(?P<ey>{SMALL})\s*年|(?P<emo>{SMALL})\s*{_MONTH})(?:間)?と\s*(?P<ed>{SMALL})\s*日(?:間)?"
    rf"|(?<![\d.])(?P<y>{SMALL})\s*(?:[かカヶヵケ箇]年|年)\s*(?:間)?(?:と\s*)?(?:(?P<yhalf>半)|(?P<ym>{SMALL})\s*{_MONTH}(?:間)?)?"
    rf"|(?<![\d.])(?P<mo>{SMALL})\s*{_MONTH}(?P<mhalf>半)?(?:間)?"
    rf"|(?<![\d.])(?P<bd>{SMALL})\s*営業日(?:間)?"
    rf"|(?<![\d.])(?P<w>{SMALL})\s*週間"
    rf"|(?<![\d.])(?P<h>{SMALL})\s*時間"
    rf"|(?<![\d.])(?P<d>{SMALL})\s*日(?:間)?"
    rf"|(?<![\d.])(?P<n>{SMALL})\s*回"
)
_TERM_AFTER = re.compile(
    r"\s*(?:の|間の|で)?(?:契約|けいやく|プラン|縛り|しばり|もの|レンタル|コース|更新なし|リース)"
)
_TERM_BEFORE = re.compile(
    r"(?:契約期間|レンタル期間|契約年数|利用年数|期間|年数|契約)\s*(?:は|が|:|=|,)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time as typed; `months` is set for years and months, `term` for 3年契約.

    `days` are those on top of whole years or months (「1年と1日」).
    """

    count: int
    unit: Unit
    span: Span
    at: Span
    term: bool = False
    days: int = 0

    @property
    def months(self) -> int | None:
        """The length in whole months, or None for days and hours."""
        return self.count * 12 if self.unit == "年" else self.count if self.unit == "月" else None


def periods(folded: Folded, taken: Sequence[Span] = ()) -> tuple[Period, ...]:
    """Every length of time outside the spans already `taken` by dates.

    >>> from assistant.understanding.folding import fold
    >>> [(p.count, p.unit, p.term) for p in periods(fold("3年契約の1年半、10か月、14日、24時間"))]
    [(3, '年', True), (18, '月', False), (10, '月', False), (14, '日', False), (24, '時間', False)]
    """
    found = []
    for match in _PATTERN.finditer(folded.text):
        start, end = match.span()
        if any(start < e and s < end for s, e in taken):
            continue
        count, unit = _measure(match)
        days = whole(match["ed"]) if match["ed"] else 0
        term = _term(folded.text, match)
        found.append(Period(count, unit, folded.span(start, end), (start, end), term, days))
    return tuple(found)


def _measure(match: re.Match[str]) -> tuple[int, Unit]:
    if match["halfyear"]:
        return (6, "月")
    if match["halfmonth"]:
        return (15, "日")
    if match["ed"]:
        return (whole(match["ey"]), "年") if match["ey"] else (whole(match["emo"]), "月")
    if match["y"]:
        extra = 6 if match["yhalf"] else whole(match["ym"]) if match["ym"] else 0
        years = whole(match["y"])
        return (years * 12 + extra, "月") if extra else (years, "年")
    rest: tuple[tuple[str, Unit], ...] = (
        ("mo", "月"),
        ("bd", "営業日"),
        ("w", "週"),
        ("h", "時間"),
        ("d", "日"),
    )
    for group, unit in rest:
        if match[group]:
            return (whole(match[group]), unit)
    return (whole(match["n"]), "回")


def _term(text: str, match: re.Match[str]) -> bool:
    if not match["y"] or match["yhalf"] or match["ym"]:
        return False
    before = text[max(0, match.start() - 12) : match.start()]
    if text[match.end() : match.end() + 1] in ("前", "後"):
        return False
    return bool(_TERM_AFTER.match(text, match.end()) or _TERM_BEFORE.search(before))
