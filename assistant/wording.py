"""The Japanese sentences that answers are made of, in one place.

「」 is kept for words quoted from a clause, because the grounding check holds every 「…」
against the cited text; 『』 for words of the question. Nothing else stands in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from assistant.answer import MissingInput
from assistant.spoken import spoken

OUT_OF_SCOPE = (
    "申し訳ありません。このご質問は、取り扱っている利用規約（{titles}）で答えられる内容ではありません。"
    "規約の料金・契約期間・解約・機器・責任などについてお尋ねください。"
)
#: the subject of a silence that no written one surely fits
WHAT_WAS_ASKED = "お尋ねの点"
NOT_IN_TERMS = "{subject}について、{title}に定めは見当たりません。"
IN_NONE = "{subject}について、{titles}のいずれにも定めは見当たりません。"
NO_SUM = "{subject}について、{title}に計算の定めは見当たりません。"
ELSEWHERE = "{subject}は、{title}の本文には書かれていません。規約では{where}によるとしています（{display}）。"
#: where a customer in the chat may ask what the terms leave open
ASK_DESK = "お急ぎの場合は、問い合わせ窓口でご確認ください。"
ASK_PAPERS = "契約時の書面か、問い合わせ窓口でご確認ください。"
#: the same from the desk itself, in a mail, and for the desk
WE_CHECK = "規約に書かれていない点は、当社にて確認のうえ、あらためてご案内いたします。"
WE_CHECK_OURS = "計算に必要な当社側の事項は、当社にて確認のうえ、あらためてご案内いたします。"
WE_CHECK_OTHER = (
    "お尋ねの件は、利用規約の定めに関するものではないため、"
    "当社にて確認のうえ、あらためてご案内いたします。"
)
CHECK_INSIDE = "規約だけでは答えられません。社内の資料または担当部署で確認してください。"
TELL_US = "恐れ入りますが、次の点をお知らせください。"
TELL_US_WHAT = "恐れ入りますが、お知りになりたい内容を詳しくお知らせください。"
NO_SUCH = "{title}に{printed}はありません。"
UP_TO = "条は{last}までです。"
ONLY_PART = "{title}の{where}には{only}しかありません。"
NO_PART = "{part}はありません。"
NO_PARTS = "{title}の{where}に{part}の定めはありません。"
LAST_PART = "{title}の{where}は{last}までで、{part}はありません。"
NOT_SO = "ご質問の『{said}』という点は、規約の定めと異なります。規約の文言は{printed}です。"
NOT_SO_IN = "ご質問の『{said}』という点は、規約によって違います。規約の文言は、{others}です。{so}"
SO_IN = "{titles}の定めとは合っています。"
NO_ARTICLE = "{title}に{printed}はありません。関係する条項をご案内します。"
WHAT_ABOUT = "{titles}の何についてお知りになりたいですか。解約の手続き、料金の支払い、機器の故障のように書いてください。"
WITHHELD = "計算や説明のうち、条文で裏付けられなかったものは載せていません。"
ONLY_CLAUSES = "お尋ねに関係する条文を示します。" + WITHHELD
NOTHING_PROVED = "条文で裏付けられる答えを出せなかったため、お答えを控えます。"
#: instead of a silence, where a word was not read
NOT_READ = "{words}という言葉を読み取れませんでした。"
PROBABLY = "{meant}のことでしょうか。"
SAY_OTHERWISE = "お手数ですが、別の言い方でもう一度お尋ねください。"
HOW_TO_ASK = "解約の手続き、料金の支払い、機器の故障"
#: what is said to a remark, by its kind; `about` is for one about an answer where none was given
REMARKS = {
    "greeting": "ご利用ありがとうございます。利用規約（{titles}）についてお答えします。{how}のように、知りたいことを書いてください。",
    "help": "利用規約（{titles}）についてお答えします。サービスの名前と知りたいことを、{how}のように書いてください。",
    "anger": "ご不快な思いをおかけし、申し訳ありません。何があったのか、どの点が困るのかを書いていただければ、規約の定めをお調べします。",
    "thanks": "どういたしまして。ほかにも知りたいことがあれば、続けてお尋ねください。",
    "assent": "はい。知りたいことがあれば、続けてお尋ねください。",
    "refusal": "承知しました。知りたいことがあれば、{how}のように書いてください。",
    "farewell": "ご利用ありがとうございました。またいつでもお尋ねください。",
    "apology": "お気になさらないでください。{how}のように、知りたいことを書いてください。",
    "waiting": "はい、お待ちしています。{how}のように、知りたいことを書いてください。",
    "about": "何についてお知りになりたいですか。{how}のように書いてください。",
}
#: questions to begin with
EXAMPLES = (
    "解約はいつまでに連絡すればいいですか",
    "途中でやめると違約金はかかりますか",
    "機器が壊れたらどうなりますか",
)
LAST_ANSWER = "前のお答えについて"
LAST_QUESTION = "前のご質問と同じことについて"
#: before the clauses of the last answer, told once more
AGAIN = {
    "unclear": "先ほどのお答えを、ひとつずつ言いかえます。",
    "gist": "要点は次のとおりです。",
}
#: before a last answer without clauses, told once more
STILL = {
    "unclear": "先ほどのお答えをもう一度お伝えします。",
    "gist": "要点は次のとおりです。",
    "more": "先ほどのお答えのほかに、お伝えできることはありません。",
}
ASK_THE_WORD = "わかりにくい言葉があれば、『契約者とは？』のようにお尋ねください。"
FURTHER = "近いことについて、ほかに次の定めがあります。"
NOTHING_ELSE = "お尋ねの点に直接あたる定めは、先ほどの条項のほかに見当たりません。"


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
    """One friendly sentence that asks for everything missing at once.

    What only the provider can tell is asked for only in case the person knows it.

    >>> ask_for([MissingInput("a", "復旧した日時"), MissingInput("b", "当社の責任か", "", True)])
    '計算するために、復旧した日時を教えてください（当社の責任かは、わかる場合だけで結構です）。'
    """
    asked = join(with_unit(entry) for entry in missing if not entry.by_provider)
    ours = join(with_unit(entry) for entry in missing if entry.by_provider)
    had = f"{join(known)}は承りました。" if known else ""
    if not asked:
        return f"{had}計算するには{ours}が要ります。わかる場合は教えてください。"
    only = f"（{ours}は、わかる場合だけで結構です）" if ours else ""
    return f"{had}計算するために、{asked}を教えてください{only}。"


def with_unit(entry: MissingInput) -> str:
    """The title of an input with the unit that it is asked in."""
    return entry.title + (f"（{entry.unit}）" if entry.unit else "")


def refused(message: str) -> str:
    """A calculation's refusal as it is told to somebody who filled in no form.

    >>> refused("契約期間（term_years）の値 2 は使えません。1か3（年）を指定してください。")
    '契約期間が2では計算できません。1か3（年）をお知らせください。'
    """
    plain = re.sub(r"（[a-z_]+(?:[\[.][a-z_0-9\].]*)?）", "", message)
    plain = re.sub(r"の値 (\S+) は使えません", r"が\1では計算できません", plain)
    return spoken(plain).replace("指定してください", "お知らせください")


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


def quoted(words: str, text: str) -> str:
    """`words` in quotation marks where they stand in `text`, else plain.

    >>> quoted("契約料金表", "別に定める「契約料金表」による"), quoted("見積", "価格による")
    ('「契約料金表」', '見積')
    """
    return f"「{words}」" if words in text else words


def counted(value: Any, unit: str = "") -> str:
    """A value of a calculation's step with its unit.

    >>> counted(280195, "円"), counted("71/31", "か月"), counted(True), counted("2027-02-28")
    ('280,195円', '2と9/31か月', 'はい', '2027-02-28')
    """
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if value is None:
        return "なし"
    return f"{value:,}{unit}" if isinstance(value, int) else f"{_mixed(str(value))}{unit}"


def _mixed(text: str) -> str:
    """An improper fraction as a mixed number; anything else unchanged."""
    top, slash, bottom = text.partition("/")
    if not (slash and top.isdecimal() and bottom.isdecimal()):
        return text
    whole, rest = divmod(int(top), int(bottom))
    return f"{whole}と{rest}/{bottom}" if whole else text


def jdate(iso: str) -> str:
    """An ISO date in Japanese; anything else unchanged.

    >>> jdate("2027-02-28")
    '2027年2月28日'
    """
    parts = iso.split("-")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return f"{int(parts[0])}年{int(parts[1])}月{int(parts[2])}日"
    return iso
