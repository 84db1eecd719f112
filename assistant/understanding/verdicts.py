"""Asked whether a notice is in time, and asked again for a day that was computed before.

間に合う, 遅い, 大丈夫 and 有効 ask for a verdict on the day of a notice; 「申出期限は？」 and 「いくら？」
alone ask once more for what the last rule gives. Which words ask for which rule is a table.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from assistant.question import Question
from assistant.understanding.calendar import spoken
from assistant.understanding.slots import FORMS
from assistant.understanding.wants import CANCEL

#: asks for a verdict on a notice
VERDICT = re.compile(
    r"間に合|遅い|遅すぎ|遅く(?:ない|あり)|手遅れ|OK|ＯＫ|大丈夫|有効|期限内|いける|セーフ|アウト|十分|(?:で|ても|たら|れば)(?:いい|よい|良い)(?:です|でしょう)?(?:か|\?)|足り"
)
_LIMIT = r"期限|締め?切|いつまで|何日まで|何日に|いつ(?:です|に)|リミット|デッドライン"
_EARLIEST = r"最短|最速|(?:いちばん|一番|もっとも|最も)早|早くて"
#: the rule that tells the first day that a contract may end on
EARLIEST = "earliest_end_from_notice"
_SUM = r"いくら|何円|金額|合計|違約金|解約金|差額"
_ENDS = ("early_termination_charge", "cancellation_notice_deadline", "earliest_end_from_notice", "expiry_notice_deadline")  # fmt: skip
_CHANGES = ("downgrade_difference", "change_notice_deadline")

Turn = tuple[tuple[str, ...], re.Pattern[str], str]
#: what was computed before, the words of the next question, and the rule that those ask for
TURNS: tuple[Turn, ...] = (
    (
        (*_ENDS, *_CHANGES),
        re.compile(r"縛り|しばり|最低(?:利用|契約)?期間|終わりの日|満了日"),
        "min_term_end",
    ),
    (_ENDS, re.compile(_EARLIEST), EARLIEST),
    (_ENDS, re.compile(rf"{_LIMIT}|{VERDICT.pattern}"), "cancellation_notice_deadline"),
    (_ENDS, re.compile(_SUM), "early_termination_charge"),
    (_CHANGES, re.compile(_LIMIT), "change_notice_deadline"),
    (_CHANGES, re.compile(_SUM), "downgrade_difference"),
    (("claim_deadline",), re.compile(rf"{_LIMIT}|{VERDICT.pattern}"), "claim_deadline"),
    (("late_charge",), re.compile(r"いくら|何円|金額|合計"), "late_charge"),
)
#: rules that such a question does not mean although its words may: after a change of fees
#: 「届けはいつまで?」 is about the notice, not about what is delivered
NOT_MEANT: Mapping[str, str] = dict.fromkeys(_CHANGES, "delivery_deadline")
#: what a notice is about, and the rule that judges it
_ABOUT: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"満了|満期|更新(?:しな|せず|を止|を断)"), "expiry_notice_deadline"),
    (re.compile(r"損害|賠償|被害"), "claim_deadline"),
    (re.compile(CANCEL), "cancellation_notice_deadline"),
)
#: rules with a day of notice of which a verdict may be asked
JUDGED = ("cancellation_notice_deadline", "expiry_notice_deadline")


def judged(text: str) -> tuple[str, ...]:
    """The rule that gives the verdict which is asked on a notice, if one is.

    >>> judged("VPNを4月30日に解約希望、通知は3月31日。遅い?")
    ('cancellation_notice_deadline',)
    """
    if not VERDICT.search(text):
        return ()
    return tuple(rule for words, rule in _ABOUT if words.search(text))[:1]


def turned_to(rule: str, text: str) -> str:
    """The rule that a short question asks for after `rule`; "" where its words ask for none.

    >>> turned_to("early_termination_charge", "通知はいつまで?")
    'cancellation_notice_deadline'
    >>> turned_to("expiry_notice_deadline", "間に合う?")
    'expiry_notice_deadline'
    """
    for before, words, after in TURNS:
        if rule in before and words.search(text):
            return rule if rule in JUDGED and after in JUDGED else after
    return ""


def asks_again(rule: str, text: str) -> bool:
    """Whether a short text asks for what `rule` gives: 「申出期限は？」, 「間に合う？」.

    >>> asks_again("cancellation_notice_deadline", "間に合う?"), asks_again("late_charge", "間に合う?")
    (True, False)
    """
    return turned_to(rule, text) == rule


def judged_today(
    question: Question,
    rule: str,
    agreement: str,
    inputs: dict[str, Any],
    notes: list[str],
) -> None:
    """A verdict that is asked without a day of notice is one on a notice given today."""
    text = question.plain
    if rule not in JUDGED or not VERDICT.search(text) or re.search(_LIMIT, text):
        return
    needed = [slot.name for slot in FORMS[rule].of(agreement) if not slot.optional]
    if "notice_date" in inputs or any(name not in inputs for name in needed):
        return
    inputs["notice_date"] = question.today.isoformat()
    notes.append(f"通知が届く日は、今日（{spoken(question.today)}）としました。")
