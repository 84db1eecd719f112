"""From evidence to probabilities: which clause answers, or which silence holds.

A conditional logit (McFadden 1974): every candidate's utility is a weighted sum of its
features, the probabilities of one agreement's candidates add up to one. The weights were
fitted on the written questions of notes and silences, each left out in turn
(`evals/fit_judgement.py`); no evaluation question had a part in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import FEATURES, Candidate

Floats = NDArray[np.float32]

WEIGHTS_FILE = Path(__file__).parent / "judgement.json"
#: what the evidence counts beside the classifier, and how much rarer silences are in life than
#: among the written questions; chosen on the project's own questions (evals/sets/*.own.jsonl)
EVIDENCE = 0.75
SILENCE_PRIOR = -0.5
#: what every kind of fact that is asked for and that a clause does not tell costs the clause,
#: beside its fitted weight: the classifier, which has no such sign, outweighs that one
LACKING = -1.5
#: how much rarer still is a question about nothing that the terms lay down
OUTSIDE_PRIOR = -1.0


@cache
def weights(file: Path = WEIGHTS_FILE) -> Floats:
    """Weight of every feature, shape (len(FEATURES),)."""
    stored = json.loads(file.read_text(encoding="utf-8"))["weights"]
    return np.array([stored[name] for name in FEATURES], np.float32)


def utilities(features: Floats, classified: Floats | None = None, trust: float = 1.0) -> Floats:
    """Utility of every candidate, shape (candidates,).

    classified: the classifier's log-probabilities, or None where there is no classifier.
    trust: what the evidence counts for a question written so (`trust_in`).
    """
    evidence = features @ weights()
    if classified is None:
        return evidence
    silent = features[:, FEATURES.index("silent")]
    found: Floats = (
        np.maximum(classified, -14.0)
        + EVIDENCE * trust * evidence
        + SILENCE_PRIOR * silent
        + OUTSIDE_PRIOR * features[:, FEATURES.index("outside")]
        + LACKING * features[:, FEATURES.index("lacks")]
    )
    return found


def trust_in(text: str) -> float:
    """How far nearness to written questions can be trusted: little for kana alone.

    >>> trust_in("解約の期限"), trust_in("かいやくのきげん")
    (1.0, 0.2)
    """
    letters = [c for c in text if c.isalnum()]
    other = sum(not "ぁ" <= c <= "ゖ" for c in letters)
    return min(1.0, max(0.2, 4 * other / max(len(letters), 1)))


def probabilities(utility: Floats) -> Floats:
    """Softmax, shape (candidates,).

    >>> probabilities(np.array([0.0, 0.0], np.float32)).tolist()
    [0.5, 0.5]
    """
    exponent = np.exp(utility - utility.max())
    result: Floats = (exponent / exponent.sum()).astype(np.float32)
    return result


@dataclass(frozen=True, slots=True)
class Likely:
    """A candidate (or a paragraph with its items) and its probability."""

    id: str
    probability: float
    candidate: Candidate


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one agreement's candidates say to one question.

    clauses: paragraphs, best first (`item` in `items` where one item carries most of it);
    silences: best first; silence: the probability that the terms are silent.
    """

    agreement: str
    clauses: tuple[Likely, ...]
    silences: tuple[Likely, ...]
    silence: float
    items: Mapping[str, tuple[Likely, ...]]

    @property
    def best(self) -> Likely | None:
        """The likeliest paragraph."""
        return self.clauses[0] if self.clauses else None


def verdict(agreement: str, candidates: Sequence[Candidate], found: Floats) -> Verdict:
    """Gather candidate probabilities into paragraphs and silences."""
    paragraphs: dict[str, float] = {}
    items: dict[str, list[Likely]] = {}
    silences: list[Likely] = []
    heads: dict[str, Candidate] = {}
    for candidate, probability in zip(candidates, found.tolist(), strict=True):
        likely = Likely(candidate.id, probability, candidate)
        if candidate.silence is not None:
            silences.append(likely)
            continue
        key = candidate.paragraph
        paragraphs[key] = paragraphs.get(key, 0.0) + probability
        heads.setdefault(key, candidate)
        if candidate.id != key:
            items.setdefault(key, []).append(likely)
    ordered = sorted(paragraphs.items(), key=lambda pair: -pair[1])
    return Verdict(
        agreement,
        tuple(Likely(key, value, heads[key]) for key, value in ordered),
        tuple(sorted(silences, key=lambda s: -s.probability)),
        sum(s.probability for s in silences),
        {key: tuple(sorted(rows, key=lambda i: -i.probability)) for key, rows in items.items()},
    )
