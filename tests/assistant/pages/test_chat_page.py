"""質問: asking, following up, completing, replaying a link, and no leak between people."""

from __future__ import annotations

from datetime import date

import pytest
from page_fakes import NASTY, go, html

from assistant.journal import Journal
from assistant.settings import Settings


def ask(app, question):
    app.chat_input[0].set_value(question).run()
    assert not app.exception
    return app


def press(app, label):
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def labels(app):
    return [button.label for button in app.button]


def test_the_page_opens_with_examples_a_disclaimer_and_a_way_to_a_person(open_app):
    app = open_app()
    assert not app.exception
    assert app.title[0].value == "質問"
    assert "途中で解約したら違約金はかかりますか" in labels(app)
    assert "法的な助言ではありません" in html(app)
    assert "サポート窓口 &lt;b&gt;" in html(app)


def test_an_answer_shows_plain_words_first_and_then_the_clause(open_app):
    page = html(ask(open_app(), "解約"))
    assert page.index("解約への答え") < page.index("<blockquote>")
    assert "<code>vpn:" in page
    assert "<mark>" in page


def test_no_markup_of_a_person_or_an_answer_reaches_the_page(open_app):
    app = ask(open_app(), NASTY)
    assert "<img" not in html(app)
    assert not any("太字" in block.value for block in app.markdown)


def test_a_follow_up_stays_in_the_conversation_and_names_what_it_carries(open_app):
    app = ask(ask(open_app(), "解約"), "引っ越し")
    assert "これまで2問" in html(app)
    assert "引き継いだ内容: 解約" in html(app)


def test_a_suggestion_is_asked_with_one_click(open_app):
    app = press(ask(open_app(), "解約"), "支払いが遅れたら？")
    assert "支払いが遅れたら？への答え" in html(app)


def test_a_new_conversation_forgets_with_one_click(open_app):
    app = press(ask(open_app(), "解約"), "新しい会話")
    assert "解約への答え" not in html(app)
    assert "これまで1問" in html(ask(app, "引っ越し"))


def test_the_conversation_survives_a_change_of_page(open_app):
    app = ask(open_app("agent"), "解約")
    assert "解約への答え" not in html(go(app, "records")).split("yk-foot")[1]
    assert "解約への答え" in html(go(app, "ask"))
    assert "これまで2問" in html(ask(app, "引っ越し"))


def test_a_calculation_shows_its_total_and_its_steps(open_app):
    page = html(ask(open_app(), "30000円を滞納"))
    assert "yk-total" in page
    assert '<table class="yk-steps">' in page
    assert 'href="/clauses?address=vpn:8.4"' in page


def test_missing_inputs_are_asked_in_a_form_that_knows_the_rest(open_app):
    app = ask(open_app(), "滞納したらいくら")
    assert "確認が必要" in html(app)
    assert str(app.date_input[0].value) == "2026-07-31"
    app.number_input[0].set_value(30000)
    page = html(press(app, "計算する"))
    assert "yk-total" in page
    assert "30,000円" in page


def test_a_form_that_cannot_be_computed_says_why(open_app):
    app = ask(open_app(), "滞納したらいくら")
    page = html(press(app, "計算する"))
    assert 'role="alert"' in page
    assert "足りません" in page


def test_each_kind_of_silence_says_where_to_go(open_app):
    page = html(ask(open_app(), "料金表は"))
    assert "別の文書が定める" in page
    assert "確認先: <strong>契約料金表</strong>" in page
    assert page.count("人に相談する: サポート窓口") == 2


def test_an_error_is_a_sentence_and_the_conversation_goes_on(open_app):
    app = ask(open_app(), "エラー")
    assert 'role="alert"' in html(app)
    assert "解約への答え" in html(ask(app, "解約"))


def test_a_fault_in_one_question_does_not_cost_the_conversation(open_app):
    app = ask(ask(open_app(), "解約"), "故障")
    assert "解約への答え" in html(app)
    assert "うまく答えられませんでした" in html(app)
    assert "これまで3問" in html(ask(app, "引っ越し"))


def test_the_service_chip_decides_the_agreement(open_app):
    app = open_app()
    app.get("button_group")[0].set_value("sg").run()
    assert "<code>sg:" in html(ask(app, "解約"))


def test_a_link_asks_its_questions_again_and_once(open_app):
    app = open_app(query={"q": ["解約", "引っ越し"], "agreement": "sg", "as_of": "2026-07-01"})
    assert "これまで2問" in html(app)
    assert "<code>sg:" in html(app)
    assert "2026-07-01 に効力のある版として" in html(app)
    assert "これまで2問" in html(app.run())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": "解約", "agreement": "x<y"}, "x&lt;y"),
        ({"q": "解約", "as_of": "昨日"}, "日付として読めません"),
        ({"q": "あ" * 3000}, "長すぎます"),
    ],
)
def test_a_link_with_a_bad_part_says_so_and_still_answers(open_app, query, said):
    page = html(open_app(query=query))
    assert said in page
    assert "への答え" in page


@pytest.mark.parametrize(
    "query", [{"audience": "agent"}, {"role": "compliance"}, {"page": "records"}]
)
def test_no_query_parameter_widens_what_a_customer_gets(open_app, query):
    app = ask(open_app(query=query), "天気")
    assert "お客様向けの画面" in html(app)
    assert not any("確認した条項" in expander.label for expander in app.expander)


def test_customers_copy_their_text_only_and_staff_also_replies_and_records(open_app):
    def copies(app):
        return "".join(block.value for block in ask(app, "解約").code)

    assert "お問い合わせありがとうございます" not in copies(open_app("customer"))
    staff = copies(open_app("agent"))
    assert "お問い合わせありがとうございます" in staff
    assert "判定: answered" in staff


def test_opinions_reach_the_journal(open_app, journal_path):
    app = press(ask(open_app(), "解約 090-1234-5678"), "役に立たなかった")
    app.selectbox[0].set_value("条文が違う")
    press(app, "送る")
    (entry,) = Journal.open(Settings(journal=str(journal_path))).entries()
    assert (entry.good, entry.reason) == (False, "条文が違う")
    assert "090" not in entry.question
    assert len(entry.index) == len(entry.corpus) == 16


def test_without_a_journal_answers_come_and_no_opinion_is_asked(open_app):
    app = ask(open_app(journal="off"), "解約")
    assert "解約への答え" in html(app)
    assert not any("役に立" in label for label in labels(app))


def test_a_journal_that_fails_does_not_cost_the_answer(open_app):
    app = ask(open_app(journal="nosuch://db"), "解約")
    assert "解約への答え" in html(app)


def test_sessions_do_not_see_each_other(open_app):
    first, second = open_app(), open_app()
    ask(first, "秘密の質問")
    assert "秘密" not in html(ask(second, "解約"))
    assert "これまで1問" in html(second)


def test_staff_ask_what_the_terms_said_on_another_day(open_app):
    app = open_app("compliance")
    app.date_input[0].set_value(date(2026, 7, 1)).run()
    assert "2026-07-01 に効力のある版として" in html(ask(app, "解約"))
    assert "as_of=2026-07-01" in app.code[-1].value
    assert not open_app("customer").date_input
