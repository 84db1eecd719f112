"""Ranking found clauses by what the judgement says beside what the text search says.

The text search finds; the judgement knows which written questions are near. Together they put
the right clause first more often than either alone. Clauses that a question names stay first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from assistant.recall import Recall
    from index.search import Hit

#: hits that are looked at, whatever number is asked for
POOL = 60
#: what a probability of one adds to a search score of 0 … 1
JUDGED = 0.5


def rerank(recall: Recall, question: str, hits: Sequence[Hit], k: int) -> list[Hit]:
    """The `k` best of `hits` by score and probability, best first."""
    named = recall.searcher.names.named(question)
    held = dict.fromkeys(hit.agreement for hit in hits)
    told = likely(recall, question, [id for id in held if not named or id in named])
    scored = [
        replace(hit, score=hit.score + JUDGED * told.get(str(hit.address).split("(")[0], 0.0))
        for hit in hits
    ]
    return sorted(scored, key=lambda hit: -hit.score)[:k]


def likely(recall: Recall, question: str, agreements: Sequence[str]) -> Mapping[str, float]:
    """Probability of every paragraph of `agreements` to answer, all together one."""
    asked = recall.ask(question)
    ids: list[str] = []
    utilities: list[float] = []
    for agreement in agreements:
        for id, utility in recall.clause_utilities(asked, agreement):
            ids.append(id)
            utilities.append(utility)
    if not ids:
        return {}
    exponent = np.exp(np.array(utilities) - max(utilities))
    found: dict[str, float] = {}
    for id, share in zip(ids, (exponent / exponent.sum()).tolist(), strict=True):
        found[id] = found.get(id, 0.0) + share
    return found
