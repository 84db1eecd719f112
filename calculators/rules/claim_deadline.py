"""損害の申出期限: by when a damage must be reported, and which month is reduced (sg:21.2).

Thirty days, the day of the damage not counted; a last day on a Saturday, Sunday or public
holiday moves to the next business day (民法142条). The fee of the second month after the
acknowledgement is reduced.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from calculators.business_days import next_business_day
from calculators.inputs import Day, Inputs, Marker, parse_day
from calculators.notices import JUDGED
from calculators.periods import days_after, shift
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule

_MONTH = re.compile(r"\d{4}-\d{2}", re.ASCII)


def parse_month(value: Any) -> date:
    """The first day of a month given as `YYYY-MM`, or of the month of a date."""
    if type(value) is str and _MONTH.fullmatch(value):
        if not 1 <= int(value[5:]) <= 12:
            raise PydanticCustomError(
                "yakkan", "月として読めません。YYYY-MM（例: 2026-11）で指定してください"
            )
        return parse_day(f"{value}-01")
    if type(value) is str and len(value) < 10:
        raise PydanticCustomError(
            "yakkan", "月として読めません。YYYY-MM（例: 2026-11）で指定してください"
        )
    return parse_day(value).replace(day=1)


Month = Annotated[
    date,
    BeforeValidator(parse_month),
    Marker("text"),
    WithJsonSchema({"type": "string", "examples": ["2026-11"]}),
]


class DamageClaim(Inputs):
    """When the damage occurred, when it was acknowledged, and a claim that was made."""

    damage_date: Day = Field(title="損害があった日")
    acknowledged_month: Month | None = Field(None, title="当社が損害を認めた月（YYYY-MM）")
    claim_date: Day | None = Field(None, title="申し出の日")


def compute(basis: Basis, inputs: DamageClaim) -> Outcome:
    """The last day to report, the month whose fee is reduced, and how a claim stands."""
    days, damage = basis.integer("days"), inputs.damage_date
    last = days_after(damage, days)
    deadline = next_business_day(last)
    steps = [Step(f"{days}日目", f"{damage} の翌日から数えて{days}日目", last, basis.clause)]
    if deadline != last:
        steps.append(Step("申し出の期限", f"{last} は休日なので次の営業日", deadline, basis.clause))
    outputs: dict[str, Any] = {"deadline": deadline}
    month = inputs.acknowledged_month
    if month is not None:
        later = basis.integer("credit_months")
        year, number = shift(month.year, month.month, later)
        outputs["credit_month"] = f"{year:04d}-{number:02d}"
        steps.append(
            Step("減額される月", f"{month:%Y-%m} の翌々月", outputs["credit_month"], basis.clause)
        )
    if inputs.claim_date is not None:
        outputs["judgement"] = "ok" if inputs.claim_date <= deadline else "late"
        compared = f"{inputs.claim_date} と {deadline} を比べる"
        steps.append(Step("申し出の判定", compared, JUDGED[outputs["judgement"]], basis.clause))
    return Outcome(
        outputs=outputs,
        steps=tuple(steps),
        assumptions=(
            "損害があった日は数えません（民法140条）。",
            "期限が土曜・日曜・祝日に当たるときは次の営業日までとします（民法142条）。",
        ),
        alternatives=(
            Alternative("休日でも延ばさない", last, "休日の扱いは規約に定めがありません。"),
        )
        if deadline != last
        else (),
    )


RULE = Rule(
    name="claim_deadline",
    title="損害の申し出の期限",
    group="損害と責任",
    synonyms=("損害賠償の期限", "賠償の申し出", "請求期限", "何日以内に申し出", "減額の申し出"),
    inputs=DamageClaim,
    outputs=(
        Output("deadline", "申し出の期限", role="deadline"),
        Output("credit_month", "利用料金が減額される月"),
        Output("judgement", "申し出の判定", words=JUDGED, role="verdict"),
    ),
    reading="損害があった日の翌日から30日目。休日なら次の営業日。",
    compute=compute,
    examples=(
        Example("sg", {"damage_date": "2028-01-31"}, {"deadline": "2028-03-01"}, "閏年"),
        Example(
            "sg",
            {"damage_date": "2027-04-05", "acknowledged_month": "2026-11"},
            {"deadline": "2027-05-06", "credit_month": "2027-01"},
            "30日目が祝日",
        ),
        Example(
            "sg",
            {"damage_date": "2026-10-30", "claim_date": "2026-12-01"},
            {"deadline": "2026-11-30", "judgement": "late"},
            "30日目が日曜",
        ),
    ),
    checked={"vpn": ("vpn:24.2", "vpn:24.7"), "msp": ("msp:18.3", "msp:18.5")},
)
