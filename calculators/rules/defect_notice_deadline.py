"""欠陥通知期限: by when a defect of a delivered device must be reported (vpn:11.1).

Two business days *of the customer*, the day of hand-over not counted. Without a calendar the
customer is taken to be closed on Saturdays, Sundays and public holidays; a calendar names
every closed day (an empty one: open every day).
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from calculators.business_days import business_day_after, closed_in_japan, closed_on
from calculators.inputs import Day, Inputs, Rows
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule


class HandOver(Inputs):
    """When the device was handed over, and the customer's closed days."""

    handed_over: Day = Field(title="引渡しを受けた日")
    closed_days: Rows[Day] | None = Field(None, title="契約者の休業日（すべて）")
    also_closed: Rows[Day] | None = Field(None, title="ほかの休業日（年末年始など）")


def compute(basis: Basis, inputs: HandOver) -> Outcome:
    """The second business day after the hand-over."""
    count, day = basis.integer("business_days"), inputs.handed_over
    own = inputs.closed_days is not None
    usual = closed_on(inputs.closed_days or ()) if own else closed_in_japan
    extra = closed_on(inputs.also_closed or ())

    def closed(day: date) -> bool:
        return usual(day) or extra(day)

    steps = []
    deadline = day
    for number in range(1, count + 1):
        deadline = business_day_after(day, number, closed)
        steps.append(
            Step(
                f"{number}営業日目",
                f"{day} の翌日から数えて{number}日目の営業日",
                deadline,
                basis.clause,
            )
        )
    return Outcome(
        outputs={"deadline": deadline},
        steps=tuple(steps),
        assumptions=(
            "引渡しの日は数えません。",
            _calendar_note(own, bool(inputs.also_closed)),
            "期限を過ぎると、正常な性能で引き渡されたものとされます。",
        ),
    )


def _calendar_note(own: bool, more: bool) -> str:
    if own:
        return "休業日は指定されたものだけとします。"
    if more:
        return "契約者の営業日は、土曜・日曜・祝日と、指定されたほかの休業日を除く日とします。"
    return "契約者の営業日は、土曜・日曜・祝日を除く日とします。"


RULE = Rule(
    name="defect_notice_deadline",
    title="欠陥の通知期限",
    group="引渡しと検収",
    synonyms=("初期不良", "不良品", "届いた機器がおかしい", "検収", "動かない", "欠陥"),
    inputs=HandOver,
    outputs=(Output("deadline", "欠陥の通知期限", role="deadline"),),
    reading="引渡しの翌日から数えて、契約者の2営業日目。",
    compute=compute,
    examples=(
        Example("vpn", {"handed_over": "2027-04-28"}, {"deadline": "2027-05-06"}, "大型連休"),
        Example(
            "vpn",
            {"handed_over": "2027-04-28", "closed_days": []},
            {"deadline": "2027-04-30"},
            "年中無休",
        ),
        Example("vpn", {"handed_over": "2027-03-19"}, {"deadline": "2027-03-24"}, "振替休日"),
        Example(
            "vpn",
            {
                "handed_over": "2026-12-28",
                "also_closed": ["2026-12-29", "2026-12-30", "2026-12-31"],
            },
            {"deadline": "2027-01-05"},
            "年末の休業",
        ),
    ),
    checked={"sg": ("sg:20.1",), "msp": ("msp:18.1", "msp:18.2")},
)
