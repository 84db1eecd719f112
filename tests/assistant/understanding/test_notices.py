"""Which day of a notice counts, and when a verdict is asked."""

from __future__ import annotations

import pytest

from assistant.calculation import requests
from assistant.understanding.verdicts import asks_again, judged, turned_to


def inputs(read, text):
    (request,) = requests(read(text))
    return request.rule, dict(request.inputs)


@pytest.mark.parametrize(
    "text",
    [
        "VPNを2027年2月1日に解約。2026年12月31日に郵送、2027年1月2日に届く。間に合う？",
        "VPNの解約希望日は2027年2月1日。2026年12月31日に郵送して届くのは2027年1月2日。間に合う？",
        "VPNを2027年2月1日に解約希望。通知は2026年12月31日発送、2027年1月2日到着。間に合いますか？",
    ],
)
def test_the_day_of_arrival_is_the_day_of_the_notice(read, text):
    rule, found = inputs(read, text)
    assert rule == "cancellation_notice_deadline"
    assert found == {"desired_end": "2027-02-01", "notice_date": "2027-01-02"}


@pytest.mark.parametrize("end", ["遅い？", "OK？", "大丈夫？", "有効？", "期限内？", "いける？"])
def test_both_days_and_a_word_of_doubt_ask_for_a_verdict(read, end):
    rule, found = inputs(read, f"VPNを2027年4月30日に解約希望、通知は2027年3月31日。{end}")
    assert rule == "cancellation_notice_deadline"
    assert found["notice_date"] == "2027-03-31"


def test_a_proposed_limit_is_judged(read):
    _, found = inputs(
        read, "VPN、解約希望日が日曜の2027年1月31日。通知期限は2026年12月31日でいい？"
    )
    assert found == {"desired_end": "2027-01-31", "notice_date": "2026-12-31"}


def test_a_verdict_without_a_day_is_one_on_today(read):
    (request,) = requests(read("マネセキを2027年3月20日で解除したい、間に合う？"))
    assert request.inputs["notice_date"] == "2027-01-10"
    assert any("今日" in note for note in request.assumptions)


def test_how_a_notice_is_given_asks_for_no_verdict(read):
    assert requests(read("VPNを2027年3月31日に解約します。通知はメールで大丈夫？")) == ()


def test_a_claim_of_damage_is_judged(read):
    rule, found = inputs(read, "2026/12/30にSGの障害で損害が出ました。今日申し出れば間に合う？")
    assert rule == "claim_deadline"
    assert found == {"damage_date": "2026-12-30", "claim_date": "2027-01-10"}


@pytest.mark.parametrize(
    "text",
    [
        "オプテージは2028年9月30日にSecure Gatewayを終了します。契約者への通知は何日までに",
        "SGを2028年9月30日に終わらせるとき、6か月前の通知期限は何日？",
    ],
)
def test_the_end_of_the_service_is_no_cancellation(read, text):
    assert inputs(read, text) == ("service_end_notice", {"service_end": "2028-09-30"})


def test_a_customer_who_ends_it_cancels(read):
    (request,) = requests(read("オプテージのSGを2028年9月30日で終了したい。通知はいつまで？"))
    assert request.rule == "cancellation_notice_deadline"


def test_an_end_with_the_term_is_no_cancellation(read):
    rule, found = inputs(read, "VPN 1年契約 2026/1/10開始、満了解約の申出期限は？")
    assert rule == "expiry_notice_deadline"
    assert found == {"start_date": "2026-01-10", "term_years": 1}


def test_words_without_doubt_judge_nothing():
    assert judged("VPNを4月30日に解約希望、通知は3月31日です") == ()
    assert turned_to("late_charge", "申出期限は?") == ""
    assert not asks_again("outage_reduction", "間に合う?")


def test_the_day_on_which_the_end_was_told_is_judged(read):
    text = "Secure Gatewayが2028年3月31日に終わると昨日知らされた。6か月前に間に合ってる？"
    rule, found = inputs(read, text)
    assert rule == "service_end_notice"
    assert found == {"service_end": "2028-03-31", "individual_notice": "2027-01-09"}
