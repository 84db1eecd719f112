"""What-if: one input is varied and the amounts drawn, for every agreement that has the rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant.pages import (
    blocks,
    calculation_comparison,
    components,
    input_form,
    markup,
    saying,
    scenario_chart,
    scenarios,
    state,
)
from calculators import registry
from calculators.errors import CalculationError, MissingInput

if TYPE_CHECKING:
    from calculators.engine import Calculator
    from calculators.rule import Rule


def draw(
    rule: Rule, agreement: str, form: input_form.Form, calculator: Calculator, key: str
) -> None:
    """Choose what varies, then the chart, what stands out, and the figures as a table."""
    try:
        base = calculator.calculate(rule.name, agreement, form.values)
    except MissingInput as error:
        names = "、".join(field.title for field in error.fields)
        blocks.muted(f"次の項目を入れるとグラフにします: {names}")
        return
    except CalculationError as error:
        form.complain(error.field, error.message)
        return
    outputs = scenarios.numeric_outputs(base)
    options = scenarios.variable(calculator.specs(rule.name, agreement), form.values)
    if not outputs or not options:
        st.html(markup.block("この計算には、動かして比べられる金額や日付がありません。"))
        return
    titles = {spec.name: spec.title for spec in options}
    first = scenarios.preferred(rule.name, tuple(titles))
    name = st.selectbox(
        "動かす項目",
        tuple(titles),
        index=tuple(titles).index(first),
        format_func=titles.__getitem__,
        key=f"{key}-vary",
    )
    inputs = calculation_comparison.with_others(rule, agreement, form, calculator, key)
    varied = next(spec for spec in options if spec.name == name)
    plan = scenarios.plan(rule.name, varied, form.values, dict(base.outputs))
    step = _step(plan, key)
    points = {
        id: scenarios.points(calculator, rule.name, id, inputs, plan.values(step), plan.input)
        for id in registry.agreements(rule.name, calculator.library)
    }
    _show(points, titles[str(name)], outputs[0], base, form.values.get(str(name)))


def _step(plan: scenarios.Plan, key: str) -> str:
    if not plan.dated:
        return ""
    return str(
        st.segmented_control(
            "刻み",
            ("日", "月"),
            default=plan.step,
            required=True,
            key=f"{key}-step-{plan.input}",
        )
    )


def _show(
    points: dict[str, list[scenarios.Point]], title: str, output: str, base: Any, present: Any
) -> None:
    library = state.library()
    named = {library.agreement(id).short: listed for id, listed in points.items() if listed}
    if not named:
        components.problem("この範囲では計算できる値がありません。入力を変えてください。")
        return
    unit = base.output_units.get(output, "")
    label = f"{base.output_titles[output]}（{unit}）" if unit else base.output_titles[output]
    st.altair_chart(
        scenario_chart.chart(named, title, label, present),
        width="stretch",
        alt=f"{title}を変えたときの{base.output_titles[output]}のグラフ。数値は下の表にあります。",
    )
    jumps = [
        f"{name}: {text}"
        for name, listed in named.items()
        if (text := scenarios.jump(listed, unit))
    ]
    blocks.put(markup.bullets("大きく変わるところ", jumps))
    with st.expander("数値の表"):
        st.html(_table(named, title, unit))


def _table(named: dict[str, list[scenarios.Point]], title: str, unit: str) -> str:
    at = sorted({point.at for listed in named.values() for point in listed})
    by = {name: {p.at: p.value for p in listed} for name, listed in named.items()}
    rows = [
        (saying.say(scenarios.plain(x)), *(_cell(by[name].get(x), unit) for name in by)) for x in at
    ]
    return markup.table((title, *by), rows)


def _cell(value: int | None, unit: str) -> str:
    return "" if value is None else f"{value:,}{unit}"
