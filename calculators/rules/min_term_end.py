"""Last day of the minimum term (最低利用期間), the day of the start counted.

The first day is counted because service and fee run from its first hour (民法140条但書); the
term ends on the eve of the corresponding day, or on the month's last day where there is none.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from calculators.inputs import Count, Day, Inputs
from calculators.periods import clip_months, term_end
from calculators.provisions import Basis
from calculators.result import Alternative, Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._term_fees import START_COUNTED, chosen_years


class FixedTerm(Inputs):
    """A contract whose term the terms fix."""

    start_date: Day = Field(title="利用開始日")
    term_years: Count | None = Field(
        None, title="契約年数（個別に定めがある場合）", json_schema_extra={"unit": "年"}
    )


class ChosenTerm(Inputs):
    """A contract whose term the customer chose."""

    start_date: Day = Field(title="利用開始日")
    term_years: Count = Field(title="契約年数", json_schema_extra={"unit": "年"})


def compute(basis: Basis, case: FixedTerm | ChosenTerm) -> Outcome:
    """end (date)."""
    special = isinstance(case, FixedTerm) and case.term_years not in (
        None,
        *basis.integers("years"),
    )
    years = int(case.term_years or 0) if special else chosen_years(basis, case.term_years)
    end = term_end(case.start_date, 12 * years)
    warnings = (
        (f"規約が定める期間ではなく、個別の定めによる {years}年 で計算しました。",)
        if special
        else ()
    )
    return Outcome(
        {"end": end},
        (
            Step(
                "最低利用期間の末日",
                f"{case.start_date} から {years}年",
                end.isoformat(),
                basis.where("years"),
            ),
        ),
        None,
        (START_COUNTED,),
        _start_not_counted(case.start_date, years, end),
        warnings,
    )


def _start_not_counted(start: date, years: int, end: date) -> tuple[Alternative, ...]:
    other = clip_months(start, 12 * years)
    if other == end:
        return ()
    reason = "規約は初日を数えるかどうかを明記していません（民法140条）。"
    return (Alternative("開始日を数えない", other.isoformat(), reason),)


RULE = Rule(
    name="min_term_end",
    title="最低利用期間の末日",
    group="契約期間",
    synonyms=(
        "最低利用期間",
        "縛り",
        "しばり",
        "いつまで解約できない",
        "最低契約期間",
        "契約満了日",
    ),
    inputs={"fixed": FixedTerm, "chosen": ChosenTerm},
    outputs=(Output("end", "最低利用期間の末日"),),
    reading="開始日を1日目として年数を数え、応当日の前日（応当日がなければ月の末日）を末日とする。",
    compute=compute,
    examples=(
        Example("vpn", {"start_date": "2027-03-01", "term_years": 1}, {"end": "2028-02-29"}),
        Example("sg", {"start_date": "2026-07-15"}, {"end": "2027-07-14"}),
        Example("msp", {"start_date": "2028-02-29"}, {"end": "2029-02-28"}),
    ),
)
