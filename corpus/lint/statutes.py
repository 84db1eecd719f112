"""Statute names that are misquoted: near a well-known name, but not it; a wrong law number."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.library import Version
from corpus.lint.finding import ERROR, INFO, WARNING, LintFinding, texts
from corpus.numerals import to_int

CHECK = "statutes"
TITLE = "法令名"

#: official name → (year, number) of promulgation; 年 as printed in the law number
STATUTES = {
    "民法": ("明治29年", 89), "商法": ("明治32年", 48), "会社法": ("平成17年", 86), "破産法": ("平成16年", 75),
    "民事再生法": ("平成11年", 225), "会社更生法": ("平成14年", 154), "消費税法": ("昭和63年", 108), "地方税法": ("昭和25年", 226),
    "所得税法": ("昭和40年", 33), "法人税法": ("昭和40年", 34), "消費者契約法": ("平成12年", 61), "特定商取引に関する法律": ("昭和51年", 57),
    "割賦販売法": ("昭和36年", 159), "電気通信事業法": ("昭和59年", 86), "個人情報の保護に関する法律": ("平成15年", 57),
    "行政手続における特定の個人を識別するための番号の利用等に関する法律": ("平成25年", 27),
    "暴力団員による不当な行為の防止等に関する法律": ("平成3年", 77), "不正アクセス行為の禁止等に関する法律": ("平成11年", 128),
    "特定電子メールの送信の適正化等に関する法律": ("平成14年", 26), "犯罪による収益の移転防止に関する法律": ("平成19年", 22),
    "児童買春、児童ポルノに係る行為等の規制及び処罰並びに児童の保護等に関する法律": ("平成11年", 52),
    "風俗営業等の規制及び業務の適正化等に関する法律": ("昭和23年", 122),
    "特定電気通信による情報の流通によって発生する権利侵害等への対処に関する法律": ("平成13年", 137),
    "特定電気通信役務提供者の損害賠償責任の制限及び発信者情報の開示に関する法律": ("平成13年", 137),
    "著作権法": ("昭和45年", 48), "特許法": ("昭和34年", 121), "商標法": ("昭和34年", 127), "不正競争防止法": ("平成5年", 47),
    "不当景品類及び不当表示防止法": ("昭和37年", 134), "労働基準法": ("昭和22年", 49), "労働契約法": ("平成19年", 128),
    "労働安全衛生法": ("昭和47年", 57), "労働者災害補償保険法": ("昭和22年", 50), "雇用保険法": ("昭和49年", 116),
    "育児休業、介護休業等育児又は家族介護を行う労働者の福祉に関する法律": ("平成3年", 76), "母子保健法": ("昭和40年", 141),
    "下請代金支払遅延等防止法": ("昭和31年", 120), "利息制限法": ("昭和29年", 100), "借地借家法": ("平成3年", 90),
    "仲裁法": ("平成15年", 138), "外国為替及び外国貿易法": ("昭和24年", 228), "電子署名及び認証業務に関する法律": ("平成12年", 102),
    "特定非営利活動促進法": ("平成10年", 7), "道路交通法": ("昭和35年", 105), "国税徴収法": ("昭和34年", 147),
}  # fmt: skip
_NUMBER = re.compile(
    r"(?P<name>[一-鿿ァ-ヺー、ぁ-ん]{2,50}?法律?)[ 　]*[（(][ 　]*(?P<year>(?:明治|大正|昭和|平成|令和)[0-9０-９元 　]+年)[ 　]*法律第(?P<number>[0-9０-９ 　]+)号"
)
_LAW = re.compile(r"[一-鿿及び]{4,20}法(?![一-鿿])")
_LETTERS = {"および": "及び", "または": "又は", "ならびに": "並びに", "、": "", "・": ""}


def check(version: Version) -> Iterator[LintFinding]:
    """Names that differ from the official one, and law numbers that belong to another law."""
    for clause, text in texts(version):
        yield from _names(clause.id, text)
        yield from _short_names(clause.id, text)
        for match in _NUMBER.finditer(text):
            yield from _number(clause.id, match)


def _names(id: str, text: str) -> Iterator[LintFinding]:
    for match in re.finditer(r"に関する法律", text):
        before = text[max(0, match.start() - 50) : match.end()]
        close = _closest(before)
        if close is not None:
            printed, official, severity = close
            message = f"「{printed}」の正式名は「{official}」です。"
            yield LintFinding(CHECK, id, printed, message, severity)


def _short_names(id: str, text: str) -> Iterator[LintFinding]:
    """電気通信事業者法 for 電気通信事業法: one character from a known name of five or more."""
    for match in _LAW.finditer(text):
        word = match[0]
        if any(word.endswith(known) for known in STATUTES):
            continue
        for official in STATUTES:
            if len(official) >= 5 and not official.endswith("に関する法律"):
                tails = (word[-n:] for n in (len(official), len(official) + 1, len(official) - 1))
                printed = next((t for t in tails if edit_distance(t, official) == 1), None)
                if printed is not None and printed[0] == official[0]:
                    yield LintFinding(
                        CHECK,
                        id,
                        printed,
                        f"「{printed}」は「{official}」のことと思われます。",
                        WARNING,
                    )
                    break


def _closest(before: str) -> tuple[str, str, str] | None:
    """The words printed and the official name they come near, where they are not equal."""
    for official in STATUTES:
        if not official.endswith("に関する法律") or len(official) < 10:
            continue
        if before.endswith(official):
            return None
    best: tuple[int, str, str] | None = None
    for official in STATUTES:
        if official.endswith("に関する法律") and len(official) >= 10:
            for length in range(len(official) - 3, len(official) + 6):
                printed = before[-length:]
                if length <= len(before) and printed[0] == official[0]:
                    distance = edit_distance(printed, official)
                    if distance <= max(3, len(official) // 6) and (
                        best is None or distance < best[0]
                    ):
                        best = (distance, printed, official)
    if best is None:
        return None
    _, printed, official = best
    return printed, official, INFO if _folded(printed) == _folded(official) else ERROR


def _folded(name: str) -> str:
    for variant, chosen in _LETTERS.items():
        name = name.replace(variant, chosen)
    return re.sub(r"\s", "", name)


def _number(id: str, match: re.Match[str]) -> Iterator[LintFinding]:
    name = next(
        (n for n in sorted(STATUTES, key=len, reverse=True) if match["name"].endswith(n)), None
    )
    if name is None:
        return
    year, number = STATUTES[name]
    printed_year = re.sub(r"[ 　]", "", match["year"]).translate(
        str.maketrans("０１２３４５６７８９", "0123456789")
    )
    if (printed_year, to_int(match["number"])) != (year, number):
        quote = match[0][match[0].find(name) :]
        yield LintFinding(CHECK, id, quote, f"{name}は{year}法律第{number}号です。", WARNING)


def edit_distance(one: str, other: str) -> int:
    """Levenshtein distance.

    >>> edit_distance("暴力団員等による", "暴力団員による")
    1
    """
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
