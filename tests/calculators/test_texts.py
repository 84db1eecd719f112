"""Typed text becomes the value a rule takes; what cannot is left for the rule to refuse."""

from __future__ import annotations

from typing import Any

import pytest

from calculators.inputs import InputSpec, Kind
from calculators.texts import value_of, values_of


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("yen", "55000", 55000),
        ("yen", "５５，０００円", 55000),
        ("yen", "-5", -5),
        ("yen", "1.5", "1.5"),
        ("yen", "五万", "五万"),
        ("yen", "9" * 31, "9" * 31),
        ("count", "3年", 3),
        ("flag", "はい", True),
        ("flag", "FALSE", False),
        ("flag", "maybe", "maybe"),
        ("date", "２０２７-04-01", "2027-04-01"),
        ("list", '[{"a": 1}]', [{"a": 1}]),
        ("list", "[broken", "[broken"),
        ("list", "[" * 100_000, "[" * 100_000),
        ("list", "a, b,", ["a", "b"]),
        ("share", "30%", "30%"),
    ],
)
def test_text_of_each_kind(kind: Kind, text: str, value: Any) -> None:
    assert value_of(InputSpec("x", "x", "", kind, True), text) == value


def test_empty_cells_are_not_given_and_unknown_names_are_kept() -> None:
    specs = (InputSpec("a", "a", "円", "yen", True), InputSpec("b", "b", "", "date", False))
    assert values_of(specs, {"a": "1", "b": "", "zzz": "2"}) == {"a": 1, "zzz": "2"}
