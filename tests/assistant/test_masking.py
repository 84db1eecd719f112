"""Masking: what is personal goes, what the question needs stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.masking import MAIL, NAME, NUMBER, PHONE, mask

words = st.text(alphabet="違約金はいくらですか。解約したい、年月日をにが", max_size=12)
digits = st.text(alphabet="0123456789", min_size=4, max_size=4)
separators = st.sampled_from(["-", "", " ", "－", "ー", "‐"])


@given(words, digits, digits, separators, words)
def test_a_mobile_number_never_survives(before, middle, last, sep, after):
    masked = mask(f"{before}090{sep}{middle}{sep}{last}{after}")
    assert PHONE in masked
    assert not re.search(r"\d{4}", masked)


@given(words, st.from_regex(r"[a-z][a-z0-9._]{0,10}@[a-z]{2,8}\.(co\.jp|com|jp)", fullmatch=True))
def test_a_mail_address_never_survives(before, address):
    assert address not in mask(before + address + "です")


@given(st.text(max_size=80))
def test_masking_never_fails_and_twice_changes_nothing(text):
    once = mask(text)
    assert mask(once) == once


@pytest.mark.parametrize(
    "text",
    [
        "030-1234-5678",
        "06-6501-1234",
        "(06)6501-1234",
        "０９０－１２３４－５６７８",
        "+81 90-1234-5678",
        "0120-34-1010",
        "09012345678",
    ],
)
def test_phone_numbers_in_many_spellings_are_masked(text):
    assert not re.search(r"\d{4}", mask(f"電話は{text}です"))


@pytest.mark.parametrize(
    "text",
    [
        "会員番号はA-123456です",
        "お客様番号：00123456",
        "契約ID: VPN0012345",
        "カードは4111-1111-1111-1111です",
    ],
)
def test_member_contract_and_card_numbers_are_masked(text):
    masked = mask(text)
    assert NUMBER in masked
    assert not re.search(r"\d{4}", masked)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("田中様の契約を解約したい", "田中"),
        ("佐藤 花子さんから電話がありました", "佐藤"),
        ("スズキさんの件です", "スズキ"),
        ("氏名：山田太郎", "山田太郎"),
        ("私は高橋と申します。違約金は", "高橋"),
        ("名前は さとうはなこ です", "さとうはなこ"),
    ],
)
def test_names_of_the_obvious_kinds_are_masked(text, name):
    masked = mask(text)
    assert NAME in masked
    assert name not in masked


def test_wide_mail_addresses_are_masked():
    assert mask("ｔａｒｏ＠ｅｘａｍｐｌｅ．ｃｏｍへ") == f"{MAIL}へ"


@pytest.mark.parametrize(
    "text",
    [
        "お客様の都合で2026年7月1日に解約した場合、違約金は1,200,000円ですか",
        "第18条第1項第2号の通知は30日前ですか",
        "月額30000円を2026-07-01から2026-09-30まで滞納しました",
        "業者さんに頼んでもいいですか。契約者様の負担ですか",
        "エンドユーザ様が契約者と異なる場合",
        "遅延損害金は年14.5%で1000000000円までですか",
        "皆様にお知らせします。仕様さえ満たせばよいですか",
    ],
)
def test_what_a_question_needs_stays(text):
    assert mask(text) == text
