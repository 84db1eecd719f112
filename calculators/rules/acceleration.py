"""Loss of the benefit of time (期限の利益の喪失): on termination for cause every debt falls due."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from calculators.inputs import MAX_ROWS, Day, Inputs, Record, Yen
from calculators.money import yen
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule


class Debt(Record):
    """One debt and the day it would fall due."""

    due_date: Day = Field(title="本来の支払期日")
    amount: Yen = Field(title="金額")


class Termination(Inputs):
    """The day of termination for cause and the debts of that day."""

    termination_date: Day = Field(title="解除日")
    debts: Annotated[list[Debt], Field(min_length=1, max_length=MAX_ROWS)] = Field(title="債務")


def compute(basis: Basis, case: Termination) -> Outcome:
    """due_date (date), amount (yen)."""
    day = case.termination_date
    amount = sum(debt.amount for debt in case.debts)
    overdue = [debt for debt in case.debts if debt.due_date < day]
    return Outcome(
        {"due_date": day, "amount": amount},
        (
            Step(
                "支払期日",
                f"解除日 {day} にすべての債務の期限が到来",
                day.isoformat(),
                basis.clause,
            ),
            Step(
                "支払う合計",
                " + ".join(yen(d.amount) for d in case.debts),
                amount,
                basis.clause,
                "円",
            ),
        ),
        amount,
        warnings=(
            "当社が第12条第1項により解除した場合に限ります。契約者からの解除（第11条）では生じません。",
            *(
                ("すでに期日を過ぎた債務の遅延損害金は、もとの期日から数えます。",)
                if overdue
                else ()
            ),
        ),
        said=f"解除日の {day} にすべての債務の期限が来て、直ちに支払う合計は{yen(amount)}です。",
    )


RULE = Rule(
    name="acceleration",
    title="期限の利益の喪失",
    group="解約",
    synonyms=("期限の利益", "一括返済", "残債", "すぐに全額", "分割の残り", "解除されたら全額"),
    inputs=Termination,
    outputs=(Output("due_date", "支払期日"), Output("amount", "直ちに支払う合計", "円")),
    reading="解除日にすべての金銭債務の期限が到来する。",
    compute=compute,
    examples=(
        Example(
            "msp",
            {
                "termination_date": "2027-06-15",
                "debts": [{"due_date": "2027-07-31", "amount": 33000}],
            },
            {"amount": 33000},
        ),
    ),
    checked={"sg": ("sg:29.1", "sg:27.1"), "vpn": ("vpn:18.1", "vpn:18.2")},
)
