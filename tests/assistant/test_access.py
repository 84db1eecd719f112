"""Audiences: who a person is, and what nobody can widen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.access import EVERYBODY, STAFF, Refused, audience_of, may_open, require
from assistant.settings import AUDIENCES, Settings

SIGN_IN = Settings(audience="compliance", audience_claim="role")
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_on_a_trusted_network_the_setting_decides(audience):
    assert audience_of(Settings(audience=audience), {"role": "compliance"}) == audience


def test_without_sign_in_everybody_is_a_customer_whatever_the_setting_says():
    assert audience_of(SIGN_IN, None) == "customer"
    assert audience_of(SIGN_IN, {}) == "customer"


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_claim_names_the_audience(audience):
    assert audience_of(SIGN_IN, {"role": audience}) == audience
    assert audience_of(SIGN_IN, {"role": ["staff", audience]}) == audience


@given(anything)
def test_an_unknown_claim_is_a_customer(value):
    words = value if isinstance(value, list) else [value]
    if not any(word in AUDIENCES for word in words if isinstance(word, str)):
        assert audience_of(SIGN_IN, {"role": value}) == "customer"


@pytest.mark.parametrize("value", ["Agent", " agent", "agent\n", "ＡＧＥＮＴ", {"agent": 1}, True])
def test_a_claim_that_only_looks_like_an_audience_is_a_customer(value):
    assert audience_of(SIGN_IN, {"role": value}) == "customer"


def test_customers_are_refused_staff_pages_with_a_way_on():
    assert not may_open("customer", STAFF)
    with pytest.raises(Refused, match="質問"):
        require("customer", STAFF)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_everybody_opens_a_page_for_everybody(audience):
    require(audience, EVERYBODY)
