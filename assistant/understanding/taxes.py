"""Sums with and without consumption tax: bringing what was typed to what the terms count in.

Secure Gateway's amounts include tax, the other two agreements' do not. A sum marked the other way is
converted at the present rate of 10 % and the conversion is said; where no whole sum fits, the value
is left open. A debt that was told without tax is owed with it.
"""

from __future__ import annotations

import re

from assistant.understanding.amounts import Amount, Tax
from assistant.understanding.slots import TAX_INCLUSIVE

_RATE = (110, 100)


def in_terms_of(agreement: str, amount: Amount) -> tuple[int | None, str]:
    """The sum as the agreement counts it, and what was assumed ("" for nothing).

    >>> in_terms_of("vpn", Amount(13200, "incl", (0, 0), (0, 0)))
    (12000, '税込13,200円は、税率10%として税抜12,000円に直して計算しました。')
    """
    inclusive = TAX_INCLUSIVE.get(agreement)
    if not amount.tax or inclusive is None or (amount.tax == "incl") is inclusive:
        return (amount.yen, "")
    if inclusive:
        value = amount.yen * _RATE[0] // _RATE[1]
        return (
            value,
            f"税抜{amount.yen:,}円は、税率10%として税込{value:,}円に直して計算しました。",
        )
    value = -(-amount.yen * _RATE[1] // _RATE[0])
    if value * _RATE[0] // _RATE[1] != amount.yen:
        return (None, f"税込{amount.yen:,}円に当たる税抜の額が定まらないため、税抜の額が必要です。")
    return (value, f"税込{amount.yen:,}円は、税率10%として税抜{value:,}円に直して計算しました。")


def near(agreement: str, amount: Amount) -> tuple[int, str]:
    """Like `in_terms_of`, for a sum that was corrected: where no whole sum fits, rounded down.

    >>> near("vpn", Amount(12000, "incl", (0, 0), (0, 0)))[0]
    10909
    """
    value, note = in_terms_of(agreement, amount)
    if value is not None:
        return (value, note)
    value = amount.yen * _RATE[1] // _RATE[0]
    return (
        value,
        f"税込{amount.yen:,}円は税率10%では税抜の額が割り切れないため、1円未満を切り捨てた"
        f"{value:,}円で計算しました。契約書の税抜の額と数円違うことがあります。",
    )


def owed(amount: Amount) -> tuple[int, str]:
    """A debt as it is owed, tax included, and what was assumed ("" for nothing).

    The tax is the customer's to pay under each agreement (sg:24.1, vpn:29.1, msp:17.1).

    >>> owed(Amount(120000, "excl", (0, 0), (0, 0)))[0]
    132000
    """
    if amount.tax != "excl":
        return (amount.yen, "")
    value = amount.yen * _RATE[0] // _RATE[1]
    return (
        value,
        f"消費税も支払うべき額に含まれるため、税抜{amount.yen:,}円は税率10%として税込{value:,}円で計算しました。",
    )


#: 税込 or 税抜 as a predicate: 「税込でした」, 「税抜だった」, 「税込の金額です」
_KIND = r"(?:(?P<incl>税込み?|税こみ|内税)|(?P<excl>税抜き?|税ぬき|税別|外税))"
_OF = r"(?:の(?:金額|額|料金|値段|価格|間違い|ほう|方))?"
_STATED = re.compile(
    rf"{_KIND}{_OF}(?:でし?た|です(?!か)|だった(?!ら)|だよ|なん(?:です|だ)|に(?:訂正|修正)|が正し)"
)
#: 「月額が税込なら」: what is supposed is said of a sum, not of the result
_SUPPOSED = re.compile(
    rf"(?:(?:月額|月々|料金|金額|元金|元本|利用料|レンタル料|費用|請求額?|円|\d|万)(?:は|が|も)\s*{_KIND}{_OF}"
    r"|(?P<incl2>税込み?)の(?:金額|額|料金|値段|価格)|(?P<excl2>税抜き?|税別)の(?:金額|額|料金|値段|価格))(?:なら|だったら|だと|の場合)"
)
#: 「税込だといくら」, 「税込で教えて」, 「税込は?」: the result is wanted so
_ASKED = re.compile(
    rf"{_KIND}(?:み|き)?(?:(?:の)?(?:金額|額|合計|総額))?(?:だと|で(?!し|す|\s*(?:月額|月)?[\d¥])|では|なら|だったら|にする|に(?:して|直)|は|も|いくら|を)"
    r"|消費税(?:を|も)?(?:足|加|込|入れ|含め|乗せ|のせ)"
)


#: the same in a question of its own, where 「税込で33,000円」 is a sum that was given
_AT_ONCE = re.compile(
    rf"{_KIND}(?:み|き)?(?:の(?:金額|額|合計|総額)?)?(?:で|だと|では)?(?:は|を)?、?(?:合計|総額|全部)?(?:で)?(?:いくら|おいくら|何円|教え|計算|知り|だといくら)"
)


def asked_at_once(text: str) -> Tax:
    """Like `asked`, for a question that stands alone.

    >>> asked_at_once("12月分は税込でいくら?"), asked_at_once("税込で33,000円の月額だといくら?")
    ('incl', '')
    """
    found = _AT_ONCE.search(text)
    return "" if found is None else "excl" if found["excl"] else "incl"


def stated(text: str) -> Tax:
    """What a follow-up says of a sum that was given (「月額は税込でした」); "" for nothing.

    >>> stated("月額は税込でした"), stated("いや税抜です"), stated("税込だといくら?")
    ('incl', 'excl', '')
    """
    if supposed := _SUPPOSED.search(text):
        return "incl" if supposed["incl"] or supposed["incl2"] else "excl"
    found = _STATED.search(text)
    return "" if found is None else "incl" if found["incl"] else "excl"


def asked(text: str) -> Tax:
    """Whether the result is wanted with or without tax (「税込で教えて」); "" for neither.

    >>> asked("税込で教えて"), asked("税抜だと?"), asked("消費税を足すと?"), asked("月額は税込でした")
    ('incl', 'excl', 'incl', '')
    """
    if stated(text):
        return ""
    found = _ASKED.search(text)
    return "" if found is None else "excl" if found["excl"] else "incl"


def other_basis(before: str, now: str) -> str:
    """What to say where a sum is carried to an agreement that counts tax differently.

    >>> other_basis("vpn", "sg")
    '金額はそのまま、税込の額として計算しました。'
    """
    if TAX_INCLUSIVE.get(before) == TAX_INCLUSIVE.get(now):
        return ""
    basis = "税込" if TAX_INCLUSIVE.get(now) else "税抜"
    return f"金額はそのまま、{basis}の額として計算しました。"
