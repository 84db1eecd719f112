"""A contract's timeline as an iCalendar file (RFC 5545), one all-day event per date.

The same events give the same bytes: identifiers come from the content, and the time stamp is
the caller's (the day the version took effect if none is given), never the clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from calculators.result import Result

if TYPE_CHECKING:
    from icalendar import Event

#: how a kind of event is announced in its title
MARKS = {"deadline": "【期限】", "end": "【満了】", "possible": "【この日から】", "given": ""}


def to_ics(result: Result, *, name: str = "", stamp: datetime | None = None) -> bytes:
    """The events of a `contract_timeline` result as the bytes of an .ics file.

    `name` is shown as the calendar's name; `stamp` is when the file was made (UTC).
    """
    from icalendar import Calendar

    made = stamp or datetime.combine(result.version, time(), UTC)
    calendar = Calendar()
    calendar.add("prodid", "-//Yakkan//contract timeline//JA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name or f"{result.title}（{result.agreement}）")
    for event in _all_day(result, made):
        calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _all_day(result: Result, made: datetime) -> Iterable[Event]:
    from icalendar import Event

    for number, row in enumerate(result.outputs["events"]):
        event = Event()
        event.add("uid", _uid(result, number, row))
        event.add("dtstamp", made)
        event.add("dtstart", row["date"])
        event.add("summary", f"{MARKS.get(row['kind'], '')}{row['label']}")
        event.add("description", description(result, row))
        event.add("transp", "TRANSPARENT")
        yield event


def description(result: Result, row: Mapping[str, Any]) -> str:
    """The clause with its version, and the day that satisfies every reading."""
    lines = [f"条項: {row['clause']}（{result.version} 版）"] if row["clause"] else []
    safe: date | None = row.get("safe")
    if safe is not None:
        lines.append(f"どの読み方でもよい日: {safe}")
    return "\n".join(lines)


def _uid(result: Result, number: int, row: Mapping[str, Any]) -> str:
    text = f"{result.agreement}|{result.version}|{number}|{row['date']}|{row['label']}"
    return f"{hashlib.sha256(text.encode()).hexdigest()[:32]}@yakkan"
