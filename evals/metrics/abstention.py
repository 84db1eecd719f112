"""Abstention: does the assistant stay silent exactly where the terms are silent, and say why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

#: the three kinds of silence; the strings of `Answer.status`
SILENT = frozenset({"not_in_terms", "governed_elsewhere", "out_of_scope"})


class Abstention(NamedTuple):
    """Shares in 0..1, None where the denominator is empty."""

    precision: float | None
    recall: float | None
    kind: float | None


def share(part: int, whole: int) -> float | None:
    """part / whole, None for an empty whole.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def abstention(rows: Iterable[tuple[str, Sequence[str]]]) -> Abstention:
    """Precision, recall and kind accuracy over (status found, statuses that are right).

    The right statuses of an answerable question are empty; those of an unanswerable one are
    its own status and its `status_ok` alternatives. Kind accuracy is over the unanswerable
    questions that were declined. Where an answer is an accepted alternative, an answered
    question is left out of recall.

    Two unanswerable questions, one declined with the right kind; one answerable declined:

    >>> abstention([("not_in_terms", ["not_in_terms"]), ("answered", ["out_of_scope"]),
    ...             ("not_in_terms", []), ("answered", [])])
    Abstention(precision=0.5, recall=0.5, kind=1.0)
    """
    declined = hit = unanswerable = kind = 0
    for status, right in rows:
        silent = status in SILENT
        declined += silent
        unanswerable += bool(right) and not (status in right and not silent)
        hit += silent and bool(right)
        kind += silent and status in right
    return Abstention(share(hit, declined), share(hit, unanswerable), share(kind, hit))
