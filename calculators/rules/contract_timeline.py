"""契約タイムライン: every date the clauses fix for one contract, in order.

From the facts known about a contract, every date rule of the same version that has its inputs
is run; an event's day is the result of its own rule, never computed here. `kind` is "given" (a
fact), "possible" (from this day on), "deadline", "end" (a term or renewal ends).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from calculators.errors import MissingInput, NotInTerms, Wanted
from calculators.inputs import Day, Inputs, Marker, Rows
from calculators.provisions import Basis
from calculators.result import Outcome, Result, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._timeline import AT_TERM_END, COLUMNS, GIVEN, SOURCES, Mark, Source
from calculators.rules._years import Years

Few = Annotated[int, Field(ge=1, le=120), Marker("count")]


class Facts(Inputs):
    """What is known about one contract; every fact is optional, one is needed."""

    acceptance_date: Day | None = Field(None, title="契約申込の承諾日")
    start_date: Day | None = Field(None, title="サービス提供開始日")
    term_years: Years | None = Field(None, title="契約期間", json_schema_extra={"unit": "年"})
    rental_start: Day | None = Field(None, title="レンタル開始日（開始日と違うとき）")
    desired_start: Day | None = Field(None, title="ご利用開始希望日（開始日と違うとき）")
    handed_over: Day | None = Field(None, title="引渡しを受けた日")
    closed_days: Rows[Day] | None = Field(None, title="契約者の休業日（すべて）")
    support_end: Day | None = Field(None, title="サポート終了日")
    count: Few | None = Field(
        None, title="挙げる更新の回数（指定がなければ3回）", json_schema_extra={"unit": "回"}
    )
    change_date: Day | None = Field(None, title="契約内容の変更の日")
    notice_date: Day | None = Field(None, title="解約通知の到達日")
    desired_end: Day | None = Field(None, title="解約希望日（契約の終わる日）")
    due_date: Day | None = Field(None, title="支払期日")
    damage_date: Day | None = Field(None, title="損害があった日")
    service_end: Day | None = Field(None, title="サービスの終了日")


class Event(NamedTuple):
    """One event with the result it comes from (None for a given fact)."""

    day: date
    mark: Mark
    clause: str = ""
    safe: date | None = None
    result: Result | None = None

    def row(self) -> dict[str, Any]:
        """The event as output."""
        row: dict[str, Any] = {
            "date": self.day,
            "label": self.mark.label,
            "kind": self.mark.kind,
            "clause": self.clause,
        }
        return row if self.safe is None else {**row, "safe": self.safe}


def compute(basis: Basis, inputs: Facts) -> Outcome:
    """The events that the facts allow, by day."""
    facts = {name: value for name, value in inputs if name != "as_of" and value is not None}
    if not any(mark.output in facts for mark in GIVEN):
        wanted = ("start_date", "desired_end")
        fields = Facts.model_fields
        raise MissingInput(tuple(Wanted(name, fields[name].title or name, "") for name in wanted))
    found = tuple(_events(basis, {"count": 3, **facts}))
    events = sorted(found, key=lambda event: event.day)
    results = [event.result for event in events if event.result is not None]
    return Outcome(
        outputs={"events": [event.row() for event in events]},
        steps=tuple(_step(event) for event in events if event.result is not None),
        assumptions=(
            "各日付は、それぞれの計算規則の既定の読み方によります。safe はどの読み方でもよい日です。",
        ),
        warnings=tuple(dict.fromkeys(text for result in results for text in result.warnings)),
        cites=tuple(dict.fromkeys(quote.id for result in results for quote in result.citations)),
    )


def _events(basis: Basis, facts: dict[str, Any]) -> Iterator[Event]:
    for mark in GIVEN:
        if mark.output in facts:
            yield Event(facts[mark.output], mark)
    for source in SOURCES:
        yield from _of(basis, source, facts)
    yield from _at_term_end(basis, facts)
    yield from _at_end(basis, facts)


def _of(basis: Basis, source: Source, facts: Mapping[str, Any]) -> Iterator[Event]:
    """The events of one rule; none where an input is unknown or the agreement has no clause."""
    given = {name: _known(facts, fact) for name, fact in source.inputs.items()}
    if None in given.values():
        return
    extra = {name: facts[fact] for name, fact in source.optional.items() if fact in facts}
    result = _run(basis, source.rule, {**given, **extra, **source.fixed})
    if result is None:
        return
    for mark in source.marks:
        value = result.outputs.get(mark.output)
        for day in value if isinstance(value, list) else [value]:
            if day is not None:
                yield Event(day, mark, _clause(result, day), result.outputs.get(mark.safe), result)


def _known(facts: Mapping[str, Any], names: str) -> Any:
    return next((facts[name] for name in names.split("|") if name in facts), None)


def _run(basis: Basis, rule: str, inputs: Mapping[str, Any]) -> Result | None:
    """The result of a rule beside; None where the terms have none or more must be known."""
    if basis.beside is None:
        return None
    try:
        return basis.beside(rule, inputs)
    except (NotInTerms, MissingInput):
        return None


def _clause(result: Result, day: date) -> str:
    """The clause of the step that gave the day."""
    steps = (step.clause for step in result.steps if str(step.value) == day.isoformat())
    return next(steps, result.citations[0].id)


def _at_term_end(basis: Basis, facts: Mapping[str, Any]) -> Iterator[Event]:
    """How to end with the minimum term, where no rule of expiry says it and no day is wished."""
    if "desired_end" in facts or "start_date" not in facts:
        return
    inputs = {name: facts[name] for name in ("start_date", "term_years") if name in facts}
    if _run(basis, "expiry_notice_deadline", {"term_years": 1, **inputs}) is not None:
        return
    term = _run(basis, "min_term_end", inputs)
    if term is not None:
        yield from _of(basis, AT_TERM_END, {"term_end": term.outputs["end"]})


def _at_end(basis: Basis, facts: Mapping[str, Any]) -> Iterator[Event]:
    """The duties of the checklist that fall on the day the contract ends."""
    end = facts.get("desired_end") or facts.get("service_end")
    if end is None:
        return
    result = _run(basis, "device_obligations", {"phase": "end", "end_date": end})
    for row in result.outputs["checklist"] if result is not None else ():
        if row["by_when"].startswith(f"{end}（"):
            yield Event(
                end, Mark("checklist", "deadline", row["duty"]), row["clause"], None, result
            )


def _step(event: Event) -> Step:
    result = event.result
    return Step(event.mark.label, result.title if result else "", event.day, event.clause)


RULE = Rule(
    name="contract_timeline",
    title="契約のタイムライン",
    group="契約期間と更新",
    synonyms=("スケジュール", "カレンダー", "予定表", "期日一覧", "契約の日程", "いつ何をする"),
    inputs=Facts,
    outputs=(Output("events", "できごと", words=COLUMNS),),
    reading="わかっている事実から計算できる日付をすべて、日付の順に並べます。",
    compute=compute,
    examples=(
        Example(
            "msp",
            {"start_date": "2027-03-10"},
            {
                "events": [
                    {
                        "date": "2027-03-10",
                        "label": "サービス提供開始",
                        "kind": "given",
                        "clause": "",
                    },
                    {
                        "date": "2028-02-08",
                        "label": "最低利用期間の満了で終える解約通知の期限",
                        "kind": "deadline",
                        "clause": "msp:11.1",
                        "safe": "2028-02-07",
                    },
                    {
                        "date": "2028-03-09",
                        "label": "最低利用期間の満了",
                        "kind": "end",
                        "clause": "msp:10.1",
                    },
                ]
            },
        ),
        Example(
            "sg",
            {"damage_date": "2027-04-05"},
            {
                "events": [
                    {"date": "2027-04-05", "label": "損害の発生", "kind": "given", "clause": ""},
                    {
                        "date": "2027-05-06",
                        "label": "損害の申し出の期限",
                        "kind": "deadline",
                        "clause": "sg:21.2",
                    },
                ]
            },
        ),
        Example(
            "vpn",
            {"acceptance_date": "2027-01-31"},
            {
                "events": [
                    {
                        "date": "2027-01-31",
                        "label": "契約申込の承諾",
                        "kind": "given",
                        "clause": "",
                    },
                    {
                        "date": "2027-02-28",
                        "label": "提供開始日として指定できる最初の日",
                        "kind": "possible",
                        "clause": "vpn:5.1(7)",
                        "safe": "2027-03-01",
                    },
                ]
            },
        ),
    ),
)
