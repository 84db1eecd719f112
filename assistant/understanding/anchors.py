"""Days told from a deadline that stands elsewhere in the question: 期日の当日, 期限から5日後.

Such words hold no date of their own: 「期日から5日後に払います。期日は12月10日」 counts from the
deadline, wherever that is told, and never from today. `relative.py` computes them.
"""

from __future__ import annotations

import re

from assistant.understanding.numerals import SMALL, whole

#: a deadline by its noun alone
DEADLINE = r"(?:期日|期限日?|締め?切り?日?|〆切?日?|納期限?)"
_TOLD = re.compile(rf"{DEADLINE}\s*(?:から|より|の|を|に|と|後)?(?:過ぎて|すぎて)?\s*$")
_SAME = re.compile(
    rf"{DEADLINE}(?:の|と|に)?\s*(?:当日|同日|同じ日|その日|ちょうど|ぴったり|きっかり|通り|どおり)"
    rf"|{DEADLINE}(?:まで)?に(?:きちんと|ちゃんと|遅れず(?:に)?)?お?(?:支払|払)(?:った|いました|う(?!べき|はず)|えた|えば|います|い済)"
)
_RIGHT_AFTER = re.compile(
    r"\s*(?:の)?(?:当日|ちょうど|ぴったり|きっかり|その日|中)(?:の?(?:う|内)ち)?(?:に|、)?[^、。]{0,6}?(?:払|入金|振り?込|返)"
)
_NEIGHBOUR = re.compile(rf"{DEADLINE}の(?P<day>翌々日|翌日|次の日|前日)")
_EARLIER = re.compile(rf"{DEADLINE}(?:の|より)\s*(?P<n>{SMALL})日(?:前|早く)")
_NEIGHBOURS = {"翌々日": 2, "翌日": 1, "次の日": 1, "前日": -1}


def told_from_a_deadline(before: str) -> bool:
    """Whether the words before a length of time or 翌日 end in a deadline's noun.

    >>> told_from_a_deadline("支払期日から"), told_from_a_deadline("12月10日から")
    (True, False)
    """
    return bool(_TOLD.search(before))


def days_from_deadline(text: str, deadline_end: int | None = None) -> int | None:
    """Days after the deadline that `text` names without a number, or None.

    `deadline_end` is where the date of the deadline ends in `text` (「11/30ちょうどに払った」).

    >>> days_from_deadline("期日当日に払えば"), days_from_deadline("期日の翌日に払いました")
    (0, 1)
    """
    if neighbour := _NEIGHBOUR.search(text):
        return _NEIGHBOURS[neighbour["day"]]
    if early := _EARLIER.search(text):
        return -whole(early["n"])
    if _SAME.search(text):
        return 0
    if deadline_end is not None and _RIGHT_AFTER.match(text, deadline_end):
        return 0
    return None
