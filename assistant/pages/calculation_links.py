"""Links that carry a calculation: `?rule=…&agreement=…&<input>=…`, pure text.

A link is input from anybody: names are checked against the declaration, values are bounded
and go through the same validation as typed ones.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit, urlunsplit

from calculators.texts import value_of

if TYPE_CHECKING:
    from calculators.inputs import InputSpec

#: longest value that a link may carry, in characters
MAX_VALUE = 4_000
OWN = ("rule", "agreement")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a link gives to a form: values by input name, and what could not be used."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def link(base: str, rule: str, agreement: str, inputs: Mapping[str, Any]) -> str:
    """The address that opens the page at `base` with these inputs filled in.

    >>> link("http://h/calculate?x=1", "late_charge", "vpn", {"principal": 55000})
    'http://h/calculate?rule=late_charge&agreement=vpn&principal=55000'
    """
    pairs = [("rule", rule), ("agreement", agreement)] if rule else [("agreement", agreement)]
    pairs += [(name, as_text(value)) for name, value in inputs.items() if value is not None]
    scheme, host, path, _query, _fragment = urlsplit(base)
    return urlunsplit((scheme, host, path, urlencode(pairs), ""))


def as_text(value: Any) -> str:
    """A value as it stands in a link or in a cell.

    >>> as_text(True), as_text([{"date": date(2027, 1, 31)}])
    ('はい', '[{"date": "2027-01-31"}]')
    """
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=as_text)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.numerator}/{value.denominator}" if isinstance(value, Fraction) else str(value)


def read(params: Mapping[str, str], specs: tuple[InputSpec, ...]) -> Carried:
    """The inputs that a link's parameters give; what is unknown or too long is named."""
    by_name = {spec.name: spec for spec in specs}
    values: dict[str, Any] = {}
    problems = []
    for name, text in params.items():
        if name in OWN or text == "":
            continue
        if name not in by_name:
            problems.append(
                f"リンクの項目『{name[:40]}』はこの計算にありません。ほかの項目だけを取り込みました。"
            )
        elif len(text) > MAX_VALUE:
            problems.append(
                f"リンクの『{by_name[name].title}』が長すぎます。入力し直してください。"
            )
        else:
            values[name] = value_of(by_name[name], text)
    return Carried(values, tuple(problems))
