"""申込みを断られる事由: may the company refuse an application (sg:10, vpn:6, msp:7-8)?

Decision "may" where a listed ground is met (the company may refuse), "yes" where the
application is not possible at all, "no" where none is met. sg and msp keep an open ground of
the company's own judgement, so that nothing met still gives "may".
"""

from __future__ import annotations

from calculators.provisions import Basis
from calculators.result import Outcome
from calculators.rule import Example, Rule
from calculators.rules._grounds import OUTPUTS, GroundsInputs, hits, outcome


class Application(GroundsInputs):
    """What is known about an application."""


def compute(basis: Basis, inputs: Application) -> Outcome:
    """The grounds of refusal that the facts meet."""
    found = hits(basis, inputs.facts, inputs.days_late)
    note = "当社が断ることができるかの判定で、実際に断るかどうかは当社の判断です。"
    return outcome(basis, found, (note,))


RULE = Rule(
    name="application_grounds",
    title="申込みが承諾されないことがある事由",
    group="申込みと利用条件",
    synonyms=(
        "審査",
        "申し込みを断られる",
        "申込拒否",
        "加入できない",
        "契約できない",
        "承諾しない",
    ),
    inputs=Application,
    outputs=OUTPUTS,
    reading="事由に当たれば当社は承諾しないことができます（承諾しないとは限りません）。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"facts": {"required_service_missing": True}},
            {"decision": "may", "matched": ["sg:10.1(4)"]},
        ),
        Example("sg", {"facts": {}}, {"decision": "may", "matched": []}, "その他の事由が残る"),
        Example(
            "vpn", {"line_not_designated": True}, {"decision": "may", "matched": ["vpn:6.2(1)"]}
        ),
        Example("vpn", {"facts": {}}, {"decision": "no"}),
        Example(
            "msp", {"facts": ["line_not_eligible"]}, {"decision": "yes", "matched": ["msp:7.1"]}
        ),
    ),
)
