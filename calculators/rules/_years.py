"""Contract terms in years shared by the rules that ask for one: the input type and its check."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from calculators.errors import InputError
from calculators.inputs import Marker
from calculators.provisions import Basis

#: a number of years; which ones exist is the provision's to say
Years = Annotated[int, Field(ge=1, le=100), Marker("count")]


def months_of(basis: Basis, term_years: int) -> int:
    """The term in months; InputError where the clause does not offer it."""
    offered = basis.integers("terms")
    if term_years not in offered:
        choices = "か".join(f"{years}" for years in offered)
        raise InputError(
            f"契約期間（term_years）の値 {term_years} は使えません。"
            f"{basis.where('terms')} が定める{choices}（年）のどれかを指定してください。",
            field="term_years",
            value=term_years,
        )
    return term_years * 12
