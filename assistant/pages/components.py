"""Pieces that pages are put together from: clauses, calculations, copying, problems, the foot."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from assistant.answer import Citation
from assistant.pages import markup, state
from assistant.rendering import DISCLAIMER

_COPY_JS = """
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  button.textContent = data.label;
  const old = () => {
    const area = document.createElement("textarea");
    area.value = data.text; area.style.position = "fixed"; area.style.opacity = "0";
    document.body.appendChild(area); area.select();
    const done = document.execCommand("copy");
    area.remove(); button.focus();
    return done ? Promise.resolve() : Promise.reject();
  };
  const modern = () => navigator.clipboard && window.isSecureContext
    ? navigator.clipboard.writeText(data.text).catch(old) : old();
  button.onclick = () => modern().then(
    () => { said.textContent = "コピーしました"; },
    () => { said.textContent = "コピーできません。下の文面を選んでコピーしてください"; });
}
"""
#: the page keeps to its end while it grows; this goes back to the question until it stays
_SHOW_LATEST = """
<script>
(() => {
  if (window.yakkanShown === "__MARK__") return;
  window.yakkanShown = "__MARK__";
  const show = () => [...document.querySelectorAll(".yk-ask")].at(-1)
    ?.scrollIntoView({ block: "start" });
  const again = setInterval(show, 80), stop = () => clearInterval(again);
  ["wheel", "touchstart", "keydown", "pointerdown"].forEach((kind) =>
    addEventListener(kind, stop, { once: true, passive: true }));
  setTimeout(stop, 2500);
  show();
})();
</script>
"""
_COPY_CSS = """
div { display: flex; align-items: center; gap: .6rem; flex-wrap: wrap; }
button { font: inherit; color: var(--st-text-color); background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color, currentColor); border-radius: .5rem; padding: .4rem .9rem; }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
span { font-size: .86rem; color: var(--st-text-color); }
"""


@functools.cache
def _copy_component() -> Any:
    """The copy button, declared once; it loads nothing from elsewhere."""
    return st.components.v2.component(
        "yakkan_copy",
        html='<div><button type="button">コピー</button><span role="status"></span></div>',
        css=_COPY_CSS,
        js=_COPY_JS,
    )


def copy_button(label: str, words: str, key: str) -> None:
    """A button that puts `words` into the clipboard."""
    _copy_component()(data={"label": label, "text": words}, key=key)


def copy_block(label: str, words: str, key: str) -> None:
    """Words to copy: the button, and the words themselves for reading or selecting."""
    copy_button(label, words, key)
    st.code(words, language=None, wrap_lines=True)


def clause(citation: Citation, key: str) -> None:
    """A clause card with the way into the reader."""
    st.html(markup.clause_card(citation))
    reader = state.page("clauses")
    if reader is not None:
        st.page_link(
            reader,
            label="条文ページで前後を読む",
            icon=":material/menu_book:",
            query_params={"address": citation.address},
        )


def calculation(result: Mapping[str, Any], title: str) -> None:
    """A calculation: the total in large, other outputs, the steps."""
    st.html(markup.total(result, title))
    more = markup.outputs(result)
    if more:
        st.html(more)
    if result.get("steps"):
        st.html(markup.steps(result))


def plain(words: str) -> str:
    r"""Words for a label that Streamlit reads as Markdown, with nothing left to read so.

    >>> plain("a*b* [x](y) :red[z] $1")
    'a\\*b\\* \\[x\\](y) \\:red\\[z\\] \\$1'
    """
    return re.sub(r"([\\`*_\[\]#:$<>~|!])", r"\\\1", words)


def problem(message: str) -> None:
    """What went wrong, in words, with the way on that the message names."""
    st.html(markup.block(escape(message), "yk-problem").replace("<div", '<div role="alert"', 1))


def sidebar_title(title: str, audience: str) -> None:
    """The app's name and for whom it is shown."""
    st.html(
        markup.block(
            f'<strong>{escape(title)}</strong><div class="yk-muted">{escape(audience)}向けの画面</div>'
        )
    )


def show_latest(mark: str) -> None:
    """Bring the latest question to the top, so that its answer is seen first.

    `mark` names the turn: the same turn is brought up once.
    """
    st.html(_SHOW_LATEST.replace("__MARK__", mark), unsafe_allow_javascript=True)


def foot(contact: str) -> None:
    """What every page ends with: what this is, and the way to a person."""
    st.html(
        markup.block(f"{escape(DISCLAIMER)}<br>人に相談する: {escape(contact)}", "yk-foot yk-muted")
    )
