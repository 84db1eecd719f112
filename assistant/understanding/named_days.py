"""Days that have a name: 大晦日, 元日, クリスマス, 年末, 年内, 年度末, with or without a year.

A year that was left out is completed as for other dates; the end of a fiscal year is 31 March.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.understanding.numerals import SMALL, whole
from assistant.understanding.scene import ERAS, YEARS, Read, Row, Scene, any_of, year_of

_DAYS = {
    "大晦日": (12, 31), "大みそか": (12, 31), "おおみそか": (12, 31), "元日": (1, 1), "元旦": (1, 1),
    "クリスマスイブ": (12, 24), "クリスマスイヴ": (12, 24), "クリスマス": (12, 25),
}  # fmt: skip
_NEAR = {"昨": -1, "去": -1, "今": 0, "本": 0, "来": 1, "再来": 2}
_ERA = rf"(?P<era>令和|平成|(?<![A-Za-z])[RH])\s*(?P<ey>元|{SMALL})\s*"
_YEAR = rf"(?:(?P<y>(?:19|20)\d{{2}})年\s*の?|{_ERA}年\s*の?|(?P<yw>{any_of(YEARS)})\s*の?)?"
#: the year that 年末 and 年度末 carry in themselves
_OWN_YEAR = (
    rf"(?:(?P<y>(?:19|20)\d{{2}})|{_ERA}|(?P<near>{any_of(_NEAR)})|(?P<yw>{any_of(YEARS)})の)?"
)
#: 年末年始 is a season, 年末調整 a matter of taxes
_NO_DAY = r"(?!年始|調整|商戦|進行|の?挨拶)"


def _told_year(match: re.Match[str], scene: Scene) -> int | None:
    groups = match.groupdict()
    if groups.get("y"):
        return whole(match["y"])
    if groups.get("era"):
        return ERAS[match["era"]] + (1 if match["ey"] == "元" else whole(match["ey"]))
    if groups.get("yw"):
        return scene.today.year + YEARS[match["yw"]]
    if groups.get("near"):
        return scene.today.year + _NEAR[match["near"]]
    return None


def _day(year: int, month: int, day: int, inferred: bool) -> Read:
    return (date(year, month, day) if 1 <= year <= 9999 else None, "day", inferred)


def _named(match: re.Match[str], scene: Scene) -> Read:
    month, day = _DAYS[match["name"]]
    year = _told_year(match, scene)
    if year is not None:
        return _day(year, month, day, False)
    return (year_of(month, day, scene), "day", True)


def _year_end(match: re.Match[str], scene: Scene) -> Read:
    year = _told_year(match, scene)
    return _day(scene.today.year if year is None else year, 12, 31, year is None)


def _fiscal_end(match: re.Match[str], scene: Scene) -> Read:
    """31 March after the fiscal year's April."""
    year = _told_year(match, scene)
    if year is not None and not match["near"] and not match["yw"]:
        return _day(year + 1, 3, 31, False)
    running = scene.today.year - (1 if scene.today.month < 4 else 0)
    offset = 0 if year is None else year - scene.today.year
    return _day(running + offset + 1, 3, 31, True)


PATTERNS: tuple[Row, ...] = (
    ("年度末", re.compile(rf"(?<!\d){_OWN_YEAR}年度\s*の?末"), _fiscal_end),
    (
        "年末",
        re.compile(
            rf"(?<![\d一二三四五六七八九十数何]){_OWN_YEAR}(?:年末{_NO_DAY}|年内(?=に|で|いっぱい|まで|を|の)|年いっぱい|年の瀬)"
        ),
        _year_end,
    ),
    ("名のある日", re.compile(rf"(?<!\d){_YEAR}(?P<name>{any_of(_DAYS)})"), _named),
)
