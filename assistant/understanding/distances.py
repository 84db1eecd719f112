"""Dates told by a distance: 半年後に解約, 2週間前に契約, 今日から1か月後.

Counted from today, or from the date before where the words say so (「その2週間後」). What is counted
from a deadline told elsewhere (「期日から5日後」) is no date here.
"""

from __future__ import annotations

import re
from datetime import date

from assistant.understanding.anchors import told_from_a_deadline
from assistant.understanding.calendar import safely, shift
from assistant.understanding.numerals import SMALL, whole
from assistant.understanding.scene import Read, Row, Scene

_LENGTH = (
    rf"(?:(?P<half>半月)|(?P<halfyear>半年)|(?<![\d.])(?P<n>{SMALL})\s*"
    r"(?P<unit>日|週間|年|[かカヶヵケ箇]月)(?P<and>半)?)"
)
_ROUGHLY = r"\s*(?:ほど|くらい|ぐらい)?"
_PAST = r"(?=\s*(?:に|から|より|[、,]|の)?\s*(?:契約|申し?込|開始|始め|使い|支払|払|入金|返却|返し|届い|壊|受け取|納品|導入|解約|引き?渡|加入|開通))"
_FUTURE = r"(?=\s*(?:に|で|には|くらい|頃|の)?\s*(?:解約|やめ|辞め|止め|終了|終わ|変更|ダウン|解除|退会|撤退|返却|支払|払))"
_TODAY = r"(?:今日|本日|きょう|現在|今|いま)"
#: words before 「N日後」 that count it from the date before, not from today
_FROM_THERE = re.compile(r"(?:その|それから|そこから|から|より|の|過ぎて|経って)\s*$")


def _from_today(match: re.Match[str], scene: Scene) -> Read:
    return (_moved(match, scene.today, 1), "day", True)


def _distance(match: re.Match[str], scene: Scene) -> Read:
    if match["dir"] in ("前", "まえ"):
        return (_moved(match, scene.today, -1), "day", True)
    if told_from_a_deadline(match.string[: match.start()]):
        return (None, "day", True)
    return (_moved(match, _counted_from(match, scene), 1), "day", True)


def _moved(match: re.Match[str], base: date, sign: int) -> date | None:
    """`base` and the length told, or None where it is no exact day (「3か月半後」)."""
    if match["half"]:
        return safely(base, sign * 15)
    months, days = _length(match)
    if days is None or abs(months) > 1200:
        return None
    return safely(shift(base, sign * months), sign * days)


def _length(match: re.Match[str]) -> tuple[int, int | None]:
    """(months, days) of a match; days are None where a half has no exact length."""
    if match["halfyear"]:
        return (6, 0)
    count, unit = whole(match["n"]), match["unit"]
    if unit == "年":
        return (12 * count + (6 if match["and"] else 0), 0)
    if match["and"]:
        return (0, None)
    if unit in ("日", "週間"):
        return (0, count * (7 if unit == "週間" else 1))
    return (count, 0)


def _counted_from(match: re.Match[str], scene: Scene) -> date:
    """The date before where 「その2週間後」 says so, or where what came after it is past."""
    if scene.previous is None:
        return scene.today
    told = bool(_FROM_THERE.search(match.string[: match.start()]))
    return scene.previous if told or scene.lean < 0 else scene.today


#: lengths told from today in so many words, whatever follows
FROM_TODAY: tuple[Row, ...] = (
    ("今日から", re.compile(rf"{_TODAY}から\s*{_LENGTH}\s*(?:後|あと|先)"), _from_today),
)
PATTERNS: tuple[Row, ...] = (
    (
        "隔たり前",
        re.compile(rf"(?<!の)(?<!\d){_LENGTH}{_ROUGHLY}(?P<dir>前|まえ){_PAST}"),
        _distance,
    ),
    ("隔たり後", re.compile(rf"{_LENGTH}\s*(?P<dir>後|あと){_FUTURE}"), _distance),
)
