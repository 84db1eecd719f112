"""条項比較: topics, versions, defects; exports; uploads bounded; staff only."""

from __future__ import annotations

import csv
import io

import pytest
from page_fakes import NASTY, html

from assistant.pages import compare_lint, compare_topics, uploaded
from corpus.errors import YakkanError
from corpus.library import Library
from corpus.lint import lint
from corpus.topics import load_topics

LIBRARY = Library.load(None)


def opened(open_app, view="", audience="compliance"):
    app = open_app(audience, "compare")
    if view:
        group(app, "compare-view").set_value(view).run()
    assert not app.exception
    return app


def group(app, key):
    return next(g for g in app.get("button_group") if g.key == key)


def box(app, start):
    return next(b for b in app.selectbox if b.label.startswith(start))


def exports(app):
    return [button.label for button in app.get("download_button")]


def test_customers_are_refused(open_app):
    page = html(opened(open_app, audience="customer"))
    assert "担当者専用です" in page
    assert "yk-topics" not in page


@pytest.mark.parametrize("audience", ["agent", "compliance"])
def test_every_topic_is_a_row_with_a_column_per_agreement(open_app, audience):
    app = opened(open_app, audience=audience)
    page = html(app)
    assert page.count('<th scope="row">') == len(load_topics(LIBRARY))
    assert "定めなし" in page
    assert exports(app) == ["Excel で書き出す", "Word で書き出す", "HTML で書き出す"]


def test_one_topic_shows_clauses_side_by_side_with_differing_figures(open_app):
    app = opened(open_app)
    app.text_input[0].set_value("遅延損害金").run()
    page = html(app)
    assert not app.exception
    assert page.count('class="yk-side"') == 3
    assert page.count("<blockquote>") >= 3
    assert "<mark>" in page
    assert 'href="/clauses?address=vpn:8.4"' in page


def test_topics_are_found_by_everyday_words_and_nonsense_says_so(open_app):
    assert compare_topics.matching(load_topics(LIBRARY), "違約金")
    app = opened(open_app)
    app.text_input[0].set_value(NASTY).run()
    assert "合う論点はありません" in html(app)
    assert "<img" not in html(app)


def test_no_agreement_to_compare_is_a_sentence(open_app):
    app = opened(open_app)
    app.multiselect[0].set_value([]).run()
    assert "一つ以上選んでください" in html(app)


def changed_text():
    version = LIBRARY.version("vpn")
    clause = version.clause("vpn:8.4")
    assert clause.text in version.text
    return version.text.replace("14.6", "3.5").encode()


def uploaded_to(app, data, name="new.txt"):
    app.file_uploader[0].set_value((name, data, "text/plain")).run()
    assert not app.exception
    return app


def test_a_file_against_a_held_version_shows_changes_and_what_they_entail(open_app):
    app = opened(open_app, "版の比較")
    group(app, "diff-agreement").set_value("vpn").run()
    page = html(uploaded_to(app, changed_text()))
    assert "<del>" in page
    assert "<ins>" in page
    assert "計算規則" in page
    assert "late_charge" not in page
    assert "遅延損害金" in page
    assert "leap-year" not in page
    assert exports(app) == ["Excel で書き出す", "Word で書き出す", "HTML で書き出す"]


def test_the_same_version_twice_has_no_changes(open_app):
    app = opened(open_app, "版の比較")
    box(app, "新の版").set_value(LIBRARY.agreement("sg").versions[-1].isoformat()).run()
    assert "変更はありません" in html(app)


def test_without_a_file_the_page_says_what_to_do(open_app):
    assert "両方を選ぶと" in html(opened(open_app, "版の比較"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.exe", b"MZ", "読めません"),
        ("a.txt", b"x" * (uploaded.MAX_BYTES + 1), "大きすぎます"),
        ("a.txt", "ただの文".encode(), "見つかりません"),
        ("a.docx", b"not a zip", "a.docx|upload.docx"),
        ("a.pdf", b"%PDF-broken", "a.pdf|upload.pdf"),
    ],
)
def test_an_upload_that_cannot_be_used_is_refused_in_words(name, data, said):
    with pytest.raises(YakkanError, match=said):
        uploaded.version(name, data, "sg")


def test_markup_in_an_uploaded_file_stays_text(open_app):
    app = opened(open_app, "版の比較")
    page = html(uploaded_to(app, f"第1条（{NASTY}）\n{NASTY}を定めます。\n".encode()))
    assert "<img" not in page
    assert "&lt;img" in page


def test_defects_are_listed_with_their_clauses(open_app):
    app = opened(open_app, "点検")
    group(app, "lint-agreement").set_value("vpn").run()
    page = html(app)
    assert 'href="/clauses?address=vpn:2.1"' in page
    assert "関係" in page or "關" in page
    assert exports(app) == ["CSV で書き出す"]


def test_defects_of_a_file_link_nowhere(open_app):
    app = opened(open_app, "点検")
    group(app, "lint-agreement").set_value("").run()
    assert "ファイルを選ぶと点検します" in html(app)
    page = html(uploaded_to(app, "第1条（目的）\n第99条の定めによる。\n".encode()))
    assert "text:1.1" in page
    assert "/clauses?address=text" not in page


def test_the_csv_of_defects_holds_every_finding():
    found = list(lint(LIBRARY.version("vpn")))
    rows = list(csv.reader(io.StringIO(compare_lint.as_csv(found, {}).decode("utf-8-sig"))))
    assert len(rows) == len(found) + 1


def test_a_part_that_is_not_installed_is_a_sentence(open_app, monkeypatch):
    from assistant.pages import compare

    monkeypatch.setitem(compare.VIEWS, "論点", "no_such_module")
    assert "部品がこの環境に入っていません" in html(opened(open_app))
