"""Many signals, one order: every signal is brought to the same scale and added.

A BM25 score is divided by the best of the query; a cosine is measured from the average
document up to the best one, because e5 cosines all live between .8 and .95. The sum keeps how
far ahead a document is, which ranks alone (reciprocal rank fusion) throw away.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: signals that are cosines; the others are BM25 scores, where 0 means no word in common
COSINES = frozenset({"windows", "questions", "summaries"})

#: a signal whose best document is not further above the others says nothing
SAME = 1e-9
#: what each signal counts. The text speaks through words, their spelling (half, for it mostly
#: repeats them) and meaning (twice, being alone in finding what is said otherwise); so do notes
WEIGHTS: Mapping[str, float] = {
    "words": 1.0,
    "pairs": 0.5,
    "title": 0.5,
    "windows": 2.0,
    "note_words": 1.0,
    "note_pairs": 1.0,
    "question_pairs": 0.5,
    "questions": 1.0,
    "summaries": 1.0,
}


def scale(name: str, scores: Floats) -> Floats:
    """A signal on the scale 0 (says nothing) … 1 (its best document), shape as given.

    scores: shape (documents,), or (queries, documents), each query by itself.
    """
    if not scores.size:
        return scores
    low = scores.mean(axis=-1, keepdims=True) if name in COSINES else np.float32(0.0)
    span = scores.max(axis=-1, keepdims=True) - low
    told = span > SAME
    scaled: Floats = np.where(told, np.maximum((scores - low) / np.where(told, span, 1), 0), 0)
    return scaled


def blend(signals: Mapping[str, Floats], weights: Mapping[str, float] = WEIGHTS) -> Floats:
    """Weighted mean of the scaled signals, 0 … 1, shape as theirs.

    >>> import numpy as np
    >>> blend({"words": np.array([2, 1], np.float32), "pairs": np.array([0, 4], np.float32)}).round(2)
    array([0.67, 0.67], dtype=float32)
    """
    used = {name: weights.get(name, 0.0) for name in signals}
    whole = sum(used.values()) or 1.0
    total = sum(weight * scale(name, signals[name]) for name, weight in used.items() if weight)
    blended: Floats = np.asarray(total / whole, np.float32)
    return blended


def reciprocal_ranks(signals: Mapping[str, Floats], k: int = 60) -> Floats:
    """Reciprocal rank fusion, Σ 1 / (k + rank) (Cormack et al. 2009), shape (documents,).

    Kept as the measure to beat; a BM25 score of 0 gives nothing.
    """
    size = len(next(iter(signals.values())))
    total = np.zeros(size, np.float32)
    for name, scores in signals.items():
        ranks = np.empty(size, np.float32)
        ranks[np.argsort(-scores, kind="stable")] = np.arange(1, size + 1)
        total += np.where((scores > 0) | (name in COSINES), 1.0 / (k + ranks), 0.0)
    return total


def best_first(scores: Floats, k: int) -> NDArray[np.int64]:
    """Rows of the `k` best scores, best first, ties in document order."""
    if k < scores.size:
        edge = np.partition(scores, -k)[-k]
        rows = np.flatnonzero(scores >= edge)
    else:
        rows = np.arange(scores.size)
    ordered: NDArray[np.int64] = rows[np.argsort(-scores[rows], kind="stable")][:k]
    return ordered
