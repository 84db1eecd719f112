"""Runs the assistant over the sets and turns its answers into outcomes.

The runner asks as a person would: where an item has a `service`, the assistant is not told
it and must find out by itself, unless the item says `given_agreement`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.errors import YakkanError
from evals.metrics import numbers
from evals.outcomes import Outcome, score, tags_of
from evals.sets import Item

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.assistant import Assistant
    from corpus.library import Library

#: the day on which questions without a date of their own are asked
TODAY = date(2026, 11, 25)

#: shows progress: takes the items and a title, gives the items back one by one
Progress = Callable[[Sequence[Item], str], Iterable[Item]]


def silently(items: Sequence[Item], title: str) -> Iterable[Item]:
    """Progress for programs: shows nothing.

    >>> list(silently([{"id": "a"}], "x"))
    [{'id': 'a'}]
    """
    return items


def single_articles(library: Library) -> frozenset[str]:
    """Ids of the articles that have exactly one paragraph, in the versions in force."""
    counts: dict[str, int] = {}
    for id in library.ids:
        for clause in library.version(id).paragraphs():
            article = f"{id}:{clause.address.article}"
            counts[article] = counts.get(article, 0) + 1
    return frozenset(article for article, count in counts.items() if count == 1)


def day_of(item: Item) -> date:
    """The day an item is asked on.

    >>> day_of({"today": "2027-01-30"})
    datetime.date(2027, 1, 30)
    """
    return date.fromisoformat(item["today"]) if item.get("today") else TODAY


def questions(
    assistant: Assistant, items: Sequence[Item], kind: str, progress: Progress = silently
) -> list[Outcome]:
    """Ask every question of a set and score its citations and its status."""
    single = single_articles(assistant.library)
    return [
        score(item, ask(assistant, item), single, tags=tags_of(item, kind))
        for item in progress(items, kind)
    ]


def ask(assistant: Assistant, item: Item) -> dict[str, Any]:
    """The answer as a dictionary; an error becomes the status "error" and counts as a failure."""
    return attempt(
        lambda: assistant.ask(
            item["question"], agreement=item.get("given_agreement"), today=day_of(item)
        )
    )


def attempt(asked: Callable[[], Answer]) -> dict[str, Any]:
    """What was answered, or that it failed: a crash must not hide the other items."""
    try:
        return asked().to_dict()
    except Exception as error:
        return {"status": "error", "text": f"{type(error).__name__}: {error}", "citations": []}


def conversations(
    assistant: Assistant, items: Sequence[Item], progress: Progress = silently
) -> list[Outcome]:
    """Have every conversation and score each turn; ids are `c05#2`."""
    single = single_articles(assistant.library)
    return [
        outcome
        for item in progress(items, "conversations")
        for outcome in _turns(assistant, item, single)
    ]


def _turns(assistant: Assistant, item: Item, single: frozenset[str]) -> Iterator[Outcome]:
    conversation = assistant.conversation()
    for number, turn in enumerate(item["turns"], 1):
        answer = attempt(lambda: conversation.ask(turn["user"], today=day_of(item)))  # noqa: B023
        tags = tags_of(item | turn, "conversations") | {"type": f"{number}番目の発話"}
        yield score(turn, answer, single, tags=tags, id=f"{item['id']}#{number}")


def number_questions(
    assistant: Assistant,
    items: Sequence[Item],
    progress: Progress = silently,
    title: str = "number_questions",
) -> list[tuple[Item, numbers.Outcome, dict[str, Any]]]:
    """Ask every question with numbers: (item, how it went, the answer)."""
    rows = []
    for item in progress(items, title):
        answer = ask(assistant, item)
        rows.append((item, numbers.outcome(item["expect"], item["missing"], answer), answer))
    return rows


def number_cases(
    items: Sequence[Item], library: Library, progress: Progress = silently
) -> list[tuple[Item, numbers.Outcome, dict[str, Any]]]:
    """Compute every case with its rule, past language: (item, how it went, the result)."""
    return [(item, *_case(item, library)) for item in progress(items, "number_cases")]


def _case(item: Item, library: Library) -> tuple[numbers.Outcome, dict[str, Any]]:
    from calculators.engine import calculate

    try:
        result = calculate(item["rule"], item["agreement"], item["inputs"], library=library)
    except YakkanError as error:
        return ("right" if item.get("error") else "none"), {"error": str(error)}
    found = result.to_dict()
    return ("right" if numbers.matches(found, item) else "wrong"), found
