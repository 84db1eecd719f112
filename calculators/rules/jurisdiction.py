"""管轄裁判所: which court hears a dispute of a given amount (sg:45.1, vpn:31.2, msp:25.1).

sg and msp name both Osaka courts; which of the two follows from the amount claimed (裁判所法
33条1項1号: up to 1,400,000 yen the summary court). Interest claimed beside it is not counted
(民事訴訟法9条2項).
"""

from __future__ import annotations

from pydantic import Field

from calculators.inputs import Inputs, Yen
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule


class Dispute(Inputs):
    """What is claimed."""

    claim: Yen = Field(title="請求額（訴額）")


def compute(basis: Basis, inputs: Dispute) -> Outcome:
    """The court for the amount."""
    district = basis.text("district_court")
    negotiate = (
        ("まず誠意をもって協議すると定められています。",) if basis.flag("negotiate_first") else ()
    )
    if "summary_limit" not in basis.params:
        step = Step("管轄裁判所", "金額によらない", district, basis.clause)
        return Outcome({"court": district}, (step,), assumptions=negotiate)
    limit = basis.integer("summary_limit")
    small = inputs.claim <= limit
    court = basis.text("summary_court") if small else district
    sign = "≦" if small else "＞"
    step = Step("管轄裁判所", f"{inputs.claim:,}円 {sign} {limit:,}円", court, basis.clause)
    return Outcome(
        {"court": court},
        (step,),
        assumptions=(
            f"訴額 {limit:,}円以下は簡易裁判所の管轄です（裁判所法33条1項1号）。規約は金額を定めていません。",
            "附帯して請求する利息・損害金は訴額に算入しません（民事訴訟法9条2項）。",
            *negotiate,
        ),
    )


RULE = Rule(
    name="jurisdiction",
    title="管轄裁判所",
    group="許可・費用・窓口",
    synonyms=("裁判", "訴訟", "どこの裁判所", "訴える", "合意管轄", "紛争"),
    inputs=Dispute,
    outputs=(Output("court", "管轄裁判所"),),
    reading="vpn は大阪地方裁判所。sg・msp は1,400,000円以下なら大阪簡易裁判所、超えれば大阪地方裁判所。",
    compute=compute,
    examples=(
        Example("sg", {"claim": 1_400_000}, {"court": "大阪簡易裁判所"}),
        Example("msp", {"claim": 1_400_001}, {"court": "大阪地方裁判所"}),
        Example("vpn", {"claim": 53_420}, {"court": "大阪地方裁判所"}),
    ),
)
