"""One input of a rule as one widget: what the declaration says is what the form asks for."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.pages import choices

if TYPE_CHECKING:
    from calculators.inputs import InputSpec

#: kinds that fit into one widget; lists and records belong to the calculation page
SIMPLE = frozenset({"yen", "date", "instant", "flag", "share", "count", "choice", "text"})
_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)
_FLAGS = {True: "はい", False: "いいえ"}


def draw(spec: InputSpec, value: Any, key: str) -> Any:
    """The widget of `spec`, filled with `value` (None: empty); returns what was entered.

    Dates come back as `date`, yen and counts as int, an instant as `YYYY-MM-DDTHH:MM` text.
    """
    label = spec.title + (f"（{spec.unit}）" if spec.unit else "")
    if spec.kind in ("yen", "count"):
        lowest = 0 if spec.kind == "yen" else 1
        given = value if isinstance(value, int) and not isinstance(value, bool) else None
        return st.number_input(
            label, min_value=lowest, value=given, step=1, key=key, help=spec.help or None
        )
    if spec.kind == "date":
        return _date(label, value, key, spec.help)
    if spec.kind == "flag":
        return _choice(label, (True, False), value, key, spec.help, _FLAGS.__getitem__)
    if spec.kind == "choice":
        names = choices.of(spec)
        return _choice(label, spec.choices, value, key, "", names.__getitem__)
    hint = "例: 2027-05-10T09:00" if spec.kind == "instant" else "例: 30%"
    entered = st.text_input(
        label,
        value="" if value is None else _plain(value),
        placeholder=hint if spec.kind in ("instant", "share") else None,
        max_chars=200,
        key=key,
        help=spec.help or None,
    )
    return (entered or "").strip() or None


def _date(label: str, value: Any, key: str, help_text: str) -> date | None:
    entered = st.date_input(
        label,
        value=as_date(value),
        min_value=_EARLIEST,
        max_value=_LATEST,
        format="YYYY-MM-DD",
        key=key,
        help=help_text or None,
    )
    return entered if isinstance(entered, date) else None


def _choice(label: str, options: Any, value: Any, key: str, help_text: str, show: Any) -> Any:
    return st.selectbox(
        label,
        options,
        index=options.index(value) if value in options else None,
        format_func=show,
        placeholder="選んでください",
        key=key,
        help=help_text or None,
    )


def as_date(value: Any) -> date | None:
    """A date from a date or ISO text; None where it is neither.

    >>> as_date("2026-07-01"), as_date("七月")
    (datetime.date(2026, 7, 1), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _plain(value: Any) -> str:
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
