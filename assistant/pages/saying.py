"""Values of a calculation in Japanese words: codes, columns, dates, fractions, amounts.

Pure: from a result's data to what a reader sees; a rule's `output_words` name its codes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.wording import jdate

_MONTH = re.compile(r"(\d{4})-(\d\d)")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d)?")
_FRACTION = re.compile(r"(\d+)/(\d+)")
_NONE = "なし"


def say(value: Any, unit: str = "", words: Mapping[str, str] | None = None) -> str:
    """One value as a reader expects it.

    >>> say(1200000, "円"), say("2027-02-28"), say("late", words={"late": "間に合いません"})
    ('1,200,000円', '2027年2月28日', '間に合いません')
    >>> say("11/2", "か月"), say("2027-02"), say([], "")
    ('11/2か月（約5.5か月）', '2027年2月', 'なし')
    """
    names = words or {}
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if value is None:
        return _NONE
    if isinstance(value, int):
        return f"{value:,}{unit}"
    if isinstance(value, Mapping):
        parts = (f"{say(key, '', names)} {say(part, unit, names)}" for key, part in value.items())
        return "、".join(parts) or _NONE
    if isinstance(value, list | tuple):
        return "、".join(say(part, unit, names) for part in value) or _NONE
    return _text(str(value), unit, names)


def _text(text: str, unit: str, names: Mapping[str, str]) -> str:
    if text in names:
        return names[text]
    if match := _FRACTION.fullmatch(text):
        near = f"{int(match[1]) / int(match[2]):.2f}".rstrip("0").rstrip(".")
        return f"{text}{unit}（約{near}{unit}）"
    if match := _MONTH.fullmatch(text):
        return f"{match[1]}年{int(match[2])}月"
    if match := _INSTANT.fullmatch(text):
        return f"{jdate(match[1])} {match[2]}"
    return jdate(text)


def all_words(result: Mapping[str, Any]) -> dict[str, str]:
    """Every code of a result with its words."""
    named = (result.get("output_words") or {}).values()
    return {code: text for words in named for code, text in words.items()}


def is_table(value: Any) -> bool:
    """Whether an output is a list of records."""
    return isinstance(value, list) and bool(value) and all(isinstance(r, Mapping) for r in value)


def table(
    rows: Sequence[Mapping[str, Any]], words: Mapping[str, str]
) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of a list of records, columns that no row fills left out."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    kept = [name for name in columns if any(row.get(name) not in (None, "") for row in rows)]
    cells = [[_cell(row.get(name), words) for name in kept] for row in rows]
    return [words.get(name, name) for name in kept], cells


def _cell(value: Any, words: Mapping[str, str]) -> str:
    return "" if value in (None, "") else say(value, "", words)


def message(text: str, titles: Mapping[str, str]) -> str:
    """A refusal without the inputs' code names.

    >>> message("支払日（paid_date）の値 x は使えません。", {"paid_date": "支払日"})
    '支払日の値 x は使えません。'
    """
    for name, title in titles.items():
        text = text.replace(f"（{name}）", "").replace(f"の {name} ", f"の{title}")
    return re.sub(r"（[a-z_]+(?:[\[.][a-z_0-9\].]*)?）", "", text)
