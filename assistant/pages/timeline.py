"""契約タイムライン: the facts of one contract in, its dates out, as a chart, a list and a calendar."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY
from assistant.pages import (
    blocks,
    calculate,
    calculation_links,
    calculation_result,
    components,
    input_form,
    markup,
    state,
    timeline_chart,
    timeline_rows,
)
from calculators import registry
from calculators.errors import CalculationError, MissingInput

if TYPE_CHECKING:
    from calculators.inputs import InputSpec
    from calculators.provisions import Provision
    from calculators.result import Result

RULE = "contract_timeline"
_AGREEMENT, _GIVEN = "time-agreement", "time-given"
#: asked first; the other facts are folded
_FIRST = frozenset({"start_date", "term_years", "desired_end", "notice_date"})


def render() -> None:
    """Draw the page."""
    access.require(state.audience(), EVERYBODY)
    st.title("契約タイムライン", anchor=False)
    blocks.muted(
        "わかっている事実を入れると、規約から決まる日付を順に並べます。一つだけでも調べられます。"
    )
    _from_link()
    agreement = _agreement()
    try:
        ready = calculate.calculator().prepare(RULE, agreement)
    except CalculationError as error:
        components.problem(str(error))
        return
    form = _form(agreement, ready.basis.provisions)
    try:
        result = calculate.calculator().calculate(RULE, agreement, form.values)
    except MissingInput:
        blocks.muted("日付を一つ入れると、タイムラインを表示します。")
        return
    except CalculationError as error:
        form.complain(error.field, error.message)
        return
    _show(result, form)


def _from_link() -> None:
    raw = {name: str(text) for name, text in st.query_params.to_dict().items()}
    if st.session_state.get("time-link", {}) == raw:
        return
    st.session_state["time-link"] = raw
    carried = calculation_links.read(raw, registry.rule(RULE).specs())
    for problem in carried.problems:
        components.problem(problem)
    if raw:
        st.session_state[_AGREEMENT] = raw.get("agreement", "")
        st.session_state[_GIVEN] = carried.values
        st.session_state["time-times"] = int(st.session_state.get("time-times", 0)) + 1


def _agreement() -> str:
    library = state.library()
    having = registry.agreements(RULE, library) or library.ids
    if st.session_state.get(_AGREEMENT) not in having:
        st.session_state[_AGREEMENT] = having[0]
    chosen = st.pills(
        "規約",
        having,
        format_func=lambda id: library.agreement(id).short,
        key=_AGREEMENT,
        required=True,
    )
    return str(chosen)


def _form(agreement: str, provisions: tuple[Provision, ...]) -> input_form.Form:
    """The facts; what one agreement was given is kept for the others."""
    given = st.session_state.setdefault(_GIVEN, {})
    key = f"time-{st.session_state.get('time-times', 0)}-{agreement}"
    begun = st.session_state.setdefault(f"{key}-begun", dict(given))
    specs: tuple[InputSpec, ...] = calculate.calculator().specs(RULE, agreement)
    form = input_form.draw(specs, begun, key, provisions, first=_FIRST, fold="ほかの事実")
    st.session_state[_GIVEN] = dict(form.values)
    return form


def _show(result: Result, form: input_form.Form) -> None:
    events = timeline_rows.events(result)
    safe = [event for event in events if event.safe is not None]
    if safe:
        _safe(safe)
    st.altair_chart(
        timeline_chart.chart(events),
        width="stretch",
        alt="契約の日付を時間の順に並べた図。同じ日付が下の表にあります。",
    )
    st.html(timeline_rows.STYLE)
    st.html(timeline_rows.table(events))
    for warning in result.warnings:
        blocks.put(markup.block(escape(warning), "yk-warning"))
    _take_away(result, events, form)
    data: dict[str, Any] = result.to_dict()
    with st.expander(f"根拠の条文と前提（条文{len(data['citations'])}件）"):
        blocks.put(markup.bullets("前提にしたこと", timeline_rows.assumptions(result)))
        for number, citation in enumerate(calculation_result.citations(data, state.library())):
            components.clause(citation, f"time-{number}")


def _safe(events: list[timeline_rows.Event]) -> None:
    """The last days that satisfy every reading, above everything else."""
    for event in events:
        st.html(
            calculation_result.large(
                f"{event.label}: どの読み方でもよい日", timeline_rows.day_text(event.safe)
            )
        )


def _take_away(result: Result, events: list[timeline_rows.Event], form: input_form.Form) -> None:
    from calculators.ics import to_ics

    short = state.library().agreement(result.agreement).short
    with st.container(horizontal=True):
        st.download_button(
            "カレンダー（.ics）をダウンロード",
            to_ics(result, name=f"{result.title}（{short}）"),
            file_name=f"yakkan-timeline-{result.agreement}.ics",
            mime="text/calendar",
            on_click="ignore",
        )
        st.download_button(
            "CSV をダウンロード",
            timeline_rows.as_csv(events),
            file_name=f"yakkan-timeline-{result.agreement}.csv",
            mime="text/csv",
            on_click="ignore",
        )
    link = calculation_links.link(st.context.url or "", "", result.agreement, form.values)
    with st.expander("コピーする"):
        components.copy_block("このタイムラインへのリンクをコピー", link, "time-link-copy")
