"""契約タイムライン: facts in, dates out; safe days; calendar and CSV."""

from __future__ import annotations

import csv
import datetime
import io

import pytest
from page_fakes import NASTY, html

from assistant.pages import timeline_rows
from calculators.engine import calculate


def opened(open_app, **query):
    app = open_app("customer", "timeline", query=query)
    assert not app.exception
    return app


def test_without_a_fact_the_page_asks_for_one(open_app):
    assert "日付を一つ入れると" in html(opened(open_app))


def test_a_start_date_gives_the_dates_and_the_last_safe_notice_day(open_app):
    app = opened(open_app, agreement="msp", start_date="2027-03-10")
    page = html(app)
    assert "2028年3月9日（木）" in page
    assert "2028年2月7日（月）" in page
    assert page.index("どの読み方でもよい日") < page.index("<table")
    assert "msp:11.1" in page
    assert len(app.get("vega_lite_chart")) == 1
    assert [button.label for button in app.get("download_button")] == [
        "カレンダー（.ics）をダウンロード",
        "CSV をダウンロード",
    ]


def test_a_fact_typed_in_is_enough(open_app):
    app = opened(open_app, agreement="msp")
    box = next(d for d in app.date_input if d.label == "サービス提供開始日")
    box.set_value(datetime.date(2027, 3, 10)).run()
    assert "2028年3月9日" in html(app)


def test_the_facts_are_kept_when_another_agreement_is_chosen(open_app):
    app = opened(open_app, agreement="msp", start_date="2027-03-10")
    app.get("button_group")[0].set_value("vpn").run()
    assert not app.exception
    assert "2027年3月10日" in html(app)


@pytest.mark.parametrize("query", [{"start_date": NASTY}, {"nonsense": NASTY}, {"agreement": "zz"}])
def test_a_bad_link_is_a_sentence(open_app, query):
    page = html(opened(open_app, **query))
    assert "<img" not in page
    assert "表示できませんでした" not in page


def test_the_csv_holds_what_the_list_shows():
    result = calculate("contract_timeline", "msp", {"start_date": "2027-03-10"})
    events = timeline_rows.events(result)
    rows = list(csv.reader(io.StringIO(timeline_rows.as_csv(events).decode("utf-8-sig"))))
    assert rows[0] == ["日付", "種類", "できごと", "どの読み方でもよい日", "根拠"]
    assert len(rows) == len(events) + 1
    assert rows[2][:2] == ["2028-02-08", "期限"]
    assert rows[2][3] == "2028-02-07"
    assert not any("safe" in text for text in timeline_rows.assumptions(result))
