"""One scored item: what was expected, what was found, and whether that counts as a failure.

Scoring is pure: it takes an item of a set and an answer as `Answer.to_dict()` writes it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evals.metrics.abstention import SILENT
from evals.metrics.precision import precision_counts
from evals.metrics.recall import citation_recall
from evals.sets import Item, statuses

#: the three statuses accepted for an unanswerable question whose kind the set does not name
ANY_SILENCE = tuple(sorted(SILENT))


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went.

    tags: what a report groups by (set, type, agreement, persona, half, origin); recall: gold
    groups covered, None where nothing is gold; counts: (relevant, cited) ids; right: statuses
    that are right, empty for an answerable question.
    """

    id: str
    question: str
    tags: Mapping[str, str]
    status: str
    cited: tuple[str, ...]
    gold: tuple[tuple[str, ...], ...]
    recall: float | None
    counts: tuple[int, int]
    right: tuple[str, ...]
    answer: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def failure(self) -> str:
        """What went wrong, in Japanese; "" if nothing did."""
        silent = self.status in SILENT
        if self.status == "error":
            return f"エラー {self.answer.get('text', '')[:80]}"
        if self.right and self.status not in self.right:
            return "回答してしまった" if not silent else "沈黙の種類が違う"
        if not self.right and silent:
            return "答えられる質問に答えなかった"
        if self.recall is not None and self.recall < 1:
            return "引用が足りない"
        return ""


def right_statuses(item: Item) -> tuple[str, ...]:
    """Statuses that are right where an item is unanswerable; () where it is answerable.

    >>> right_statuses({"status": "not_in_terms"}), right_statuses({"answerable": True})
    (('not_in_terms',), ())
    """
    named = statuses(item)
    if named and set(named) & SILENT:
        return named
    return ANY_SILENCE if item.get("answerable") is False else ()


def score(
    item: Item,
    answer: Mapping[str, Any],
    single: Collection[str],
    *,
    tags: Mapping[str, str],
    id: str | None = None,
) -> Outcome:
    """Score one answer against one item (or one turn of a conversation)."""
    cited = tuple(dict.fromkeys(one["id"] for one in answer.get("citations", [])))
    gold: Sequence[Sequence[str]] = item.get("gold", [])
    return Outcome(
        id=id or item["id"],
        question=item.get("question") or item.get("user", ""),
        tags=tags,
        status=answer.get("status", "error"),
        cited=cited,
        gold=tuple(tuple(group) for group in gold),
        recall=citation_recall(cited, gold, single),
        counts=precision_counts(cited, gold, item.get("acceptable", []), single),
        right=right_statuses(item),
        answer=answer,
    )


def tags_of(item: Item, kind: str) -> dict[str, str]:
    """What a report groups an item by; a set without a type is its own type.

    >>> tags_of({"id": "x", "service": None, "half": "tune", "origin": "own"}, "silence")["agreement"]
    '指定なし'
    """
    return {
        "set": kind,
        "type": item.get("type", kind),
        "agreement": item.get("service") or "指定なし",
        "persona": item.get("persona", "-"),
        "half": item.get("half", "-"),
        "origin": item.get("origin", "-"),
    }
