"""保守作業の費用負担: who pays for a piece of maintenance work (vpn:23.1-23.3, 4.5)?

Repair of a malfunction is at the company's cost. Ten kinds of work are excluded: they are done
only if the customer asks and the company agrees, and then the customer pays; otherwise the
bearer is "not_done". Work outside the contracted type of maintenance, and electricity, water
and communication, are the customer's.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from calculators.errors import InputError
from calculators.inputs import Flag, Inputs
from calculators.provisions import Basis, Provision
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule

Maintenance = Literal["onsite", "sendback", "cold_standby"]

TYPES = {
    "onsite": "オンサイト保守",
    "sendback": "センドバック",
    "cold_standby": "コールドスタンバイ",
}
_TYPES_HELP = "、".join(f"{name}={title}" for name, title in TYPES.items())


class Work(Inputs):
    """The work, the contracted and the performed type of maintenance, and who wanted it."""

    work: Annotated[str, Field(max_length=60)] = Field(
        title="作業の種類",
        description="repair=機能障害の修理、utilities=電力料・水道料・通信費、ほかは23条2項各号の作業",
    )
    contracted: Maintenance = Field(title="契約した保守サービスの種類", description=_TYPES_HELP)
    performed: Maintenance = Field(title="行った保守の種類", description=_TYPES_HELP)
    requested: Flag = Field(title="契約者が希望したか")
    approved: Flag = Field(title="当社が認めたか")


def compute(basis: Basis, inputs: Work) -> Outcome:
    """The bearer, from the item the work falls under."""
    item = _item(basis, inputs.work)
    if item.params.get("excluded"):
        return _excluded(basis, item, inputs)
    bearer = str(item.params["bearer"])
    other = next(p for p in basis.provisions if "other_type" in p.params)
    if bearer == "company" and inputs.performed != inputs.contracted:
        reason = f"契約は{TYPES[inputs.contracted]}で、{TYPES[inputs.performed]}による対応の作業費は契約者の負担です。"
        return _outcome("customer", reason, (item, other), other)
    who = "当社" if bearer == "company" else "契約者"
    return _outcome(bearer, f"{item.words[0]}は{who}の負担です。", (item,), item)


def _item(basis: Basis, work: str) -> Provision:
    items = {str(p.params["work"]): p for p in basis.provisions if "work" in p.params}
    if work not in items:
        names = "、".join(f"{name}（{p.words[0]}）" for name, p in items.items())
        raise InputError(
            f"作業の種類（work）の値 {work} は使えません。{names} のどれかを指定してください。",
            field="work",
            value=work,
        )
    return items[work]


def _excluded(basis: Basis, item: Provision, inputs: Work) -> Outcome:
    head = next(p for p in basis.provisions if p.clause == item.clause.partition("(")[0])
    if inputs.requested and inputs.approved:
        reason = "保守サービスに含まれない作業で、希望し当社が認めたので契約者の負担で行います。"
        return _outcome("customer", reason, (item, head), item)
    lacking = "契約者の希望がない" if not inputs.requested else "当社が認めていない"
    reason = f"保守サービスに含まれない作業で、{lacking}ので行われません。"
    return _outcome("not_done", reason, (item, head), item)


def _outcome(bearer: str, reason: str, provisions: tuple[Provision, ...], by: Provision) -> Outcome:
    steps = tuple(Step("該当する定め", f"「{p.words[0]}」", bearer, p.clause) for p in provisions)
    return Outcome(
        outputs={"bearer": bearer, "reasons": [f"{reason}（{by.clause}）"]},
        steps=steps,
        cites=tuple(p.clause for p in provisions),
        assumptions=("電力料・水道料・通信費は、どの作業でも契約者の負担です。",),
    )


RULE = Rule(
    name="maintenance_cost_bearer",
    title="保守作業の費用の負担者",
    group="許可・費用・窓口",
    synonyms=(
        "修理代",
        "保守費用",
        "出張費",
        "故障したら有料",
        "バージョンアップ費用",
        "ファームウェア",
        "無償修理",
    ),
    inputs=Work,
    outputs=(
        Output(
            "bearer",
            "負担者",
            words={"company": "当社", "customer": "契約者", "not_done": "行われません"},
        ),
        Output("reasons", "理由"),
    ),
    reading="機能障害の修理は当社。10の除外作業は、希望して認められたときに契約者の負担で行います。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {
                "work": "repair",
                "contracted": "onsite",
                "performed": "onsite",
                "requested": True,
                "approved": True,
            },
            {"bearer": "company"},
        ),
        Example(
            "vpn",
            {
                "work": "repair",
                "contracted": "sendback",
                "performed": "onsite",
                "requested": True,
                "approved": True,
            },
            {"bearer": "customer"},
        ),
        Example(
            "vpn",
            {
                "work": "data_change",
                "contracted": "onsite",
                "performed": "onsite",
                "requested": True,
                "approved": False,
            },
            {"bearer": "not_done"},
        ),
        Example(
            "vpn",
            {
                "work": "damage_repair",
                "contracted": "onsite",
                "performed": "onsite",
                "requested": True,
                "approved": True,
            },
            {"bearer": "customer"},
        ),
    ),
    checked={"sg": ("sg:13.3",), "msp": ("msp:4.3(4)", "msp:18.2")},
)
