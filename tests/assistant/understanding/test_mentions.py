"""Whose clause is meant where several agreements are named."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("SG27条とVPN8条を比べて", ["sg", "vpn"]),
        ("VPNの18条とSGの29条、MSPの12条を並べて", ["vpn", "sg", "msp"]),
        ("SGとVPNの18条を見せて", [None]),
        ("SGとVPNの18条と第19条", [None, None]),
        ("SGの27条とVPNの遅延利息", [None]),
        ("SGの27条", ["sg"]),
        ("第27条", [None]),
    ],
)
def test_a_clause_is_one_agreements_where_each_has_its_own(read, text, owners):
    assert [mention.agreement for mention in read(text).mentions] == owners
