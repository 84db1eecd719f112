"""Dates in a question: a table of patterns, each match keeping its span and its pattern.

Christian and Japanese years, dates without a year (the nearest to the question's own dates, else
to today), and dates told from today (来月末, 半月後, 明日). A date that had to be completed says
so (`inferred`), and a month without a day says so (`grain`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
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
from assistant.understanding.clock import clock_after
from assistant.understanding.folding import Folded, Span
from assistant.understanding.numerals import SMALL, whole

Grain = Literal["day", "month", "year"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as typed; `at` is its span in the folded text, `span` in the original."""

    value: date
    span: Span
    at: Span
    pattern: str
    grain: Grain = "day"
    inferred: bool = False
    time: str = ""

    @property
    def instant(self) -> str:
        """ISO instant `YYYY-MM-DDTHH:MM`, or "" where no time of day was given."""
        return f"{self.value.isoformat()}T{self.time}" if self.time else ""


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


def _distance(match: re.Match[str], scene: Scene) -> Read:
    sign = -1 if match["dir"] in ("前", "まえ") else 1
    if match["half"]:
        return (safely(scene.today, sign * 15), "day", True)
    count = sign * whole(match["n"])
    unit = match["unit"]
    if unit in ("日", "週間"):
        return (safely(scene.today, count * (7 if unit == "週間" else 1)), "day", True)
    months = count * (12 if unit == "年" else 1)
    if abs(months) > 1200:
        return (None, "day", True)
    return (shift(scene.today, months), "day", True)


def _same_month(match: re.Match[str], scene: Scene) -> Read:
    base = scene.previous or scene.today
    return _within(match, base.year, base.month, True)


_Y = r"(?P<y>(?:19|20)\d{2}|二〇[〇一二三四五六七八九]{2})"
_M = rf"(?P<m>{SMALL})"
_MD = r"(?P<m>1[0-2]|0?[1-9])"
_DD = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_COUNTER = r"(?:日|週間|[かカヶヵケヶ箇]月間?|年)"
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

_ONGOING = re.compile(
    r"\s*(?:から|より)[^、。]{0,8}(?:契約|使|利用|借り|レンタル|始め|開始|導入)(?:して|って|し|り|め)?て?(?:い(?!く)|お|る)"
)
_DID = re.compile(
    r"^[^、。]{0,14}?(?:した(?![いくら])|しました|った(?!ら)|りました(?!ら)|いました(?!ら)|きました(?!ら)|れた(?!ら)|れました|めた(?!ら)|めました|んだ(?!ら)|して(?:い|お)|済|ってい|めて|(?:期限|期日)[^、。]{0,12}?(?:過ぎ|遅れ))"
)
_WISH = re.compile(r"^[^、。]{0,14}?(?:したい|めたい|りたい|えたい|たいと|たいです|たいの|を?希望)")
_WILL = re.compile(
    r"^[^、。]{0,14}?(?:し?たい|たく|予定|希望|つもり|する(?:と|なら|場合|には)|やめ(?:る|たい)|まで使|(?<!て)(?<!てい)(?<!てお)(?<!てしまい)ます(?!た)|(?:する|やめる|終わる|返す|払う)(?:$|[。?つ])|(?:し|っ|れ|め|んだ)たら(?:最短|いつ))"
)


def dates(folded: Folded, today: date) -> tuple[DateMention, ...]:
    """Every date of the question in order, years completed.

    >>> from assistant.understanding.folding import fold
    >>> today = date(2026, 12, 10)
    >>> [d.value.isoformat() for d in dates(fold("R9.1.29と1月30日、来月末、2027/2/1"), today)]
    ['2027-01-29', '2027-01-30', '2027-01-31', '2027-02-01']
    """
    raw = _matches(folded.text)
    fixed = _explicit(raw, Scene(today, None, None, ()))
    found: list[DateMention] = []
    for name, match, reader in raw:
        scene = _scene(folded.text, match, today, fixed, found)
        value, grain, inferred = reader(match, scene)
        if value is None:
            continue
        mention = DateMention(
            value, folded.span(*match.span()), match.span(), name, grain, inferred
        )
        found.append(_with_time(mention, folded))
    return tuple(found)


def _matches(text: str) -> list[tuple[str, re.Match[str], Reader]]:
    taken: list[Span] = []
    rows: list[tuple[str, re.Match[str], Reader]] = []
    for name, pattern, reader in PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            taken.append((start, end))
            rows.append((name, match, reader))
    return sorted(rows, key=lambda row: row[1].span())


def _explicit(
    rows: list[tuple[str, re.Match[str], Reader]], scene: Scene
) -> list[tuple[int, date]]:
    """Dates that carry their own year, with where they stand."""
    read = (
        (match.start(), reader(match, scene))
        for name, match, reader in rows
        if name[:2] in ("西暦", "和暦", "二桁")
    )
    return [(at, value) for at, (value, _, _) in read if value is not None]


def _scene(
    text: str,
    match: re.Match[str],
    today: date,
    fixed: list[tuple[int, date]],
    found: list[DateMention],
) -> Scene:
    before = [day for at, day in fixed if at < match.start()]
    anchor = before[-1] if before else None
    known = tuple(day for _, day in fixed) + tuple(d.value for d in found)
    tail = text[match.end() : match.end() + 24]
    lean = _lean(tail)
    return Scene(today, anchor, found[-1].value if found else None, known, lean)


def _lean(tail: str) -> int:
    """Whether the words after a date put it in the past (below 0) or ahead, and how surely."""
    if _ONGOING.match(tail):
        return -2
    if _WISH.match(tail):
        return 2
    return 1 if _WILL.match(tail) else -1 if _DID.match(tail) else 0


def _with_time(mention: DateMention, folded: Folded) -> DateMention:
    clock = clock_after(folded.text, mention.at[1])
    if clock is None:
        return mention
    time, end = clock
    at = (mention.at[0], end)
    return replace(mention, time=time, at=at, span=folded.span(*at))
