"""Inputs typed as text (command line, CSV cells, forms) turned into the values a rule takes.

Text that cannot be turned is passed on as it is, so that the rule's own check refuses it and
names the field.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from calculators.inputs import InputSpec

_YES = frozenset({"true", "yes", "y", "1", "はい", "有", "あり", "○"})
_NO = frozenset({"false", "no", "n", "0", "いいえ", "無", "なし", "×"})


def value_of(spec: InputSpec, text: str) -> Any:
    """The value of one input.

    >>> value_of(InputSpec("principal", "元本", "円", "yen", True), "55,000円")
    55000
    >>> value_of(InputSpec("x", "x", "", "flag", True), "はい")
    True
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if spec.kind in ("yen", "count"):
        return _whole(plain, text)
    if spec.kind == "flag":
        return True if plain.lower() in _YES else False if plain.lower() in _NO else text
    if spec.kind in ("list", "record", "text") and plain[:1] in ("[", "{"):
        return _json(plain, text)
    if spec.kind == "list":
        return [part.strip() for part in plain.split(",") if part.strip()]
    return plain


def values_of(specs: tuple[InputSpec, ...], texts: Mapping[str, str]) -> dict[str, Any]:
    """The values of several inputs; empty text means not given, unknown names stay as text."""
    by_name = {spec.name: spec for spec in specs}
    return {
        name: value_of(by_name[name], text) if name in by_name else text
        for name, text in texts.items()
        if text != ""
    }


def _whole(plain: str, text: str) -> Any:
    digits = plain.removesuffix("円").removesuffix("年").replace(",", "")
    sign, digits = ("-", digits[1:]) if digits[:1] == "-" else ("", digits)
    if digits.isdecimal() and len(digits) <= 30:
        return int(sign + digits)
    return text


def _json(plain: str, text: str) -> Any:
    try:
        return json.loads(plain)
    except (ValueError, RecursionError):
        return text
