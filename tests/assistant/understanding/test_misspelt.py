"""Names of agreements with slips in them, and words that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.agreements import find_agreements, printed_names
from assistant.understanding.folding import fold
from assistant.understanding.misspelt import misspelt


@pytest.fixture(scope="module")
def slips(library):
    def found(text):
        folded = fold(text)
        exact = find_agreements(folded, library).named
        return misspelt(folded, printed_names(library), exact)

    return found


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("Secure Gatwayの解約", "sg"),
        ("Secure Gatewaiの解約", "sg"),
        ("Securo Gatwayの解約", "sg"),
        ("SecureGetewayの解約", "sg"),
        ("OPTAGE Secure Gatway", "sg"),
        ("セキアゲートウェイの料金", "sg"),
        ("セキュアゲーウェイの料金", "sg"),
        ("セキュアゲートエイの料金", "sg"),
        ("マネージドセキュリテーパックの解約", "msp"),
        ("マネージドセキュリィーパックの解約", "msp"),
        ("マネージドセキュリティーバックの解約", "msp"),
        ("セキュリティーパッグの解約", "msp"),
        ("ﾏﾈｰｼﾞﾄﾞｾｷｭﾘﾃﾊﾟｯｸの解約", "msp"),
        ("VNP装置が壊れた", "vpn"),
        ("VNPサービスの料金", "vpn"),
        ("VPN装置レンタノの料金", "vpn"),
        ("VPNレンタノの料金", "vpn"),
        ("インターネッVPNの料金", "vpn"),
        ("インターネットVNPの料金", "vpn"),
    ],
)
def test_a_letter_left_out_mistyped_or_swapped_is_a_slip(slips, text, agreement):
    assert [(slip.agreement, slip.slips > 0) for slip in slips(text)] == [(agreement, True)]


@pytest.mark.parametrize(
    "text",
    [
        "セキュリティ",
        "セキュリティーの診断",
        "セキュリティパッチを当てる",
        "セキュリティチェック",
        "セキュリティソフト",
        "セキュリティバッグ",
        "セキュリティパッケージ",
        "ネットワークセキュリティ",
        "ゲートウェイ",
        "クラウドゲートウェイ",
        "Azure Gateway",
        "security gateway",
        "Secure Web Gateway",
        "secure gateをくぐる",
        "Cisco Secure Firewall",
        "マネージドサービス",
        "マネージドルーター",
        "マネーバック",
        "SSL-VPN",
        "フレッツVPNワイド",
        "VPS装置",
        "VPSサービス",
        "VPSレンタル",
        "VPC装置",
        "サーバーレンタル",
        "レンタルサーバー",
        "モーターレンタル",
        "インターネットバンキング",
        "インターネットFAX",
        "MSオフィス",
        "VPN設置工事",
        "VPNルート",
        "VPN接続",
    ],
)
def test_ordinary_words_and_other_services_are_no_slips(slips, text):
    assert slips(text) == () or all(slip.slips == 0 for slip in slips(text))


@pytest.mark.parametrize(
    "text",
    [
        "Secure Gateway 第18条",
        "VPN装置レンタルがサービス終了になるとき",
        "マネージドセキュリティーパックの利用規約",
        "インターネットVPN、ビルの停電",
    ],
)
def test_a_name_spelt_right_is_no_slip_of_a_longer_one(slips, text):
    assert all(slip.slips == 0 for slip in slips(text))


def test_a_name_that_only_lacks_a_long_mark_has_no_slips(slips):
    assert [(s.name, s.slips) for s in slips("インタネットVPN")] == [("インターネットVPN", 0)]


@given(st.text(max_size=40))
def test_slips_stand_in_the_text_and_not_over_one_another(library, text):
    folded = fold(text)
    found = misspelt(folded, printed_names(library))
    ends = [0, *(slip.at[1] for slip in found)]
    assert all(end <= slip.at[0] < slip.at[1] for end, slip in zip(ends, found, strict=False))
