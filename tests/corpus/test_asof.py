"""As of a date: the text, or what is known of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.asof import as_of, history
from corpus.library import Library, UnknownAgreement

LIBRARY = Library.load()


@pytest.mark.parametrize(
    ("id", "day", "status", "effective"),
    [
        ("vpn", date(2024, 2, 20), "in_force", date(2024, 2, 20)),
        ("vpn", date(2030, 1, 1), "in_force", date(2024, 2, 20)),
        ("vpn", date(2024, 2, 19), "known_by_date", date(2023, 9, 1)),
        ("vpn", date(2004, 7, 1), "known_by_date", date(2004, 7, 1)),
        ("vpn", date(2004, 6, 30), "before", None),
        ("msp", date(2020, 1, 1), "known_by_date", date(2019, 10, 1)),
        ("sg", date(2026, 5, 31), "before", None),
    ],
)
def test_a_date_has_its_version(id: str, day: date, status: str, effective: date | None) -> None:
    found = as_of(LIBRARY, id, day)
    assert (found.status, found.effective) == (status, effective)
    assert (found.version is not None) == (status == "in_force")


def test_a_version_known_by_date_says_that_its_text_is_not_held() -> None:
    found = as_of(LIBRARY, "vpn", date(2020, 1, 1))
    assert "本文は収録していません" in found.message
    assert "2019-10-01" in found.message
    assert found.next == date(2022, 2, 1)


def test_the_history_of_an_agreement_names_every_date() -> None:
    found = history(LIBRARY, "vpn")
    assert len(found) == 9
    assert [day for day, held in found if held] == [date(2024, 2, 20)]


def test_an_unknown_agreement_is_refused() -> None:
    with pytest.raises(UnknownAgreement):
        as_of(LIBRARY, "xyz", date(2024, 1, 1))


@given(st.dates(), st.sampled_from(LIBRARY.ids))
def test_the_version_of_a_day_took_effect_no_later(day: date, id: str) -> None:
    found = as_of(LIBRARY, id, day)
    assert found.effective is None or found.effective <= day
    assert found.next is None or day < found.next
