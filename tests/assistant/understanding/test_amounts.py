"""Sums of money as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.amounts import Amount, amounts
from assistant.understanding.folding import fold
from assistant.understanding.taxes import in_terms_of


def yen(text):
    return [a.yen for a in amounts(fold(text))]


@pytest.mark.parametrize(
    "text",
    [
        "33,000円",
        "３３，０００円",
        "33000円",
        "¥33,000",
        "￥３３，０００",
        "3万3千円",
        "3.3万円",
        "三万三千円",
        "3万3,000円",
        "月額33000で",
    ],
)
def test_one_sum_in_many_spellings(text):
    assert yen(text) == [33000]


@pytest.mark.parametrize(
    "text", ["3年契約", "30日前", "24時間", "2027/4/1", "18条", "3台", "1万人"]
)
def test_other_numbers_are_no_money(text):
    assert yen(text) == []


def test_a_sum_that_is_no_whole_yen_is_left_out():
    assert yen("1.23456万円") == []


@pytest.mark.parametrize(
    ("text", "tax"),
    [
        ("33,000円（税込）", "incl"),
        ("33,000円(税別)", "excl"),
        ("税抜33,000円", "excl"),
        ("税込で33,000円", "incl"),
        ("33,000円＋税", "excl"),
        ("33,000円", ""),
    ],
)
def test_tax_words_belong_to_their_sum(text, tax):
    assert amounts(fold(text))[0].tax == tax


def test_one_word_on_tax_may_speak_for_all_sums():
    found = amounts(fold("費用48,000円、月額16,700円、金額はすべて税別です。"))
    assert [a.tax for a in found] == ["excl", "excl"]


@given(st.integers(1, 10**9))
def test_every_printed_sum_is_read_back(value):
    assert yen(f"請求は{value:,}円です") == [value]


@given(st.text(alphabet="0123456789,.万千百億円¥税込抜別（）一二三十", max_size=30))
def test_spans_slice_the_text_and_nothing_raises(text):
    for found in amounts(fold(text)):
        assert 0 <= found.span[0] < found.span[1] <= len(text)


@pytest.mark.parametrize("text", ["¥万", "￥万円", "¥百", "料金は¥億万"])
def test_a_scale_without_figures_is_no_sum(text):
    assert yen(text) == []


@given(st.integers(1, 10**7))
def test_taking_tax_off_and_on_gives_the_same_sum(ex_tax):
    with_tax = Amount(ex_tax * 110 // 100, "incl", (0, 0), (0, 0))
    assert in_terms_of("vpn", with_tax)[0] == ex_tax


def test_a_conversion_is_said():
    value, note = in_terms_of("sg", Amount(50000, "excl", (0, 0), (0, 0)))
    assert value == 55000
    assert "税率10%" in note


def test_a_sum_with_tax_that_no_sum_without_gives_is_left_open():
    value, note = in_terms_of("msp", Amount(10, "incl", (0, 0), (0, 0)))
    assert value is None
    assert "税抜" in note


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("1億2千万円", 120_000_000),
        ("120百万円", 120_000_000),
        ("2千5百万円", 25_000_000),
        ("33千円", 33_000),
        ("3百万円", 3_000_000),
        ("千万円", 10_000_000),
    ],
)
def test_sums_in_thousands_and_millions(text, yen):
    assert [a.yen for a in amounts(fold(text))] == [yen]


@pytest.mark.parametrize("text", ["数百万円", "何十万円", "マイナス5万円", "▲50,000円"])
def test_a_vague_or_negative_sum_is_none(text):
    assert amounts(fold(text)) == ()
