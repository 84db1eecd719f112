"""Fixtures of the page tests: the app opened as one more session of an operator's settings."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

sys.path.insert(0, str(Path(__file__).parent))  # page_fakes, whatever the import mode
from page_fakes import FakeAssistant, go

APP = Path(__file__).parents[3] / "app.py"


@pytest.fixture
def journal_path(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def open_app(monkeypatch, journal_path):
    """Opens the app as one more session of an operator's settings."""
    fake = FakeAssistant()
    module = SimpleNamespace(Assistant=SimpleNamespace(open=lambda settings=None: fake))
    monkeypatch.setitem(sys.modules, "assistant.assistant", module)
    st.cache_resource.clear()

    def start(audience="customer", page="", claim="", journal=None, query=None):
        st.cache_resource.clear()
        monkeypatch.setenv("YAKKAN_AUDIENCE", audience)
        monkeypatch.setenv("YAKKAN_AUDIENCE_CLAIM", claim)
        monkeypatch.setenv("YAKKAN_JOURNAL", str(journal_path) if journal is None else journal)
        monkeypatch.setenv("YAKKAN_CONTACT", "サポート窓口 <b>")
        app = AppTest.from_file(str(APP), default_timeout=30)
        for name, value in (query or {}).items():
            app.query_params[name] = value
        return go(app, page)

    yield start
    st.cache_resource.clear()
