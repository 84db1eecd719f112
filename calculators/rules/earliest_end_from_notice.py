"""最短解約日: the first day on which the contract can end, given the day the notice arrives.

The inverse of `cancellation_notice_deadline`: the first day whose notice deadline is not
before the notice. A notice of 31 January is not 「1ヶ月前」 of 28 February (sg:28.1, vpn:17.1).
"""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.notices import end_of_month, first_day_served
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule

_DAY = timedelta(days=1)


class GivenNotice(Inputs):
    """When the notice reached the company."""

    notice_date: Day = Field(title="通知の到達日")


def earliest(basis: Basis, notice: date) -> date:
    """The first day served by the notice on the default reading."""
    if "days" in basis.params:
        return notice + timedelta(days=basis.integer("days"))
    return first_day_served(notice, basis.integer("months"))


def safe(basis: Basis, notice: date) -> date:
    """The first day served on every reading."""
    if basis.text("anchor") == "month":
        return end_of_month(notice, basis.integer("months")) + _DAY
    return earliest(basis, notice + _DAY)


def compute(basis: Basis, inputs: GivenNotice) -> Outcome:
    """The earliest end and the one that no reading disputes."""
    notice = inputs.notice_date
    first, sure = earliest(basis, notice), safe(basis, notice)
    by_month = basis.text("anchor") == "month"
    length = (
        f"{basis.integer('days')}日前"
        if "days" in basis.params
        else f"{basis.integer('months')}か月前"
    )
    return Outcome(
        outputs={"earliest_end": first, "safe": sure},
        steps=(
            Step(
                "最短の解約日", f"{length}の日が {notice} 以後になる最初の日", first, basis.clause
            ),
            Step("どの読み方でも解約できる日", _expression(by_month), sure, basis.clause),
        ),
        assumptions=(
            "通知は到達した日で数えます。",
            "解約の日は、その日の終わりまでサービスを使う日と読みます。",
            "最低利用期間の途中なら、別に残余期間の料金などがかかることがあります。",
        ),
        alternatives=_others(by_month, notice, sure),
    )


def _expression(by_month: bool) -> str:
    return "到達した月の翌々月の初日" if by_month else "通知が1日遅く届いたとした最短の日"


def _others(by_month: bool, notice: date, sure: date) -> tuple[Alternative, ...]:
    if not by_month:
        return (
            Alternative(
                "通知の日と解約の日の間に期間を丸ごと置く",
                sure,
                "期間の初日を数えない厳しい読み方です。",
            ),
        )
    return (
        Alternative(
            "希望する月との間に丸1か月を置く", sure, "月を単位に数える最も厳しい読み方です。"
        ),
        Alternative(
            "翌月の初日から解約できる",
            end_of_month(notice) + _DAY,
            "前の月のうちに届けばよいとする最も緩い読み方です。",
        ),
    )


RULE = Rule(
    name="earliest_end_from_notice",
    title="最短の解約日",
    group="解約と通知の期限",
    synonyms=("最短でいつ解約", "今日通知したら", "いつやめられる", "最短の終了日", "すぐ解約"),
    inputs=GivenNotice,
    outputs=(
        Output("earliest_end", "最短の解約日"),
        Output("safe", "どの読み方でも解約できる日"),
    ),
    reading="通知期限が通知の到達日以後になる最初の日。sg の確実な日は到達した月の翌々月の初日です。",
    compute=compute,
    examples=(
        Example(
            "vpn", {"notice_date": "2027-01-31"}, {"earliest_end": "2027-03-01"}, "月末から数えない"
        ),
        Example(
            "vpn",
            {"notice_date": "2027-02-28"},
            {"earliest_end": "2027-03-28", "safe": "2027-04-01"},
        ),
        Example("msp", {"notice_date": "2027-01-31"}, {"earliest_end": "2027-03-02"}),
        Example(
            "sg",
            {"notice_date": "2027-05-20"},
            {"earliest_end": "2027-06-20", "safe": "2027-07-01"},
        ),
    ),
)
