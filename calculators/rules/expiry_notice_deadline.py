"""満了時の終了申出期限: by when to say that the contract shall end with its term (vpn:9.1).

Without a written notice one month before the term's last day the contract is renewed month
by month.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.notices import JUDGED, Window, judge, judged, months_before
from calculators.periods import clip_months, term_end
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._years import Years, months_of

_DAY = timedelta(days=1)


class Expiry(Inputs):
    """The term that shall not be renewed, and a notice that was given."""

    start_date: Day = Field(title="サービス提供開始日")
    term_years: Years = Field(title="契約期間", json_schema_extra={"unit": "年"})
    notice_date: Day | None = Field(None, title="終了の申し出の到達日")


def window(basis: Basis, end: date) -> Window:
    """The notice window for a term that ends on `end`.

    The lenient reading counts back from 24:00 of the last day, that is from the day after it.
    """
    months = basis.integer("months")
    strict = months_before(end, months)
    lenient = clip_months(end + _DAY, -months) - _DAY
    return strict._replace(latest=max(strict.deadline, lenient))


def compute(basis: Basis, inputs: Expiry) -> Outcome:
    """The deadline, and where a notice stands."""
    end = term_end(inputs.start_date, months_of(basis, inputs.term_years))
    found = window(basis, end)
    outputs: dict[str, Any] = {"deadline": found.deadline, "safe": found.safe, "term_end": end}
    said = ""
    steps = [
        Step(
            "契約期間の満了日",
            f"{inputs.start_date} から {inputs.term_years}年",
            end,
            basis.where("terms"),
        ),
        Step(
            "終了の申し出の期限",
            f"{end} の{basis.integer('months')}か月前",
            found.deadline,
            basis.clause,
        ),
        Step("どの読み方でも間に合う日", "期限の前日", found.safe, basis.clause),
    ]
    if inputs.notice_date is not None:
        outputs["judgement"] = judge(inputs.notice_date, found)
        said = judged(inputs.notice_date, found, RULE.title)
        compared = f"{inputs.notice_date} と {found.deadline} を比べる"
        steps.append(Step("申し出の判定", compared, JUDGED[outputs["judgement"]], basis.clause))
    return Outcome(
        outputs=outputs,
        steps=tuple(steps),
        assumptions=(
            "サービス提供開始日を初日として期間を数えます。",
            "申し出は書面で、期限までに届くことが要ります。",
            "申し出がなければ、契約者に違反がない限り1か月単位で自動更新されます。",
        ),
        alternatives=_others(found),
        said=said,
    )


def _others(found: Window) -> tuple[Alternative, ...]:
    strict = Alternative(
        "申し出の日と満了日の間に丸1か月を置く", found.safe, "厳しい読み方で、1日早くなります。"
    )
    if found.latest == found.deadline:
        return (strict,)
    lenient = Alternative(
        "満了日の終わりからさかのぼる",
        found.latest,
        "満了日の翌日の0時から1か月を数える読み方です。",
    )
    return (strict, lenient)


RULE = Rule(
    name="expiry_notice_deadline",
    title="期間満了で終える申し出の期限",
    group="解約と通知の期限",
    synonyms=(
        "満了で終了",
        "更新しない",
        "更新を止める",
        "自動更新を断る",
        "満期",
        "契約終了の申し出",
    ),
    inputs=Expiry,
    outputs=(
        Output("deadline", "申し出の期限", role="deadline"),
        Output("safe", "どの読み方でも間に合う日", role="safe"),
        Output("term_end", "契約期間の満了日"),
        Output("judgement", "申し出の判定", words=JUDGED, role="verdict"),
    ),
    reading="契約期間の最後の日の1か月前。1日早ければ確実です。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"start_date": "2024-04-01", "term_years": 3},
            {"deadline": "2027-02-28", "safe": "2027-02-27", "term_end": "2027-03-31"},
        ),
        Example(
            "vpn",
            {"start_date": "2027-03-01", "term_years": 1, "notice_date": "2028-01-30"},
            {"deadline": "2028-01-29", "judgement": "disputable"},
            "閏年",
        ),
    ),
    checked={"sg": ("sg:11.1", "sg:28.1"), "msp": ("msp:10.1", "msp:11.1")},
)
