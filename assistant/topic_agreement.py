"""One topic across agreements: what several agreements answer should be about the same thing.

Where a question means several agreements, each is judged alone first; the topic that their
answers share then speaks for its clauses in every agreement that has some. Where it has none
the topic says nothing: other clauses may still answer what was asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from assistant.judgement import Verdict
from corpus.topics import Topic

#: log-odds that the shared topic adds to its clauses
BONUS = 1.5
#: a topic must carry at least this share of the probability, as a geometric mean
SHARED = 0.12
_FLOOR = 1e-3


def shared_topic(verdicts: Mapping[str, Verdict], topics: Sequence[Topic]) -> Topic | None:
    """The topic that the verdicts of at least two agreements agree on, or None."""
    if len(verdicts) < 2:
        return None
    best = max(topics, key=lambda topic: _fit(topic, verdicts), default=None)
    if best is None or _fit(best, verdicts) < math.log(SHARED):
        return None
    return best


def _fit(topic: Topic, verdicts: Mapping[str, Verdict]) -> float:
    """Mean log-probability of the topic's clauses; at least two agreements must have some."""
    spoken = [v for id, v in verdicts.items() if topic.cells.get(id) is not None]
    if len(spoken) < 2:
        return -math.inf
    told = [math.log(max(_mass(topic, verdict), _FLOOR)) for verdict in spoken]
    return sum(told) / len(told)


def _mass(topic: Topic, verdict: Verdict) -> float:
    cell = topic.cells[verdict.agreement]
    assert cell is not None
    paragraphs = {clause.split("(")[0] for clause in cell.clauses}
    return sum(likely.probability for likely in verdict.clauses if likely.id in paragraphs)


def bonus(topic: Topic, agreement: str, ids: Sequence[str], silent: Sequence[bool]) -> list[float]:
    """What each candidate of `agreement` gains by the topic."""
    cell = topic.cells.get(agreement)
    if cell is None:
        return [0.0] * len(ids)
    paragraphs = {clause.split("(")[0] for clause in cell.clauses}
    return [
        BONUS if not is_silent and id.split("(")[0] in paragraphs else 0.0
        for id, is_silent in zip(ids, silent, strict=True)
    ]
