"""The events of a contract as rows: for the table, the CSV and the chart. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from assistant.pages import blocks, bulk_table, markup
from assistant.wording import jdate

if TYPE_CHECKING:
    from calculators.result import Result

STYLE = """
<style>
.yk .yk-dates td:last-child { white-space: nowrap; } .yk .yk-dates td.yk-num { text-align: left; }
@media (max-width: 640px) {
  .yk .yk-dates thead { position: absolute; clip-path: inset(50%); }
  .yk .yk-dates tr { display: block; padding: .35rem 0;
    border-bottom: 1px solid color-mix(in srgb, currentColor 18%, transparent); }
  .yk .yk-dates td { display: block; border: 0; padding: .05rem .2rem; }
  .yk .yk-dates td:empty, .yk .yk-dates strong:empty { display: none; }
  .yk .yk-dates strong::before { content: "どの読み方でもよい日: "; font-weight: 400; }
}
</style>
"""
_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True)
class Event:
    """One date of a contract. `safe`: the day that satisfies every reading, None if it is it."""

    day: date
    label: str
    kind: str
    clause: str = ""
    safe: date | None = None


def events(result: Result) -> list[Event]:
    """The events of a `contract_timeline` result, kinds in Japanese, by date."""
    words = result.output_words["events"]
    return [
        Event(row["date"], row["label"], words[row["kind"]], row["clause"], row.get("safe"))
        for row in result.outputs["events"]
    ]


def assumptions(result: Result) -> list[str]:
    """The assumptions, the column's code said in words."""
    title = result.output_words["events"]["safe"]
    return [text.replace("safe", f"『{title}』") for text in result.assumptions]


def day_text(day: date | None) -> str:
    """A day with its weekday.

    >>> day_text(date(2027, 2, 28))
    '2027年2月28日（日）'
    """
    return f"{jdate(day.isoformat())}（{_WEEKDAYS[day.weekday()]}）" if day else ""


def table(listed: Iterable[Event]) -> str:
    """The list of dates, safe days in bold, clauses as links into the reader."""
    body = "".join(
        f'<tr><td class="yk-num">{day_text(e.day)}</td><td>{escape(e.kind)}</td>'
        f"<td>{number}. {escape(e.label)}</td><td><strong>{day_text(e.safe)}</strong></td>"
        f"<td>{blocks.clause_link(e.clause)}</td></tr>"
        for number, e in enumerate(listed, 1)
    )
    names = ("日付", "種類", "できごと", "どの読み方でもよい日", "根拠")
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    return markup.block(
        f'<div class="yk-scroll"><table class="yk-dates"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def as_csv(listed: Iterable[Event]) -> bytes:
    """The list of dates as a CSV file."""
    rows = [
        (e.day.isoformat(), e.kind, e.label, e.safe.isoformat() if e.safe else "", e.clause)
        for e in listed
    ]
    return bulk_table.as_csv([("日付", "種類", "できごと", "どの読み方でもよい日", "根拠"), *rows])
