"""The table of date patterns: name, pattern, and how a match becomes a date.

A row is data; a reader is a pure function of the match and the scene (today, the dates around
it). Earlier rows win where two overlap.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from assistant.understanding.calendar import (
    make,
    month_end,
    nearest_year,
    next_after,
    safely,
    shift,
)
from assistant.understanding.numerals import SMALL, whole

Grain = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a date without a year is read against."""

    today: date
    anchor: date | None
    previous: date | None
    known: tuple[date, ...]
    lean: int = 0


Read = tuple[date | None, Grain, bool]
Reader = Callable[[re.Match[str], Scene], Read]

_ERAS = {
    "令和": 2018,
    "令": 2018,
    "R": 2018,
    "r": 2018,
    "平成": 1988,
    "平": 1988,
    "H": 1988,
    "h": 1988,
}
_MONTHS = {
    "先々月": -2, "先先月": -2, "先月": -1, "前月": -1, "今月": 0, "当月": 0, "本月": 0,
    "来月": 1, "らいげつ": 1, "こんげつ": 0, "せんげつ": -1, "再来月": 2, "さらいげつ": 2,
}  # fmt: skip
_YEARS = {
    "一昨年": -2, "おととし": -2, "去年": -1, "昨年": -1, "今年": 0, "本年": 0, "ことし": 0,
    "来年": 1, "再来年": 2,
}  # fmt: skip
_DAYS = {
    "一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1, "今日": 0, "きょう": 0, "本日": 0,
    "当日": 0, "明日": 1, "あした": 1, "あす": 1, "明後日": 2, "あさって": 2,
}  # fmt: skip
_WEEKS = {"先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2}
_WEEKDAYS = "月火水木金土日"


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_DAY = rf"(?:(?P<d>{SMALL})日|(?P<end>末日?|月末|晦日|最終日|みそか|いっぱい)|(?P<first>初日|初め|はじめ|頭|あたま|一日付))"


def _within(match: re.Match[str], year: int, month: int, inferred: bool) -> Read:
    groups = match.groupdict()
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return (None, "day", inferred)
    if groups.get("end"):
        return (month_end(year, month), "day", inferred)
    if groups.get("first"):
        return (date(year, month, 1), "day", inferred)
    if groups.get("d"):
        return (make(year, month, whole(match["d"])), "day", inferred)
    return (date(year, month, 1), "month", inferred)


def _full(match: re.Match[str], scene: Scene) -> Read:
    return _within(match, whole(match["y"]), whole(match["m"]), False)


def _short(match: re.Match[str], scene: Scene) -> Read:
    return _within(match, 2000 + whole(match["y"]), whole(match["m"]), False)


def _era(match: re.Match[str], scene: Scene) -> Read:
    number = 1 if match["y"] == "元" else whole(match["y"])
    return _within(match, _ERAS[match["era"]] + number, whole(match["m"]), False)


def _yearless(match: re.Match[str], scene: Scene) -> Read:
    groups = match.groupdict()
    month = whole(match["m"])
    if not 1 <= month <= 12:
        return (None, "day", True)
    day = whole(match["d"]) if groups.get("d") else 28 if groups.get("end") else 1
    for known in scene.known:
        if (known.month, known.day) == (month, day) and groups.get("d"):
            return (known, "day", True)
    chosen = _year_of(month, day, scene)
    return (None, "day", True) if chosen is None else _within(match, chosen.year, month, True)


def _year_of(month: int, day: int, scene: Scene) -> date | None:
    """After a told past the next such day; around a future date the nearest; else near today."""
    anchor = scene.anchor
    if anchor is not None and anchor > scene.today:
        return nearest_year(month, day, anchor)
    if anchor is not None and scene.lean < 0:
        after = next_after(month, day, anchor)
        if after is not None and after <= scene.today:
            return after
    return nearest_year(month, day, scene.today, scene.lean)


def _year_word(match: re.Match[str], scene: Scene) -> Read:
    return _within(match, scene.today.year + _YEARS[match["yw"]], whole(match["m"]), True)


def _month_word(match: re.Match[str], scene: Scene) -> Read:
    start = shift(scene.today.replace(day=1), _MONTHS[match["mw"]])
    return _within(match, start.year, start.month, True)


def _next_month(match: re.Match[str], scene: Scene) -> Read:
    base = scene.previous or scene.today
    start = shift(base.replace(day=1), {"翌": 1, "翌々": 2, "同": 0}[match["rel"]])
    return _within(match, start.year, start.month, True)


def _day_word(match: re.Match[str], scene: Scene) -> Read:
    return (safely(scene.today, _DAYS[match["dw"]]), "day", True)


def _now(match: re.Match[str], scene: Scene) -> Read:
    return (scene.today, "day", True)


def _next_day(match: re.Match[str], scene: Scene) -> Read:
    base = scene.previous or scene.today
    return (safely(base, {"同日": 0, "翌日": 1, "翌朝": 1, "翌々日": 2}[match["nd"]]), "day", True)


def _weekday(match: re.Match[str], scene: Scene) -> Read:
    monday = scene.today - timedelta(days=scene.today.weekday())
    offset = 7 * _WEEKS[match["ww"]] + _WEEKDAYS.index(match["wd"])
    return (safely(monday, offset), "day", True)


def _next_weekday(match: re.Match[str], scene: Scene) -> Read:
    base = scene.previous or scene.today
    return (safely(base, (_WEEKDAYS.index(match["wd"]) - base.weekday() - 1) % 7 + 1), "day", True)


#: words before 「N日後」 that count it from the date before, not from today
_FROM_THERE = re.compile(r"(?:その|それから|そこから|から|より|の|過ぎて|経って)\s*$")


def _distance(match: re.Match[str], scene: Scene) -> Read:
    sign = -1 if match["dir"] in ("前", "まえ") else 1
    base = _counted_from(match, scene) if sign > 0 else scene.today
    if match["half"]:
        return (safely(base, sign * 15), "day", True)
    count = sign * whole(match["n"])
    unit = match["unit"]
    if unit in ("日", "週間"):
        return (safely(base, count * (7 if unit == "週間" else 1)), "day", True)
    months = count * (12 if unit == "年" else 1)
    if abs(months) > 1200:
        return (None, "day", True)
    return (shift(base, months), "day", True)


def _counted_from(match: re.Match[str], scene: Scene) -> date:
    """The date before where 「その2週間後」 says so, or where what came after it is past."""
    if scene.previous is None:
        return scene.today
    told = bool(_FROM_THERE.search(match.string[: match.start()]))
    return scene.previous if told or scene.lean < 0 else scene.today


def _same_month(match: re.Match[str], scene: Scene) -> Read:
    base = scene.previous or scene.today
    return _within(match, base.year, base.month, True)


_Y = r"(?P<y>(?:19|20)\d{2}|二〇[〇一二三四五六七八九]{2})"
_M = rf"(?P<m>{SMALL})"
_MD = r"(?P<m>1[0-2]|0?[1-9])"
_DD = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_PAST = r"(?=\s*(?:に|から|より|[、,]|の)?\s*(?:契約|申し?込|開始|始め|使い|支払|払|入金|返却|返し|届い|壊|受け取|納品|導入|解約|引き?渡|加入|開通))"
_FUTURE = r"(?=\s*(?:に|で|には|くらい|頃|の)?\s*(?:解約|やめ|辞め|止め|終了|終わ|変更|ダウン|解除|退会|撤退|返却|支払|払))"

#: the table: name, pattern, reader; earlier rows win where two overlap
PATTERNS: tuple[tuple[str, re.Pattern[str], Reader], ...] = (
    (
        "西暦日",
        re.compile(
            rf"(?<!\d){_Y}\s*[-/.年]\s*{_M}\s*[-/.月]\s*(?P<d>{SMALL})(?:日|(?![\d/年月円万]))"
        ),
        _full,
    ),
    ("西暦月末", re.compile(rf"(?<!\d){_Y}\s*[年/.-]\s*{_M}\s*月?\s*の?{_DAY}"), _full),
    (
        "西暦八桁",
        re.compile(r"(?<!\d)(?P<y>20\d{2})(?P<m>0[1-9]|1[0-2])(?P<d>[0-2]\d|3[01])(?!\d)"),
        _full,
    ),
    (
        "和暦日",
        re.compile(
            rf"(?P<era>令和|平成|[令平]|(?<![A-Za-z])[RHrh])\s*(?P<y>元|{SMALL})\s*[年./-]\s*{_M}\s*[月./-]\s*(?P<d>{SMALL})(?:日|(?!\d))"
        ),
        _era,
    ),
    (
        "和暦月末",
        re.compile(
            rf"(?P<era>令和|平成|(?<![A-Za-z])[RHrh])\s*(?P<y>元|{SMALL})\s*年\s*{_M}\s*月\s*の?{_DAY}"
        ),
        _era,
    ),
    (
        "和暦月",
        re.compile(
            rf"(?P<era>令和|平成|(?<![A-Za-z])[RHrh])\s*(?P<y>元|{SMALL})\s*年\s*{_M}\s*月(?!間)"
        ),
        _era,
    ),
    (
        "二桁年",
        re.compile(rf"(?<![\d/])(?P<y>2\d|3\d)[/.](?P<m>1[0-2]|0?[1-9])[/.]{_DD}(?![\d/])"),
        _short,
    ),
    (
        "西暦月",
        re.compile(rf"(?<!\d){_Y}\s*[年/]\s*(?P<m>1[0-2]|0?[1-9])\s*(?:月(?!間)|(?![\d/月]))"),
        _full,
    ),
    (
        "年ことば斜線",
        re.compile(rf"(?P<yw>{_any(_YEARS)})\s*の?\s*{_MD}/{_DD}(?![\d/])"),
        _year_word,
    ),
    (
        "年ことば",
        re.compile(rf"(?P<yw>{_any(_YEARS)})\s*の?\s*{_M}\s*[月/]\s*(?:の?{_DAY})?"),
        _year_word,
    ),
    ("月ことば", re.compile(rf"(?P<mw>{_any(_MONTHS)})\s*の?\s*{_DAY}"), _month_word),
    ("翌月", re.compile(rf"(?P<rel>翌々|翌|同)月\s*の?\s*{_DAY}?"), _next_month),
    (
        "月日",
        re.compile(rf"(?<![\d〇一二三四五六七八九十年/.]){_M}\s*月\s*の?\s*{_DAY}"),
        _yearless,
    ),
    ("斜線", re.compile(rf"(?<![\d/.]){_MD}/{_DD}(?![\d/%]|\s*[台人])"), _yearless),
    ("日ことば", re.compile(rf"(?P<dw>{_any(_DAYS)})(?!中に限)"), _day_word),
    (
        "いま",
        re.compile(
            r"(?P<now>今すぐ|いますぐ|今から|いまから|現時点|今|いま)(?=で?(?:に|の|、)?\s*(?:通知|申し|言(?:え|っ|う)|連絡|届|解約|払|支払|入金|やめ|辞め|書面を出))"
        ),
        _now,
    ),
    ("同日翌日", re.compile(r"(?P<nd>同日|翌々日|翌日|翌朝)"), _next_day),
    (
        "週ことば",
        re.compile(rf"(?P<ww>{_any(_WEEKS)})\s*の?\s*(?P<wd>[{_WEEKDAYS}])曜日?"),
        _weekday,
    ),
    (
        "曜日だけ",
        re.compile(rf"(?<=[、。にのて ])(?P<wd>[{_WEEKDAYS}])曜日?(?=に|の|まで)"),
        _next_weekday,
    ),
    (
        "隔たり前",
        re.compile(
            rf"(?<!の)(?<!\d)(?:(?P<half>半月)|(?P<n>{SMALL})\s*(?P<unit>日|週間|年))\s*(?:ほど|くらい|ぐらい)?(?P<dir>前|まえ){_PAST}"
        ),
        _distance,
    ),
    (
        "隔たり後",
        re.compile(
            rf"(?:(?P<half>半月)|(?<![\d.])(?P<n>{SMALL})\s*(?P<unit>日|週間|年))\s*(?P<dir>後|あと){_FUTURE}"
        ),
        _distance,
    ),
    (
        "隔たり月前",
        re.compile(
            rf"(?<!の)(?<!\d)(?P<half>(?!))?(?P<n>{SMALL})\s*(?P<unit>[かカヶヵケ箇]月)\s*(?:ほど|くらい|ぐらい)?(?P<dir>前|まえ){_PAST}"
        ),
        _distance,
    ),
    (
        "隔たり月後",
        re.compile(
            rf"(?P<half>(?!))?(?<![\d.])(?P<n>{SMALL})\s*(?P<unit>[かカヶヵケ箇]月)\s*(?P<dir>後|あと){_FUTURE}"
        ),
        _distance,
    ),
    (
        "月だけ",
        re.compile(rf"(?<![\d〇一二三四五六七八九十年/.かカヶヵケ箇]){_MD}月(?!間|額|々)"),
        _yearless,
    ),
    ("月ことばだけ", re.compile(rf"(?P<mw>{_any(_MONTHS)})"), _month_word),
    (
        "日だけ",
        re.compile(
            r"(?:(?<=から)|(?<=~)|(?<=-)|(?<=まで、)|(?<=、))(?P<d>[12]\d|3[01]|[1-9])日(?=まで|に|付|分|の)(?!間)"
        ),
        _same_month,
    ),
)
