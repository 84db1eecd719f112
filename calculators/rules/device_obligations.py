"""機器に関する義務の一覧: who must do what with devices, data and software, and by when.

The duties are provisions in `obligations.toml` beside each version. A date is filled in where
it follows from the inputs, by the rule that computes it; otherwise the clause's own words stand
(「直ちに」 has no number of days).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Literal, get_args

from pydantic import Field

from calculators.inputs import Day, Inputs, Rows
from calculators.provisions import Basis, Provision
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule

Phase = Literal["before", "delivery", "use", "failure", "accident", "relocation", "end"]

PHASES: dict[str, str] = {
    "before": "導入前",
    "delivery": "引渡し",
    "use": "利用中",
    "failure": "故障",
    "accident": "事故",
    "relocation": "移設",
    "end": "終了",
}
COLUMNS = {
    "duty": "義務",
    "who": "誰が",
    "by_when": "いつまでに",
    "cost": "費用",
    "clause": "条項",
    "consequence": "しないとき",
}
_ORDER = get_args(Phase)
_DAY = timedelta(days=1)


class Events(Inputs):
    """The phase to list, and the days that are known."""

    phase: Phase | None = Field(
        None,
        title="場面",
        description="、".join(f"{name}={title}" for name, title in PHASES.items()),
    )
    start_date: Day | None = Field(None, title="サービス提供開始日")
    rental_start: Day | None = Field(None, title="レンタル開始日（開始日と違うとき）")
    desired_start: Day | None = Field(None, title="ご利用開始希望日（開始日と違うとき）")
    handed_over: Day | None = Field(None, title="引渡しを受けた日")
    closed_days: Rows[Day] | None = Field(None, title="契約者の休業日（すべて）")
    accident_date: Day | None = Field(None, title="事故のあった日")
    end_date: Day | None = Field(None, title="契約の終わる日")


def compute(basis: Basis, inputs: Events) -> Outcome:
    """The duties of the phase (of all phases), in order."""
    duties = _duties(basis, inputs.phase)
    checklist = [_row(basis, inputs, duty) for duty in duties]
    ids = {duty.params["id"] for duty in duties}
    return Outcome(
        outputs={"checklist": checklist},
        steps=tuple(_step(duty, row) for duty, row in zip(duties, checklist, strict=True)),
        assumptions=(
            "日付が入力から決まる義務には日付を入れ、ほかは条文の言葉のままとしました。",
            "直ちに、速やかに、遅滞なく、という言葉は、日数の定めではありません。",
        ),
        warnings=() if checklist else ("この場面の義務の定めは見当たりません。",),
        cites=tuple(dict.fromkeys(p.clause for p in basis.provisions if p.params["id"] in ids)),
    )


def _duties(basis: Basis, phase: str | None) -> tuple[Provision, ...]:
    listed = (p for p in basis.provisions if "duty" in p.params)
    chosen = (p for p in listed if phase in (None, p.params["phase"]))
    return tuple(sorted(chosen, key=lambda p: _ORDER.index(p.params["phase"])))


def _row(basis: Basis, inputs: Events, duty: Provision) -> dict[str, str]:
    params = duty.params
    return {
        "duty": str(params["duty"]),
        "who": str(params["who"]),
        "by_when": _by_when(basis, inputs, params),
        "cost": str(params["cost"]),
        "clause": duty.clause,
        "consequence": str(params.get("consequence", "")),
    }


def _by_when(basis: Basis, inputs: Events, params: Mapping[str, Any]) -> str:
    due, words = params.get("due"), str(params["by_when"])
    day = DUE[due](basis, inputs) if due else None
    if day is None:
        return words
    return f"{day}から（{words}）" if due == "after_end" else f"{day}（{words}）"


def _delivery(basis: Basis, inputs: Events) -> date | None:
    rental = inputs.rental_start or inputs.start_date or inputs.desired_start
    if rental is None:
        return None
    desired = inputs.desired_start or inputs.start_date or rental
    return _beside(basis, "delivery_deadline", rental_start=rental, desired_start=desired)


def _defect(basis: Basis, inputs: Events) -> date | None:
    if inputs.handed_over is None:
        return None
    own = {} if inputs.closed_days is None else {"closed_days": inputs.closed_days}
    return _beside(basis, "defect_notice_deadline", handed_over=inputs.handed_over, **own)


def _beside(basis: Basis, rule: str, **inputs: Any) -> date | None:
    """The headline of another rule of the same version."""
    if basis.beside is None:
        return None
    value: date = basis.beside(rule, inputs).value
    return value


#: how a duty's day follows from the inputs, by the provision's `due`
DUE: dict[str, Callable[[Basis, Events], date | None]] = {
    "delivery": _delivery,
    "defect": _defect,
    "handed_over": lambda _, inputs: inputs.handed_over,
    "accident": lambda _, inputs: inputs.accident_date,
    "start": lambda _, inputs: inputs.start_date,
    "end": lambda _, inputs: inputs.end_date,
    "after_end": lambda _, inputs: inputs.end_date and inputs.end_date + _DAY,
}


def _step(duty: Provision, row: dict[str, str]) -> Step:
    words = "…".join(f"「{word}」" for word in duty.words)
    label = f"{PHASES[duty.params['phase']]}: {row['duty']}（{row['who']}）"
    return Step(label, words, row["by_when"], duty.clause)


RULE = Rule(
    name="device_obligations",
    title="機器・データ・ソフトウェアに関する義務の一覧",
    group="引渡しと検収",
    synonyms=(
        "やること",
        "チェックリスト",
        "返却",
        "返還",
        "機器の義務",
        "データ消去",
        "引っ越し",
        "移設",
        "故障したとき",
        "事故",
        "原状回復",
    ),
    inputs=Events,
    outputs=(Output("checklist", "義務の一覧", words=COLUMNS),),
    reading="条文の定める義務を場面の順に並べ、日付は入力から決まるものだけ入れます。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"phase": "delivery"},
            {
                "checklist": [
                    {
                        "duty": "IDなどを付与する",
                        "who": "当社",
                        "by_when": "承諾の後",
                        "cost": "定めなし",
                        "clause": "sg:13.1",
                        "consequence": "",
                    }
                ]
            },
        ),
        Example(
            "msp",
            {"phase": "end", "end_date": "2027-03-31"},
            {
                "checklist": [
                    {
                        "duty": "すべての本設備を当社指定場所に返却する",
                        "who": "契約申込者",
                        "by_when": "2027-03-31（契約が終わったら直ちに）",
                        "cost": "定めなし（民法485条により契約申込者）",
                        "clause": "msp:15.7",
                        "consequence": "返却が遅れたときの料金の定めはありません",
                    }
                ]
            },
        ),
        Example(
            "vpn",
            {"phase": "relocation"},
            {
                "checklist": [
                    {
                        "duty": "移動・移転を当社に有償で依頼する",
                        "who": "契約者",
                        "by_when": "事前",
                        "cost": "契約者",
                        "clause": "vpn:25.1",
                        "consequence": "契約者が自ら移設する場合の定めはありません",
                    }
                ]
            },
        ),
    ),
)
