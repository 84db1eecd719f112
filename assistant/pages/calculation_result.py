"""A calculation on the screen: the total in large, steps, clauses, readings, what to beware of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from assistant import access
from assistant.answer import Citation
from assistant.composer import cite
from assistant.pages import blocks, components, markup, saying, state
from corpus.errors import YakkanError

if TYPE_CHECKING:
    from calculators.provisions import Provision
    from corpus.library import Library

#: clauses shown open; more are folded
_OPEN = 3
#: longest value that is set to the right in one line
_SHORT = 16
#: long labels and values of steps may break; addresses may not
STYLE = """
<style>
.yk td, .yk th { overflow-wrap: break-word; }
.yk .yk-steps th[scope=row] { white-space: normal; min-width: 6.5rem; }
.yk .yk-steps td { min-width: 4rem; } .yk .yk-steps td.yk-num { white-space: normal; }
.yk .yk-steps td:last-child { white-space: nowrap; }
</style>
"""


def show(
    result: Mapping[str, Any], library: Library, key: str, provisions: tuple[Provision, ...] = ()
) -> None:
    """The whole result; `provisions` give the words that decide, which are marked."""
    st.html(STYLE)
    headline(result)
    for warning in warnings(result, staff=access.sees_internal(state.audience())):
        st.html(markup.block(escape(warning), "yk-warning"))
    _steps(result)
    blocks.put(readings(result))
    blocks.put(markup.bullets("前提にしたこと", result["assumptions"]))
    _clauses(citations(result, library, provisions), key)


def warnings(result: Mapping[str, Any], *, staff: bool) -> list[str]:
    """What to beware of; doubts about a clause's own force only for the staff.

    >>> warnings({"warnings": ["a", "b"], "disputes": ["b"]}, staff=False)
    ['a']
    """
    kept = [] if staff else result.get("disputes", ())
    return [text for text in result["warnings"] if text not in kept]


def _steps(result: Mapping[str, Any]) -> None:
    """The working; folded where the first output is a table that already says it."""
    if not result["steps"]:
        return
    shown = markup.steps(worded_steps(result))
    if saying.is_table(result["value"]):
        with st.expander("手順と条文の言葉"):
            st.html(shown)
    else:
        st.html(shown)


def headline(result: Mapping[str, Any]) -> None:
    """The first output in large (a table where it is one), then the others."""
    outputs = dict(result["outputs"])
    words = saying.all_words(result)
    titles, units = result["output_titles"], result["output_units"]
    for number, (name, value) in enumerate(outputs.items()):
        if saying.is_table(value):
            columns, rows = saying.table(value, words)
            st.html(f"{_caption(titles[name])}{markup.table(columns, rows)}")
        elif number == 0:
            st.html(large(titles[name], saying.say(value, units.get(name, ""), words)))
    rest = [
        (str(titles[name]), saying.say(value, units.get(name, ""), words))
        for number, (name, value) in enumerate(outputs.items())
        if number and not saying.is_table(value)
    ]
    if rest:
        short = all(len(value) <= _SHORT for _, value in rest)
        st.html(markup.table(("項目", "値"), rest, numeric=1 if short else -1))


def large(title: str, value: str) -> str:
    """A title and its value in large.

    >>> large("額", "1円")
    '<div class="yk "><div class="yk-muted">額</div><div class="yk-total">1円</div></div>'
    """
    return markup.block(
        f'<div class="yk-muted">{escape(title)}</div><div class="yk-total">{escape(value)}</div>'
    )


def _caption(title: str) -> str:
    return markup.block(f"<strong>{escape(title)}</strong>")


def worded_steps(result: Mapping[str, Any]) -> dict[str, Any]:
    """The result's steps with codes, dates and counted numbers in words."""
    words = saying.all_words(result)
    steps = [{**s, "value": step_text(s, words), "unit": ""} for s in result["steps"]]
    return {"steps": steps}


def step_text(step: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """What a step comes to, with its unit.

    >>> step_text({"value": 721, "unit": "円"}, {}), step_text({"value": "11/2", "unit": "か月"}, {})
    ('721円', '11/2か月（約5.5か月）')
    """
    return saying.say(step.get("value"), step.get("unit", ""), words)


def readings(result: Mapping[str, Any]) -> str:
    """Other readings of the clause with what each would give; empty where there is none."""
    rows = [
        (str(a["reading"]), first(result, a["value"]), str(a["reason"]))
        for a in result["alternatives"]
    ]
    if not rows:
        return ""
    return _caption("別の読み方") + markup.table(("読み方", "結果", "理由"), rows)


def first(result: Mapping[str, Any], value: Any) -> str:
    """A value in the unit and words of the result's first output."""
    return saying.say(value, str(result.get("unit") or ""), saying.all_words(result))


def citations(
    result: Mapping[str, Any], library: Library, provisions: Iterable[Provision] = ()
) -> list[Citation]:
    """The clauses of a result, word for word, the rule's own words marked."""
    held = {v.effective.isoformat(): v for v in library.versions(str(result["agreement"]))}
    version = held.get(str(result["version"]))
    if version is None:
        raise YakkanError("この計算の版の条文を開けません。版の基準日を変えてください。")
    words: dict[str, list[str]] = {}
    for provision in provisions:
        words.setdefault(provision.clause, []).extend(provision.words)
    found = []
    for row in result["citations"]:
        citation = cite(version, version.clause(str(row["id"])))
        spans = word_spans(citation.quote, words.get(citation.address, ()))
        found.append(replace(citation, marks=spans or citation.marks))
    return found


def word_spans(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where the words stand, in order, overlapping ones joined.

    >>> word_spans("年14.5%とし、年14.5%", ["14.5%", "14.5%とし"])
    ((1, 8),)
    """
    found = sorted((at, at + len(w)) for w in words if w and (at := text.find(w)) >= 0)
    spans: list[tuple[int, int]] = []
    for start, end in found:
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)


def _clauses(found: list[Citation], key: str) -> None:
    st.html(_caption("根拠の条文"))
    for number, citation in enumerate(found[:_OPEN]):
        components.clause(citation, f"{key}-{number}")
    if len(found) > _OPEN:
        with st.expander(f"ほかの条文（{len(found) - _OPEN}件）"):
            for number, citation in enumerate(found[_OPEN:], _OPEN):
                components.clause(citation, f"{key}-{number}")


def as_words(result: Mapping[str, Any], agreement: str) -> str:
    """The result as lines of text, for a reply."""
    words = saying.all_words(result)
    units, titles = result["output_units"], result["output_titles"]
    lines = [f"{result['title']}（{agreement}、{result['version']} 版）"]
    lines += [
        f"・{titles[name]}: {saying.say(value, units.get(name, ''), words)}"
        for name, value in result["outputs"].items()
        if not saying.is_table(value)
    ]
    lines += [
        f"  {s['label']}: {s['expression']} = {step_text(s, words)}".rstrip(" =")
        for s in result["steps"]
    ]
    told = (*warnings(result, staff=False), *result["assumptions"])
    lines += [f"※ {text}" for text in told]
    lines += [f"［{row['id']}］「{row['quote']}」" for row in result["citations"]]
    return "\n".join(lines)
