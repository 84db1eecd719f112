"""Changes told against what was said: each moves the one value it means, and says so."""

from __future__ import annotations

import pytest

from assistant.calculation import CalculationRequest, requests

LATE = CalculationRequest(
    "late_charge", "sg", {"principal": 80000, "due_date": "2026-12-10", "paid_date": "2026-12-20"}
)
EARLY = CalculationRequest(
    "early_termination_charge",
    "vpn",
    {"start_date": "2026-06-01", "term_years": 1, "end_date": "2027-03-31", "monthly_fee": 12000},
)
RETURN = CalculationRequest(
    "late_return_charge",
    "vpn",
    {"deadline": "2026-12-10", "returned": "2027-01-05", "monthly_rental": 8000},
)
CHANGE = CalculationRequest(
    "downgrade_difference",
    "sg",
    {
        "start_date": "2026-04-01",
        "change_date": "2026-12-01",
        "old_fee": 50000,
        "new_fee": 30000,
    },
)
RANGE = CalculationRequest(
    "fee_proration",
    "vpn",
    {"monthly_fee": 11000, "first_day": "2026-12-01", "last_day": "2026-12-10"},
)


@pytest.mark.parametrize(
    ("text", "last", "name", "value"),
    [
        ("1日早く払ったら？", LATE, "paid_date", "2026-12-19"),
        ("1週間早く払ったら？", LATE, "paid_date", "2026-12-13"),
        ("支払が1か月遅れたら？", LATE, "paid_date", "2027-01-10"),
        ("期日当日なら？", LATE, "paid_date", "2026-12-10"),
        ("期日の3日前に払ったら？", LATE, "paid_date", "2026-12-07"),
        ("期日から1か月後なら？", LATE, "paid_date", "2027-01-10"),
        ("2日遅く払ったら？", LATE, "paid_date", "2026-12-22"),
        ("期日を5日延ばしてもらったら？", LATE, "due_date", "2026-12-15"),
        ("期日が5日だったら？", LATE, "due_date", "2026-12-05"),
        ("12月5日に払ったら？", LATE, "paid_date", "2026-12-05"),
        ("解約を1か月延ばしたら？", EARLY, "end_date", "2027-04-30"),
        ("起算日が15日だったら？", EARLY, "start_date", "2026-06-15"),
        ("8か月使っていたら？", EARLY, "end_date", "2027-01-31"),
        ("8か月と10日使っていたら？", EARLY, "end_date", "2027-02-10"),
        ("月末に払ったら？", LATE, "paid_date", "2026-12-31"),
        ("月末が期日だったら？", LATE, "due_date", "2026-12-31"),
        ("月末に返したら？", RETURN, "returned", "2027-01-31"),
        ("2台なら？", RETURN, "monthly_rental", 16000),
        ("1月15日だと？", RETURN, "returned", "2027-01-15"),
        ("6万円に上げるなら？", CHANGE, "new_fee", 60000),
        ("変更前が8万円だったら？", CHANGE, "old_fee", 80000),
    ],
)
def test_a_change_moves_the_value_it_means(requested, text, last, name, value):
    (request,) = requested(text, last)
    assert request.inputs == {**last.inputs, name: value}


def test_a_change_of_a_day_is_said(requested):
    (request,) = requested("1日早く払ったら？", LATE)
    assert any("2026年12月19日" in note for note in request.assumptions)


def test_the_end_of_a_month_is_the_same_day_when_it_is_asked_again(requested):
    (end,) = requested("月末に払ったら？", LATE)
    (again,) = requested("月末だと？", end)
    assert again.inputs == end.inputs


def test_another_number_of_devices_counts_from_the_price_of_one(requested):
    (two,) = requested("2台なら？", RETURN)
    (three,) = requested("3台なら？", two)
    assert three.inputs["monthly_rental"] == 24000


def test_the_number_of_devices_stays_when_a_day_is_moved(requested):
    (two,) = requested("2台なら？", RETURN)
    (moved,) = requested("1日早く返したら？", two)
    (three,) = requested("3台なら？", moved)
    assert three.inputs["monthly_rental"] == 24000


def test_prices_that_were_added_up_are_no_price_of_one(read, requested):
    told = "VPNの返却が遅れた。1台5,000円と1台8,000円の装置、期限12/10、返却1/5。損害金は？"
    (summed,) = requests(read(told))
    assert summed.inputs["monthly_rental"] == 13000
    assert all(r.inputs.get("monthly_rental") != 39000 for r in requested("3台なら？", summed))


def test_a_list_of_debts_answers_what_was_asked(requested):
    asked = CalculationRequest("late_charge", "sg", missing=("principal", "due_date", "paid_date"))
    (request,) = requested("3万円と5万円の2件です", asked)
    assert request.inputs["principal"] == 80000


def test_a_day_that_a_new_one_overtakes_is_asked_for(requested):
    (request,) = requested("1月1日からだと？", RANGE)
    assert request.inputs["first_day"] == "2027-01-01"
    assert request.missing == ("last_day",)


@pytest.mark.parametrize(
    ("text", "fee"), [("月額は税込でした", 10909), ("いや税抜です", 12000), ("月額13,200円が税込なら？", 12000)]
)  # fmt: skip
def test_what_is_said_of_tax_counts_the_sum_anew(requested, text, fee):
    (request,) = requested(text, EARLY)
    assert request.inputs["monthly_fee"] == fee


def test_tax_taken_off_can_be_put_back(requested):
    (net,) = requested("月額は税込でした", EARLY)
    (gross,) = requested("いや税抜です", net)
    assert gross.inputs["monthly_fee"] == 12000


def test_a_debt_told_without_tax_is_owed_with_it(read):
    (request,) = requests(
        read("VPNの料金が税抜5万円、期日2026/11/30、支払2026/12/10。遅延利息はいくら？")
    )
    assert request.inputs["principal"] == 55000
    assert any("税込55,000円" in note for note in request.assumptions)


@pytest.mark.parametrize("text", ["支払日当日を数えないと？", "端数切り上げだと？"])
def test_a_question_of_reading_changes_no_value(requested, text):
    assert requested(text, LATE) == ()
