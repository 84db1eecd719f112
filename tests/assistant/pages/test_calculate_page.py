"""計算: found by everyday words, a form per agreement, the result, comparison, what-if, bulk."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from page_fakes import NASTY, html

from assistant.pages import bulk_table
from calculators import registry
from calculators.engine import Calculator

LATE = {
    "rule": "late_charge",
    "agreement": "vpn",
    "principal": "55000",
    "due_date": "2026-12-28",
    "paid_date": "2027-01-31",
}
END = {
    "rule": "early_termination_charge",
    "agreement": "sg",
    "start_date": "2026-07-15",
    "end_date": "2027-02-10",
    "monthly_fee": "55000",
}


def opened(open_app, query=None, audience="customer"):
    app = open_app(audience, "calculate", query=query)
    assert not app.exception
    return app


def view(app, name):
    control = next(g for g in app.get("button_group") if g.key == "calc-view")
    control.set_value(name).run()
    assert not app.exception
    return app


def labels(app):
    return [button.label for button in app.button]


def press(app, label):
    next(b for b in app.button if b.label.startswith(label)).click().run()
    assert not app.exception
    return app


def test_the_shelves_hold_every_rule_with_a_japanese_title(open_app):
    said = labels(opened(open_app))
    for rule in registry.rules():
        if rule.name != "contract_timeline":
            assert any(rule.title in label for label in said), rule.name


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("違約金", "中途解約金"),
        ("支払いが遅れた", "遅延損害金"),
        ("壊した", "機器の滅失・毀損の賠償額"),
        ("途中でやめたらいくら", "中途解約金"),
        ("サ終", "サービス終了の通知期限"),
    ],
)
def test_a_calculation_is_found_by_everyday_words(open_app, words, title):
    app = opened(open_app)
    app.text_input[0].set_value(words).run()
    assert any(label.startswith(title) for label in labels(app)), labels(app)
    assert len(labels(app)) < 12


def test_words_that_mean_no_calculation_say_so_and_show_the_shelves(open_app):
    app = opened(open_app)
    app.text_input[0].set_value("ほげほげ").run()
    assert "見つかりません" in html(app)
    assert len(labels(app)) > 30


def test_from_the_shelf_to_a_number(open_app):
    app = press(opened(open_app), "遅延損害金")
    assert "次の項目を入れると計算します" in html(app)
    number = next(n for n in app.number_input if n.label.startswith("未払いの元本"))
    number.set_value(55000)
    days = {d.label: d for d in app.date_input}
    days["支払期日"].set_value(datetime.date(2026, 12, 28))
    days["支払日"].set_value(datetime.date(2027, 1, 31))
    app.run()
    assert not app.exception
    assert "721円" in html(app)
    assert "yk-steps" in html(app)
    assert '<td class="yk-num">33日</td>' in html(app)
    assert '<td class="yk-num">721円</td>' in html(app)
    assert "<blockquote>" in html(app)


def test_a_link_fills_the_form_and_computes(open_app):
    page = html(opened(open_app, LATE))
    assert "遅延利息" in page
    assert "yk-total" in page
    assert "vpn:8.4" in page
    assert "<mark>" in page


def test_the_link_of_a_result_carries_its_inputs(open_app):
    app = opened(open_app, LATE)
    assert "principal=55000&due_date=2026-12-28&paid_date=2027-01-31" in app.code[0].value


def test_an_input_that_cannot_be_is_refused_at_its_field_without_code_names(open_app):
    page = html(opened(open_app, LATE | {"paid_date": "2026-12-01"}))
    assert "yk-total" not in page or "721円" not in page
    page = html(opened(open_app, END | {"end_date": "2026-01-01"}))
    assert 'role="alert"' in page
    assert "end_date" not in page
    assert "より前です" in page


def test_where_no_fact_is_chosen_nothing_is_judged(open_app):
    app = opened(open_app, {"rule": "termination_grounds", "agreement": "vpn"})
    assert "次の項目を入れると計算します: 当てはまる事実" in html(app)
    app.multiselect[0].set_value(["late_payment"]).run()
    assert not app.exception
    assert "当社はそうすることができます" in html(app)


def test_an_agreement_without_the_rule_says_which_clauses_were_checked(open_app):
    page = html(opened(open_app, {"rule": "first_invoice", "agreement": "sg"}))
    assert "定めがありません" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"rule": "no_such"}, "no_such"),
        (LATE | {"nonsense": "1"}, "nonsense"),
        (LATE | {"principal": NASTY}, "未払いの元本"),
        (LATE | {"agreement": "zz"}, "遅延損害金"),
    ],
)
def test_a_bad_link_is_a_sentence_and_nothing_runs(open_app, query, said):
    app = opened(open_app, query)
    assert said in html(app) + "".join(s.value for s in app.subheader) + "".join(
        n.label for n in app.number_input
    )
    assert "<img" not in html(app)


def test_the_same_case_under_every_agreement(open_app):
    page = html(view(opened(open_app, LATE), "規約を比べる"))
    for name in ("Secure Gateway", "VPN", "マネージド"):
        assert name in page
    assert "721円" in page


def test_comparing_asks_for_what_another_agreement_needs(open_app):
    app = view(opened(open_app, END), "規約を比べる")
    assert "契約年数を入れると計算します" in html(app)
    next(n for n in app.number_input if n.label.startswith("契約年数")).set_value(1).run()
    assert "を入れると計算します" not in html(app)


def drawn(app):
    """How many charts the page shows."""
    return len(app.get("vega_lite_chart"))


def test_the_charge_by_month_of_cancellation_is_drawn_and_tabled(open_app):
    app = view(opened(open_app, END), "条件を変える")
    assert drawn(app) == 1
    page = html(app)
    assert "2027年2月28日" in page


def test_the_late_charge_jumps_at_the_end_of_the_grace(open_app):
    app = view(opened(open_app, LATE | {"agreement": "msp"}), "条件を変える")
    assert "大きく変わるところ" in html(app)
    assert "0円、" in html(app)


def test_what_if_without_inputs_says_what_is_missing(open_app):
    app = view(opened(open_app, {"rule": "late_charge", "agreement": "vpn"}), "条件を変える")
    assert "次の項目を入れるとグラフにします" in html(app)


def rows_of(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def upload(app, data, name="cases.csv"):
    app.file_uploader[0].set_value((name, data, "text/csv")).run()
    assert not app.exception
    return app


def test_the_template_of_every_rule_is_computed_without_an_error():
    calculator = Calculator()
    for rule in registry.rules():
        for agreement in registry.agreements(rule.name, calculator.library):
            specs = calculator.specs(rule.name, agreement)
            data = bulk_table.template(rule, agreement, specs)
            if len(rows_of(data)) < 2:
                continue
            cases = bulk_table.read("t.csv", data, specs)
            outcome = bulk_table.compute(rule, agreement, cases, calculator)
            assert outcome.failed == 0, (rule.name, agreement, outcome.shown)


def test_a_bulk_file_gives_results_and_names_bad_rows(open_app):
    app = view(opened(open_app, LATE), "まとめて計算")
    text = "番号,未払いの元本（円）,支払期日,支払日\n1,55000,2026-12-28,2027-01-31\n2,abc,2026-12-28,2027-01-31\n=3,,2026-12-28,2027-01-31\n"
    page = html(upload(app, text.encode("cp932")))
    assert "1件を計算しました" in page
    assert "計算できなかった行: 2件" in page
    assert "principal" not in page
    assert "未払いの元本が空です" in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"\x00\x01", "CSV として読めません"),
        ("a.csv", b"", "行がありません"),
        ("a.csv", "知らない列\n1\n".encode(), "知らない列"),
        ("a.xlsx", b"abc", "CSV ではありません"),
        ("a.csv", b"x" * (bulk_table.MAX_BYTES + 1), "大きすぎます"),
        ("a.csv", "番号\n".encode() + b"1\n" * (bulk_table.MAX_ROWS + 1), "行が多すぎます"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_words(name, data, said):
    specs = Calculator().specs("late_charge", "vpn")
    with pytest.raises(bulk_table.UnusableFile, match=said):
        bulk_table.read(name, data, specs)


def test_formulas_of_a_bulk_file_come_back_as_text():
    calculator = Calculator()
    specs = calculator.specs("late_charge", "vpn")
    text = "番号,未払いの元本（円）,支払期日,支払日\n=1+1,55000,2026-12-28,2027-01-31\n"
    cases = bulk_table.read("a.csv", text.encode(), specs)
    outcome = bulk_table.compute(registry.rule("late_charge"), "vpn", cases, calculator)
    assert rows_of(outcome.results)[1][0] == "'=1+1"


def test_the_inputs_survive_a_change_of_agreement(open_app):
    app = opened(open_app, LATE)
    next(g for g in app.get("button_group") if g.key == "calc-agreement").set_value("sg").run()
    assert "721円" in html(app)


@pytest.mark.parametrize("rule", registry.names())
def test_the_form_of_every_rule_opens_and_shows_its_example(open_app, rule):
    from assistant.pages.calculation_links import as_text

    example = registry.rule(rule).examples[0]
    given = {k: as_text(v) for k, v in example.inputs.items() if not isinstance(v, dict)}
    app = opened(open_app, {"rule": rule, "agreement": example.agreement, **given})
    page = html(app)
    assert "表示できませんでした" not in page
