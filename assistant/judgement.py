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
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import Grouping
from assistant.evidence import FEATURES

if TYPE_CHECKING:
    from corpus.silences import Silence

Floats = NDArray[np.float32]

WEIGHTS_FILE = Path(__file__).parent / "judgement.json"
#: what speaks beside a candidate's own evidence: the search over text and notes, the classifier
BESIDE = ("search", "classified")
#: how much rarer silences are in life than among the written questions, and how much rarer still
#: a question about nothing that the terms lay down; chosen on the project's own questions
#: (evals/sets/*.own.jsonl)
SILENCE_PRIOR = -1.45
OUTSIDE_PRIOR = -1.5
#: what every kind of fact that is asked for and that a clause does not tell costs the clause,
#: beside its fitted weight: written questions mostly ask for what their clause tells
LACKING = -0.75
#: what the search counts where there is no classifier; the fit leaves it out, since it has the
#: features' own searches in it
SEARCH_ALONE = 3.0
#: the least log-probability that is believed: below it the network has seen nothing like it
LEAST = -14.0
#: paragraphs of a verdict that are put in order
BEST = 8


@cache
def weights(kind: str, file: Path = WEIGHTS_FILE) -> Floats:
    """Weights of the features (`alone`), or of the features and of BESIDE (`beside`)."""
    stored = json.loads(file.read_text(encoding="utf-8"))[kind]
    names = FEATURES if kind == "alone" else (*FEATURES, *BESIDE)
    return np.array([stored[name] for name in names], np.float32)


def utilities(
    features: Floats, search: Floats, classified: Floats | None = None, trust: Floats | float = 1.0
) -> Floats:
    """Utility of every candidate, shape (questions, candidates) or (candidates,).

    search: what the search over text and notes says of each (0 … 1). classified: the
    classifier's log-probabilities, or None where there is no classifier. trust: what the
    evidence counts for a question written so (`trust_in`), shape (questions, 1).
    """
    if classified is None:
        alone: Floats = features @ weights("alone") + SEARCH_ALONE * search
        return alone
    *evidence, searched, told = weights("beside")
    found: Floats = (
        trust * (features @ np.array(evidence, np.float32))
        + searched * search
        + told * np.maximum(classified, LEAST)
        + SILENCE_PRIOR * _column(features, "silent")
        + OUTSIDE_PRIOR * _column(features, "outside")
        + LACKING * _column(features, "lacks")
    )
    return found


def _column(features: Floats, name: str) -> Floats:
    found: Floats = features[..., FEATURES.index(name)]
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


class Likely(NamedTuple):
    """A paragraph with its items, an item, or a silence: its id and its probability."""

    id: str
    probability: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one agreement's candidates say to one question.

    shares: the probability of every paragraph; clauses: the BEST likeliest of them, best first;
    items: theirs, best first; silence: the probability that the terms are silent; silent: the
    likeliest silence, where there is any, and its own probability.
    """

    agreement: str
    shares: Mapping[str, float]
    clauses: tuple[Likely, ...]
    items: Mapping[str, tuple[Likely, ...]]
    silence: float
    silent: tuple[Silence, float] | None

    @property
    def best(self) -> Likely | None:
        """The likeliest paragraph."""
        return self.clauses[0] if self.clauses else None


def verdict(agreement: str, among: Grouping, found: Floats) -> Verdict:
    """Gather the probabilities `found`, shape (candidates,), into paragraphs and silences."""
    masses = np.bincount(among.owner, found, len(among.paragraphs) + 1)[:-1]
    order = np.argsort(-masses, kind="stable")[:BEST].tolist()
    clauses = tuple(Likely(among.paragraphs[n], float(masses[n])) for n in order)
    return Verdict(
        agreement,
        dict(zip(among.paragraphs, masses.tolist(), strict=True)),
        clauses,
        {among.paragraphs[n]: _ranked(among, among.items[n], found) for n in order},
        float(found[among.silent].sum(dtype=np.float64)),
        _silent(among, found),
    )


def _ranked(among: Grouping, rows: Sequence[int], found: Floats) -> tuple[Likely, ...]:
    likely = [Likely(among.candidates[row].id, float(found[row])) for row in rows]
    return tuple(sorted(likely, key=lambda item: -item.probability))


def _silent(among: Grouping, found: Floats) -> tuple[Silence, float] | None:
    if not len(among.silent):
        return None
    row = among.silent[found[among.silent].argmax()]
    silence = among.candidates[row].silence
    assert silence is not None
    return silence, float(found[row])
