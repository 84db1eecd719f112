"""変更届出期限: by when a change of the contract must be reported (vpn:16.2)."""

from __future__ import annotations

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.notices import months_before
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule


class PlannedChange(Inputs):
    """The day on which the change shall take effect."""

    change_date: Day = Field(title="変更の日")


def compute(basis: Basis, inputs: PlannedChange) -> Outcome:
    """The day one month before the change."""
    months = basis.integer("months")
    found = months_before(inputs.change_date, months)
    expression = f"{inputs.change_date} の{months}か月前"
    return Outcome(
        outputs={"deadline": found.deadline},
        steps=(Step("変更の届出期限", expression, found.deadline, basis.clause),),
        assumptions=_form(basis),
        alternatives=(
            Alternative(
                "届出の日と変更の日の間に丸1か月を置く",
                found.safe,
                "厳しい読み方で、1日早くなります。",
            ),
        ),
    )


def _form(basis: Basis) -> tuple[str, ...]:
    form = basis.text("notice_form", "届出")
    return (f"{form}が、期限までに届くことが要ります（{basis.where('notice_form')}）。",)


RULE = Rule(
    name="change_notice_deadline",
    title="契約内容の変更の届出期限",
    group="解約と通知の期限",
    synonyms=("変更届", "プラン変更の締切", "契約変更", "台数変更", "コース変更"),
    inputs=PlannedChange,
    outputs=(Output("deadline", "届出の期限", role="deadline"),),
    reading="変更の日の1か月前（応当日がない月は末日）。",
    compute=compute,
    examples=(
        Example("vpn", {"change_date": "2028-03-31"}, {"deadline": "2028-02-29"}, "閏年の月末"),
        Example("vpn", {"change_date": "2028-03-01"}, {"deadline": "2028-02-01"}),
    ),
    checked={"sg": ("sg:12.1", "sg:12.2"), "msp": ("msp:9.1", "msp:9.2")},
)
