"""What kind of change a change of words is: numbers, dates, periods, obligations, …

Punctuation, spelling (及び/および, full-width digits) and renumbered references are told from
substance: a change of only these classes is not substantive.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from corpus.numerals import to_int
from corpus.tokens import Mark

#: class → name shown to a reader
NAMES = {
    "numbers": "数値", "amounts": "金額・料率", "dates": "日付", "periods": "期間・期限", "obligations": "義務・権利の書き方",
    "negation": "否定", "parties": "当事者", "conditions": "条件・但書", "wording": "文言", "punctuation": "句読点のみ", "spelling": "表記のみ",
    "references": "引用条番号のみ", "number": "番号のみ", "caption": "見出し", "chapter": "章名",
}  # fmt: skip
#: classes that leave the meaning as it was
FORMAL = frozenset({"punctuation", "spelling", "references", "number", "caption", "chapter"})

_NUM = r"(?:[0-9]+(?:[.,][0-9]+)*|[〇一二三四五六七八九十百千万]+)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("dates", re.compile(rf"(?:(?:明治|大正|昭和|平成|令和)?\s*(?:{_NUM}|元)\s*年\s*)?{_NUM}\s*月\s*{_NUM}\s*日|(?:明治|大正|昭和|平成|令和)\s*(?:{_NUM}|元)\s*年")),
    ("periods", re.compile(rf"(?:{_NUM}\s*(?:営業日|日間|日|週間|[ヶヵケカか箇]月間?|月間|年間|年度|年|時間|分間|分|秒)(?:前|後|以内|以上|以下|未満|超)?|翌々?[日月年]|前日|当日|即時|直ちに|速やかに|遅滞なく)")),
    ("amounts", re.compile(rf"{_NUM}\s*(?:%|パーセント|円|倍|割|分の{_NUM}|ドル)")),
    ("numbers", re.compile(r"[0-9]+(?:[.,][0-9]+)*|[〇一二三四五六七八九十百千]+(?=[回名人つ号条項種台件割章])")),
)  # fmt: skip
_OBLIGATIONS = re.compile(
    r"ないものとし|なければな|てはならな|てはなりませ|ことはでき(?:ない|ませ)|できないもの|できません|できない|ことができ|できるもの|できます|できる|ことがあ|場合があ"
    r"|ものとし|努め|義務|責任を負|責を負|負わな|負いませ|免れ|禁止|承諾|同意|保証し"
)
_NEGATION = re.compile(r"ない|ませ(?:ん)|ず(?=、|に)|除き|除く|限り")
_PARTIES = re.compile(
    r"当社|弊社|甲|乙|丙|契約者|申込者|利用者|会員|お客[様さ]ま?|ユーザー?|会社|従業員|第三者|厚生労働省"
)
_CONDITIONS = re.compile(
    r"ただし|但し|場合|とき|限り|除[きく]|のみ|または|又は|かつ|および|及び|並びに|ならびに|もしくは|若しくは"
)
_PUNCTUATION = re.compile(
    r"[\s、。，．,.・･「」『』（）()\[\]【】〔〕〈〉《》:：;；!！?？\"'“”‘’\-－―—‐〜～~…･/／]"
)
#: spellings that mean the same
_SPELLINGS = (
    ("及び", "および"), ("又は", "または"), ("並びに", "ならびに"), ("若しくは", "もしくは"), ("但し", "ただし"), ("但書", "ただし書"),
    ("事が", "ことが"), ("出来", "でき"), ("予め", "あらかじめ"), ("直ちに", "ただちに"), ("従い", "したがい"), ("基づき", "もとづき"),
    ("且つ", "かつ"), ("致し", "いたし"), ("下さい", "ください"), ("等", "など"), ("全て", "すべて"), ("行な", "行"),
    ("ヶ月", "か月"), ("ヵ月", "か月"), ("カ月", "か月"), ("ケ月", "か月"), ("箇月", "か月"), ("申込み", "申込"), ("申し込み", "申込"), ("取扱い", "取扱"), ("取り扱い", "取扱"),
    ("引渡し", "引渡"), ("引き渡し", "引渡"), ("立ち会い", "立会"), ("立会い", "立会"), ("手続き", "手続"), ("コンピューター", "コンピュータ"), ("サーバー", "サーバ"),
    ("ユーザー", "ユーザ"), ("セキュリティー", "セキュリティ"), ("ルーター", "ルータ"), ("ウィルス", "ウイルス"), ("恐れ", "おそれ"),
)  # fmt: skip


def of_change(old: str, new: str, found: Iterable[Mark]) -> tuple[str, ...]:
    """The classes of a change from `old` to `new`, whose differences are `found`.

    >>> from corpus.tokens import marks
    >>> of_change("年14.5%とします。", "年14.6%とします。", marks("年14.5%とします。", "年14.6%とします。"))
    ('amounts',)
    """
    folded_old, folded_new = fold(old), fold(new)
    if _PUNCTUATION.sub("", folded_old) == _PUNCTUATION.sub("", folded_new):
        return ("punctuation",) if _widths(old) != _widths(new) else ("spelling",)
    if plain(old) == plain(new):
        return ("spelling",)
    touched = _touched(old, new, tuple(found))
    classes = list(_figures(folded_old, folded_new))
    for name, pattern in (
        ("obligations", _OBLIGATIONS), ("negation", _NEGATION), ("parties", _PARTIES), ("conditions", _CONDITIONS)
    ):  # fmt: skip
        if _differs(pattern, folded_old, folded_new):
            classes.append(name)
    return tuple(classes) or (("wording",) if touched else ("spelling",))


def _figures(old: str, new: str) -> Iterable[str]:
    """Dates, periods, amounts and other numbers that differ; each figure counts once."""
    for name, pattern in _PATTERNS:
        if _differs(pattern, old, new):
            yield name
        old, new = pattern.sub("", old), pattern.sub("", new)


def of_text(text: str) -> tuple[str, ...]:
    """The classes of what a clause contains that came or went."""
    folded = fold(text)
    found = [name for name, pattern in _PATTERNS[:3] if pattern.search(folded)]
    found += ["obligations"] if _OBLIGATIONS.search(folded) else []
    return tuple(found) or ("wording",)


def is_substantive(classes: Iterable[str]) -> bool:
    """Whether any class is more than form."""
    return bool(set(classes) - FORMAL)


def fold(text: str) -> str:
    """NFKC, without the spaces that PDF text puts between digits and words."""
    return re.sub(r"[ \t　]+", "", unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """The words without punctuation and with one spelling for each."""
    text = _PUNCTUATION.sub("", fold(text))
    for variant, chosen in _SPELLINGS:
        text = text.replace(variant, chosen)
    return re.sub(_NUM, _as_digits, text)


def _as_digits(match: re.Match[str]) -> str:
    number = to_int(match[0])
    return match[0] if number is None else str(number)


def _widths(text: str) -> str:
    """Only the punctuation, to tell a changed comma from a full-width digit."""
    return "".join(_PUNCTUATION.findall(fold(text)))


def _touched(old: str, new: str, found: tuple[Mark, ...]) -> str:
    return "".join(old[slice(*m.old)] + new[slice(*m.new)] for m in found)


def _differs(pattern: re.Pattern[str], old: str, new: str) -> bool:
    return Counter(pattern.findall(old)) != Counter(pattern.findall(new))
