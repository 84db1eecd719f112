"""Codes in a sentence put into Japanese words: dates, months, times, addresses of clauses.

Calculations write dates as ISO text and clauses as addresses, because programs read them; a
person is told 「2026年12月9日」 and 「第17条第1項」.
"""

from __future__ import annotations

import re

from corpus.address import Address
from corpus.errors import YakkanError
from corpus.library import place

_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d\d)-(\d\d)(?:T(\d\d:\d\d)(?::\d\d)?)?(?![\d-])")
_MONTH = re.compile(r"(?<![\d-])(\d{4})-(0[1-9]|1[0-2])(?![\d-])")
_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9_]*:(?:附則|\d+(?:の\d+)?)(?:\.\d+)?(?:\(\d+\))?[①-⑳]?", re.ASCII
)
#: a space that kept a code apart from the Japanese words around it
_APART = re.compile(
    r"(?<=[ぁ-んァ-ヶ一-龠]) (?=\d{4}年|第)|(?<=[日月項条号]) (?=[ぁ-ん、。分以])|(?<=から) (?=\d)"
)


def spoken(text: str) -> str:
    """`text` with every code in words.

    >>> spoken("2026-12-31 の1か月前（vpn:17.1）"), spoken("2027-02 分")
    ('2026年12月31日の1か月前（第17条第1項）', '2027年2月分')
    """
    plain = _ADDRESS.sub(_place, _MONTH.sub(_month, _DATE.sub(_date, text)))
    return plain if plain == text else _APART.sub("", plain)


def addresses(text: str) -> tuple[str, ...]:
    """The addresses that stand in a text, each once.

    >>> addresses("vpn:7.2 が定める 1か3（年）")
    ('vpn:7.2',)
    """
    return tuple(dict.fromkeys(match[0] for match in _ADDRESS.finditer(text)))


def _date(match: re.Match[str]) -> str:
    day = f"{match[1]}年{int(match[2])}月{int(match[3])}日"
    return f"{day} {match[4]}" if match[4] else day


def _month(match: re.Match[str]) -> str:
    return f"{match[1]}年{int(match[2])}月"


def _place(match: re.Match[str]) -> str:
    try:
        return place(Address.parse(match[0]))
    except YakkanError:
        return match[0]
