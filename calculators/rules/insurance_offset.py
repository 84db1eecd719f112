"""What insurance takes off the customer's debts (保険金による免除).

One pool of the charge for loss and the charge for ending early, up to the insurance received,
and only if the duties to notify and to hand over the papers were kept.
"""

from __future__ import annotations

from pydantic import Field

from calculators.inputs import Flag, Inputs, Yen
from calculators.money import yen
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule


class Insurance(Inputs):
    """The two charges, the insurance received and whether the duties were kept."""

    loss_charge: Yen = Field(title="滅失・毀損の賠償額")
    termination_charge: Yen | None = Field(None, title="中途解約金")
    insurance_received: Yen = Field(title="受取保険金額")
    duties_performed: Flag = Field(title="事故の通知と書類の交付をしたか")


def compute(basis: Basis, case: Insurance) -> Outcome:
    """net, exempt (yen)."""
    termination = case.termination_charge or 0
    pool = case.loss_charge + termination
    exempt = min(case.insurance_received, pool) if case.duties_performed else 0
    if case.duties_performed:
        text, clause = f"{yen(case.insurance_received)} と {yen(pool)} の少ない方", basis.clause
    else:
        text, clause = "通知・書類交付の義務を果たしていないため免除されない", basis.where("duties")
    surplus = case.insurance_received - pool
    return Outcome(
        {"net": pool - exempt, "exempt": exempt},
        (
            Step(
                "対象の債務",
                f"{yen(case.loss_charge)} + {yen(termination)}",
                pool,
                basis.clause,
                "円",
            ),
            Step("免除される額", text, exempt, clause, "円"),
            Step("支払う額", f"{yen(pool)} − {yen(exempt)}", pool - exempt, basis.clause, "円"),
        ),
        pool - exempt,
        (
            "賠償額と中途解約金を合わせた額から免除しました。",
            "レンタル料金・差額・返還遅延の損害金・回収費用・遅延利息は免除の対象外としました。",
        ),
        (),
        _surplus(surplus if case.duties_performed else 0),
        said=f"保険金で免除されるのは{yen(exempt)}、支払う額は{yen(pool - exempt)}です。",
    )


def _surplus(surplus: int) -> tuple[str, ...]:
    if surplus <= 0:
        return ()
    return (f"保険金が債務を {yen(surplus)} 上回りますが、その扱いは規約に定めがありません。",)


RULE = Rule(
    name="insurance_offset",
    title="保険金による免除",
    group="機器",
    synonyms=("保険", "動産保険", "保険金", "保険で払える", "保険が下りた"),
    inputs=Insurance,
    outputs=(Output("net", "支払う額", "円"), Output("exempt", "免除される額", "円")),
    reading="義務を果たした場合に限り、賠償額と中途解約金の合計から受取保険金額を限度に免除する。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {
                "loss_charge": 300000,
                "termination_charge": 53420,
                "insurance_received": 250000,
                "duties_performed": True,
            },
            {"net": 103420, "exempt": 250000},
        ),
    ),
    checked={"sg": ("sg:21", "sg:22"), "msp": ("msp:15.6",)},
)
