"""解約通知期限: by when a notice must arrive so that the contract ends on the wished day.

sg:28.1 counts from the *month* of the wished day, vpn:17.1 one month and msp:11.1 thirty days
from the day itself. The wished day is a day of service (it ends at 24:00). A past notice is
judged "ok" (in time on the default reading), "disputable" (only on a more lenient one) or
"late".
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.notices import (
    JUDGED,
    Window,
    days_before,
    end_of_month,
    judge,
    judged,
    months_before,
    months_before_the_month,
)
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule


class CancellationNotice(Inputs):
    """The day on which the contract shall end, and a notice that was given."""

    desired_end: Day = Field(title="解約希望日")
    notice_date: Day | None = Field(None, title="通知の到達日")


def window(basis: Basis, desired_end: date) -> Window:
    """The notice window of one agreement for a wished last day."""
    if "days" in basis.params:
        return days_before(desired_end, basis.integer("days"))
    if basis.text("anchor") == "month":
        return months_before_the_month(desired_end, basis.integer("months"))
    return months_before(desired_end, basis.integer("months"))


def length(basis: Basis) -> str:
    """The length of notice in words: "30日前" or "1か月前"."""
    if "days" in basis.params:
        return f"{basis.integer('days')}日前"
    return f"{basis.integer('months')}か月前"


def compute(basis: Basis, inputs: CancellationNotice) -> Outcome:
    """The window, and where the notice stands in it."""
    found = window(basis, inputs.desired_end)
    by_month = basis.text("anchor") == "month"
    outputs: dict[str, Any] = {"deadline": found.deadline, "safe": found.safe}
    said = ""
    if by_month:
        outputs["latest"] = found.latest
    steps = [
        Step("通知期限", f"{inputs.desired_end} の{length(basis)}", found.deadline, basis.clause),
        Step("どの読み方でも間に合う日", _safe_expression(by_month), found.safe, basis.clause),
    ]
    if inputs.notice_date is not None:
        outputs["judgement"] = judge(inputs.notice_date, found)
        said = judged(inputs.notice_date, found, RULE.title)
        steps.append(
            Step(
                "到達した通知の判定",
                f"{inputs.notice_date} と {found.deadline} を比べる",
                JUDGED[outputs["judgement"]],
                basis.clause,
            )
        )
    return Outcome(
        outputs=outputs,
        steps=tuple(steps),
        assumptions=_assumptions(basis, by_month),
        alternatives=_by_month(inputs.desired_end, found) if by_month else _by_day(found),
        said=said,
    )


def _safe_expression(by_month: bool) -> str:
    return "希望する月の前々月の末日" if by_month else "通知期限の前日"


def _assumptions(basis: Basis, by_month: bool) -> tuple[str, ...]:
    read = (
        "希望する月の1か月前とは、解約希望日の1か月前の応当日（ない月は末日）のことと読みます。"
        if by_month
        else "通知期限の当日に届いた通知は間に合うと読みます。"
    )
    form = basis.text("notice_form")
    arrival = f"通知は{form}により、期限までに届くことが要ります。" if form else ""
    ends = "解約希望日は、その日の終わりまでサービスを使う日と読みます。"
    holiday = "期限が休日でも、後の日には延びません。"
    return tuple(text for text in (read, arrival, ends, holiday) if text)


def _by_month(desired_end: date, found: Window) -> tuple[Alternative, ...]:
    first = end_of_month(desired_end, -1).replace(day=1)
    return (
        Alternative(
            "希望する月との間に丸1か月を置く",
            found.safe,
            "月を単位に1か月前を数える、最も厳しい読み方です。",
        ),
        Alternative(
            "希望する月の前月の初日まで",
            first,
            "希望する月の初日から1か月さかのぼる読み方です。",
        ),
        Alternative(
            "希望する月の前月の末日まで",
            found.latest,
            "前の月のうちならよいとする最も緩い読み方です。",
        ),
    )


def _by_day(found: Window) -> tuple[Alternative, ...]:
    return (
        Alternative(
            "通知の日と希望日の間に期間を丸ごと置く",
            found.safe,
            "期間の初日を数えない厳しい読み方（大判昭和10年7月15日参照）で、1日早くなります。",
        ),
    )


RULE = Rule(
    name="cancellation_notice_deadline",
    title="解約通知の期限",
    group="解約と通知の期限",
    synonyms=(
        "解約の申し出",
        "やめたい",
        "いつまでに連絡",
        "退会",
        "解約の締切",
        "解除の通知",
        "解約予告",
        "何日前",
        "何か月前",
    ),
    inputs=CancellationNotice,
    outputs=(
        Output("deadline", "通知期限", role="deadline"),
        Output("safe", "どの読み方でも間に合う日", role="safe"),
        Output("latest", "最も緩い読み方の期限", role="deadline"),
        Output("judgement", "通知の判定", words=JUDGED, role="verdict"),
    ),
    reading="vpn は解約希望日の1か月前、msp は30日前。sg は希望日の1か月前の応当日を既定とし、前々月末までなら確実です。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"desired_end": "2027-06-15"},
            {"deadline": "2027-05-15", "safe": "2027-04-30", "latest": "2027-05-31"},
        ),
        Example(
            "sg",
            {"desired_end": "2027-06-15", "notice_date": "2027-05-20"},
            {"judgement": "disputable"},
        ),
        Example(
            "vpn",
            {"desired_end": "2028-03-31"},
            {"deadline": "2028-02-29", "safe": "2028-02-28"},
            "閏年の月末",
        ),
        Example(
            "msp",
            {"desired_end": "2027-03-31", "notice_date": "2027-03-02"},
            {"deadline": "2027-03-01", "safe": "2027-02-28", "judgement": "late"},
        ),
    ),
)
