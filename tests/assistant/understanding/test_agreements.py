"""Which agreement is meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.agreements import find_agreements
from assistant.understanding.folding import fold


@pytest.fixture
def meant(library):
    return lambda text: find_agreements(fold(text), library).meant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("セキュアゲートウェイの解約", "sg"),
        ("ＳＧの解約", "sg"),
        ("せきゅあげーとうぇいの やくかん", "sg"),
        ("Secure Gateway", "sg"),
        ("VPN装置が壊れた", "vpn"),
        ("ＶＰＮそうち", "vpn"),
        ("レンタルVPN", "vpn"),
        ("VNPの解約", "vpn"),
        ("びーぴーえぬの機械", "vpn"),
        ("インターネットVPNサービス VPN装置レンタル型", "vpn"),
        ("マネージドセキュリティーパック", "msp"),
        ("まねーじどせきゅりてぃぱっく", "msp"),
        ("セキュリティパック", "msp"),
        ("MSパック", "msp"),
        ("マネセキ", "msp"),
    ],
)
def test_names_nicknames_and_spellings(meant, text, expected):
    assert meant(text) == (expected,)


def test_several_names_keep_their_order(meant):
    assert meant("MSPとSGを比べて") == ("msp", "sg")


def test_a_ruled_out_name_is_not_meant(meant):
    assert meant("SGではなくVPNの話です") == ("vpn",)


@pytest.mark.parametrize(
    "text",
    [
        "VPN装置の割増金って何倍？SGは2倍やけど",
        "VPNの損害はいつまでに言う？SGの30日に相当する期限はある？",
        "VPNはSGみたいに再販できない？",
    ],
)
def test_a_name_that_is_only_likened_is_not_meant(meant, text):
    assert meant(text) == ("vpn",)


def test_a_name_before_another_that_is_asked_about_too_is_meant(meant):
    assert meant("SGは1年ですが、VPNは何年ですか") == ("sg", "vpn")
    assert meant("SGは2倍やけど") == ("sg",)


def test_all_three_may_be_meant_without_names(meant):
    assert meant("3つとも教えて") == ("sg", "vpn", "msp")
    assert meant("全部のサービスで") == ("sg", "vpn", "msp")


def test_a_service_that_ends_as_a_whole_is_not_every_service(meant):
    assert meant("SGってサービスごと無くなることある？") == ("sg",)
    assert meant("サービスごとに教えて") == ("sg", "vpn", "msp")


def test_all_customers_are_not_all_agreements(meant):
    assert meant("SGの終了は、いつ全契約者に通知したことになりますか") == ("sg",)


def test_a_technical_word_beside_another_name_is_no_name(meant):
    assert meant("Secure Gatewayで使えるVPN接続の方式") == ("sg",)
    assert meant("VPN接続が切れました") == ("vpn",)


@pytest.mark.parametrize(
    "text", ["USGの話", "security gatewayとは", "SSL-VPNの設定", "第三者に貸せますか", "解約したい"]
)
def test_lookalikes_name_nothing(meant, text):
    assert meant(text) == ()


@given(st.text(max_size=40))
def test_spans_slice_the_text_and_nothing_raises(library, text):
    for name in find_agreements(fold(text), library).named:
        assert 0 <= name.span[0] < name.span[1] <= len(text)
