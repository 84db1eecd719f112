"""One topic across agreements: what several agreements answer should be about the same thing.

Where a question means several agreements, each is judged alone first; the topic that their
answers share then speaks for its clauses in every agreement that has some. Where it has none
the topic says nothing: other clauses may still answer what was asked.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from assistant.judgement import Verdict
from corpus.topics import Topic

#: log-odds that the shared topic adds to its clauses
BONUS = 2.5
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
    return sum(verdict.shares.get(p, 0.0) for p in favoured([topic], verdict.agreement))


def favoured(topics: Iterable[Topic], agreement: str) -> frozenset[str]:
    """The paragraphs that `topics` name in one agreement."""
    cells = (topic.cells.get(agreement) for topic in topics)
    return frozenset(c.split("(")[0] for cell in cells if cell is not None for c in cell.clauses)


def topics_of(topics: Iterable[Topic], addresses: Iterable[str]) -> tuple[Topic, ...]:
    """The topics that name any of the paragraphs of `addresses`."""
    wanted = {address.split("(")[0] for address in addresses}
    agreements = {address.split(":")[0] for address in wanted}
    return tuple(
        topic for topic in topics if any(wanted & favoured([topic], id) for id in agreements)
    )
