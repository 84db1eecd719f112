"""記録: staff find, export and turn bad answers into candidates; customers see nothing."""

from __future__ import annotations

import pytest
from page_fakes import html

from assistant.answer import Answer
from assistant.journal import Journal
from assistant.settings import Settings


@pytest.fixture
def journal(journal_path):
    journal = Journal.open(Settings(journal=str(journal_path)))
    first = journal.record(
        Answer("解約は<b>", "answered", "はい。", timings={"search": 0.012}), audience="customer"
    )
    journal.record(Answer("天気は", "out_of_scope", "対象外です。"), audience="agent")
    journal.feedback(first, good=False, reason="条文が違う")
    yield journal
    journal.close()


def heads(app):
    return [expander.label for expander in app.expander]


def test_staff_see_records_with_what_they_stood_on(open_app, journal):
    app = open_app("compliance", "records")
    assert not app.exception
    assert len(heads(app)) == 2
    page = html(app)
    assert "解約は&lt;b&gt;" in page
    assert "条文が違う" in page
    assert "検索 12ミリ秒" in page


def test_customers_see_no_record(open_app, journal):
    app = open_app("customer", "records")
    assert heads(app) == []
    assert "天気" not in html(app)


def test_filters_narrow_the_list(open_app, journal):
    app = open_app("agent", "records")
    next(box for box in app.selectbox if box.label == "評価").set_value("悪い").run()
    assert len(heads(app)) == 1
    app.text_input[0].set_value("ない言葉").run()
    assert "条件に合う記録はありません" in html(app)


def test_a_bad_answer_becomes_an_evaluation_candidate(open_app, journal):
    app = open_app("agent", "records")
    next(box for box in app.selectbox if box.label == "正しい判定").set_value("answered")
    next(box for box in app.text_input if "正しい条項" in box.label).set_value("vpn:8.4")
    next(button for button in app.button if button.label == "評価候補を作る").click().run()
    assert not app.exception
    assert '"gold": [["vpn:8.4"]]' in app.code[0].value


def test_a_candidate_with_an_unknown_clause_says_so(open_app, journal):
    app = open_app("agent", "records")
    next(box for box in app.text_input if "正しい条項" in box.label).set_value("vpn:999")
    next(button for button in app.button if button.label == "評価候補を作る").click().run()
    assert not app.exception
    assert "vpn:999" in html(app)


def test_staff_mark_an_answer_as_bad(open_app, journal):
    app = open_app("agent", "records")
    next(b for b in app.button if "悪い回答として" in b.label).click().run()
    assert len(journal.candidates()) == 2


def test_where_no_journal_is_kept_the_page_says_how_to_keep_one(open_app):
    assert "YAKKAN_JOURNAL" in html(open_app("agent", "records", journal="off"))
