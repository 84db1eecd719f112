"""The small form under an answer that lacks inputs: what is known is filled in, the rest asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.answer import Answer
from assistant.composer import compose
from assistant.findings import Calculated, Plan
from assistant.pages import components, fields, state
from corpus.errors import YakkanError

if TYPE_CHECKING:
    from calculators.inputs import InputSpec


def form(answer: Answer, key: str, today: date) -> Answer | None:
    """Draw a form for each calculation that lacks inputs; the completed answer once sent.

    today: the day of asking.
    """
    done = None
    for number, request in enumerate(r for r in answer.requests if r.get("missing")):
        done = _one(answer, request, f"{key}-{number}", today) or done
    return done


def _one(answer: Answer, request: Mapping[str, Any], key: str, today: date) -> Answer | None:
    rule, agreement = str(request["rule"]), str(request["agreement"])
    wanted = _as_asked(answer, _specs(rule, agreement, request))
    if not wanted:
        return None
    name = state.library().agreement(agreement).short
    with st.form(key, border=True):
        st.html(f"<strong>足りない項目を入れると計算できます（{name}）</strong>")
        entered = {
            spec.name: fields.draw(spec, request["inputs"].get(spec.name), f"{key}-{spec.name}")
            for spec in wanted
        }
        sent = st.form_submit_button("計算する", type="primary")
    if not sent:
        return None
    inputs = {**request["inputs"], **{k: v for k, v in entered.items() if v is not None}}
    try:
        return complete(answer, rule, agreement, inputs, today)
    except YakkanError as error:
        components.problem(str(error))
        return None


def _specs(rule: str, agreement: str, request: Mapping[str, Any]) -> tuple[InputSpec, ...]:
    """The inputs to ask for: those that lack first, then those that are known."""
    from calculators import registry

    missing, known = list(request["missing"]), list(request["inputs"])
    specs = {s.name: s for s in registry.rule(rule).specs() if s.kind in fields.SIMPLE}
    if any(name not in specs for name in missing):
        return ()
    return tuple(specs[name] for name in (*missing, *known) if name in specs)


def _as_asked(answer: Answer, wanted: tuple[InputSpec, ...]) -> tuple[InputSpec, ...]:
    """The inputs under the titles that the answer asked for them by."""
    titles = {entry.name: entry.title for entry in answer.missing}
    return tuple(replace(spec, title=titles.get(spec.name, spec.title)) for spec in wanted)


def complete(
    answer: Answer, rule: str, agreement: str, inputs: Mapping[str, Any], today: date
) -> Answer:
    """`answer` with the calculation done; raises YakkanError where `inputs` cannot be used."""
    from calculators import registry
    from calculators.engine import Calculator

    declared = registry.rule(rule)
    result = Calculator(state.library()).calculate(rule, agreement, inputs, today=today)
    made = Calculated(rule, declared.title, agreement, result=result.to_dict())
    composed = compose(answer.question, Plan(calculations=(made,)), (), today=today)
    said = "、".join(f"{k}: {v}" for k, v in _titled(declared.specs(), inputs).items())
    return replace(
        composed,
        question=f"{answer.question}（{said}）",
        citations=answer.citations,
        suggestions=answer.suggestions,
        requests=(),
    )


def _titled(specs: tuple[InputSpec, ...], inputs: Mapping[str, Any]) -> dict[str, str]:
    titles = {spec.name: (spec.title, spec.unit) for spec in specs}
    return {
        titles[name][0]: f"{value:,}{titles[name][1]}" if type(value) is int else f"{value}"
        for name, value in inputs.items()
        if name in titles
    }
