"""導入環境の確認: is everything ready that the customer must prepare (msp:5.1, 5.2)?

A reachable network device, ten protocols, a suitable place, enough power and an earthed
outlet. `missing` lists what is not there: input names, and protocols as the clause spells
them, in the order of the clause.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from calculators.inputs import Flag, Inputs, Rows
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule

SITE = {
    "reachable": "接続可能なネットワーク設備",
    "space": "環境要件が適切な場所",
    "power": "必要十分な電源",
    "earthed_outlet": "アース付コンセント",
}

Protocol = Annotated[str, Field(max_length=40)]


class Environment(Inputs):
    """What the customer has prepared."""

    reachable: Flag = Field(title="運用監視センターからインターネット経由で接続可能な設備があるか")
    protocols: Rows[Protocol] = Field(title="利用可能なプロトコル")
    space: Flag = Field(title="温度・湿度などの環境要件が適切な場所があるか")
    power: Flag = Field(title="必要十分な電源があるか")
    earthed_outlet: Flag = Field(title="アース付コンセントがあるか")


def compute(basis: Basis, inputs: Environment) -> Outcome:
    """What is missing; ready when nothing is."""
    wanted: list[str] = list(basis.params["protocols"])
    usable = {_plain(name) for name in inputs.protocols}
    absent = [name for name in wanted if _plain(name) not in usable]
    network = [] if inputs.reachable else ["reachable"]
    site = [name for name in ("space", "power", "earthed_outlet") if not getattr(inputs, name)]
    missing = [*network, *absent, *site]
    where = {str(p.params["item"]): p.clause for p in basis.provisions if "item" in p.params}
    return Outcome(
        outputs={"ready": not missing, "missing": missing},
        steps=(
            Step("ネットワーク設備", "接続可能な設備の有無", inputs.reachable, where["reachable"]),
            Step(
                "プロトコル",
                f"{len(wanted)} のうち {len(wanted) - len(absent)} が利用可能",
                not absent,
                where["protocols"],
            ),
            Step("場所・電源・アース付コンセント", "3つとも確保", not site, where["space"]),
        ),
        assumptions=(
            f"環境は、契約者があらかじめ自己の費用で準備するものです（{basis.where('own_cost')}）。",
        ),
    )


def _plain(name: str) -> str:
    """A protocol's name without case, spaces and separators ("snmp-trap" is "SNMP Trap")."""
    return "".join(char for char in name.casefold() if char.isalnum())


_ALL = ["PING", "SNMP", "SNMP Trap", "SMTP", "HTTP", "HTTPS", "SYSLOG", "DNS", "NTP", "SSH"]

RULE = Rule(
    name="environment_check",
    title="導入環境の確認",
    group="申込みと利用条件",
    synonyms=("設置環境", "必要な環境", "プロトコル", "アース", "電源", "設置場所", "事前準備"),
    inputs=Environment,
    outputs=(Output("ready", "環境が整っているか"), Output("missing", "足りないもの", words=SITE)),
    reading="10のプロトコルすべてと、接続可能な設備・場所・電源・アース付コンセントが要ります。",
    compute=compute,
    examples=(
        Example(
            "msp",
            {
                "reachable": True,
                "protocols": _ALL,
                "space": True,
                "power": True,
                "earthed_outlet": True,
            },
            {"ready": True, "missing": []},
        ),
        Example(
            "msp",
            {
                "reachable": True,
                "protocols": [name for name in _ALL if "SNMP" not in name],
                "space": True,
                "power": True,
                "earthed_outlet": False,
            },
            {"ready": False, "missing": ["SNMP", "SNMP Trap", "earthed_outlet"]},
        ),
    ),
    checked={"sg": ("sg:13.3",), "vpn": ("vpn:10.3", "vpn:12.1")},
)
