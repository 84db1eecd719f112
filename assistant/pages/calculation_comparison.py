"""The same case under every agreement that has the rule, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.pages import (
    blocks,
    calculation_result,
    components,
    input_form,
    markup,
    saying,
    state,
)
from calculators import registry
from calculators.errors import CalculationError, MissingInput
from calculators.result import Result

if TYPE_CHECKING:
    from calculators.engine import Calculator
    from calculators.inputs import InputSpec
    from calculators.rule import Rule


def draw(
    rule: Rule, agreement: str, form: input_form.Form, calculator: Calculator, key: str
) -> None:
    """Ask for what the other agreements need besides, then show every result."""
    inputs = with_others(rule, agreement, form, calculator, key)
    try:
        found = calculator.compare(rule.name, inputs)
    except CalculationError as error:
        form.complain(error.field, error.message)
        return
    show(found, form.titles)


def with_others(
    rule: Rule, agreement: str, form: input_form.Form, calculator: Calculator, key: str
) -> dict[str, Any]:
    """The form's inputs with what only other agreements ask for, asked for here."""
    more = missing_specs(rule, agreement, calculator)
    if not more:
        return dict(form.values)
    blocks.muted("ほかの規約の計算に要る項目")
    extra = input_form.draw(more, {}, f"{key}-more", first=frozenset(s.name for s in more))
    form.titles.update(extra.titles)
    form.slots.update(extra.slots)
    return {**extra.values, **form.values}


def missing_specs(rule: Rule, agreement: str, calculator: Calculator) -> list[InputSpec]:
    """Required inputs of other agreements that `agreement` does not ask for."""
    own = {spec.name for spec in calculator.specs(rule.name, agreement)}
    found: dict[str, InputSpec] = {}
    for id in registry.agreements(rule.name, calculator.library):
        for spec in calculator.specs(rule.name, id):
            if spec.required and spec.name not in own:
                found.setdefault(spec.name, spec)
    return list(found.values())


def show(found: Mapping[str, Result | CalculationError], titles: Mapping[str, str]) -> None:
    """One row per agreement: the result with its grounds, or why there is none."""
    library = state.library()
    rows = [
        (
            library.agreement(id).short,
            *(_row(got.to_dict()) if isinstance(got, Result) else ("", _why(got, titles), [])),
        )
        for id, got in found.items()
    ]
    st.html(table(rows))
    absent = [library.agreement(id).short for id in library.ids if id not in found]
    if absent:
        blocks.muted(f"この計算の定めがない規約: {'、'.join(absent)}")
    _details(found)


def table(rows: Iterable[tuple[str, str, str, list[str]]]) -> str:
    """Agreement, result, how, clauses as links; one block per agreement on a narrow screen."""
    head = "".join(f'<th scope="col">{name}</th>' for name in ("規約", "結果", "計算", "根拠"))
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td><strong>{escape(value)}</strong></td>'
        f"<td>{escape(how)}</td><td>{'、'.join(map(blocks.clause_link, cited))}</td></tr>"
        for name, value, how, cited in rows
    )
    return markup.block(
        f'<div class="yk-scroll"><table class="yk-steps"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _row(result: Mapping[str, Any]) -> tuple[str, str, list[str]]:
    value = calculation_result.first(result, result["value"])
    step = result["steps"][-1] if result["steps"] else {"label": "", "expression": ""}
    if saying.is_table(result["value"]):
        value = f"{len(result['value'])}件"
    cited = [str(row["id"]) for row in result["citations"]]
    return value, f"{step['label']}: {step['expression']}".strip(": "), cited


def _why(error: CalculationError, titles: Mapping[str, str]) -> str:
    if isinstance(error, MissingInput):
        return f"{'、'.join(f.title for f in error.fields)}を入れると計算します"
    return saying.message(error.message, titles)


def _details(found: Mapping[str, Result | CalculationError]) -> None:
    library = state.library()
    for id, got in found.items():
        if isinstance(got, Result):
            with st.expander(components.plain(f"{library.agreement(id).short}の手順と条文")):
                calculation_result.show(got.to_dict(), library, f"compare-{id}")
