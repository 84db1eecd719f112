"""Which day of a notice counts: it must arrive (民法97条), so the arrival goes before the posting.

「12月31日に郵送、1月2日に届く」 is a notice of 2 January; 「期限は12月31日でいい？」 asks for a
verdict on a notice of that day.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.question import Dated, Question

#: the score of a role that is given to a date here
SURE = 12.0
_ARRIVES_AFTER = re.compile(
    r"\s*(?:\([月火水木金土日祝]\))?\s*(?:に|には|頃|ごろ|の)*(?:届|到着|着(?:く|き|い|予定)|必着|受領|受け取)"
)
_ARRIVES_BEFORE = re.compile(
    r"(?:(?:届く|着く|届いた|着いた|到着した?)(?:予定)?(?:の)?(?:日)?(?:は|が)|到着(?:予定)?日?(?:は|が|:)?|必着日?(?:は)?)\s*$"
)
_POSTED_AFTER = re.compile(
    r"\s*(?:\([月火水木金土日祝]\))?\s*(?:に|付け?で?|で|の)*(?:書面を|通知を|通知書を|書類を)?(?:郵送|投函|発送|送付|送[りるっれ]|出[しすせ]|差し?出)"
)
_POSTED_BEFORE = re.compile(r"(?:郵送|投函|発送|送付)(?:した|する)?(?:の)?日?(?:は|が|:)?\s*$")
_LIMIT_BEFORE = re.compile(r"(?:期限|締め?切り?|リミット)(?:は|が|って)\s*$")
_RIGHT_AFTER = re.compile(
    r"\s*(?:で|でも)?\s*(?:いい|よい|良い|OK|合って|あって|大丈夫|正し|間違いな|よろし|ですよね|ですか)"
)


def with_arrival(question: Question) -> Question:
    """`question` with the role of each day of a notice as the law counts it."""
    arrives = [d for d in question.dates if _arrives(question, d)]
    days = tuple(
        replace(d, roles={"notice": SURE})
        if d in arrives or _proposed(question, d)
        else replace(d, roles={"sent": SURE})
        if arrives and _posted(question, d)
        else d
        for d in question.dates
    )
    return question if days == question.dates else replace(question, dates=days)


def was_sent(dated: Dated) -> bool:
    """Whether a date only says when a notice was posted whose arrival is told."""
    return "sent" in dated.roles


def _around(question: Question, dated: Dated) -> tuple[str, str]:
    start, end = dated.mention.at
    return question.plain[max(0, start - 16) : start], question.plain[end : end + 24]


def _arrives(question: Question, dated: Dated) -> bool:
    before, after = _around(question, dated)
    return bool(_ARRIVES_AFTER.match(after) or _ARRIVES_BEFORE.search(before))


def _posted(question: Question, dated: Dated) -> bool:
    before, after = _around(question, dated)
    return bool(_POSTED_AFTER.match(after) or _POSTED_BEFORE.search(before))


def _proposed(question: Question, dated: Dated) -> bool:
    before, after = _around(question, dated)
    return bool(_LIMIT_BEFORE.search(before) and _RIGHT_AFTER.match(after))


_TOLD_AFTER = re.compile(
    r"\s*(?:に|になって|、)?\s*(?:知らさ|通知(?:が|され|を受)|連絡(?:が|され|を受)|お?知らせ(?:が|を受)|聞い|メールが)"
)


def with_told(question: Question) -> Question:
    """`question` with the day on which the customer was told: 「昨日知らされた」."""
    days = tuple(
        replace(d, roles={"individual": SURE}) if _TOLD_AFTER.match(_around(question, d)[1]) else d
        for d in question.dates
    )
    return question if days == question.dates else replace(question, dates=days)
