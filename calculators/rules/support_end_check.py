"""サポート終了日との整合: which terms can be chosen, and how long it can be renewed (vpn:7.1, 9.2).

A term may not reach beyond the day the maker's support ends; ending on that very day is
allowed. With several devices the earliest support end counts.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from calculators.inputs import MAX_ROWS, Day, Inputs, Marker, parse_day
from calculators.periods import term_end
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules.renewal_schedule import last_end


def parse_days(value: Any) -> list[date]:
    """One date, several separated by commas, or a list of dates."""
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    values = value if isinstance(value, list | tuple) else [value]
    if not 1 <= len(values) <= MAX_ROWS:
        raise PydanticCustomError(
            "yakkan", "サポート終了日を1件以上、1,000件以下で指定してください"
        )
    return [parse_day(one) for one in values]


Days = Annotated[
    list[date],
    BeforeValidator(parse_days),
    Marker("list"),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "format": "date"},
                {"type": "array", "items": {"type": "string", "format": "date"}},
            ]
        }
    ),
]


class SupportEnd(Inputs):
    """When the contract shall start, and when support for the device or devices ends."""

    start_date: Day = Field(title="サービス提供開始日")
    support_end: Days = Field(title="メーカーのサポート終了日（複数の機器なら並び）")


def compute(basis: Basis, inputs: SupportEnd) -> Outcome:
    """The terms that end by the earliest support end, and the last monthly renewal."""
    start, limit = inputs.start_date, min(inputs.support_end)
    ends = {years: term_end(start, years * 12) for years in sorted(basis.integers("terms"))}
    allowed = [years for years, end in ends.items() if end <= limit]
    unit = basis.integer("unit_months")
    last = last_end(start, allowed[0] * 12, limit, unit) if allowed else None
    steps = [
        Step(
            f"{years}年契約の満了日",
            f"{start} から {years}年（{limit} まで{'に収まる' if end <= limit else 'に収まらない'}）",
            end,
            basis.where("terms"),
        )
        for years, end in ends.items()
    ]
    if last is not None:
        expression = f"1か月ごとの満了のうち {limit} を超えない最後の日"
        steps.append(Step("延長できる最後の日", expression, last, basis.where("unit_months")))
    return Outcome(
        outputs={"allowed_terms": allowed, "last_end": last},
        steps=tuple(steps),
        assumptions=_assumptions(inputs.support_end),
        said=_said(start, limit, allowed, last),
        warnings=() if allowed else ("選べる契約期間がないので、この機器では契約できません。",),
    )


def _said(start: date, limit: date, allowed: list[int], last: date | None) -> str:
    """Which terms can be chosen, in a sentence."""
    if not allowed or last is None:
        return f"どの契約期間もサポート終了日 {limit} を跨ぐため、この機器では契約できません。"
    terms = "か".join(f"{years}年" for years in allowed)
    return (
        f"{start} に始める場合、選べる契約期間は{terms}です。"
        f"1か月ごとの更新で延長できるのは {last} までです。"
    )


def _assumptions(days: list[date]) -> tuple[str, ...]:
    reads = (
        "満了日がサポート終了日の当日までなら跨がないと読みます。",
        "サポート終了日はメーカーの製品サポート終了日で、規約の外にあります。",
    )
    if len(days) == 1:
        return reads
    return (*reads, f"機器が複数あるので、最も早いサポート終了日 {min(days)} で判定しました。")


RULE = Rule(
    name="support_end_check",
    title="サポート終了日と契約期間の整合",
    group="契約期間と更新",
    synonyms=(
        "サポート終了",
        "EOS",
        "EOL",
        "保守終了",
        "製造終了",
        "何年契約できる",
        "サポート切れ",
    ),
    inputs=SupportEnd,
    outputs=(
        Output("allowed_terms", "選べる契約期間", "年"),
        Output("last_end", "延長できる最後の日"),
    ),
    reading="満了日が最も早いサポート終了日以前なら契約でき、1か月ごとの更新もその日を超えない限りできます。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {"start_date": "2026-04-01", "support_end": "2029-03-30"},
            {"allowed_terms": [1], "last_end": "2029-02-28"},
            "3年に1日足りない",
        ),
        Example(
            "vpn",
            {"start_date": "2026-04-01", "support_end": ["2030-01-01", "2029-09-15"]},
            {"allowed_terms": [1, 3], "last_end": "2029-08-31"},
        ),
    ),
    checked={"sg": ("sg:5.1(3)",), "msp": ("msp:4.3(4)",)},
)
