"""The customer's own days off, where the question says so: 水曜定休, 年中無休, 12/29から1/3まで休業.

Days of the week and 年中無休 replace the usual calendar; days and ranges come on top of it. Words of
a closure whose days cannot be read (「お盆は休み」) are known as such, so that nothing is ignored.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.question import Dated, Question
from assistant.understanding.calendar import shift

#: how many days ahead are listed; two business days are always found within
HORIZON = 40
#: the longest range of days off that is believed
LONGEST = 62
#: a score of the role that counts as said
SAID = 5.0
_WEEKDAYS = "月火水木金土日"
_CLOSED = re.compile(
    r"(?P<days>[月火水木金土日](?:曜日?)?(?:\s*[・と、,&]?\s*[月火水木金土日祝](?:曜日?)?)*)(?:・?祝日?)?(?:とも(?:に)?|が|は|に|も)?\s*(?:定休|休み|休業|お休み|休日)"
)
_ALWAYS = re.compile(
    r"年中無休|毎日営業|土日(?:祝日?)?も(?:営業|稼働|やって)|休みな(?:し|く)営業|365日営業"
)
_HOLIDAYS = re.compile(r"祝")
_USUAL = {5, 6}
_OFF = r"(?:定休|休業|休館|休暇|お?休み|休日)"
#: a closure with its name, which says no days
_NAMED = re.compile(
    rf"(?:年末年始|正月|お盆|盆|夏季?|夏期|冬季?|冬期|GW|ゴールデンウィーク|シルバーウィーク|臨時|創立記念日?|会社|当社|弊社|うち)(?:の|は|が|も)?[^、。\d]{{0,6}}?{_OFF}"
    rf"|{_OFF}(?:日)?(?:が|を)(?:挟|はさ|含|あ(?:る|り)|入)|(?:連休|お盆|年末年始|正月)(?:が|を)(?:挟|はさ|含)"
)
#: a closure told of some day, and not asked about (「休業日は数えますか」)
_BARE = re.compile(
    rf"[^、。?\s]{{0,12}}?{_OFF}(?:日)?(?:です|でした|だ(?!と)|とな|にな|中|のため|なの|にし|\)|。|、|$)"
)
_TO = re.compile(r"\s*(?:\([^)]*\))?\s*(?:から|より|~|-|→)\s*")
_AND = re.compile(r"\s*(?:\([^)]*\))?\s*(?:と|や|、|・|,|及び|および|/)\s*")


@dataclass(frozen=True, slots=True)
class Closures:
    """What a question says of days off.

    `only` are all the closed days where the text replaces the usual calendar (else None), `more`
    the spans (first, last) on top of it; `unread` are words of a closure without readable days.
    """

    only: tuple[date, ...] | None = None
    more: tuple[tuple[date, date], ...] = ()
    unread: str = ""

    @property
    def days(self) -> tuple[date, ...]:
        """Every day of `more`."""
        return _days(self.more)


def closures(question: Question, start: date) -> Closures:
    """The days off that a question names, from `start` on."""
    only = closed_days(question.plain, start)
    more = _spans(question, start)
    if more or only is not None or _CLOSED.search(question.plain):
        return Closures(only, more)
    named = _NAMED.search(question.plain) or _BARE.search(question.plain)
    return Closures(only, more, named[0] if named else "")


def told_days(question: Question, start: date) -> tuple[date, ...]:
    """Every day of the ranges and lists of an answer that names nothing but days off."""
    return _days(
        tuple(span for group in _groups(question) for span in _span(question, group, start))
    )


def _days(spans: Sequence[tuple[date, date]]) -> tuple[date, ...]:
    return tuple(
        first + timedelta(days=n) for first, last in spans for n in range((last - first).days + 1)
    )


def closed_days(text: str, start: date) -> tuple[date, ...] | None:
    """Weekly days off from `start` on as the text says, or None where the usual ones hold.

    >>> closed_days("弊社は土日祝休み", date(2026, 9, 18)) is None
    True
    >>> closed_days("当社は水曜定休", date(2026, 9, 18))[0]
    datetime.date(2026, 9, 23)
    """
    if _ALWAYS.search(text):
        return ()
    match = _CLOSED.search(text)
    if match is None:
        return None
    names = re.sub(r"曜日?|祝日?", "", match["days"])
    closed = {_WEEKDAYS.index(c) for c in names if c in _WEEKDAYS}
    holidays = bool(_HOLIDAYS.search(match[0]))
    if closed == _USUAL:
        return None
    span = (start + timedelta(days=n) for n in range(HORIZON))
    return tuple(d for d in span if d.weekday() in closed or (holidays and _is_holiday(d)))


def _spans(question: Question, start: date) -> tuple[tuple[date, date], ...]:
    """Ranges and single days whose words say that they are days off."""
    return tuple(
        span
        for group in _groups(question)
        if any(d.roles.get("closed", 0.0) >= SAID for d in group)
        for span in _span(question, group, start)
    )


def _span(question: Question, group: Sequence[Dated], start: date) -> tuple[tuple[date, date], ...]:
    """A group of dates as one range (first, last), or as single days."""
    joined = question.plain[group[0].mention.at[1] : group[-1].mention.at[0]]
    if len(group) != 2 or not _TO.fullmatch(joined):
        return tuple((day, day) for day in (_onward(d.value, start) for d in group))
    first, last = _onward(group[0].value, start), group[1].value
    last = last if last >= first else shift(last, 12)
    return ((first, last),) if (last - first).days <= LONGEST else ()


def _onward(day: date, start: date) -> date:
    """A day off before the hand-over was meant a year later."""
    return day if day >= start else shift(day, 12)


def _groups(question: Question) -> list[list[Dated]]:
    """Dates that stand in one range or one list, in order."""
    groups: list[list[Dated]] = []
    days = [d for d in question.dates if d.mention.grain == "day"]
    for day in days:
        if groups and _joined(question.plain, groups[-1], day):
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups


def _joined(text: str, group: Sequence[Dated], day: Dated) -> bool:
    between = text[group[-1].mention.at[1] : day.mention.at[0]]
    if len(group) == 1 and _TO.fullmatch(between):
        return True
    return bool(_AND.fullmatch(between)) and "handed" not in _leading(group[-1])


def _leading(day: Dated) -> str:
    return max(day.roles, key=lambda role: day.roles[role], default="")


def _is_holiday(day: date) -> bool:
    import jpholiday

    return bool(jpholiday.is_holiday(day))
