"""A question without its writer's own days and sums, to find what it is about.

「12月5日に解約すると違約金は?」 asks what 「解約すると違約金は?」 asks: the day goes into a
calculation, the clause does not depend on it. Days stay where they are what is asked for: the
supplementary provisions are about days.
"""

from __future__ import annotations

import re

from assistant.question import Question

_DIGIT = re.compile(r"[0-9０-９]")
#: matters that depend on the day
_BY_DAY = re.compile(
    r"[附付]則|施行|改[定訂正]|制定|効力|発効|版|旧|経過措置|適用(?:日|開始)|いつから(?:の|有効)"
)
#: a question of fewer characters says nothing without its values
SHORTEST = 6
#: what follows a day or a sum and goes with it
_AFTER = re.compile(r"\s*(?:付け?|ごろ|頃|分)?(?:から|まで)?(?:に|で|の|は|を|が|、)?")


def without_own_values(question: Question) -> str:
    """The question's text without days and sums in figures; all of it where little else is left."""
    text = question.text
    if _BY_DAY.search(text):
        return text
    dates = [dated.mention.span for dated in question.dates]
    sums = [one.mention.span for one in question.amounts]
    left, end = [], 0
    for start, stop in sorted([*dates, *sums]):
        if start >= end and _DIGIT.search(text[start:stop]):
            left.append(text[end:start])
            after = _AFTER.match(text, stop)
            end = after.end() if after else stop
    found = "".join([*left, text[end:]]).strip(" 、　")
    return found if len(found) >= SHORTEST else text
