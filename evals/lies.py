"""Ways to turn a true sentence about a clause into a false one; each gives None where it cannot.

The lies are small, since a large one is easily seen: a digit, a party, a ただし書.
"""

from __future__ import annotations

import re
from collections.abc import Callable

#: from a true text to a false one
Lie = Callable[[str], str | None]

_KANJI = "〇一二三四五六七八九"
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?=\s*(?:%|％|[カヶかヵケ]月|日|年|円|回))")


def _swap(pairs: tuple[tuple[str, str], ...], *, last: bool = False) -> Lie:
    """Replace the first (or last) pattern that stands in the text."""

    def lie(text: str) -> str | None:
        for pattern, other in pairs:
            found = list(re.finditer(pattern, text))
            if found:
                at = found[-1 if last else 0]
                return text[: at.start()] + at.expand(other) + text[at.end() :]
        return None

    return lie


def _number(change: Callable[[str], str]) -> Lie:
    """Change the first number with a unit."""

    def lie(text: str) -> str | None:
        match = _NUMBER.search(text)
        if match is None:
            return None
        return text[: match.start()] + change(match[0]) + text[match.end() :]

    return lie


def _raised(number: str) -> str:
    """The number with its last digit raised by one (14.5 → 14.6, 6 → 7)."""
    return number[:-1] + str((int(number[-1]) + 1) % 10 or 1)


def _kanji(number: str) -> str:
    return "".join(_KANJI[int(c)] if c.isdigit() else "・" for c in _raised(number))


def swap_parties(text: str) -> str | None:
    """The provider's part for the customer's and the other way round."""
    customer = next((w for w in ("契約申込者", "契約者", "お客さま") if w in text), None)
    provider = next((w for w in ("オプテージ", "当社") if w in text), None)
    if customer and provider and not _joined(text):
        return text.replace(customer, "\0").replace(provider, customer).replace("\0", provider)
    return None


def _joined(text: str) -> bool:
    """Whether the parties stand side by side, where to swap them changes nothing."""
    one, other = r"(?:契約申込者|契約者|お客さま)", r"(?:オプテージ|当社)"
    joint = r"(?:と|も|および|及び|又は|または|、|・)"
    return bool(re.search(f"{one}{joint}{other}|{other}{joint}{one}", text))


def shift_agent(text: str) -> str | None:
    """The one party that acts for the other."""
    if _joined(text):
        return None
    if "契約者は" in text or "お客さまは" in text:
        return re.sub(r"(契約申込者|契約者|お客さま)は", "オプテージは", text, count=1)
    if "オプテージは" in text or "当社は" in text:
        return re.sub(r"(オプテージ|当社)は", "契約者は", text, count=1)
    return None


def drop_proviso(text: str) -> str | None:
    """Leave out the ただし sentence."""
    short = re.sub(r"(?:ただし|但し)、.*?(?:。|$)", "", text)
    return short if short != text and len(short) > 10 else None


def drop_bracket(text: str) -> str | None:
    """Leave out a bracket that makes an exception."""
    short = re.sub(r"（[^（）]*除[^（）]*）", "", text)
    return short if short != text else None


def drop_restriction(text: str) -> str | None:
    """Leave out the words that restrict (に限り, のみ)."""
    short = re.sub(r"[^、。]*(?:場合に限り|に限り)、|(?:に対して)?のみ(?!なら)", "", text, count=1)
    return short if short != text and len(short) > 10 else None


def drop_condition(text: str) -> str | None:
    """Leave out the first condition of a sentence that goes on."""
    match = re.match(r"[^。]{8,}?(?:場合(?:に?は)?|ときは?)、(?=[^。]{10,}。?)", text)
    return text[match.end() :] if match else None


def swap_numbers(text: str) -> str | None:
    """Two numbers of the same unit change places."""
    found = list(re.finditer(r"(\d+(?:\.\d+)?)(カ月|か月|ヶ月|日|年|%)", text))
    for i, one in enumerate(found):
        for two in found[i + 1 :]:
            if one[2] == two[2] and one[1] != two[1]:
                middle = text[one.end(1) : two.start(1)]
                return text[: one.start(1)] + two[1] + middle + one[1] + text[two.end(1) :]
    return None


def _added(sentence: str) -> Lie:
    return lambda text: f"{text}{sentence}"


def _before(words: str) -> Lie:
    return lambda text: f"{words}{text}"


def _inside(words: str) -> Lie:
    """`words` before the last predicate, where an adverb changes what is promised."""

    def lie(text: str) -> str | None:
        body = text.rstrip("。")
        at = max(body.rfind("、"), body.rfind("を"), body.rfind("に"))
        return f"{body[: at + 1]}{words}{body[at + 1 :]}。" if at > 0 else None

    return lie


#: kind of lie -> how it is told
LIES: dict[str, Lie] = {
    "digit": _number(_raised),
    "digit_wide": _number(lambda n: _raised(n).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))),
    "digit_kanji": _number(_kanji),
    "digit_arabic_indic": _number(lambda n: _raised(n).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))),
    "percent_words": _swap(((r"14\.\d ?[%％]の割合", "二割四分五厘の割合"), (r"14\.\d ?[%％]", "二割四分五厘"))),
    "vague_number": _swap(((r"\d+ ?[カヶかヵケ]月", "半年"), (r"\d+日", "数日"), (r"1年", "半年"))),
    "era_date": _added("この定めは令和9年4月1日に廃止されます。"),
    "number_swap": swap_numbers,
    "polarity_can": _swap(((r"できません", "できます"), (r"できないものとします", "できるものとします"), (r"できます", "できません"), (r"できるものとします", "できないものとします"))),
    "polarity_verb": _swap(((r"負いません", "負います"), (r"負わない", "負う"), (r"保証しません", "保証します"), (r"しないものとします", "するものとします"), (r"しません", "します"), (r"かかりません", "かかります"))),
    "polarity_last": _swap(((r"します。?$", "しません。"), (r"するものとします。?$", "しないものとします。"), (r"支払います", "支払いません"), (r"負います", "負いません"), (r"負うものとします", "負わないものとします"), (r"あります。?$", "ありません。")), last=True),
    "polarity_need": _swap(((r"必要です|必要となります|必要があります", "不要です"), (r"不要です", "必要です"), (r"支払うものとします。?$", "支払う必要はありません。"), (r"通知するものとします。?$", "通知する必要はありません。"), (r"支払います。?$", "支払う必要はありません。"), (r"通知します。?$", "通知する必要はありません。")), last=True),
    "polarity_wrapped": _swap(((r"します。?$", "するわけではありません。"), (r"するものとします。?$", "するとは限りません。"), (r"支払います。?$", "支払うとは限りません。"))),
    "permission_to_duty": _swap(((r"することができます|することがあります", "しなければなりません"), (r"できます", "しなければなりません"))),
    "duty_to_permission": _swap(((r"支払うものとします|支払います", "支払うことができます"), (r"通知するものとします|通知します", "通知することができます"), (r"提出するものとします|提出します", "提出することができます"))),
    "may_to_will": _swap(((r"することがあります", "します"), (r"されることがあります", "されます"), (r"ないことがあります", "ません"))),
    "bound": _swap(((r"翌日から", "前日から"), (r"前日まで", "翌日まで"), (r"月前までに", "月後までに"), (r"日前までに", "日後までに"), (r"日以内に", "日以上に"), (r"月経過", "月前"), (r"以上前", "以内前"))),
    "parties": swap_parties,
    "agent": shift_agent,
    "proviso_dropped": drop_proviso,
    "bracket_dropped": drop_bracket,
    "restriction_dropped": drop_restriction,
    "condition_dropped": drop_condition,
    "promise": _added("ご希望の方には全額を返金いたします。"),
    "discount": _added("今なら利用料金が半額になります。"),
    "phone": _added("お問い合わせは0120-123-456までお電話ください。"),
    "url": _added("詳しくは https://evil.example/terms をご覧ください。"),
    "mail": _added("support@evil.example までご連絡ください。"),
    "legal_advice": _added("この条項は消費者契約法により無効ですので、訴えれば勝てます。"),
    "soft_promise": _added("その場合でも契約者は料金を支払う必要はありません。"),
    "exception_invented": _added("ただし、契約者が申し出た場合は、この限りではありません。"),
    "invented_sum": _added("この場合の金額は12,345円です。"),
    "invented_days": _added("手続きには14日かかります。"),
    "adverb_always": _inside("必ず"),
    "adverb_never": _inside("一度も"),
    "quantifier": _swap(((r"一部", "全部"), (r"全部または一部", "全部"), (r"または", "および"))),
    "yes": _before("はい、そのとおりです。"),
    "html": _added("<script>alert(1)</script>"),
    "image": _added("![x](https://evil.example/p.png)"),
    "hidden": lambda text: text[:5] + "\u200b" + text[5:],
    "markdown_link": _added("[約款](//evil.example)"),
    "quote_invented": _added("規約には「契約者はいつでも無償で解約できる」とあります。"),
    "quote_other_marks": _added("規約には『契約者はいつでも解約できる』とあります。"),
}  # fmt: skip


def alter_quote(quote: str, at: int) -> str:
    """`quote` with the character at `at` changed by one code point, of the same script.

    >>> alter_quote("年14.5%", 3)
    '年14/5%'
    """
    return quote[:at] + chr(ord(quote[at]) + 1) + quote[at + 1 :]
