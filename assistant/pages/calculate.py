"""計算: one page for every rule, drawn from the declarations of the rules."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY
from assistant.pages import (
    blocks,
    calculation_bulk,
    calculation_comparison,
    calculation_links,
    calculation_result,
    calculation_scenario,
    catalogue,
    components,
    input_form,
    markup,
    state,
)
from calculators import registry
from calculators.errors import CalculationError, MissingInput
from corpus.errors import YakkanError

if TYPE_CHECKING:
    from calculators.engine import Calculator
    from calculators.inputs import InputSpec
    from calculators.provisions import Provision
    from calculators.rule import Rule

_RULE, _AGREEMENT = "calc-rule", "calc-agreement"
_GIVEN, _TIMES = "calc-given", "calc-times"
#: has a page of its own
_ELSEWHERE = "contract_timeline"
_VIEWS = ("結果", "規約を比べる", "条件を変える", "まとめて計算")


def render() -> None:
    """Draw the page."""
    access.require(state.audience(), EVERYBODY)
    st.title("計算", anchor=False)
    _from_link()
    name = str(st.session_state.get(_RULE) or "")
    if not name:
        _choose()
        return
    _calculation(registry.rule(name))


@st.cache_resource(show_spinner=False)
def calculator() -> Calculator:
    """The calculator that all sessions share; it keeps nothing of a case."""
    from calculators.engine import Calculator

    return Calculator(state.library())


def _from_link() -> None:
    """Take over the rule and the inputs of a link, once for each link."""
    raw = {name: str(text) for name, text in st.query_params.to_dict().items()}
    if st.session_state.get("calc-link", {}) == raw:
        return
    st.session_state["calc-link"] = raw
    if not raw.get("rule"):
        return
    rule = registry.rule(raw["rule"])
    _open(rule.name)
    carried = calculation_links.read(raw, rule.specs())
    st.session_state[_AGREEMENT] = raw.get("agreement", "")
    st.session_state[_GIVEN] = carried.values
    for problem in carried.problems:
        components.problem(problem)


def _open(name: str) -> None:
    """Begin a calculation with an empty form."""
    st.session_state[_RULE] = name
    st.session_state[_GIVEN] = {}
    st.session_state[_TIMES] = int(st.session_state.get(_TIMES, 0)) + 1
    st.session_state.pop("calc-seen", None)


def _close() -> None:
    """Back to the shelves; the words searched for stay."""
    st.session_state[_RULE] = ""
    st.query_params.clear()
    st.session_state["calc-link"] = {}


def _choose() -> None:
    """The shelves of calculations, or those that the words mean."""
    words = st.text_input(
        "何を計算しますか（ふだんの言葉で探せます）",
        placeholder="例: 違約金、支払いが遅れた、日割り",
        max_chars=100,
        key="calc-words",
    )
    rules = [rule for rule in registry.rules() if rule.name != _ELSEWHERE]
    if words and words.strip():
        _found(catalogue.search(rules, words), rules)
    else:
        _shelves(rules)
    page = state.page("timeline")
    if page is not None:
        st.page_link(
            page, label="契約の日付をまとめて知る（契約タイムライン）", icon=":material/event:"
        )


def _found(found: list[Rule], rules: list[Rule]) -> None:
    if not found:
        st.html(
            markup.block(
                "その言葉に合う計算は見つかりません。別の言葉にするか、下の一覧から選んでください。",
                "yk-problem",
            )
        )
        _shelves(rules)
        return
    blocks.muted(f"{len(found)}件")
    for rule in found:
        _button(rule, f"{rule.title}（{_known_as(rule)}）")


def _known_as(rule: Rule) -> str:
    return "、".join(rule.synonyms[:3])


def _shelves(rules: list[Rule]) -> None:
    library = state.library()
    wide = sorted(rules, key=lambda r: (-len(registry.agreements(r.name, library)), r.title))
    for shelf, listed in catalogue.shelves(wide):
        st.subheader(shelf, anchor=False)
        with st.container(horizontal=True, gap="small"):
            for rule in listed:
                _button(rule, rule.title)


def _button(rule: Rule, label: str) -> None:
    st.button(components.plain(label), key=f"calc-{rule.name}", on_click=_open, args=(rule.name,))


def _calculation(rule: Rule) -> None:
    st.button("ほかの計算を選ぶ", icon=":material/arrow_back:", on_click=_close)
    st.subheader(rule.title, anchor=False)
    blocks.muted(rule.reading)
    agreement = _agreement(rule)
    try:
        ready = calculator().prepare(rule.name, agreement)
    except CalculationError as error:
        components.problem(str(error))
        return
    view = st.segmented_control("表示", _VIEWS, default=_VIEWS[0], required=True, key="calc-view")
    if view == "まとめて計算":
        calculation_bulk.draw(rule, agreement, calculator())
        return
    key = f"calc-{st.session_state.get(_TIMES, 0)}-{rule.name}-{agreement}"
    form = _form(calculator().specs(rule.name, agreement), key, ready.basis.provisions)
    if view == "結果":
        _result(rule, agreement, form)
    elif view == "規約を比べる":
        calculation_comparison.draw(rule, agreement, form, calculator(), key)
    else:
        calculation_scenario.draw(rule, agreement, form, calculator(), key)


def _form(
    specs: tuple[InputSpec, ...], key: str, provisions: tuple[Provision, ...]
) -> input_form.Form:
    """The form; it begins with what another agreement's form or a link was given."""
    given = st.session_state.setdefault(_GIVEN, {})
    begun = st.session_state.setdefault(f"{key}-begun", dict(given))
    form = input_form.draw(specs, begun, key, provisions)
    others = {name: value for name, value in given.items() if name not in form.titles}
    st.session_state[_GIVEN] = others | form.values
    return form


def _agreement(rule: Rule) -> str:
    """The agreement to compute under; a rule opened anew begins with one that has it."""
    library = state.library()
    having = registry.agreements(rule.name, library) or library.ids
    fresh = st.session_state.get("calc-seen") != rule.name
    present = st.session_state.get(_AGREEMENT)
    linked = st.query_params.get("agreement") in library.ids
    if present not in library.ids or (fresh and present not in having and not linked):
        st.session_state[_AGREEMENT] = having[0]
    st.session_state["calc-seen"] = rule.name
    chosen = st.pills(
        "規約",
        library.ids,
        format_func=lambda id: library.agreement(id).short,
        key=_AGREEMENT,
        required=True,
    )
    return str(chosen)


def _result(rule: Rule, agreement: str, form: input_form.Form) -> None:
    try:
        result = calculator().calculate(rule.name, agreement, form.values).to_dict()
    except MissingInput as error:
        say_missing(error)
        return
    except CalculationError as error:
        form.complain(error.field, error.message)
        return
    except YakkanError as error:
        components.problem(str(error))
        return
    provisions = calculator().prepare(rule.name, agreement).basis.provisions
    with st.container(border=True):
        calculation_result.show(result, state.library(), f"calc-{rule.name}", provisions)
    _take_away(rule, agreement, form, result)


def say_missing(error: MissingInput) -> None:
    """What is still to be entered."""
    names = "、".join(field.title for field in error.fields)
    blocks.muted(f"次の項目を入れると計算します: {escape(names)}")


def _take_away(rule: Rule, agreement: str, form: input_form.Form, result: dict[str, Any]) -> None:
    link = calculation_links.link(st.context.url or "", rule.name, agreement, form.values)
    name = state.library().agreement(agreement).title
    with st.expander("コピーする"):
        components.copy_block("この計算へのリンクをコピー", link, f"calc-link-{rule.name}")
        components.copy_block(
            "結果の文面をコピー",
            calculation_result.as_words(result, name),
            f"calc-words-{rule.name}",
        )
