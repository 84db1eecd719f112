"""Dates in a question: a table of patterns, each match keeping its span and its pattern.

Christian and Japanese years, dates without a year (the nearest to the question's own dates, else
to today), and dates told from today (来月末, 半月後, 明日). A date that had to be completed says
so (`inferred`), and a month without a day says so (`grain`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.understanding.clock import clock_after
from assistant.understanding.date_patterns import PATTERNS
from assistant.understanding.folding import Folded, Span
from assistant.understanding.numerals import whole
from assistant.understanding.scene import Grain, Reader, Scene


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


_ONGOING = re.compile(
    r"\s*(?:から|より)[^、。]{0,8}(?:(?:契約|利用|レンタル|開始|導入|提供)(?:して|され|中|し(?:た|まし))|使って|借りて|始めて|お世話)"
)
_DID = re.compile(
    r"^[^、。]{0,14}?(?:した(?![いくら])|しました|った(?!ら)|りました(?!ら)|いました(?!ら)|きました(?!ら)|れた(?!ら)|れました|めた(?!ら)|めました|んだ(?!ら)|して(?:い|お)|済|ってい|めて|(?:期限|期日)[^、。]{0,12}?(?:過ぎ|遅れ))"
)
_WISH = re.compile(
    r"^[^、。]{0,14}?(?:したい|めたい|りたい|えたい|たいと|たく(?!な)|たいです|たいの|を?希望)"
)
_WILL = re.compile(
    r"^[^、。]{0,14}?(?:し?たい|たく|予定|希望|つもり|する(?:と|なら|場合|には)|やめ(?:る|たい)|まで使|(?<!て)(?<!てい)(?<!てお)(?<!てしまい)ます(?!た)|(?:する|やめる|終わる|返す|払う)(?:$|[。?つ])|(?:し|っ|れ|め|んだ)たら(?:最短|いつ))"
)


#: a year that the text is about and that no date carries: 「2028年はうるう年ですが」
_TOPIC_YEAR = re.compile(r"(?<!\d)(?P<y>20\d{2})年(?:は|が|の場合|だと|のとき|の?うるう年)")
#: a text that speaks of leap years means their day
_LEAP = re.compile(r"うるう|閏")
#: what may stand between 今日 and the same day in figures
_APPOSITION = re.compile(r"\s*[(、の]?\s*")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The dates of a question, and the spans of those that no calendar has (2月30日)."""

    mentions: tuple[DateMention, ...]
    impossible: tuple[Span, ...] = ()


def dates(folded: Folded, today: date) -> tuple[DateMention, ...]:
    """Every date of the question in order, years completed.

    >>> from assistant.understanding.folding import fold
    >>> today = date(2026, 12, 10)
    >>> [d.value.isoformat() for d in dates(fold("R9.1.29と1月30日、来月末、2027/2/1"), today)]
    ['2027-01-29', '2027-01-30', '2027-01-31', '2027-02-01']
    """
    return read_dates(folded, today).mentions


def read_dates(folded: Folded, today: date) -> Calendar:
    """The dates of the question, and those in the folded text that do not exist.

    >>> from assistant.understanding.folding import fold
    >>> read_dates(fold("2月30日に払う"), date(2026, 12, 10)).impossible
    ((0, 5),)
    """
    raw = _matches(folded.text)
    fixed = _explicit(raw, Scene(today, None, None, ()))
    year = None if fixed else _topic_year(folded.text)
    found: list[DateMention] = []
    impossible: list[Span] = []
    for name, match, reader in raw:
        scene = replace(_scene(folded.text, match, today, fixed, found), year=year)
        value, grain, inferred = reader(match, scene)
        if value is None:
            if _names_a_day(match):
                impossible.append(match.span())
            continue
        mention = DateMention(
            value, folded.span(*match.span()), match.span(), name, grain, inferred
        )
        found.append(_with_time(mention, folded))
    return Calendar(tuple(_without_doubles(found, folded.text)), tuple(impossible))


def _topic_year(text: str) -> int | None:
    years = {int(match["y"]) for match in _TOPIC_YEAR.finditer(text)}
    return years.pop() if len(years) == 1 else None


def _names_a_day(match: re.Match[str]) -> bool:
    """Whether a match that is no date names the month and day of one."""
    groups = match.groupdict()
    month, day = groups.get("m"), groups.get("d")
    if month and day and (whole(month), whole(day)) == (2, 29) and _LEAP.search(match.string):
        return False
    sum_before = match.string[max(0, match.start() - 1) : match.start()] in tuple("×*÷/-")
    if not month or not day or sum_before:
        return False
    as_date = groups.get("y") or re.search(r"月.*日", match[0])
    most_months, most_days = (99, 99) if as_date else (12, 31)
    return 1 <= whole(month) <= most_months and whole(day) <= most_days


def _without_doubles(found: list[DateMention], text: str) -> Iterator[DateMention]:
    """「今日11/26」 is one date."""
    for index, mention in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if (
            following is not None
            and mention.pattern == "日ことば"
            and mention.value == following.value
            and _APPOSITION.fullmatch(text[mention.at[1] : following.at[0]])
        ):
            continue
        yield mention


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
