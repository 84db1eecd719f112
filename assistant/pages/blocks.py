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


def clause_link(address: str) -> str:
    """A clause's address as a link into the reader, in a tab of its own; '' for none.

    >>> clause_link("sg:1.1")
    '<a href="/clauses?address=sg:1.1" target="_blank">sg:1.1</a>'
    """
    if not address:
        return ""
    url = escape(markup.clause_url(address))
    return f'<a href="{url}" target="_blank">{escape(address)}</a>'


def wide(rem: int = 76) -> None:
    """More room for a page that sets things side by side."""
    st.html(f"<style>.stMainBlockContainer {{ max-width: {rem}rem; }}</style>")
