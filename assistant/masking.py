"""Personal data of the obvious kinds is blotted out before a question is written down.

Phone numbers, mail addresses, member and contract numbers, and names that say so
themselves (田中様, 私は田中です, 氏名: 田中太郎) become labels. Amounts, dates and clause
numbers stay, because a record without them explains nothing.
"""

from __future__ import annotations

import re

MAIL = "［メールアドレス］"
PHONE = "［電話番号］"
NUMBER = "［番号］"
NAME = "［氏名］"

_SEP = r"[\-‐‑–—−ー－ｰ()（）. 　・]"
_ASCII_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+\s?[@＠]\s?[A-Za-z0-9\-]+(?:[.．][A-Za-z0-9\-]+)+")
_WIDE_MAIL = re.compile(r"[０-９Ａ-Ｚａ-ｚ．＿－＋]+[@＠][０-９Ａ-Ｚａ-ｚ．－]+")
_PHONE = re.compile(
    rf"(?<![\d,，.])(?:[+＋]\s?8\s?1{_SEP}{{0,2}}[1-9１-９]|[0０])(?:{_SEP}{{0,2}}\d){{8,10}}"
    rf"(?!{_SEP}?\d|[,，]\d|円)"
)
_LABELLED_NUMBER = re.compile(
    r"((?:会員|お客様|お客さま|顧客|契約|契約者|申込|受付|注文|請求|ユーザー?|アカウント)"
    r"(?:番号|ID|ＩＤ|コード|No\.?|No．|№)\s*(?:は|が|:|：|=|＝)?\s*[「『(（]?\s*)"
    r"([A-Za-zＡ-Ｚａ-ｚ]{0,6}[\-－]?\d[\dA-Za-z\-－]{2,})"
)
_CARD = re.compile(r"(?<!\d)\d{4}(?:[\- 　－]?\d{4}){3}(?!\d)")
_NAME = r"[一-龠々ヶァ-ヴー]{1,6}(?:[ 　][一-龠々ヶァ-ヴー]{1,6})?"
_NAME_FIELD = re.compile(
    rf"((?:氏名|お名前|名前|担当者名|契約者名|会員名|フリガナ|ふりがな)\s*(?:は|:|：|=|＝)\s*)([ぁ-ん]{{2,12}}|{_NAME})"
)
_NAME_SELF = re.compile(
    r"((?:^|[。、！!\n ])(?:私|わたくし|わたし|ぼく|僕|当方)?(?:は|、)?)"
    r"([一-龠々]{1,4}(?:[ 　][一-龠々]{1,4})?)(?=(?:と申します|と言います|といいます|と申し上げます))"
)
#: a family name before an honorific; words that take 様/さん without being a name stay
_HONORIFIC = re.compile(
    r"([一-龠々]{2,4}|[ァ-ヴー]{2,8})(?:[ 　]?([一-龠々]{1,3}))?(?=様|さま|さん|氏)"
)
_NOT_NAMES = frozenset(
    [
        "客",
        "お客",
        "皆",
        "貴社",
        "御社",
        "御",
        "貴",
        "俺",
        "王",
        "神",
        "奥",
        "業者",
        "代理店",
        "会社",
        "弁護士",
        "担当",
        "担当者",
        "契約者",
        "利用者",
        "会員",
        "加入者",
        "消費者",
        "事業者",
        "管理者",
        "保証人",
        "相続人",
        "名義人",
        "代表者",
        "社長",
        "店長",
        "部長",
        "課長",
        "係",
        "係員",
        "社員",
        "エンドユーザ",
        "エンドユーザー",
        "ユーザー",
        "ユーザ",
        "オペレーター",
        "オプテージ",
        "先方",
        "相手",
        "取引先",
        "顧客",
        "法人",
        "個人",
        "本人",
        "様",
        "同",
        "模",
        "仕",
        "多",
        "有",
        "無",
        "異",
    ]
)


def mask(text: str) -> str:
    """`text` with personal data of the obvious kinds replaced by labels.

    >>> mask("田中様(090-1234-5678)の違約金は30,000円ですか")
    '［氏名］様(［電話番号］)の違約金は30,000円ですか'
    >>> mask("会員番号 A123456、taro@example.co.jp に連絡ください")
    '会員番号 ［番号］、［メールアドレス］ に連絡ください'
    >>> mask("お客様の都合で2026年7月1日に解約した場合は")
    'お客様の都合で2026年7月1日に解約した場合は'
    """
    text = _ASCII_MAIL.sub(MAIL, text)
    text = _WIDE_MAIL.sub(MAIL, text)
    text = _LABELLED_NUMBER.sub(lambda m: m[1] + NUMBER, text)
    text = _CARD.sub(NUMBER, text)
    text = _PHONE.sub(PHONE, text)
    text = _NAME_FIELD.sub(lambda m: m[1] + NAME, text)
    text = _NAME_SELF.sub(lambda m: m[1] + NAME, text)
    return _HONORIFIC.sub(_honorific, text)


def _honorific(match: re.Match[str]) -> str:
    word = match[1]
    if word in _NOT_NAMES or any(word.endswith(w) for w in _NOT_NAMES if len(w) > 1):
        return match[0]
    return NAME
