"""当社による解除の事由: may the company terminate for cause (sg:29, vpn:18 and 33, msp:12)?

sg:29.1(4) and (5) need a demand to cure within a reasonable time that ran out; the special
words win over 「何等の通知催告を要することなく」 of the opening. msp wants notice beforehand
unless urgent. A ground of sg:29.1(3) that is only the use of a right is no ground by default.
"""

from __future__ import annotations

from dataclasses import replace

from pydantic import Field

from calculators.errors import MissingInput, Wanted
from calculators.inputs import Day, Flag
from calculators.periods import period_after
from calculators.provisions import Basis
from calculators.result import Outcome
from calculators.rule import Example, Rule
from calculators.rules._grounds import OUTPUTS, Hit, MeasureInputs, hits, noticed, outcome


class Termination(MeasureInputs):
    """What happened, whether a cure was demanded, and whether notice was given."""

    cure_demanded: Flag | None = Field(None, title="相当期間を設けて是正を求めたか")
    cured: Flag | None = Field(None, title="その期間内に是正されたか")
    left_date: Day | None = Field(None, title="暴力団員でなくなった日")
    on_date: Day | None = Field(None, title="判定する日")


def compute(basis: Basis, inputs: Termination) -> Outcome:
    """The grounds that the facts meet, after the demand to cure and the notice."""
    facts = dict(inputs.facts)
    if _still_caught(basis, inputs):
        facts["antisocial_party"] = True
    found = tuple(
        noticed(_cure(hit, inputs), inputs.prior_notice, inputs.urgent)
        for hit in hits(basis, facts, inputs.days_late)
    )
    note = "当社が解除できるかの判定で、実際に解除するかどうかは当社の判断です。"
    return outcome(basis, found, (note, *_assumed(found, inputs)))


def _cure(hit: Hit, inputs: Termination) -> Hit:
    """A ground that needs a demand to cure: met, not met, or unclear where nothing is known."""
    if hit.provision.params.get("notice") != "cure":
        return hit
    if inputs.cure_demanded is None:
        return replace(
            hit,
            decision="unclear",
            notes=(
                *hit.notes,
                "相当期間を設けた是正の求めがあったかどうかによります（cure_demanded）。",
            ),
        )
    if not inputs.cure_demanded or inputs.cured:
        why = "期間内に是正された" if inputs.cured else "是正の求めがない"
        note = f"{why}ので、{hit.provision.clause} には当たりません。"
        return Hit(hit.provision, "no", (*hit.notes, note))
    return hit


def _assumed(found: tuple[Hit, ...], inputs: Termination) -> tuple[str, ...]:
    waits = any(hit.provision.params.get("notice") == "cure" for hit in found)
    if waits and inputs.cure_demanded and inputs.cured is None:
        return ("是正の期間が過ぎても解消されていないものとして判定しました。",)
    return ()


def _still_caught(basis: Basis, inputs: Termination) -> bool:
    """Whether the years after leaving an antisocial group have not run out (vpn:33.1(1))."""
    if inputs.left_date is None or "left_years" not in basis.params:
        return False
    if inputs.on_date is None:
        raise MissingInput((Wanted("on_date", "判定する日", ""),))
    return inputs.on_date <= period_after(inputs.left_date, 12 * basis.integer("left_years"))


RULE = Rule(
    name="termination_grounds",
    title="当社から解除されることがある事由",
    group="停止と解除",
    synonyms=(
        "強制解約",
        "契約解除",
        "打ち切り",
        "解除事由",
        "滞納で解除",
        "反社",
        "契約を切られる",
    ),
    inputs=Termination,
    outputs=OUTPUTS,
    reading="事由に当たれば当社は解除できます（解除するとは限りません）。sg の29条1項4号・5号は是正の求めが要ります。",
    compute=compute,
    examples=(
        Example("sg", {"days_late": 20, "cure_demanded": False}, {"decision": "no", "matched": []}),
        Example(
            "sg",
            {"days_late": 20, "cure_demanded": True},
            {"decision": "may", "matched": ["sg:29.1(4)"]},
        ),
        Example("sg", {"minimum_term_event": True}, {"decision": "no"}, "権利の行使"),
        Example("sg", {"usage_ceased": True}, {"decision": "unclear", "matched": ["sg:29.3"]}),
        Example("vpn", {"days_late": 1}, {"decision": "may", "matched": ["vpn:18.1(1)"]}),
        Example(
            "vpn",
            {"facts": {}, "left_date": "2023-02-28", "on_date": "2028-02-29"},
            {"decision": "may", "matched": ["vpn:33.2(1)"]},
        ),
        Example("msp", {"days_late": 1}, {"decision": "may", "matched": ["msp:12.1(2)"]}),
    ),
)
