"""条項比較: topics across agreements, versions side by side, defects; for staff."""

from __future__ import annotations

import streamlit as st

from assistant import access
from assistant.access import STAFF
from assistant.pages import state


def render() -> None:
    """Draw the page; refuses anybody who is not staff."""
    access.require(state.audience(), STAFF)
    st.title("条項比較", anchor=False)
