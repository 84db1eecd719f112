"""What a question wants to be told, and whether a clause tells anything of the kind.

「何時間以内に」 wants hours: a clause without any time does not answer it, however many of its
words it shares with the question. Rows are general to terms of service and name no clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A kind of fact: how it is asked for, and what a clause that tells it must hold."""

    name: str
    asked: re.Pattern[str]
    told: re.Pattern[str]


def _wanted(name: str, asked: str, told: str) -> Wanted:
    return Wanted(name, re.compile(asked), re.compile(told))


_NUMBER = r"[0-9０-９一二三四五六七八九十]"
#: what people and things are counted and measured by
_UNIT = r"(?:人|名|台|件|個|拠点|回線|[箇カか]所|アカウント|ページ|文字|キロ|メートル|ミリ|センチ|℃|[MGＭＧ]|メガ|ギガ)"
KINDS: tuple[Wanted, ...] = (
    _wanted("sum", r"いくら|何円|なんぼ|何万|金額を|値段|相場", rf"{_NUMBER}\s*円|[%％]|相当額|日割|倍|乗じ|算出|全額|費用|実費|無償|無料"),
    _wanted("figure", r"具体的に(?:は)?(?:、)?(?:いくら|どのくらい|どれくらい|何円)|金額で|何円|何万|いくらと|金額の目安|相場|円で", rf"{_NUMBER}\s*円|[%％]|相当|日割|倍|乗じ|算出|全額|無償|無料"),
    _wanted("hours", r"何時|時間以内|曜日|土日|平日|休日|24時間|２４時間|夜間|受付時間|営業時間", r"時間|営業日|休業|休日|\d時|平日"),
    _wanted("days", r"何日|日以内|何営業日|何週間|何か月|何ヶ月|何カ月|何年", rf"{_NUMBER}+\s*(?:日|営業日|カ月|か月|ヶ月|ヵ月|箇月|月|年|週)|期間|期日|期限|直ちに|速やか|遅滞なく|いつでも"),
    _wanted("frequency", r"何回|頻度|毎月|毎週|毎日|年に|月[1-9１-９一二]回|週[1-9１-９一二]回|定期的", r"回|毎月|毎|定期|都度"),
    _wanted("place", r"宛先|送り先|住所|URL|アドレス|電話番号|どこ(?:へ|に)(?:送|連絡|電話|届)|ページはどこ", r"住所|場所|URL|http|電話|窓口|裁判所|ホームページ|Web|ウェブ"),
    _wanted("address", r"宛先|送り先の?住所|住所は|URL|電話番号(?:は|を(?!変))|何番に", r"https?://|宛先|\d-\d"),
    _wanted("form", r"様式|書式|用紙|見本|ひな形|テンプレ|サンプル|記入|(?:どんな|何の)項目", r"様式|書式|記載|次の|事項|書面|申込書"),
    _wanted("qualification", r"資格|免許|経験年数|学歴|国籍|年齢|何歳", r"資格|免許|経験|年齢|成年|国籍"),
    _wanted("language", r"英語|英文|英訳|中国語|外国語|翻訳|言語", r"英語|英文|言語|日本語|翻訳"),
    _wanted("wholes", r"全文|原文|全部(?:見せ|載|読)|中身(?:を|は|が)|見せて|読める|閲覧|ダウンロード|コピー|写し", r"掲載|閲覧|写し|交付|公表"),
    _wanted("insurance", r"保険", r"保険"),
    _wanted("means", r"クレジットカード|カード払い|コンビニ|口座振替|口座引|振込|現金|電子マネー|PayPay|手形|前払|分割|後払", r"カード|口座|振込|振替|請求書|前払|分割|一括|支払方法|手数料"),
    _wanted("count", rf"何{_UNIT}(?!も|でも|か(?!教|知|確認)|目|通り)|何度(?=まで|以上|以下|以内|くらい|ぐらい|です)", rf"{_NUMBER}\s*{_UNIT}|[0-9０-９]\s*度"),
    _wanted("names", r"何という会社|会社名|社名|どこの会社|業者名|誰が来|担当者名", r"株式会社|社"),
)  # fmt: skip


@lru_cache(maxsize=4096)
def asked(text: str) -> Flags:
    """Which kinds a question asks for, shape (len(KINDS),).

    >>> [KINDS[i].name for i in np.flatnonzero(asked("何時間以内に来ますか"))]
    ['hours']
    """
    return np.array([bool(kind.asked.search(text)) for kind in KINDS])


def told(texts: Iterable[str]) -> Flags:
    """Which kinds each text tells, shape (texts, len(KINDS)).

    >>> bool(told(["30日前までに通知する。"])[0, [k.name for k in KINDS].index("days")])
    True
    """
    rows = [[bool(kind.told.search(text)) for kind in KINDS] for text in texts]
    return np.array(rows, np.bool_).reshape(-1, len(KINDS))
