"""利用の制限・中止・停止の事由: may the company restrict or stop the service?

sg:15.5, 17, 18; vpn:23.4; msp:16. Some grounds need a notice beforehand unless the matter is
urgent: without either, they do not hold.
"""

from __future__ import annotations

from calculators.provisions import Basis
from calculators.result import Outcome
from calculators.rule import Example, Rule
from calculators.rules._grounds import OUTPUTS, MeasureInputs, hits, noticed, outcome


class Suspension(MeasureInputs):
    """What happened, and whether notice was given."""


def compute(basis: Basis, inputs: Suspension) -> Outcome:
    """The grounds that the facts meet."""
    found = tuple(
        noticed(hit, inputs.prior_notice, inputs.urgent)
        for hit in hits(basis, inputs.facts, inputs.days_late)
    )
    note = "当社が制限・中止・停止できるかの判定で、実際に行うかどうかは当社の判断です。"
    return outcome(basis, found, (note,))


RULE = Rule(
    name="suspension_grounds",
    title="利用を制限・中止・停止されることがある事由",
    group="停止と解除",
    synonyms=(
        "利用停止",
        "止められる",
        "サービスが止まる",
        "制限",
        "中止",
        "メンテナンス",
        "滞納で停止",
    ),
    inputs=Suspension,
    outputs=OUTPUTS,
    reading="事由に当たれば当社は制限・中止・停止できます（するとは限りません）。",
    compute=compute,
    examples=(
        Example("sg", {"days_late": 1}, {"decision": "may", "matched": ["sg:18.1(1)"]}),
        Example(
            "sg",
            {"facts": {"content_link_to_prohibited": True}},
            {"decision": "may", "matched": ["sg:18.1(2)⑤"]},
        ),
        Example(
            "sg",
            {"facts": {"maintenance_works": True}, "prior_notice": False},
            {"decision": "no"},
            "通知なし",
        ),
        Example(
            "vpn",
            {"maintenance_works": True, "urgent": True},
            {"decision": "may", "matched": ["vpn:23.4"]},
        ),
        Example("msp", {"facts": ["maintenance_works"]}, {"decision": "may"}),
    ),
)
