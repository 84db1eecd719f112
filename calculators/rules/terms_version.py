"""適用される版: which version of the terms was in force on a day (附則).

The supplementary provisions name every date of change; the text is held for some of them
only. `version` is the effective date of the held text in force, or "unknown".
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule

UNKNOWN = "unknown"


class Event(Inputs):
    """The day that matters: when the contract was made, an invoice fell due, a damage occurred."""

    event_date: Day = Field(title="基準となる日")


def compute(basis: Basis, inputs: Event) -> Outcome:
    """The version in force on the day, where its text is held."""
    known = {p.params["effective"]: p.clause for p in basis.provisions}
    dates = sorted({*known, *basis.held})
    day = inputs.event_date
    current = max((effective for effective in dates if effective <= day), default=None)
    held = current in basis.held
    version = current.isoformat() if current is not None and held else UNKNOWN
    return Outcome(
        outputs={"version": version},
        steps=(
            Step(
                "その日に効力のある版",
                f"{day} 以前で最も新しい実施日",
                current or UNKNOWN,
                known.get(current or basis.version, basis.clause),
            ),
        ),
        assumptions=(
            "個別規定・追加規定があれば、それが本規約に優先します。",
            f"本文を保有する版: {'、'.join(str(held) for held in basis.held)}。",
        ),
        warnings=_warnings(day, current, held, dates),
    )


def _warnings(day: date, current: date | None, held: bool, dates: list[date]) -> tuple[str, ...]:
    if current is None:
        return (f"{day} は、附則にある最初の実施日 {dates[0]} より前です。",)
    if not held:
        return (f"{current} 実施の版が適用される日ですが、その本文を保有していません。",)
    return ()


RULE = Rule(
    name="terms_version",
    title="適用される規約の版",
    group="許可・費用・窓口",
    synonyms=("いつの規約", "改定", "旧規約", "どの版", "改正前", "施行日", "附則"),
    inputs=Event,
    outputs=(
        Output("version", "適用される版（実施日）", words={UNKNOWN: "本文を保有していない版"}),
    ),
    reading="その日以前で最も新しい実施日の版。本文を保有していない版は unknown とします。",
    compute=compute,
    examples=(
        Example("vpn", {"event_date": "2024-02-20"}, {"version": "2024-02-20"}),
        Example("vpn", {"event_date": "2024-02-19"}, {"version": "unknown"}),
        Example("sg", {"event_date": "2026-06-01"}, {"version": "2026-06-01"}),
        Example("msp", {"event_date": "2030-01-01"}, {"version": "2024-02-27"}),
    ),
)
