"""計算: one page for every rule, drawn from the declarations of the rules."""

from __future__ import annotations

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY
from assistant.pages import state


def render() -> None:
    """Draw the page."""
    access.require(state.audience(), EVERYBODY)
    st.title("計算", anchor=False)
