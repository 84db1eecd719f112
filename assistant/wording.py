"""The Japanese sentences that answers are made of, in one place.

「」 is kept for words quoted from a clause, because the grounding check holds every 「…」
against the cited text; names and emphasis use 『』.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from assistant.answer import MissingInput

OUT_OF_SCOPE = (
    "申し訳ありません。このご質問は、取り扱っている利用規約（{titles}）で答えられる内容ではありません。"
    "規約の料金・契約期間・解約・機器・責任などについてお尋ねください。"
)
#: the subject of a silence that no written one surely fits
WHAT_WAS_ASKED = "お尋ねの点"
NOT_IN_TERMS = "{subject}について、{title}に定めは見当たりません。{next}"
ASK_DESK = "お急ぎの場合は、問い合わせ窓口でご確認ください。"
ELSEWHERE = "{subject}は、{title}の本文には書かれていません。規約では『{where}』によるとしています（{display}）。契約時の書面か、問い合わせ窓口でご確認ください。"
NO_ARTICLE = "{title}に{printed}はありません。関係する条項をご案内します。"
WHAT_ABOUT = "{titles}の何についてお知りになりたいですか。解約の手続き、料金の支払い、機器の故障のように書いてください。"
ONLY_CLAUSES = "関係する条文は次のとおりです。"
NOTHING_PROVED = "根拠を確かめられなかったため、お答えを控えます。問い合わせ窓口でご確認ください。"


def sentence(text: str) -> str:
    """`text` ended with exactly one 。 (other final marks are kept).

    >>> sentence("日割りします"), sentence("よいですか？")
    ('日割りします。', 'よいですか？')
    """
    text = text.strip()
    return text if text.endswith(("。", "？", "！", "?", "!", "）")) else text + "。"


def join(parts: Iterable[str]) -> str:
    """Names in a row: A、B、C."""
    return "、".join(parts)


def ask_for(missing: Sequence[MissingInput], known: Sequence[str] = ()) -> str:
    """One friendly sentence that asks for everything missing at once."""
    names = join(entry.title + (f"（{entry.unit}）" if entry.unit else "") for entry in missing)
    had = f"{join(known)}は承りました。" if known else ""
    return f"{had}計算するために、{names}を教えてください。"


def offer(title: str, missing: Sequence[MissingInput]) -> str:
    """One sentence that says what to tell so that the sum can be computed."""
    names = join(entry.title + (f"（{entry.unit}）" if entry.unit else "") for entry in missing)
    return f"{title}は、{names}をお知らせいただければ計算します。"


def yen(amount: int) -> str:
    """An amount as readers expect it.

    >>> yen(1234567)
    '1,234,567円'
    """
    return f"{amount:,}円"


def counted(value: Any, unit: str = "") -> str:
    """A value of a calculation's step with its unit.

    >>> counted(280195, "円"), counted("11/2", "か月"), counted(True), counted("2027-02-28")
    ('280,195円', '11/2か月', 'はい', '2027-02-28')
    """
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if value is None:
        return "なし"
    return f"{value:,}{unit}" if isinstance(value, int) else f"{value}{unit}"


def jdate(iso: str) -> str:
    """An ISO date in Japanese; anything else unchanged.

    >>> jdate("2027-02-28")
    '2027年2月28日'
    """
    parts = iso.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    return iso
