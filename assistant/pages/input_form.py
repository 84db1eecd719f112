"""A form drawn from a declaration: every input with its Japanese title, checked as it is typed.

Single values use the widgets of `fields`; choices, lists and records have theirs here. Under
each widget is a place for what is wrong with it.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.pages import choices, components, fields, saying

if TYPE_CHECKING:
    from calculators.inputs import InputSpec
    from calculators.provisions import Provision

_FLAGS = {True: "はい", False: "いいえ"}
#: optional inputs shown without a fold
_OPEN = 3


@dataclass(slots=True)
class Form:
    """What was entered, and the place under each widget."""

    values: dict[str, Any] = field(default_factory=dict)
    slots: dict[str, Any] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)

    def complain(self, name: str, message: str) -> None:
        """Say at the field `name` what is wrong; at the end of the form for an unknown name."""
        words = saying.message(message, self.titles)
        base = name.partition("[")[0].partition(".")[0]
        with self.slots.get(base) or st.container():
            components.problem(words)


def draw(
    specs: Iterable[InputSpec],
    given: Mapping[str, Any],
    key: str,
    provisions: tuple[Provision, ...] = (),
    *,
    first: frozenset[str] = frozenset(),
    fold: str = "任意の項目",
) -> Form:
    """The widgets of `specs`, filled from `given`; required ones and `first` before others,
    which are behind a fold called `fold`.

    `key` keeps the widgets of one rule and agreement apart from those of another.
    """
    listed = tuple(specs)
    form = Form(titles={spec.name: spec.title for spec in listed})
    leading = [s for s in listed if s.required or s.name in first]
    others = [s for s in listed if s not in leading]
    _columns(leading, given, key, provisions, form)
    folded = len(others) > _OPEN or not leading or any(s.name == "as_of" for s in others)
    if folded and others:
        known = any(given.get(spec.name) is not None for spec in others)
        with st.expander(fold, expanded=known or not leading, key=f"{key}-fold"):
            _columns(others, given, key, provisions, form)
    else:
        _columns(others, given, key, provisions, form)
    return form


def _columns(
    specs: list[InputSpec],
    given: Mapping[str, Any],
    key: str,
    provisions: tuple[Provision, ...],
    form: Form,
) -> None:
    """Two columns where there is room; lists and long titles take the whole width."""
    pair: list[InputSpec] = []
    for spec in specs:
        wide = spec.kind in ("list", "record") or len(spec.title) > 22
        if wide or len(pair) == 2:
            _row(pair, given, key, provisions, form)
            pair = []
        if wide:
            _place(spec, given, key, provisions, form)
        else:
            pair.append(spec)
    _row(pair, given, key, provisions, form)


def _row(
    pair: list[InputSpec],
    given: Mapping[str, Any],
    key: str,
    provisions: tuple[Provision, ...],
    form: Form,
) -> None:
    if not pair:
        return
    for column, spec in zip(st.columns(2), pair, strict=False):
        with column:
            _place(spec, given, key, provisions, form)


def _place(
    spec: InputSpec,
    given: Mapping[str, Any],
    key: str,
    provisions: tuple[Provision, ...],
    form: Form,
) -> None:
    value = one(spec, given.get(spec.name), f"{key}-{spec.name}", provisions)
    if value is not None:
        form.values[spec.name] = value
    form.slots[spec.name] = st.container()


def one(spec: InputSpec, value: Any, key: str, provisions: tuple[Provision, ...] = ()) -> Any:
    """The widget of one input, filled with `value`; returns what was entered, None for nothing."""
    options = choices.of(spec, provisions)
    if spec.kind in ("list", "record"):
        return _many(spec, value, key, options)
    if spec.kind == "flag":
        return _pick(spec, _FLAGS, value, key)
    if options:
        return _pick(spec, options, value, key)
    if spec.kind == "count":
        return _count(spec, value, key)
    if spec.kind == "instant":
        return _instant(spec, value, key)
    return fields.draw(spec, value, key)


def _label(spec: InputSpec) -> str:
    unit = f"（{spec.unit}）" if spec.unit else ""
    return components.plain(spec.title + unit)


def _count(spec: InputSpec, value: Any, key: str) -> int | None:
    given = value if type(value) is int and value >= 0 else None
    entered: int | None = st.number_input(
        _label(spec),
        min_value=0,
        value=given,
        step=1,
        key=key,
        help=choices.help_of(spec) or None,
    )
    return entered


def _pick(spec: InputSpec, options: Mapping[Any, str], value: Any, key: str) -> Any:
    """One of the choices; a typed title or alias that a link carries is kept as it is."""
    codes = list(options)
    found = next((c for c in codes if value is not None and value in (c, options[c])), None)
    return st.selectbox(
        _label(spec),
        codes,
        index=codes.index(found) if found is not None else None,
        format_func=lambda code: options[code],
        placeholder="選んでください",
        key=key,
        help=choices.help_of(spec) or None,
    )


def _instant(spec: InputSpec, value: Any, key: str) -> str | None:
    """A day and a clock time, which together make `YYYY-MM-DDTHH:MM`."""
    day_column, time_column = st.columns([3, 2])
    day = fields.as_date(value) if value else None
    clock = str(value)[11:16] if value and len(str(value)) >= 16 else ""
    with day_column:
        chosen = st.date_input(
            f"{spec.title}（日付）",
            value=day,
            min_value=date(1900, 1, 1),
            max_value=date(2199, 12, 31),
            format="YYYY-MM-DD",
            key=f"{key}-day",
        )
    with time_column:
        typed = st.text_input(
            f"{spec.title}（時刻）",
            value=clock,
            placeholder="例: 09:00",
            max_chars=5,
            key=f"{key}-clock",
        )
    if not isinstance(chosen, date) or not typed:
        return None
    return f"{chosen.isoformat()}T{typed.strip().zfill(5)}"


def _many(spec: InputSpec, value: Any, key: str, options: Mapping[str, str]) -> Any:
    if spec.rows:
        return _records(spec, value, key)
    given = _listed(value)
    if options:
        chosen = st.multiselect(
            _label(spec),
            list(options),
            default=[v for v in given if v in options],
            format_func=lambda code: options[code],
            placeholder="当てはまるものを選んでください",
            key=key,
        )
        return chosen or ([] if spec.required and not choices.is_listed(spec) else None)
    typed = st.text_input(
        _label(spec),
        value=", ".join(given),
        placeholder="例: 2027-05-03, 2027-05-04",
        max_chars=2_000,
        key=key,
        help="日付は 2027-05-03 の形で、カンマで区切ります。",
    )
    return [
        part.strip() for part in (typed or "").replace("、", ",").split(",") if part.strip()
    ] or None


def _listed(value: Any) -> list[str]:
    """The words of a list, or the names that a table of yes and no says yes to."""
    if isinstance(value, dict):
        return [str(name) for name, flag in value.items() if flag is True]
    return [v for v in value if isinstance(v, str)] if isinstance(value, list | tuple) else []


def _records(spec: InputSpec, value: Any, key: str) -> list[dict[str, Any]] | None:
    """A table to type rows into; empty rows are left out."""
    pd = _pandas()

    st.html(f'<div class="yk yk-muted">{escape(_heading(spec))}</div>')
    names = [row.name for row in spec.rows]
    given = [r for r in value if isinstance(r, dict)] if isinstance(value, list) else []
    frame = pd.DataFrame({name: _series(spec, name, given) for name in names})
    edited = st.data_editor(
        frame,
        num_rows="dynamic",
        hide_index=True,
        key=key,
        alt=spec.title,
        placeholder="",
        column_config={row.name: _column(row) for row in spec.rows},
    )
    rows = [_record(record) for record in edited.to_dict("records")]
    return [row for row in rows if row] or None


def _pandas() -> Any:
    """pandas, which the table editor needs, loaded where a table is shown."""
    return importlib.import_module("pandas")


def _heading(spec: InputSpec) -> str:
    need = "" if spec.required and not spec.unless else "（任意）"
    return f"{spec.title}{need}: 表の最後の行に入力すると行が増えます"


def _series(spec: InputSpec, name: str, given: list[dict[str, Any]]) -> Any:
    pd = _pandas()

    kind = next(row.kind for row in spec.rows if row.name == name)
    if kind == "date":
        days = [fields.as_date(row.get(name)) for row in given] or [None]
        return pd.Series(pd.to_datetime(days), dtype="datetime64[ns]")
    cells = [row.get(name) if type(row.get(name)) is int else None for row in given] or [None]
    return pd.Series(cells, dtype="Int64")


def _column(row: InputSpec) -> Any:
    label = f"{row.title}（{row.unit}）" if row.unit else row.title
    if row.kind == "date":
        return st.column_config.DateColumn(label, format="YYYY-MM-DD")
    return st.column_config.NumberColumn(label, step=1, min_value=0, format="%d")


def _record(cells: Mapping[Any, Any]) -> dict[str, Any]:
    pd = _pandas()

    kept = {str(k): v for k, v in cells.items() if not pd.isna(v)}
    return {k: v.date() if hasattr(v, "date") else int(v) for k, v in kept.items()}
