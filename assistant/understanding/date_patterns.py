"""The table of date patterns: name, pattern, and how a match becomes a date.

A row is data; a reader is a pure function of the match and the scene (today, the dates around
it). Earlier rows win where two overlap.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.understanding import distances, named_days
from assistant.understanding.anchors import told_from_a_deadline
from assistant.understanding.calendar import make, month_end, safely, shift
from assistant.understanding.numerals import SMALL, whole
from assistant.understanding.scene import ERAS, YEARS, Read, Reader, Scene, any_of, year_of

_MONTHS = {
    "先々月": -2, "先先月": -2, "先月": -1, "前月": -1, "今月": 0, "当月": 0, "本月": 0,
    "来月": 1, "らいげつ": 1, "こんげつ": 0, "せんげつ": -1, "再来月": 2, "さらいげつ": 2,
}  # fmt: skip
_DAYS = {
    "一昨日": -2, "おととい": -2, "昨日": -1, "きのう": -1, "今日": 0, "きょう": 0, "本日": 0,
    "明日": 1, "あした": 1, "あす": 1, "明後日": 2, "あさって": 2,
}  # fmt: skip
_WEEKS = {"先々週": -2, "先週": -1, "今週": 0, "来週": 1, "再来週": 2}
_WEEKDAYS = "月火水木金土日"


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
    return _within(match, ERAS[match["era"]] + number, whole(match["m"]), False)


def _yearless(match: re.Match[str], scene: Scene) -> Read:
    groups = match.groupdict()
    month = whole(match["m"])
    if not 1 <= month <= 12:
        return (None, "day", True)
    day = whole(match["d"]) if groups.get("d") else 28 if groups.get("end") else 1
    for known in scene.known:
        if (known.month, known.day) == (month, day) and groups.get("d"):
            return (known, "day", True)
    chosen = year_of(month, day, scene)
    return (None, "day", True) if chosen is None else _within(match, chosen.year, month, True)


def _year_word(match: re.Match[str], scene: Scene) -> Read:
    return _within(match, scene.today.year + YEARS[match["yw"]], whole(match["m"]), True)


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


_NEXT = {"同日": 0, "同じ日": 0, "当日": 0, "翌日": 1, "翌朝": 1, "翌々日": 2}


def _next_day(match: re.Match[str], scene: Scene) -> Read:
    """A day told from the date before it; 「期日の翌日」 is told from a deadline and none of its own."""
    if told_from_a_deadline(match.string[: match.start()]):
        return (None, "day", True)
    if scene.previous is None and match["nd"] in ("当日", "同じ日"):
        return (None, "day", True)
    return (safely(scene.previous or scene.today, _NEXT[match["nd"]]), "day", True)


def _weekday(match: re.Match[str], scene: Scene) -> Read:
    monday = scene.today - timedelta(days=scene.today.weekday())
    offset = 7 * _WEEKS[match["ww"]] + _WEEKDAYS.index(match["wd"])
    return (safely(monday, offset), "day", True)


def _next_weekday(match: re.Match[str], scene: Scene) -> Read:
    base = scene.previous or scene.today
    return (safely(base, (_WEEKDAYS.index(match["wd"]) - base.weekday() - 1) % 7 + 1), "day", True)


def _next_in_list(match: re.Match[str], scene: Scene) -> Read:
    """「12月28日と29日」: a day of the month before it."""
    return _same_month(match, scene) if scene.previous else (None, "day", True)


def _same_month(match: re.Match[str], scene: Scene) -> Read:
    base = scene.previous or scene.today
    return _within(match, base.year, base.month, True)


_Y = r"(?P<y>(?:19|20)\d{2}|二〇[〇一二三四五六七八九]{2})"
_M = rf"(?P<m>{SMALL})"
_MD = r"(?P<m>1[0-2]|0?[1-9])"
_DD = r"(?P<d>3[01]|[12]\d|0?[1-9])"

#: the table: name, pattern, reader; earlier rows win where two overlap
PATTERNS: tuple[tuple[str, re.Pattern[str], Reader], ...] = (
    *named_days.PATTERNS,
    *distances.FROM_TODAY,
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
        re.compile(rf"(?P<yw>{any_of(YEARS)})\s*の?\s*{_MD}/{_DD}(?![\d/])"),
        _year_word,
    ),
    (
        "年ことば",
        re.compile(rf"(?P<yw>{any_of(YEARS)})\s*の?\s*{_M}\s*[月/]\s*(?:の?{_DAY})?"),
        _year_word,
    ),
    ("月ことば", re.compile(rf"(?P<mw>{any_of(_MONTHS)})\s*の?\s*{_DAY}"), _month_word),
    ("翌月", re.compile(rf"(?P<rel>翌々|翌|同)月\s*の?\s*{_DAY}?"), _next_month),
    (
        "月日",
        re.compile(rf"(?<![\d〇一二三四五六七八九十年/.]){_M}\s*月\s*の?\s*{_DAY}"),
        _yearless,
    ),
    ("斜線", re.compile(rf"(?<![\d/.]){_MD}/{_DD}(?![\d/%]|\s*[台人])"), _yearless),
    ("日ことば", re.compile(rf"(?P<dw>{any_of(_DAYS)})(?!中に限)"), _day_word),
    (
        "いま",
        re.compile(
            r"(?P<now>今すぐ|いますぐ|今から|いまから|現時点|今|いま)(?=で?(?:に|の|、)?\s*(?:通知|申し|言(?:え|っ|う)|連絡|届|解約|払|支払|入金|やめ|辞め|書面を出))"
        ),
        _now,
    ),
    ("同日翌日", re.compile(rf"(?P<nd>{any_of(_NEXT)})"), _next_day),
    (
        "週ことば",
        re.compile(rf"(?P<ww>{any_of(_WEEKS)})\s*の?\s*(?P<wd>[{_WEEKDAYS}])曜日?"),
        _weekday,
    ),
    (
        "曜日だけ",
        re.compile(rf"(?<=[、。にのて ])(?P<wd>[{_WEEKDAYS}])曜日?(?=に|の|まで)"),
        _next_weekday,
    ),
    *distances.PATTERNS,
    (
        "月だけ",
        re.compile(rf"(?<![\d〇一二三四五六七八九十年/.かカヶヵケ箇]){_MD}月(?!間|額|々)"),
        _yearless,
    ),
    ("月ことばだけ", re.compile(rf"(?P<mw>{any_of(_MONTHS)})"), _month_word),
    (
        "日だけ",
        re.compile(
            r"(?:(?<=から)|(?<=~)|(?<=-)|(?<=まで、)|(?<=、))(?P<d>[12]\d|3[01]|[1-9])日(?=まで|に|付|分|の)(?!間)"
        ),
        _same_month,
    ),
    (
        "日の列",
        re.compile(r"(?<=日[と、・や])(?P<d>[12]\d|3[01]|[1-9])日(?!間|後|前|以内|分|遅|目)"),
        _next_in_list,
    ),
)
