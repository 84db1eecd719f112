"""条文: every word is there and unchanged; search, addresses, notes, who sees what."""

from __future__ import annotations

import re
from html import unescape

import pytest
from page_fakes import NASTY, html

from assistant.pages import clause_search, clause_text, reader
from corpus.library import Library
from corpus.notes import load_notes
from corpus.opening import version_of_text

LIBRARY = Library.load(None)


def opened(open_app, audience="customer", **query):
    app = open_app(audience, "clauses", query=query)
    assert not app.exception
    return app


def plain(page):
    return unescape(re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize("id", LIBRARY.ids)
def test_the_tree_holds_every_clause_word_for_word(id):
    version = LIBRARY.version(id)
    reading = clause_text.Reading({})
    page = plain("".join(clause_text.article(version, c, reading) for c in reader.top(version)))
    for clause in version.clauses():
        if clause.level != "article":
            assert clause.text in page, clause.id


@pytest.mark.parametrize("id", LIBRARY.ids)
def test_links_change_no_word_and_lead_to_a_clause_that_is_there(id):
    version = LIBRARY.version(id)
    anchors = {clause_text.anchor(clause.address) for clause in version.clauses()}
    assert len(anchors) == len(version.clauses())
    for clause in version.clauses():
        found = clause_text.spans(version).get(clause.id, ())
        assert plain(clause_text.linked(clause.text, 0, found)) == clause.text
        assert {span.target for span in found} <= anchors


def test_a_reference_shows_the_clause_it_names_and_a_term_its_meaning():
    version = LIBRARY.version("vpn")
    reading = clause_text.Reading({})
    page = "".join(clause_text.article(version, c, reading) for c in reader.top(version))
    assert re.search(r'class="yk-ref" href="#c-vpn-\d', page)
    assert re.search(r'class="yk-term" href="#c-vpn-[^"]+" title="[^"]+: ', page)


def test_an_address_opens_its_clause_and_its_agreement(open_app):
    page = html(opened(open_app, address="vpn:8.4"))
    assert page.count("<details open>") == 1
    assert 'class="yk-clause yk-here" id="c-vpn-8-4"' in page


def test_an_item_can_be_opened_by_its_address(open_app):
    assert 'yk-here" id="c-sg-18-1-1"' in html(opened(open_app, address="sg:18.1(1)"))


@pytest.mark.parametrize(
    ("address", "said"),
    [("sg:999", "sg:999"), ("zz:1", "zz"), (NASTY, "role"), ("sg:1.1", "sg:1.1")],
)
def test_an_address_that_leads_nowhere_is_a_sentence(open_app, address, said):
    page = html(opened(open_app, address=address))
    assert said in page
    assert "<img" not in page
    assert "yk-tree" in page


def test_a_version_that_is_no_date_is_a_sentence(open_app):
    assert "日付として読めません" in html(opened(open_app, address="sg:1.1", version="昨日"))


def test_words_are_found_in_every_agreement_and_open_with_one_click(open_app):
    app = opened(open_app)
    app.text_input[0].set_value("違約金").run()
    assert not app.exception
    button = next(b for b in app.button if b.key == "hit-vpn:17.2")
    button.click().run()
    assert not app.exception
    assert 'yk-here" id="c-vpn-17-2"' in html(app)


def test_words_that_stand_nowhere_say_so(open_app):
    app = opened(open_app)
    app.text_input[0].set_value(f"{NASTY} ほげ").run()
    page = html(app)
    assert "見つかりません" in page
    assert "<img" not in page


def test_an_address_can_be_typed_into_the_search(open_app):
    app = opened(open_app)
    app.text_input[0].set_value("msp:17.4").run()
    assert any(b.key == "hit-msp:17.4" for b in app.button)
    app.text_input[0].set_value("msp:999").run()
    assert "msp:999" in html(app)


def test_summaries_are_for_all_and_questions_for_staff(open_app):
    for_all = html(opened(open_app))
    assert "<strong>要約</strong>" in for_all
    assert "よくある質問" not in for_all
    assert "よくある質問" in html(opened(open_app, "agent"))


def test_another_agreement_leaves_the_clause_of_the_link(open_app):
    app = opened(open_app, address="vpn:8.4")
    app.get("button_group")[0].set_value("msp").run()
    page = html(app)
    assert "c-msp-1-1" in page
    assert "<details open>" not in page


def test_markup_in_a_terms_file_stays_text():
    version = version_of_text(f"第1条（{NASTY}）\n本規約は{NASTY}を定めます。\n")
    reading = clause_text.Reading({})
    page = "".join(clause_text.article(version, c, reading) for c in reader.top(version))
    assert "<img" not in page
    assert "&lt;img" in page


def test_everyday_words_are_found_through_the_notes():
    versions = [LIBRARY.version(id) for id in LIBRARY.ids]
    assert any(hit.clause.id == "vpn:13.1" for hit in clause_search.search(versions, "壊した"))
    assert clause_search.search(versions, "  ") == []


def test_every_note_shown_belongs_to_a_clause_that_is_there():
    for id in LIBRARY.ids:
        version = LIBRARY.version(id)
        assert all(version.get(address) is not None for address in load_notes(version))
