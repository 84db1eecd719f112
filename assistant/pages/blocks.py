"""Small things that several pages say: an HTML block or nothing, a muted line."""

from __future__ import annotations

from html import escape

import streamlit as st

from assistant.pages import markup


def put(html: str) -> None:
    """Show HTML; nothing where it is empty (Streamlit refuses an empty block)."""
    if html:
        st.html(html)


def muted(words: str) -> None:
    """A quiet line of words."""
    put(markup.block(escape(words), "yk-muted") if words else "")


def wide(rem: int = 76) -> None:
    """More room for a page that sets things side by side."""
    st.html(f"<style>.stMainBlockContainer {{ max-width: {rem}rem; }}</style>")
