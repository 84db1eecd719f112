"""What was typed, as it is read."""

from __future__ import annotations

import pytest

from assistant.understanding.katakana import loan_words, written_out
from assistant.understanding.reading import Reading, read
from index.naming import Names

LOANS = frozenset(
    {"マネージド", "パック", "レンタル", "サービス", "ルーター", "メール", "キャンセル"}
)


@pytest.fixture(scope="module")
def reading(library):
    names = Names.of(library)
    return lambda text: read(text, library, known=names.knows, loans=lambda: LOANS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ｶｲﾔｸｼﾀｲ", "かいやくしたい"),
        ("カイヤクキンハイクラデスカ", "かいやくきんはいくらですか"),
        ("セキュアゲートウェイヲカイヤクシタイデス", "セキュアゲートウェイをかいやくしたいです"),
        (
            "ﾏﾈｰｼﾞﾄﾞｾｷｭﾘﾃｨｰﾊﾟｯｸｦｶｲﾔｸｼﾀｲﾃﾞｽ",
            "マネージドセキュリティーパックをかいやくしたいです",
        ),
        ("マネージドセキュリィーパックヲヤメタイ", "マネージドセキュリティーパックをやめたい"),
        ("ルーターヲカエシタラリョウキンハ", "ルーターをかえしたらりょうきんは"),
        ("解約シタイデス", "解約したいです"),
    ],
)
def test_a_sentence_in_katakana_is_read_in_hiragana_but_for_loan_words_and_names(
    reading, text, expected
):
    assert reading(text).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "SGの解約はいつまで？",
        "VPN 解約 キャンセル料 タイミング",
        "セキュリティー対策ソフト ウイルス対応 可否",
        "レンタルルーターがコワレタ",
        "Secure Gateway利用規約の第１８条",
        "インターネットVPNサービス（VPN装置レンタル型）の規約",
        "VPN レンタル機",
        "",
    ],
)
def test_what_is_typed_as_usual_is_read_as_it_stands(reading, text):
    assert reading(text) == Reading(text)


def test_a_misspelt_name_is_put_right_and_the_reader_is_told(reading):
    assert reading("ＶＮＰ装置の解約") == Reading(
        "VPN装置の解約", ("『ＶＮＰ装置』は『VPN装置』のことと読みました",)
    )


def test_a_long_mark_less_is_put_right_without_a_word(reading):
    assert reading("インタネットVPNは？") == Reading("インターネットVPNは？")


def test_names_keep_their_katakana(library):
    assert written_out("レンタルガタヲ", [(0, 6)], lambda: ()) == "レンタルガタを"


def test_loan_words_stand_again_and_again():
    assert loan_words(["ルーターを返す", "ルーターが", "ルーター", "イクラ"]) == {"ルーター"}


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("ゲートウェイは日割りある？", "Secure Gatewayは日割りある？"),
        ("じゃあゲートウエイは？", "じゃあSecure Gatewayは？"),
        ("VPNのゲートウェイを借りたい", "VPNのゲートウェイを借りたい"),
        ("デフォルトゲートウェイの設定", "デフォルトゲートウェイの設定"),
        ("ゲートウェイ装置が壊れた", "ゲートウェイ装置が壊れた"),
        ("セキュアゲートウェイをやめたい", "セキュアゲートウェイをやめたい"),
    ],
)
def test_a_nickname_alone_is_read_as_the_service(reading, text, read_as):
    assert reading(text).text == read_as


def test_what_a_nickname_was_read_as_is_told(reading):
    assert reading("ゲートウェイの解約").notes == (
        "『ゲートウェイ』は『Secure Gateway』のことと読みました",
    )
