"""自動更新の予定: the ends of the monthly renewals after the term (vpn:9.1, 9.2).

Every end is counted from the original start, never from the end before it: from 31 January
the renewals end on 28 February, 30 March, 30 April.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field

from calculators.inputs import Count, Day, Inputs
from calculators.periods import term_end
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._years import Years, months_of


class Renewals(Inputs):
    """The term, how many renewals to list, and the day support for the device ends."""

    start_date: Day = Field(title="レンタル開始日")
    term_years: Years = Field(title="契約期間", json_schema_extra={"unit": "年"})
    count: Count = Field(title="更新の回数", json_schema_extra={"unit": "回"})
    support_end: Day | None = Field(None, title="サポート終了日")


def last_end(start: date, months: int, limit: date, unit: int = 1) -> date | None:
    """The last end not after `limit` of a term of `months` renewed by `unit` months.

    None if the term itself ends after `limit`.

    >>> last_end(date(2026, 4, 1), 36, date(2029, 9, 15))
    datetime.date(2029, 8, 31)
    """
    if term_end(start, months) > limit:
        return None
    between = (limit.year - start.year) * 12 + limit.month - start.month
    units = max(0, (between - 1 - months) // unit)
    while term_end(start, months + (units + 1) * unit) <= limit:
        units += 1
    return term_end(start, months + units * unit)


def compute(basis: Basis, inputs: Renewals) -> Outcome:
    """The renewals that are possible, in order."""
    months, unit = months_of(basis, inputs.term_years), basis.integer("unit_months")
    start, limit = inputs.start_date, inputs.support_end
    term = term_end(start, months)
    planned = [term_end(start, months + k * unit) for k in range(1, inputs.count + 1)]
    ends = [end for end in planned if limit is None or end <= limit]
    outputs: dict[str, Any] = {"ends": ends, "term_end": term}
    steps = [
        Step("契約期間の満了日", f"{start} から {inputs.term_years}年", term, basis.where("terms"))
    ]
    steps += [
        Step(f"{k}回目の更新の終わり", f"{start} から {months + k * unit}か月", end, basis.clause)
        for k, end in enumerate(ends, 1)
    ]
    if limit is not None:
        outputs["last_end"] = last = last_end(start, months, limit, unit)
        steps.append(
            Step(
                "延長できる最後の日",
                f"サポート終了日 {limit} を超えない最後の満了",
                last,
                basis.where("limit"),
            )
        )
    return Outcome(
        outputs=outputs,
        steps=tuple(steps),
        assumptions=(
            "更新の終わりは、毎回もとのレンタル開始日から数えます。",
            "終了の申し出も契約者の違反もない場合の予定です。",
        ),
        warnings=_warnings(limit, term, len(planned) - len(ends)),
        said=_said(ends, term, outputs.get("last_end")),
    )


def _said(ends: list[date], term: date, last: date | None) -> str:
    """The ends of the renewals in a sentence."""
    until = f"延長できるのは {last} までです。" if last else ""
    if not ends:
        return f"契約期間の満了日は {term} で、できる更新はありません。{until}"
    listed = "、".join(map(str, ends))
    return f"契約期間の満了日は {term}、自動更新の期間の終わりは {listed} です。{until}"


def _warnings(limit: date | None, term: date, dropped: int) -> tuple[str, ...]:
    if limit is None:
        return ()
    if term > limit:
        return (
            f"契約期間の満了日 {term} がサポート終了日 {limit} より後なので、この期間では契約できません。",
        )
    if dropped:
        return (f"サポート終了日 {limit} を跨ぐ更新はできないので、{dropped}回分を除きました。",)
    return ()


RULE = Rule(
    name="renewal_schedule",
    title="自動更新の予定",
    group="契約期間と更新",
    synonyms=("自動更新", "更新日", "延長", "契約の更新", "更新後はいつまで", "次の更新"),
    inputs=Renewals,
    outputs=(
        Output("ends", "更新期間の終わりの日"),
        Output("term_end", "契約期間の満了日"),
        Output("last_end", "延長できる最後の日"),
    ),
    reading="1か月単位で、毎回もとのレンタル開始日から数えます。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"start_date": "2026-01-31", "term_years": 1, "count": 4},
            {
                "term_end": "2027-01-30",
                "ends": ["2027-02-28", "2027-03-30", "2027-04-30", "2027-05-30"],
            },
        ),
        Example(
            "vpn",
            {"start_date": "2026-04-01", "term_years": 3, "count": 12, "support_end": "2029-09-15"},
            {"last_end": "2029-08-31"},
        ),
    ),
    checked={"sg": ("sg:11.1", "sg:28.1"), "msp": ("msp:10.1", "msp:11.1")},
)
