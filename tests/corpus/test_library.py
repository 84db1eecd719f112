"""The library: clauses by address, versions by date, errors that say what there is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.address import Address, AddressError
from corpus.library import Library, UnknownAgreement, UnknownClause, VersionNotHeld


@given(
    st.builds(
        Address,
        st.sampled_from(["sg", "vpn", "x-1"]),
        st.sampled_from(["1", "25の2", "附則", "2章3", "3重2"]),
        st.sampled_from([None, "1", "12"]),
        st.sampled_from([None, "1", "10"]),
        st.sampled_from([None, "①", "ア"]),
    )
)
def test_an_address_reads_back_as_it_was_written(address: Address) -> None:
    assert Address.parse(str(address)) == address


@pytest.mark.parametrize("text", ["", "sg", "sg:", "18.1", "sg:18.x", "sg:18.1(2)①②", "あ:1"])
def test_what_is_no_address_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(AddressError, match=r"sg:18\.1\(2\)①"):
        Address.parse(text)


def test_a_clause_contains_what_lies_inside_it() -> None:
    outer, inner = Address.parse("sg:18.1"), Address.parse("sg:18.1(2)①")
    assert outer.contains(inner)
    assert not inner.contains(outer)
    assert not outer.contains(Address.parse("vpn:18.1(2)"))


def test_every_clause_quotes_its_own_words_and_lies_in_its_parent() -> None:
    library = Library.load()
    for id in library.ids:
        version = library.version(id)
        for clause in version.clauses():
            assert clause.text in clause.full_text
            parent = clause.address.parent
            if parent is not None and clause.level in ("item", "subitem"):
                assert clause.full_text in version.clause(parent).full_text


def test_unknown_places_say_what_there_is() -> None:
    library = Library.load()
    with pytest.raises(UnknownClause, match="第33条まで"):
        library.clause("vpn:40")
    with pytest.raises(UnknownClause, match="第11条は3項まで"):
        library.clause("sg:11.9")
    with pytest.raises(UnknownAgreement, match="sg / vpn / msp"):
        library.clause("tv:1")


def test_a_date_before_every_held_text_is_said_to_be_so() -> None:
    library = Library.load()
    assert library.version("vpn", date(2025, 1, 1)).effective == date(2024, 2, 20)
    with pytest.raises(VersionNotHeld, match="2024-02-20"):
        library.version("vpn", date(2020, 1, 1))


def test_addresses_are_shown_in_words() -> None:
    library = Library.load()
    assert (
        library.version("sg").display("sg:18.1(2)①") == "Secure Gateway 利用規約 第18条第1項第2号①"
    )
    assert library.version("vpn").display("vpn:附則.9") == "VPN装置レンタル型 利用規約 附則 第9"
