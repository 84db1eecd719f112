"""最短の提供開始日: the first day on which the service can start after acceptance (vpn:5.1(7))."""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.periods import clip_months, period_after
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule


class Acceptance(Inputs):
    """When the company accepted the application."""

    acceptance_date: Day = Field(title="契約申込の承諾日")


def compute(basis: Basis, inputs: Acceptance) -> Outcome:
    """The same day a month later; safe once a full month has passed."""
    accepted, months = inputs.acceptance_date, basis.integer("months")
    earliest = clip_months(accepted, months)
    safe = period_after(accepted, months) + timedelta(days=1)
    return Outcome(
        outputs={"earliest": earliest, "safe": safe},
        steps=(
            Step(
                "最短の提供開始日", f"{accepted} の{months}か月後の応当日", earliest, basis.clause
            ),
            Step(
                "どの読み方でもよい日",
                f"{accepted} の翌日から数えて{months}か月が過ぎた翌日",
                safe,
                basis.clause,
            ),
        ),
        assumptions=(
            "以後とは、その日を含むと読みます。",
            "エリア・建物・周辺状況により、さらに期間がかかることがあります。",
        ),
        alternatives=(
            Alternative("丸1か月が過ぎてから", safe, "承諾の日を数えずに1か月を置く読み方です。"),
        ),
    )


RULE = Rule(
    name="earliest_start_date",
    title="最短のサービス提供開始日",
    group="申込みと利用条件",
    synonyms=("いつから使える", "開始日", "利用開始", "開通", "申し込んでから", "最短で使い始める"),
    inputs=Acceptance,
    outputs=(
        Output("earliest", "最短の提供開始日"),
        Output("safe", "どの読み方でもよい提供開始日"),
    ),
    reading="承諾日の1か月後の応当日（ない月は末日）から。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"acceptance_date": "2027-01-31"},
            {"earliest": "2027-02-28", "safe": "2027-03-01"},
        ),
        Example(
            "vpn",
            {"acceptance_date": "2027-04-30"},
            {"earliest": "2027-05-30", "safe": "2027-06-01"},
        ),
    ),
    checked={"sg": ("sg:9.1", "sg:9.2"), "msp": ("msp:8.1",)},
)
