"""Retrieval metrics over ranked ids, before any answer is composed.

Two gold forms: groups of clause ids with the covers relation (recall@k over groups), and
graded qrels as in BEIR (nDCG, MRR, hit, recall by exact id).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log2

from evals.metrics.covers import group_covered


def group_recall(
    ranked: Sequence[str], gold: Sequence[Sequence[str]], k: int, single: Collection[str] = ()
) -> float | None:
    """Share of gold groups covered by the first k ids; None where nothing is gold.

    >>> group_recall(["a:1", "a:2", "a:3"], [["a:2"], ["a:3"]], k=2)  # only a:2 is in the top 2
    0.5
    """
    if not gold:
        return None
    top = ranked[:k]
    return sum(group_covered(top, group, single) for group in gold) / len(gold)


def ndcg(ranked: Sequence[str], qrels: Mapping[str, int], k: int = 10) -> float:
    """Normalised discounted cumulative gain with linear gains, as trec_eval's ndcg_cut.

    One relevant document at rank 2: 1/log2(3) over an ideal of 1.

    >>> round(ndcg(["a", "b"], {"b": 1}), 4)
    0.6309
    """
    ideal = _dcg(sorted((grade for grade in qrels.values() if grade > 0), reverse=True)[:k])
    return _dcg([max(qrels.get(id, 0), 0) for id in ranked[:k]]) / ideal if ideal else 0.0


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / log2(rank + 2) for rank, gain in enumerate(gains))


def reciprocal_rank(ranked: Sequence[str], qrels: Mapping[str, int], k: int = 10) -> float:
    """1 / rank of the first relevant id within k, 0 if there is none; its mean is MRR.

    >>> reciprocal_rank(["a", "b"], {"b": 1})
    0.5
    """
    ranks = (rank for rank, id in enumerate(ranked[:k], 1) if qrels.get(id, 0) > 0)
    return 1 / next(ranks, float("inf"))


def hit(ranked: Sequence[str], qrels: Mapping[str, int], k: int) -> float:
    """1.0 if any relevant id is among the first k, else 0.0.

    >>> hit(["a", "b"], {"b": 1}, k=1), hit(["a", "b"], {"b": 1}, k=2)
    (0.0, 1.0)
    """
    return float(any(qrels.get(id, 0) > 0 for id in ranked[:k]))


def recall(ranked: Sequence[str], qrels: Mapping[str, int], k: int) -> float:
    """Share of the relevant ids among the first k, 0 if nothing is relevant.

    >>> recall(["a", "b", "c"], {"b": 1, "c": 1}, k=2)
    0.5
    """
    wanted = {id for id, grade in qrels.items() if grade > 0}
    return len(wanted.intersection(ranked[:k])) / len(wanted) if wanted else 0.0


def covering_qrels(
    ranked: Sequence[str], gold: Sequence[Sequence[str]], single: Collection[str] = ()
) -> list[int]:
    """For each ranked id, 1 if it is the first to cover some gold group, else 0.

    With this, nDCG and MRR over groups are those of a list of gains.

    >>> covering_qrels(["a:1.1", "a:9", "a:1.2"], [["a:1"]])  # a:1 is already covered at rank 1
    [1, 0, 0]
    """
    open_groups = list(gold)
    gains = []
    for id in ranked:
        left = [group for group in open_groups if not group_covered([id], group, single)]
        gains.append(int(len(left) < len(open_groups)))
        open_groups = left
    return gains


def group_ndcg(gains: Sequence[int], groups: int, k: int = 10) -> float:
    """nDCG@k of gains from `covering_qrels`, the ideal being one new group a rank.

    >>> group_ndcg([1, 0, 1], groups=2) == (1 + 1 / 2) / (1 + 1 / log2(3))
    True
    """
    ideal = _dcg([1] * min(groups, k))
    return _dcg(gains[:k]) / ideal if ideal else 0.0
