"""契約タイムライン: the facts of one contract in, its dates out."""

from __future__ import annotations

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY
from assistant.pages import state


def render() -> None:
    """Draw the page."""
    access.require(state.audience(), EVERYBODY)
    st.title("契約タイムライン", anchor=False)
