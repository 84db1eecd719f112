"""The frame: the table of pages, who may open what, errors as sentences."""

from __future__ import annotations

import importlib

import pytest
from page_fakes import go, html

from assistant.access import AUDIENCE_LABELS, STAFF
from assistant.pages import shell
from assistant.settings import AUDIENCES


@pytest.mark.parametrize("row", shell.PAGES, ids=lambda row: row.path)
def test_every_page_is_a_module_with_a_japanese_title_and_its_own_address(row):
    module = importlib.import_module(f"assistant.pages.{row.module}")
    assert callable(module.render)
    assert module.__doc__
    assert not row.title.isascii()
    assert [other.path for other in shell.PAGES].count(row.path) == 1


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("row", shell.PAGES, ids=lambda row: row.path)
def test_every_page_opens_for_those_it_is_for_and_refuses_the_others(open_app, row, audience):
    app = open_app(audience, row.path)
    assert not app.exception
    page = html(app)
    assert ("担当者専用です" in page) == (audience not in row.audiences)
    assert f"{AUDIENCE_LABELS[audience]}向けの画面" in page


@pytest.mark.parametrize(
    "row", [r for r in shell.PAGES if r.audiences == STAFF], ids=lambda r: r.path
)
def test_a_staff_page_refuses_by_itself_too(open_app, monkeypatch, row):
    from assistant.access import Refused
    from assistant.pages import state

    monkeypatch.setattr(state, "audience", lambda: "customer")
    with pytest.raises(Refused):
        importlib.import_module(f"assistant.pages.{row.module}").render()


def test_where_sign_in_decides_nobody_is_staff_before_signing_in(open_app):
    app = open_app("compliance", "records", claim="role")
    assert "担当者専用です" in html(app)
    assert "担当者のサインイン" in [button.label for button in app.button]


def test_a_wrong_setting_is_a_sentence_and_no_trace(open_app, monkeypatch):
    app = open_app("boss")
    assert not app.exception
    assert "YAKKAN_AUDIENCE" in html(app)


def test_an_address_that_is_no_page_leads_to_the_first(open_app):
    assert go(open_app(), "nowhere").title[0].value == "質問"


def test_a_fault_in_a_page_is_a_sentence_and_no_trace(open_app, monkeypatch):
    from assistant.pages import chat

    monkeypatch.setattr(chat, "_controls", lambda session: 1 / 0)
    app = open_app()
    assert not app.exception
    assert "読み込み直してください" in html(app)
    assert "division" not in html(app)


def test_sign_in_without_a_provider_says_what_to_set(open_app):
    app = open_app(claim="role")
    next(button for button in app.button if "サインイン" in button.label).click().run()
    assert not app.exception
    assert "secrets.toml" in html(app)
