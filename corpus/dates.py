"""Calendar dates as terms print them: 2024年2月20日, 平成 16 年 7 月 1 日, 令和元年5月1日."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from corpus.numerals import NUMERAL_CHARS, to_int

#: year before the first year of each era
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_DATE = re.compile(
    rf"(?:({'|'.join(ERAS)})\s*)?([{NUMERAL_CHARS}]+|元)\s*年\s*([{NUMERAL_CHARS}]+)\s*月\s*([{NUMERAL_CHARS}]+)\s*日"
)


def dates_in(text: str) -> list[date]:
    """Every full date in `text`, in order; impossible ones are left out.

    >>> dates_in("平成 16 年 7 月 1 日から令和元年５月１日まで")
    [datetime.date(2004, 7, 1), datetime.date(2019, 5, 1)]
    """
    found = []
    for match in _DATE.finditer(unicodedata.normalize("NFKC", text)):
        year = 1 if match[2] == "元" else to_int(match[2]) or 0
        year += ERAS.get(match[1] or "", 0)
        try:
            found.append(date(year, to_int(match[3]) or 0, to_int(match[4]) or 0))
        except ValueError:
            continue
    return found
