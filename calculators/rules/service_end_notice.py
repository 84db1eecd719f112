"""サービス終了の通知: how long before the end the company must tell (sg:5.2, 5.3, vpn:19.2, msp:26.2).

sg: six months before; a posting on the web counts as notice three months after it, so that a
web-only notice must stand about nine months before. vpn and msp want notice beforehand but
fix no period: there is no deadline to compute.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pydantic import Field

from calculators.inputs import Day, Flag, Inputs
from calculators.periods import clip_months, period_after
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule

_DAY = timedelta(days=1)


class ServiceEnd(Inputs):
    """When the service ends, and how and when it was announced."""

    service_end: Day = Field(title="サービスの終了日")
    posted: Day | None = Field(None, title="ホームページなどへの掲載日")
    individual_notice: Day | None = Field(None, title="個別の通知の到達日")
    emergency: Flag | None = Field(None, title="緊急・やむを得ない場合か")


def latest_posting(deadline: date, months: int) -> date:
    """The last day P whose posting has become effective by `deadline`.

    >>> latest_posting(date(2028, 5, 30), 3)
    datetime.date(2028, 2, 28)
    """
    day = clip_months(deadline, -months) + 4 * _DAY
    while period_after(day, months) > deadline:
        day -= _DAY
    return day


def compute(basis: Basis, inputs: ServiceEnd) -> Outcome:
    """The deadline where the clause fixes one, and whether the notice given complies."""
    return (
        _with_period(basis, inputs) if "months" in basis.params else _without_period(basis, inputs)
    )


def _with_period(basis: Basis, inputs: ServiceEnd) -> Outcome:
    months, web = basis.integer("months"), basis.integer("web_months")
    deadline = clip_months(inputs.service_end, -months)
    posting = latest_posting(deadline, web)
    outputs: dict[str, Any] = {"deadline": deadline, "latest_web_posting": posting}
    steps = [
        Step(
            "通知の期限", f"{inputs.service_end} の{months}か月前", deadline, basis.where("months")
        ),
        Step(
            "掲載だけで足りる最後の日",
            f"掲載の翌日から数えて{web}か月の終わりが {deadline} 以前",
            posting,
            basis.where("web_months"),
        ),
    ]
    effective = _effective(inputs, web)
    if effective is not None:
        steps.append(
            Step(
                "通知したとみなされる日",
                "個別の到達か掲載後の経過の早い方",
                effective,
                basis.where("web_months"),
            )
        )
    if effective is not None or inputs.emergency:
        outputs["compliant"] = bool(inputs.emergency) or (
            effective is not None and effective <= deadline
        )
    return Outcome(
        outputs=outputs,
        steps=tuple(steps),
        assumptions=(
            f"ホームページへの掲載は、掲載後{web}か月が経過した時点で通知したものとみなされます。",
            f"{months}か月前は、終了日の応当日（ない月は末日）と読みます。",
        ),
        warnings=_emergency(basis, inputs),
        said=_said(outputs, f"通知の期限は {deadline} です。") if "compliant" in outputs else "",
    )


def _effective(inputs: ServiceEnd, web: int) -> date | None:
    """The day notice exists: an individual one arrives, or a posting has stood long enough."""
    days = [] if inputs.individual_notice is None else [inputs.individual_notice]
    if inputs.posted is not None:
        days.append(period_after(inputs.posted, web))
    return min(days, default=None)


def _without_period(basis: Basis, inputs: ServiceEnd) -> Outcome:
    outputs: dict[str, Any] = {"deadline": None}
    excused = bool(inputs.emergency) and basis.flag("emergency_exception")
    notice = inputs.individual_notice
    if notice is not None or excused:
        outputs["compliant"] = excused or (notice is not None and notice < inputs.service_end)
    return Outcome(
        outputs=outputs,
        steps=(
            Step(
                "通知の期限",
                "あらかじめ通知する（何日前・何か月前かの定めなし）",
                None,
                basis.clause,
            ),
        ),
        assumptions=(
            "終了日より前に届いた通知であれば、あらかじめ通知したものと読みます。",
            "何か月前までにという期間の定めがないので、期限の日付は計算できません。",
        ),
        warnings=_emergency(basis, inputs),
        said=_said(outputs, "規約は、何日前・何か月前までに通知するかを定めていません。"),
        disputes=("直前の通知で足りるかは、信義則に照らして争われることがあります。",),
    )


def _said(outputs: dict[str, Any], period: str) -> str:
    """What the clause wants, after whether the notice that was given complies with it."""
    if "compliant" not in outputs:
        return period
    stands = "定めどおりです" if outputs["compliant"] else "定めどおりではありません"
    return f"サービス終了の通知は{stands}。{period}"


def _emergency(basis: Basis, inputs: ServiceEnd) -> tuple[str, ...]:
    if not inputs.emergency:
        return ()
    if not basis.flag("emergency_exception"):
        return ("この規約には、緊急の場合に通知を省けるという定めは見当たりません。",)
    return (
        "緊急・やむを得ない場合の例外に当たるとして判定しました。当たるかどうかは事実によります。",
    )


RULE = Rule(
    name="service_end_notice",
    title="サービス終了の通知期限",
    group="解約と通知の期限",
    synonyms=("サービス終了", "サ終", "提供終了", "廃止", "終了のお知らせ", "サービスがなくなる"),
    inputs=ServiceEnd,
    outputs=(
        Output("deadline", "通知の期限", role="deadline"),
        Output("latest_web_posting", "掲載だけで足りる最後の掲載日", role="safe"),
        Output(
            "compliant",
            "通知が定めどおりか",
            words={"true": "定めどおりです", "false": "定めどおりではありません"},
            role="verdict",
        ),
    ),
    reading="sg は終了日の6か月前。掲載だけなら、掲載後3か月の経過がその日までに必要です。vpn・msp に期間の定めはありません。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"service_end": "2028-11-30"},
            {"deadline": "2028-05-30", "latest_web_posting": "2028-02-28"},
            "閏年の月末",
        ),
        Example("sg", {"service_end": "2027-09-30", "posted": "2026-12-31"}, {"compliant": False}),
        Example(
            "vpn",
            {"service_end": "2028-03-31", "individual_notice": "2028-03-01"},
            {"compliant": True},
        ),
        Example(
            "msp",
            {"service_end": "2028-03-31", "individual_notice": "2028-03-30"},
            {"deadline": None, "compliant": True},
            "期間の定めなし",
        ),
    ),
)
