"""Several sums of one kind."""

from __future__ import annotations

import pytest

from assistant.understanding.lists import summed_up


@pytest.fixture
def sums(read):
    return lambda text: [(s.value, s.mention.made) for s in summed_up(read(text)).amounts]


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("VPN 2台、月額は1台5,000円と1台8,000円", 13_000),
        ("VPN 3台、月額3,000円が2台と6,000円が1台", 12_000),
        ("3,000円の装置2台と5,000円の装置2台", 16_000),
        ("5,000円のものと8,000円のものを1台ずつ", 13_000),
        ("装置A（月額5,000円）と装置B（月額8,000円）", 13_000),
        ("月額2万円の契約と3万円の契約の2つ", 50_000),
        ("請求5万円と3万円の2件、どちらも期日12月10日", 80_000),
        ("VPN 2台、月額5,000円と8,000円", 13_000),
        ("VPN（1台5,000円、1台8,000円）2台", 13_000),
        ("VPN 10台、1台月額3,000円が5台、残り5台は4,000円", 35_000),
        ("請求書が2枚、11,000円と22,000円", 33_000),
    ],
)
def test_sums_whose_numbers_are_sure_are_one_sum(sums, text, yen):
    ((value, made),) = sums(text)
    assert value == yen
    assert "＋" in made


@pytest.mark.parametrize(
    "text",
    [
        "VPN 4台、月額3,000円が2台と6,000円が1台",
        "月額5,000円と8,000円、1年契約",
        "月額5,000円と8,000円のプランの差額は合計いくら",
        "5万円（期日12月1日）と3万円（期日12月10日）の2件",
        "弁償5万円と保険金3万円の2件",
        "税込5,500円、税抜5,000円の2件",
    ],
)
def test_other_sums_stand_as_they_are(sums, text):
    assert len(sums(text)) == 2


def test_of_sums_in_a_list_none_is_taken_before_the_others(read):
    first, second = summed_up(read("VPN 請求 11,000円、22,000円 期日12/10")).amounts
    assert first.roles == second.roles
