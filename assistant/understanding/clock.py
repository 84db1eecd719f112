"""The time of day that stands right after a date: 13:00, 午後1時半, 9時, 正午."""

from __future__ import annotations

import re

_CLOCK = re.compile(
    r"\s*(?:の|、|,|\([月火水木金土日]\)|T)?\s*(?P<half>午前|午後|AM|PM|am|pm|朝の?|夜の?|夕方の?|深夜の?|昼の?)?\s*"
    r"(?:(?P<noon>正午|お昼ちょうど)|(?P<h>[01]?\d|2[0-4])(?:[::](?P<m>[0-5]\d)(?::\d\d)?|時(?!間)(?:(?P<m2>[0-5]?\d)分|(?P<hf>半))?)\s*(?P<pm>AM|PM|am|pm)?)"
)
_LATE = ("午後", "PM", "pm", "夜", "夕方")


def clock_after(text: str, position: int) -> tuple[str, int] | None:
    """Time `HH:MM` standing at `position` and where it ends, or None.

    >>> clock_after("5/10の午後1時半に", 4)
    ('13:30', 10)
    """
    match = _CLOCK.match(text, position)
    if match is None:
        return None
    if match["noon"]:
        return ("12:00", match.end())
    hour, minute = int(match["h"]), int(match["m"] or match["m2"] or (30 if match["hf"] else 0))
    half = (match["half"] or match["pm"] or "").rstrip("の")
    if half in _LATE and hour < 12:
        hour += 12
    return (f"{hour:02d}:{minute:02d}", match.end()) if hour < 24 else None
