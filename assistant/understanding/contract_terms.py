"""What a question says of a contract without the usual words: 「3年」, 「残り5か月」, 「12/31付」, 初期費用なし.

Each function fills what lacks for one rule, only where nothing else can be meant, and says so.
"""

from __future__ import annotations

import re
from datetime import timedelta

from assistant.question import Dated, Question
from assistant.understanding.calendar import shift, spoken
from assistant.understanding.filling import Filling
from assistant.understanding.relative import give, is_rough, suppose

#: lengths that a contract is offered with, in years
OFFERED = (1, 3)
#: a role with a higher score speaks for itself
SAID = 5.0
_ALONE_BEFORE = re.compile(r"(?:^|[\s、,。(:/]|開始|契約|VPN|年数は?)$")
_ALONE_AFTER = re.compile(r"(?:$|[\s、,。):/]|です|だ[。、]|で[、。]|のうち|の途中)")
_LEFT = re.compile(r"(?:残り|のこり|残|残存)(?:の)?(?:期間)?(?:は|が|も|あと)?\s*$|あと\s*$")
_LEFT_AFTER = re.compile(
    r"\s*(?:分|間)?(?:が|の)?(?:残(?:り|っ|存)|余)(?!料金)|\s*(?:分|間)?(?:$|[\s、。,?]|で|の|ある|あり|です)"
)
_DATED_SO = re.compile(r"\s*付け?(?:で|の|です)?\s*(?:$|[。、?)])")
_NO_FEE = re.compile(
    r"初期(?:導入)?(?:費用?|料金?|代金?)?(?:は|が|も|の)?(?:な(?:し|い(?!で))|無し|無い|無料|ゼロ|ありませ|かからな|かかりませ|不要)"
)


def bare_term(question: Question, filling: Filling) -> None:
    """「3年、2025年12月1日開始」: years that stand alone are the contract's."""
    if "term_years" not in filling.missing:
        return
    text = question.plain
    alone = {
        p.count: question.text[slice(*p.span)].rstrip()
        for p in question.periods
        if p.unit == "年"
        and p.count in OFFERED
        and not p.days
        and _ALONE_BEFORE.search(text[: p.at[0]])
        and _ALONE_AFTER.match(text, p.at[0] + len(text[slice(*p.at)].rstrip()))
    }
    if len(alone) == 1:
        count, typed = alone.popitem()
        give(filling, "term_years", count, f"『{typed}』は契約期間のことと読みました。")


def months_left(question: Question, filling: Filling) -> None:
    """Start and end of a contract from 「残り5か月」, where no day was told."""
    if not {"start_date", "end_date"} <= set(filling.missing):
        return
    months = _months_left(question)
    term = 12 * filling.inputs.get("term_years", 1)
    if months is None or not 0 < months < term or any(_counts(d) for d in question.dates):
        return
    start = shift(question.today.replace(day=1), 1)
    end = shift(start, term - months) - timedelta(days=1)
    note = f"日付が書かれていないため、{spoken(start)}に始まり、{spoken(end)}に終えて、ちょうど{months}か月残るものとしました。"
    suppose(filling, "start_date", start.isoformat(), note)
    suppose(filling, "end_date", end.isoformat(), note)


def _months_left(question: Question) -> int | None:
    text = question.plain
    found = {
        p.months
        for p in question.periods
        if p.months is not None
        and not p.days
        and not is_rough(question, p)
        and _LEFT.search(text[max(0, p.at[0] - 10) : p.at[0]])
        and _LEFT_AFTER.match(text, p.at[1])
    }
    return found.pop() if len(found) == 1 else None


def _counts(day: Dated) -> bool:
    return day.mention.grain == "day"


def dated_end(question: Question, filling: Filling) -> None:
    """「解除金いくら？12/31付」: the one day left is the last day where it is written so."""
    if "end_date" not in filling.missing or "start_date" in filling.missing:
        return
    used = {found.mention.span for found in filling.dated.values()}
    free = [
        d
        for d in question.dates
        if _counts(d)
        and d.mention.span not in used
        and max(d.roles.values(), default=0.0) < SAID
        and _DATED_SO.match(question.plain, d.mention.at[1])
    ]
    if len(free) == 1:
        typed = question.text[slice(*free[0].mention.span)]
        note = f"『{typed}』は最後の日（{spoken(free[0].value)}）と読みました。"
        give(filling, "end_date", free[0].value.isoformat(), note)


def no_initial_fee(question: Question, filling: Filling) -> None:
    """「初期費用なし」 is an initial fee of nothing."""
    if _NO_FEE.search(question.plain):
        give(filling, "initial_fee", 0, "初期費用は0円としました。")
