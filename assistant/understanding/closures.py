"""The customer's own days off, where the question says them: 水曜定休, 土日も営業, 年中無休."""

from __future__ import annotations

import re
from datetime import date, timedelta

#: how many days ahead are listed; two business days are always found within
HORIZON = 40
_WEEKDAYS = "月火水木金土日"
_CLOSED = re.compile(
    r"(?P<days>[月火水木金土日](?:曜日?)?(?:\s*[・と、,&]?\s*[月火水木金土日祝](?:曜日?)?)*)(?:・?祝日?)?(?:が|は|に)?\s*(?:定休|休み|休業|お休み|休日)"
)
_ALWAYS = re.compile(
    r"年中無休|毎日営業|土日(?:祝日?)?も(?:営業|稼働|やって)|休みな(?:し|く)営業|365日営業"
)
_HOLIDAYS = re.compile(r"祝")
_USUAL = {5, 6}


def closed_days(text: str, start: date) -> tuple[date, ...] | None:
    """Days off from `start` on as the text says, or None where the usual ones hold.

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


def _is_holiday(day: date) -> bool:
    import jpholiday

    return bool(jpholiday.is_holiday(day))
