"""A calculation in one sentence: its own where it has one, else title and outputs in a row.

A deadline says on the day of asking how many days are left, or that it has passed; a day that
is early enough on every reading is not recommended once it is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant import wording
from assistant.findings import Calculated
from assistant.spoken import spoken

_FRACTION = re.compile(r"\d+/\d+")


def headline(row: Calculated) -> str:
    """「遅延損害金は721円です（遅延日数 33日）。」 from a calculation's result."""
    result = row.result or {}
    title = str(result.get("title") or row.title)
    if result.get("said"):
        return spoken(str(result["said"]))
    outputs = dict(result.get("outputs", {}))
    first = next(iter(outputs), "")
    head = value_text(outputs.pop(first, None), result, first)
    left = (result.get("days_left") or {}).get(first)
    if left is not None and left < 0:
        return f"{title}は{head}で、すでに過ぎています。{_still(outputs, result)}"
    if left == 0:
        return f"{title}は{head}で、今日までです。{_over(outputs, result)}"
    shown = [f"あと{left}日"] if left is not None else []
    shown += [text for text in _beside(outputs, result) if not text.endswith(f" {head}")]
    rest = f"（{wording.join(shown)}）" if shown else ""
    return f"{title}は{head}です{rest}。{_over(outputs, result)}"


def _beside(outputs: Mapping[str, Any], result: Mapping[str, Any]) -> Iterator[str]:
    """What is told beside the head: no tables, no yes or no, no day that has passed."""
    titles, left = result.get("output_titles", {}), result.get("days_left") or {}
    for name, value in outputs.items():
        plain = value is not None and not isinstance(value, bool | list | dict)
        if plain and not _FRACTION.fullmatch(str(value)) and left.get(name, 0) >= 0:
            yield f"{titles.get(name, name)} {value_text(value, result, name)}"


def _over(outputs: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    """The days beside an open deadline that have passed already."""
    titles, left = result.get("output_titles", {}), result.get("days_left") or {}
    return "".join(
        f"{titles.get(name, name)}（{value_text(value, result, name)}）はすでに過ぎています。"
        for name, value in outputs.items()
        if left.get(name, 0) < 0
    )


def _still(outputs: Mapping[str, Any], result: Mapping[str, Any]) -> str:
    """A more lenient deadline that is still open when the head has passed."""
    titles, left = result.get("output_titles", {}), result.get("days_left") or {}
    return "".join(
        f"{titles.get(name, name)}は{value_text(value, result, name)}です。"
        for name, value in outputs.items()
        if left.get(name, -1) >= 0
    )


def value_text(value: Any, result: Mapping[str, Any], name: str) -> str:
    """A value as a reader expects it: yen with separators, dates in Japanese, はい/いいえ."""
    words = (result.get("output_words") or {}).get(name, {})
    if isinstance(value, bool):
        return str(words.get(str(value).lower(), "はい" if value else "いいえ"))
    if value is None:
        return "なし"
    if isinstance(value, list):
        return wording.join(value_text(part, result, name) for part in value) or "なし"
    if isinstance(value, dict):
        return wording.join(
            f"{words.get(key, key)}: {value_text(part, result, name)}"
            for key, part in value.items()
        )
    unit = (result.get("output_units") or {}).get(name, "") or ""
    if isinstance(value, int):
        return wording.yen(value) if unit in ("円", "yen") else f"{value}{unit}"
    return str(words.get(str(value), spoken(str(value))))
