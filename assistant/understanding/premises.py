"""Claims that a question makes about the terms: 「3カ月前に通知が必要ですよね」.

A premise is a quantity with its unit, what it is said of, and how it was put. Whether the terms
say so is for the caller to check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.understanding.folding import Folded, Span
from assistant.understanding.numerals import NUMBER, value_of

_UNIT = (
    r"(?:営業日|[かカヶヵケ箇]月(?:間)?|年(?:間)?|週間|日間?|時間|%|パーセント|割|倍|円|万円|回)"
)
_QUANTITY = re.compile(
    rf"(?:(?<![\d/.年月])|(?<=年)(?=[\d.]+\s*(?:%|パーセント)))(?P<n>{NUMBER})\s*(?P<unit>{_UNIT})\s*(?P<rel>前|以内|以上|後|まで|以下|未満|分|ルール)?"
)
_CLAIM = re.compile(
    r"(?:ですよね|ますよね|でしたよね|ましたよね|だよね|よね|んですよね|はずです|と聞[いき]|って聞[いき]|と言われ|と書いて|ルール(?:だ|で|が)|でしたっけ|でしょ(?:う)?(?:\?|$)|と理解|という認識|で合って|であって(?:い|る)|のはず|と思|で(?:いい|よい|正しい)(?:です|の)|とのこと|らしい|ですね|と(?:言|い|おっしゃ|仰)[いうっ]|と(?:主張|お考え|勘違い|説明|案内|回答|答え)|って(?:言|い)[いうっ]|(?:案内|説明|回答|お伝え|返事)(?:し|を)?(?:て|でき|可)|合って(?:る|い)|あって(?:る|い)|正しい|間違い(?:ない|あり)|でOK|でおk|やんな|やろ\?|やんね|でええ|じゃん)"
)
_SAID_OF = re.compile(
    r"解約|解除|通知|違約金|遅延(?:損害金|利息)|延滞(?:利息)?|最低利用期間|契約期間|返却|返還|減額|日割り?|割増金|賠償|請求|申し?出|問い?合わ?せ|更新|支払|掲載|初期費用|保証|保守|承諾|開始|サポート|利息|損害金"
)
#: a length of time that has gone by is a fact of the writer's own and no claim about the terms
_GONE_BY = re.compile(
    r"(?:契約し?て|契約から|使い始めて|使って|利用して|導入(?:し?て|から)|始めて|入って|もう|すでに|既に|まだ)\s*(?:もう|まだ|約|およそ)?\s*$"
)
_GOING_BY = re.compile(
    r"^(?:以上|ほど|くらい|ぐらい|近く|ちょっと)?(?:も|ほど)?(?:使|つか|利用し|経[っちて過]|たち|たっ|過ぎ|すぎ|目|契約で|契約を|契約の|遅れ|おくれ|止まっ|待[っち])"
)
_UNITS = {
    "ヶ月": "か月",
    "カ月": "か月",
    "ヵ月": "か月",
    "ケ月": "か月",
    "箇月": "か月",
    "パーセント": "%",
}


@dataclass(frozen=True, slots=True)
class Premise:
    """A claimed quantity: value as printed in decimal, folded unit, relation, what it is of."""

    value: str
    unit: str
    relation: str
    subject: str
    span: Span


def premises(folded: Folded) -> tuple[Premise, ...]:
    """Claims of quantity in the question.

    >>> from assistant.understanding.folding import fold
    >>> p = premises(fold("解約は３カ月前に通知が必要ですよね"))[0]
    >>> (p.value, p.unit, p.relation, p.subject)
    ('3', 'か月', '前', '解約')
    """
    found = []
    for sentence in re.finditer(r"[^。\n?!]+[。\n?!]?", folded.text):
        if not _CLAIM.search(sentence[0]):
            continue
        for match in _QUANTITY.finditer(sentence[0]):
            before, after = sentence[0][: match.start()], sentence[0][match.end() :]
            if not _GONE_BY.search(before) and not _GOING_BY.match(after):
                found.append(_premise(folded, sentence, match))
    return tuple(found)


def _premise(folded: Folded, sentence: re.Match[str], match: re.Match[str]) -> Premise:
    start = sentence.start()
    unit = match["unit"].removesuffix("間") if match["unit"] != "時間" else "時間"
    value = value_of(match["n"])
    printed = str(value) if value.denominator == 1 else f"{float(value):g}"
    subject = _SAID_OF.search(sentence[0])
    return Premise(
        printed,
        _UNITS.get(unit, unit),
        match["rel"] or "",
        subject[0] if subject else "",
        folded.span(start + match.start(), start + match.end()),
    )
