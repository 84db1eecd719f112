"""条項比較: topics across agreements, versions side by side, defects; for staff."""

from __future__ import annotations

import importlib

import streamlit as st

from assistant import access
from assistant.access import STAFF
from assistant.pages import blocks, compare_markup, components, state

#: what the page shows → the module that draws it
VIEWS = {
    "論点": "compare_topics",
    "版の比較": "compare_versions",
    "点検": "compare_lint",
}


def render() -> None:
    """Draw the page; refuses anybody who is not staff before anything is read."""
    access.require(state.audience(), STAFF)
    st.title("条項比較", anchor=False)
    blocks.wide()
    st.html(compare_markup.STYLE)
    views = tuple(VIEWS)
    chosen = st.segmented_control(
        "表示", views, default=views[0], required=True, key="compare-view"
    )
    try:
        module = importlib.import_module(f"assistant.pages.{VIEWS[str(chosen)]}")
    except ImportError as error:
        state.log_failure("compare", error)
        components.problem(
            f"『{chosen}』の部品がこの環境に入っていません。管理者に、インストールを確かめるよう伝えてください。"
        )
        return
    module.draw()
