"""Citation precision: how much of what was cited belongs to the question."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from evals.metrics.covers import covers


def relevant(cited: str, wanted: Iterable[str], single: Collection[str] = ()) -> bool:
    """Whether a cited id covers, or lies inside, one of the gold or acceptable ids.

    >>> relevant("sg:12.4", ["sg:12.3", "sg:12.4"])
    True
    """
    return any(covers(cited, one, single) for one in wanted)


def precision_counts(
    cited: Sequence[str],
    gold: Sequence[Sequence[str]],
    acceptable: Sequence[str] = (),
    single: Collection[str] = (),
) -> tuple[int, int]:
    """(relevant cited ids, cited ids) of one question; sum both over the set, then divide.

    >>> precision_counts(["sg:12.3", "sg:12.4", "sg:9.1"], [["sg:12.3"]], ["sg:12.4"])  # 2 of 3
    (2, 3)
    """
    wanted = [id for group in gold for id in group] + list(acceptable)
    return sum(relevant(one, wanted, single) for one in cited), len(cited)


def citation_precision(counts: Iterable[tuple[int, int]]) -> float | None:
    """Relevant / cited over all questions; None if nothing was cited.

    >>> citation_precision([(2, 3), (1, 1)])  # 3 of 4
    0.75
    """
    pairs = list(counts)
    cited = sum(pair[1] for pair in pairs)
    return sum(pair[0] for pair in pairs) / cited if cited else None
