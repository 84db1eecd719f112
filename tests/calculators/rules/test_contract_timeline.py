"""The timeline: each event is its own rule's result, in order; facts decide which there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.engine import calculate
from calculators.errors import MissingInput
from calculators.ics import to_ics
from calculators.result import Result

AGREEMENTS = ("sg", "vpn", "msp")
DAYS = st.dates(date(2024, 3, 1), date(2035, 12, 31))

WORKED = {
    "acceptance_date": "2027-01-31",
    "start_date": "2027-03-01",
    "term_years": 1,
    "handed_over": "2027-02-26",
    "support_end": "2028-06-15",
}


def timeline(agreement: str, **facts: Any) -> Result:
    return calculate("contract_timeline", agreement, facts)


def dates(result: Result) -> dict[str, str]:
    """The first day of each label."""
    found: dict[str, str] = {}
    for event in result.outputs["events"]:
        found.setdefault(event["label"], event["date"].isoformat())
    return found


def test_the_worked_timeline_of_a_rental() -> None:
    found = dates(timeline("vpn", **WORKED))
    assert found["提供開始日として指定できる最初の日"] == "2027-02-28"
    assert found["レンタル物件の引渡しの期限"] == "2027-02-28"
    assert found["欠陥の通知の期限"] == "2027-03-02"
    assert found["最低利用期間の満了"] == "2028-02-29"
    assert found["満了で終える申し出の期限"] == "2028-01-29"
    assert found["サポート終了日までに延長できる最後の日"] == "2028-05-31"


def test_ending_three_contracts_on_one_day_needs_three_days_of_notice() -> None:
    events = {a: timeline(a, desired_end="2027-09-30").outputs["events"] for a in AGREEMENTS}
    notices = {
        agreement: next(e for e in found if e["label"] == "解約通知の期限")
        for agreement, found in events.items()
    }
    safe = {agreement: event["safe"].isoformat() for agreement, event in notices.items()}
    assert safe == {"sg": "2027-07-31", "vpn": "2027-08-29", "msp": "2027-08-30"}


def test_sg_and_msp_say_how_to_end_with_the_minimum_term() -> None:
    label = "最低利用期間の満了で終える解約通知の期限"
    assert dates(timeline("msp", start_date="2027-03-10"))[label] == "2028-02-08"
    assert dates(timeline("sg", start_date="2027-03-01"))[label] == "2028-01-29"
    assert label not in dates(timeline("vpn", start_date="2027-03-01", term_years=1))


def test_only_msp_has_days_of_grace() -> None:
    label = "延滞利息がかからない最後の支払日"
    found = {a: dates(timeline(a, due_date="2027-05-06")).get(label) for a in AGREEMENTS}
    assert found == {"sg": None, "vpn": None, "msp": "2027-05-17"}


def test_without_any_fact_one_is_asked_for() -> None:
    with pytest.raises(MissingInput) as asked:
        timeline("vpn", term_years=1)
    assert [field.name for field in asked.value.fields] == ["start_date", "desired_end"]


@given(st.sampled_from(AGREEMENTS), DAYS, DAYS)
def test_events_come_in_order_with_their_clause(agreement: str, start: date, end: date) -> None:
    result = timeline(agreement, start_date=start, term_years=1, desired_end=end)
    events = result.outputs["events"]
    cited = {quote.id for quote in result.citations}
    assert [e["date"] for e in events] == sorted(e["date"] for e in events)
    assert all(e["clause"] in cited for e in events if e["kind"] != "given")


@given(st.sampled_from(AGREEMENTS), DAYS)
def test_an_event_is_the_result_of_its_own_rule(agreement: str, end: date) -> None:
    own = calculate("cancellation_notice_deadline", agreement, {"desired_end": end}).outputs
    events = timeline(agreement, desired_end=end).outputs["events"]
    event = next(e for e in events if e["label"] == "解約通知の期限")
    assert (event["date"], event["safe"]) == (own["deadline"], own["safe"])


def test_the_calendar_file_holds_every_event_and_is_the_same_each_time() -> None:
    from icalendar import Calendar

    result = timeline("vpn", **WORKED)
    data = to_ics(result, name="本社ルータ")
    assert data == to_ics(timeline("vpn", **WORKED), name="本社ルータ")
    events = list(Calendar.from_ical(data).walk("VEVENT"))
    assert [e.decoded("dtstart") for e in events] == [e["date"] for e in result.outputs["events"]]
    assert len({str(e["uid"]) for e in events}) == len(events)
    notice = next(e for e in events if str(e["summary"]) == "【期限】満了で終える申し出の期限")
    assert "vpn:9.1" in str(notice["description"])
    assert "2028-01-28" in str(notice["description"])
