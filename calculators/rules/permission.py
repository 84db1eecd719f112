"""許可と禁止: is an act allowed, forbidden, or allowed on conditions?

The acts are provisions (`act`, `title`, `aliases`, `decision`, `conditions`): a table per
agreement. An act may be given by its name, its Japanese title or an alias.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from calculators.errors import InputError, shown
from calculators.inputs import Inputs
from calculators.provisions import Basis, Provision
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule


class Act(Inputs):
    """What somebody wants to do."""

    act: Annotated[str, Field(min_length=1, max_length=80)] = Field(
        title="したいこと", description="行為の名前（例: port_scan、resale、assign_rights）か日本語"
    )


def acts(basis: Basis) -> dict[str, Provision]:
    """The acts an agreement decides, by name."""
    return {str(p.params["act"]): p for p in basis.provisions if "decision" in p.params}


def compute(basis: Basis, inputs: Act) -> Outcome:
    """The decision, its conditions, and the clauses with the words."""
    found = _find(basis, inputs.act)
    name, params = str(found.params["act"]), found.params
    clauses = tuple(p for p in basis.provisions if p.params.get("act") == name)
    decision = str(params["decision"])
    warning = params.get("warning")
    return Outcome(
        outputs={"decision": decision, "conditions": list(params.get("conditions", []))},
        steps=tuple(
            Step(str(params["title"]), "…".join(f"「{w}」" for w in p.words), decision, p.clause)
            for p in clauses
        ),
        assumptions=("個別規定・追加規定に別の定めがあれば、それが優先します。",),
        warnings=(str(warning),) if warning else (),
        cites=tuple(p.clause for p in clauses),
    )


def _find(basis: Basis, act: str) -> Provision:
    known = acts(basis)
    wanted = act.strip()
    for name, provision in known.items():
        if wanted in (name, provision.params["title"], *provision.params.get("aliases", ())):
            return provision
    names = "、".join(f"{name}（{p.params['title']}）" for name, p in known.items())
    raise InputError(
        f"したいこと（act）の値 {shown(act)} について、この規約に判定の表がありません。使える行為: {names}。",
        field="act",
        value=act,
    )


RULE = Rule(
    name="permission",
    title="してよいこと・禁止されていること",
    group="許可・費用・窓口",
    synonyms=(
        "禁止事項",
        "してもよい",
        "許可",
        "承諾",
        "又貸し",
        "転売",
        "改造",
        "譲渡",
        "ポートスキャン",
    ),
    inputs=Act,
    outputs=(
        Output(
            "decision",
            "判定",
            words={
                "yes": "できます",
                "no": "できません",
                "conditional": "条件つきでできます",
                "unclear": "規約の文言からは明らかでありません",
            },
        ),
        Output("conditions", "条件"),
    ),
    reading="条文の文言による判定。承諾などの条件があれば条件つきです。",
    compute=compute,
    examples=(
        Example("sg", {"act": "port_scan"}, {"decision": "conditional"}),
        Example("sg", {"act": "resale"}, {"decision": "no", "conditions": []}),
        Example("sg", {"act": "ddos_test"}, {"decision": "unclear"}),
        Example("vpn", {"act": "modification"}, {"decision": "conditional"}),
        Example("vpn", {"act": "転貸"}, {"decision": "no"}),
        Example("msp", {"act": "copy_manual"}, {"decision": "conditional"}),
    ),
)
