"""回線の申込条件: can the service be applied for on this line (msp:7.1 and its note, vpn:6.2(1))?

A decision table in the provision: rows of conditions, the first that matches decides. An
input is asked for only where the answer depends on it. For vpn an ineligible line means that
the company may refuse; which of its lines are designated stands outside the terms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import Field

from calculators.errors import MissingInput, Wanted
from calculators.inputs import Flag, Inputs, Marker
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._lines import HELP, LINES, Line

Number = Annotated[int, Field(ge=1, le=99), Marker("count")]
Row = Mapping[str, Any]

_RESULT = frozenset({"eligible", "reason"})


class AccessLine(Inputs):
    """The line the service shall be connected to."""

    line: Line = Field(title="接続する回線", description=HELP)
    course: Number | None = Field(None, title="インターネットオフィスのコース")
    maintenance_class: Number | None = Field(None, title="保守の態様のクラス")
    ip_type: Number | None = Field(None, title="ＩＰ通信網の種別（1 か 2）")
    ip_item: str | None = Field(None, title="ＩＰ通信網の品目（例: 128kbps）")
    special_approval: Flag | None = Field(None, title="当社が特に認めた場合か")


def decide(rows: list[Row], known: Mapping[str, Any]) -> tuple[Row, tuple[str, ...]]:
    """The first row that matches, and the unknown inputs that could have changed the answer.

    >>> table = [{"a": 1, "eligible": False}, {"eligible": True}]
    >>> decide(table, {"a": None}), decide(table, {"a": 2})
    (({'eligible': True}, ('a',)), ({'eligible': True}, ()))
    """
    open_rows: list[Row] = []
    for row in rows:
        conditions = {key: value for key, value in row.items() if key not in _RESULT}
        if any(known[key] not in (None, value) for key, value in conditions.items()):
            continue
        if all(known[key] == value for key, value in conditions.items()):
            break
        open_rows.append(row)
    if all(r["eligible"] == row["eligible"] for r in open_rows):
        return row, ()
    asked = (key for r in open_rows for key in r if key not in _RESULT and known[key] is None)
    return row, tuple(dict.fromkeys(asked))


def compute(basis: Basis, inputs: AccessLine) -> Outcome:
    """Whether the line qualifies, and why."""
    rows: list[Row] = list(basis.params["row"])
    item = unicodedata.normalize("NFKC", inputs.ip_item or "").replace(" ", "").lower()
    known = {
        "line": inputs.line,
        "course": inputs.course,
        "maintenance_class": inputs.maintenance_class,
        "ip_type": inputs.ip_type,
        "ip_item": item or None,
        "special_approval": bool(inputs.special_approval),
    }
    row, missing = decide(rows, known)
    if missing:
        fields = AccessLine.model_fields
        raise MissingInput(tuple(Wanted(name, fields[name].title or name, "") for name in missing))
    eligible = bool(row["eligible"])
    reason = str(row.get("reason") or f"{LINES[inputs.line]}は条項が挙げる回線です。")
    return Outcome(
        outputs={"eligible": eligible, "reasons": [reason]},
        steps=(Step("回線の判定", _described(known), eligible, basis.clause),),
        assumptions=_assumptions(basis, inputs),
    )


def _described(known: Mapping[str, Any]) -> str:
    given = (f"{key}={value}" for key, value in known.items() if value not in (None, False))
    return "、".join(given)


def _assumptions(basis: Basis, inputs: AccessLine) -> tuple[str, ...]:
    listed = "どの回線を指すかの一覧や品目は、規約の外（各サービスの契約約款・別に定めるもの）にあります。"
    if inputs.line == "other" and inputs.special_approval:
        return (listed, "特に認める場合も、当社の電気通信サービスであることが前提です。")
    return (listed,)


RULE = Rule(
    name="line_eligibility",
    title="接続回線の申込条件",
    group="申込みと利用条件",
    synonyms=(
        "他社回線",
        "対応回線",
        "申し込める回線",
        "回線条件",
        "フレッツ",
        "eo光",
        "使える回線",
    ),
    inputs=AccessLine,
    outputs=(Output("eligible", "申込条件を満たすか"), Output("reasons", "理由")),
    reading="クラス2の条件はインターネットオフィスだけ、128kbpsの除外はＩＰ通信網第2種だけにかかると読みます。",
    compute=compute,
    examples=(
        Example("msp", {"line": "office_eo"}, {"eligible": True}),
        Example(
            "msp",
            {"line": "internet_office", "course": 2, "maintenance_class": 1},
            {"eligible": False},
        ),
        Example(
            "msp", {"line": "ip_network", "ip_type": 1, "ip_item": "128kbps"}, {"eligible": True}
        ),
        Example(
            "msp", {"line": "ip_network", "ip_type": 2, "ip_item": "128kbps"}, {"eligible": False}
        ),
        Example("msp", {"line": "other", "special_approval": True}, {"eligible": True}),
        Example("vpn", {"line": "other_carrier"}, {"eligible": False}),
    ),
    checked={"sg": ("sg:10.1(4)",)},
)
