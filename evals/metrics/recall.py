"""Citation recall: how much of what a question needs was cited."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from evals.metrics.covers import group_covered

Groups = Sequence[Sequence[str]]


def citation_recall(
    cited: Sequence[str], gold: Groups, single: Collection[str] = ()
) -> float | None:
    """Groups covered / groups for one question; None where nothing is gold.

    >>> citation_recall(["sg:27.1"], [["sg:27.1"], ["vpn:8.4"], ["msp:17.4"]])  # 1 of 3
    0.3333333333333333
    >>> citation_recall(["sg:27.1"], []) is None
    True
    """
    if not gold:
        return None
    return sum(group_covered(cited, group, single) for group in gold) / len(gold)


def full_recall(cited: Sequence[str], gold: Groups, single: Collection[str] = ()) -> bool | None:
    """Whether every group of one question is covered; None where nothing is gold.

    >>> full_recall(["sg:27.1", "vpn:8.4"], [["sg:27.1"], ["vpn:8.4"]])
    True
    """
    recall = citation_recall(cited, gold, single)
    return None if recall is None else recall == 1.0
