"""Facts told in other words than the usual ones, and the numbers that they give."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding.facts import fact, open_speaker
from calculators.engine import calculate

TODAY = date(2026, 11, 26)


@pytest.fixture(scope="module")
def ask(requested, library):
    """One request for a text, and its outputs where it can be computed."""

    def asking(*turns):
        previous = None
        for turn in turns:
            found = requested(turn, previous, today=TODAY)
            previous = found[0] if found else previous
        assert previous is not None
        if not previous.complete:
            return previous, {}
        result = calculate(previous.rule, previous.agreement, previous.inputs, library=library)
        return previous, result.to_dict()["outputs"]

    return asking


LATE_VPN = "VPNの10万円、{}。遅延利息は？"


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("11月30日の期日当日に払えば", 0),
        ("期限の10月30日当日に支払い済み", 0),
        ("期日の2026/11/30ちょうどに払ったら", 0),
        ("期日10月30日、期日ぴったりに支払い", 0),
        ("期日は10月30日で同じ日に払いました", 0),
        ("期日の翌日に払いました。期日は10月30日", 1),
        ("期限の3日前に払いました。期限は12月10日", 0),
        ("期日から5日後に払います。期日は12月10日", 5),
        ("期限は12月1日、期限から2週間後に支払", 14),
        ("期日12月1日、期日から1か月後に支払", 31),
        ("期日11月25日、11日遅れで払った", 11),
        ("12月17日に払いました。1週間遅れ", 7),
        ("期日12月10日、大晦日に支払", 21),
        ("支払期日10/31、今日11/26入金", 26),
        ("10日遅れで払いました", 10),
    ],
)
def test_the_days_of_a_late_payment(ask, told, days):
    assert ask(LATE_VPN.format(told))[1]["days"] == days


def test_the_delay_says_how_it_was_read(ask):
    request, _ = ask(LATE_VPN.format("期日当日に払いました。期日は10月30日"))
    assert "支払日は、期日の当日の2026年10月30日としました。" in request.assumptions


@pytest.mark.parametrize(
    "told", ["約20日遅れた", "20日くらい遅れた", "1か月遅れた", "10日過ぎたら"]
)
def test_a_delay_without_exact_days_is_asked_for(ask, told):
    request, _ = ask(LATE_VPN.format(told))
    assert {"due_date", "paid_date"} <= set(request.missing)


def test_debts_with_due_dates_of_their_own_are_no_one_debt(ask):
    request, _ = ask(
        "VPNの請求が3万円（期日12月1日）と5万円（期日12月10日）の2件。12月20日に払うと遅延利息はいくら？"
    )
    assert set(request.missing) == {"principal", "due_date"}


@pytest.mark.parametrize(
    "text",
    [
        "12月20日に8万円を払った。期日は11月30日。VPNの遅延利息は？",
        "VPN 期日11/30 12/20入金 80,000円",
    ],
)
def test_a_sum_that_was_paid_is_the_debt(ask, text):
    assert ask(text)[1]["amount"] == 640


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("VPN、3年、2025年12月1日開始、月額12,000円、2026年12月31日解約の解約金", 276_000),
        ("Secure Gateway 月額44,000円、2026/9/1開始、解除金いくら？12/31付", 352_000),
        ("Secure Gatewayの解約、残り5か月 月額3万円。いくら払う？", 150_000),
        ("MSPを契約して残り3か月です。月額2万円。解約金は？", 60_000),
        ("SGを3か月と10日で解約したら？月額3万1千円、開始は2026年10月1日", 269_000),
    ],
)
def test_an_early_end_told_in_few_words(ask, text, value):
    assert ask(text)[1]["charge"] == value


@pytest.mark.parametrize(
    "text",
    [
        "VPNの3年契約で2年目に解約、いくらかかる？月額1万円、開始2025/1/1",
        "SGを2ヶ月目に解約したらいくら？月額3万円、2026年10月1日開始",
    ],
)
def test_the_second_year_is_no_day(ask, text):
    assert ask(text)[0].missing == ("end_date",)


def test_what_is_left_only_roughly_is_asked_for(ask):
    request, _ = ask("SGを残り約5か月で解約、月額3万円。いくら？")
    assert set(request.missing) == {"start_date", "end_date"}


def test_months_overdue_count_where_only_whole_months_do(ask):
    assert ask("VPN返却3か月遅れ 月額12,000円 損害金は")[1]["amount"] == 36_000


@pytest.mark.parametrize(
    ("text", "total"),
    [
        ("VPNの初期30,000円、月額12,000円、2027年1月1日開始。初回請求は？", 46_200),
        ("VPN 月額10,000円、2027年1月1日開始、初期導入費用なしの初回請求は？", 11_000),
    ],
)
def test_an_initial_fee_in_short(ask, text, total):
    assert ask(text)[1]["total"] == total


def test_a_change_from_a_month_on_is_from_its_first_day(ask):
    request, outputs = ask("VPNの契約内容を2027年1月から変更したい。届出はいつまで？")
    assert outputs["deadline"] == "2026-12-01"
    assert "『2027年1月』は2027年1月1日と読みました。" in request.assumptions


@pytest.mark.parametrize(
    "text",
    [
        "MSPで月2万円を毎月末に払っている。2026年11月10日に重過失で損害が100万円。上限は？",
        "MSPの重過失の損害50万円、直前12か月に支払った料金は合計24万円。上限は？",
    ],
)
def test_the_fees_of_a_year_in_short(ask, text):
    assert ask(text)[1]["cap"] == 240_000


def test_a_rate_said_is_no_question_about_the_rule(ask):
    text = "VPNの利用開始前キャンセル。料率は20%、対象額10万円、申込2026/12/1、開始予定2027/1/15、取消2026/12/20。いくら？"
    assert ask(text)[1]["amount"] == 20_000


OUTAGE = "VPN月額30,000円、11/20 9:00通知、11/23 10:00復旧、{}。減額は？"


@pytest.mark.parametrize(
    "told",
    [
        "当社の責に帰すべき事由で全面使用不能", "当社の責めによる停止", "当社起因", "当社原因",
        "弊社に責任あり", "会社側の責任", "会社のミスで使えず", "御社のせい", "オプテージが原因",
    ],
)  # fmt: skip
def test_the_company_is_at_fault(ask, told):
    assert ask(OUTAGE.format(told))[1]["credit"] == 3_000


@pytest.mark.parametrize(
    "told",
    [
        "当社の責めに帰すべき事由ではありません", "当社の責に帰さない事由", "うちのミス",
        "うちの会社のミス", "契約者の責に帰すべき事由", "台風で当社の責任ではない",
    ],
)  # fmt: skip
def test_the_company_is_not_at_fault(ask, told):
    assert ask(OUTAGE.format(told))[1]["credit"] == 0


@pytest.mark.parametrize("told", ["当社の配線ミス", "原因はうち", "通信会社の責任"])
def test_a_fault_that_is_open_is_asked_for(ask, told):
    assert ask(OUTAGE.format(told))[0].missing == ("company_at_fault",)


def test_the_word_for_both_parties_is_said_to_mean_the_company(ask):
    request, _ = ask(OUTAGE.format("当社起因"))
    assert "『当社』は、サービスを提供する会社のことと読みました。" in request.assumptions
    assert fact("company_at_fault", "当社の責に帰すべき事由") is True
    assert open_speaker("御社の責任で当社が困る") == ""


@pytest.mark.parametrize(
    ("told", "units"), [("50時間止まった", 2), ("丸3日使えず", 3), ("停止時間は73時間", 3)]
)
def test_an_outage_by_its_length(ask, told, units):
    request, _ = ask(f"VPNの装置が{told}、御社のせい。月額31,000円。いくら減る？")
    assert request.missing == ("notified_at",)
    _, outputs = ask(f"12月5日からVPNの装置が{told}、御社のせい。月額31,000円。いくら減る？")
    assert outputs["units"] == units


@pytest.mark.parametrize(
    ("turns", "name", "value"),
    [
        (("VPNの8万円、期日11月30日、支払12月10日。遅延利息は？", "期日の当日に払っていたら？"), "days", 0),
        (("VPNの8万円、期日11月30日、支払12月10日。遅延利息は？", "20日遅れだったら？"), "days", 20),
        (("VPNの請求8万円が10日遅れた場合の遅延利息は？", "20日遅れだったら？"), "days", 20),
        (("VPNの請求8万円が10日遅れた場合の遅延利息は？", "期日は11月30日、支払は12月20日です"), "days", 20),
        (("MSPの15万円、15日遅れで払いました。延滞利息は？", "期日は11月30日"), "days", 14),
        (("VPNの装置が50時間止まった、御社のせい。月額31,000円。いくら減る？", "12/5です"), "credit", 2000),
        (("VPN装置を12/25に受け取り。年末年始は休みです。欠陥通知の期限は？", "12/29から1/3までです"), "deadline", "2027-01-04"),
        (("VPN装置の引渡し2026/12/28。12/29〜1/3は休業。欠陥の通知期限は？", "引渡しが12/25だったら？"), "deadline", "2027-01-04"),
    ],
)  # fmt: skip
def test_a_follow_up_changes_what_was_told(ask, turns, name, value):
    assert ask(*turns)[1][name] == value


@pytest.mark.parametrize(
    ("turns", "missing"),
    [
        (("SGを残り5か月で解約、月額3万円。いくら？", "12月20日だったら？"), ("start_date",)),
        (("SGを6か月で解約、月額3万円。いくら？", "解約は12月20日です"), ("start_date",)),
        (("VPN返却3か月遅れ 月額12,000円 損害金は", "1月10日なら？"), ("deadline",)),
        (("MSPの重過失の損害50万円、直前12か月に支払った料金は合計24万円。上限は？", "12月20日だったら？"), ("payments",)),
    ],
)  # fmt: skip
def test_a_day_is_not_held_against_days_that_stand_for_a_length(ask, turns, missing):
    assert ask(*turns)[0].missing == missing


@pytest.mark.parametrize(
    ("turns", "name", "value"),
    [
        (("VPNの請求8万円が10日遅れた場合の遅延利息は？", "期日の翌日なら？"), "days", 1),
        (("VPNの請求8万円が10日遅れた場合の遅延利息は？", "SGの場合は？"), "amount", 286),
        (("VPN返却3か月遅れ 月額12,000円 損害金は", "1か月遅れたら？"), "amount", 12_000),
        (("SGを残り5か月で解約、月額3万円。いくら？", "8か月使っていたら？"), "charge", 120_000),
        (("12月5日からVPNの装置が50時間止まった、御社のせい。月額31,000円。いくら減る？", "御社のせいではない場合は？"), "credit", 0),
    ],
)  # fmt: skip
def test_a_length_that_was_told_stays_one(ask, turns, name, value):
    assert ask(*turns)[1][name] == value
