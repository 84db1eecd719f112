"""What is due at once when the company ends the contract for cause (解除時の支払額).

The charge for ending early, the cost of fetching the devices back, and further damage. The
clause points to a paragraph that by its number is not about cancellation; it is read as the
one that is, and the result says so.
"""

from __future__ import annotations

from pydantic import Field

from calculators.inputs import Yen
from calculators.money import yen
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules.early_termination_charge import Total, total_less_paid

MISPRINT = (
    "条文の『第16条（解約）第2項』は、見出しと『金銭債務』の語から第17条（解約）第2項のことと読みました"
    "（第16条は契約内容の変更です）。"
)


class ForCause(Total):
    """A rental ended for cause: as for ending early, plus what the company lays out."""

    recovery_cost: Yen = Field(
        title="レンタル物件の回収に要した費用", json_schema_extra={"told_by": "provider"}
    )
    further_damage: Yen | None = Field(None, title="その他の損害")


def compute(basis: Basis, case: ForCause) -> Outcome:
    """amount, termination_charge (yen)."""
    charge = total_less_paid(basis, case)
    termination = int(charge.outputs["charge"])
    damage = case.further_damage or 0
    amount = termination + case.recovery_cost + damage
    extra = case.recovery_cost + damage
    return Outcome(
        {"amount": amount, "termination_charge": termination},
        (
            *charge.steps,
            Step(
                "回収費用",
                yen(case.recovery_cost),
                case.recovery_cost,
                basis.where("recovery"),
                "円",
            ),
            Step("その他の損害", yen(damage), damage, basis.where("debts"), "円"),
            Step(
                "直ちに支払う合計",
                f"{yen(termination)} + {yen(case.recovery_cost)} + {yen(damage)}",
                amount,
                basis.where("debts"),
                "円",
            ),
        ),
        None if charge.exact is None else charge.exact + extra,
        (MISPRINT, *charge.assumptions),
        (*_literal(termination, extra), *(_shifted(a, extra) for a in charge.alternatives)),
        charge.warnings,
        disputes=charge.disputes,
    )


def _literal(termination: int, extra: int) -> tuple[Alternative, ...]:
    if not termination:
        return ()
    reason = "条文の条番号（第16条）をそのまま読むと、中途解約金を指していないため。"
    return (Alternative("中途解約金を含めない", extra, reason),)


def _shifted(alternative: Alternative, extra: int) -> Alternative:
    return alternative._replace(value=alternative.value + extra)


RULE = Rule(
    name="cause_termination_payment",
    title="解除されたときの支払額",
    group="解約",
    synonyms=(
        "強制解約",
        "契約解除",
        "解除された",
        "滞納で解約",
        "契約違反",
        "一括請求",
        "回収費用",
    ),
    inputs=ForCause,
    outputs=(
        Output("amount", "直ちに支払う合計", "円"),
        Output("termination_charge", "うち中途解約金に当たる額", "円"),
    ),
    reading="第17条第2項による額（総額 − 支払済み） + 回収費用 + その他の損害。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {
                "start_date": "2026-04-01",
                "term_years": 3,
                "end_date": "2028-02-29",
                "monthly_fee": 20000,
                "rental_paid": 460000,
                "recovery_cost": 25000,
            },
            {"amount": 285000, "termination_charge": 260000},
        ),
    ),
    checked={"sg": ("sg:29.1", "sg:29.2", "sg:11.2"), "msp": ("msp:12.1", "msp:12.3", "msp:10.2")},
)
