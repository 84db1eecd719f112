"""引渡し期限: by when the rented device must be delivered (vpn:7.3, vpn:10.1).

The two clauses differ: 7.3 says the eve of the rental start, 10.1 the wished day itself. The
earlier of the two satisfies both, and the result says that they differ.
"""

from __future__ import annotations

from datetime import timedelta

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule


class Delivery(Inputs):
    """When rent starts, and the day the customer wished to begin."""

    rental_start: Day = Field(title="レンタル開始日")
    desired_start: Day = Field(title="ご利用開始希望日")


def compute(basis: Basis, inputs: Delivery) -> Outcome:
    """The earlier of the eve of the rental start and the wished day."""
    eve = inputs.rental_start - timedelta(days=basis.integer("days_before"))
    wished = inputs.desired_start
    by_eve, by_wish = (provision.clause for provision in basis.provisions[:2])
    return Outcome(
        outputs={"deadline": min(eve, wished)},
        steps=(
            Step("レンタル開始日の前日", f"{inputs.rental_start} の前日", eve, by_eve),
            Step("ご利用開始希望日", f"{wished} の当日まで", wished, by_wish),
            Step("引渡しの期限", f"{eve} と {wished} の早い方", min(eve, wished), by_eve),
        ),
        assumptions=("両方の条項を満たす早い方を期限とします。",),
        alternatives=(
            Alternative(
                f"{by_eve} だけによる", eve, "レンタル開始日の前日までに引き渡すと定めています。"
            ),
            Alternative(
                f"{by_wish} だけによる", wished, "ご利用開始希望日の当日を含むと定めています。"
            ),
        ),
        disputes=(
            f"{by_eve}（前日まで）と {by_wish}（希望日の当日を含む）は定めが食い違っています。",
        ),
    )


RULE = Rule(
    name="delivery_deadline",
    title="レンタル物件の引渡し期限",
    group="引渡しと検収",
    synonyms=("納品", "納期", "いつ届く", "引き渡し", "設置日", "据付", "機器の到着"),
    inputs=Delivery,
    outputs=(Output("deadline", "引渡しの期限", role="deadline"),),
    reading="レンタル開始日の前日と、ご利用開始希望日の早い方。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"rental_start": "2027-04-01", "desired_start": "2027-04-01"},
            {"deadline": "2027-03-31"},
        ),
        Example(
            "vpn",
            {"rental_start": "2027-04-05", "desired_start": "2027-04-01"},
            {"deadline": "2027-04-01"},
        ),
    ),
    checked={"sg": ("sg:9.2",), "msp": ("msp:4.3(1)", "msp:6.1")},
)
