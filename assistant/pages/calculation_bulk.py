"""まとめて計算: a CSV of cases in, results and an error report out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.pages import blocks, bulk_table, components, markup, state

if TYPE_CHECKING:
    from calculators.engine import Calculator
    from calculators.rule import Rule


def draw(rule: Rule, agreement: str, calculator: Calculator) -> None:
    """Template, upload, progress, what went wrong, result."""
    specs = calculator.specs(rule.name, agreement)
    blocks.muted(_how())
    st.download_button(
        "ひな形をダウンロード",
        bulk_table.template(rule, agreement, specs),
        file_name=f"yakkan-{rule.name}-{agreement}.csv",
        mime="text/csv",
        on_click="ignore",
    )
    uploaded = st.file_uploader(
        "CSV ファイル（5MB・50,000行まで）", type=["csv"], key=f"bulk-{rule.name}-{agreement}"
    )
    if uploaded is None:
        return
    data = uploaded.getvalue()
    cases = bulk_table.read(uploaded.name, data, specs)
    _report(rule, agreement, _computed(rule, agreement, calculator, cases, data))


def _how() -> str:
    return (
        "ひな形の1行に1件を書き、CSV で保存して選んでください。日付は 2027-01-31 の形です。"
        "読めない行があっても、ほかの行は計算します。ファイルは保存しません。"
    )


def _computed(
    rule: Rule,
    agreement: str,
    calculator: Calculator,
    cases: list[bulk_table.Case],
    data: bytes,
) -> bulk_table.Outcome:
    """The outcome, computed once for each file."""
    key = (rule.name, agreement, bulk_table.digest(data))
    kept = st.session_state.get("bulk-outcome")
    if kept is not None and kept[0] == key:
        outcome: bulk_table.Outcome = kept[1]
        return outcome
    bar = st.progress(0.0, text="計算しています…")

    def tell(done: int) -> None:
        bar.progress(done / len(cases), text=f"{done:,} / {len(cases):,} 件")

    outcome = bulk_table.compute(
        rule,
        agreement,
        cases,
        calculator,
        tell,
    )
    bar.empty()
    st.session_state["bulk-outcome"] = (key, outcome)
    return outcome


def _report(rule: Rule, agreement: str, outcome: bulk_table.Outcome) -> None:
    st.html(
        markup.block(
            f'<div class="yk-total">{outcome.done:,}件を計算しました</div>'
            f"<div>計算できなかった行: {outcome.failed:,}件</div>"
        )
    )
    with st.container(horizontal=True):
        st.download_button(
            "結果をダウンロード",
            outcome.results,
            file_name=f"yakkan-{rule.name}-results.csv",
            mime="text/csv",
            on_click="ignore",
            type="primary",
        )
        if outcome.failed:
            st.download_button(
                "エラーの一覧をダウンロード",
                outcome.errors,
                file_name=f"yakkan-{rule.name}-errors.csv",
                mime="text/csv",
                on_click="ignore",
            )
    name = state.library().agreement(agreement).short
    if outcome.failed:
        components.problem(f"{name}: 計算できなかった行を直して、もう一度選んでください。")
        st.html(markup.table(("行", "項目", "理由"), outcome.shown))
