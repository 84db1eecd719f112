"""条文: the agreements as a readable tree, searchable, every clause addressable."""

from __future__ import annotations

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY
from assistant.pages import state


def render() -> None:
    """Draw the page."""
    access.require(state.audience(), EVERYBODY)
    st.title("条文", anchor=False)
