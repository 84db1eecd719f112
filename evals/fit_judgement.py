"""Fit the weights of `assistant.judgement` on the written questions, each left out in turn.

    python -m evals.fit_judgement [--write]

Two sets of weights: for the evidence alone, and for the evidence beside the search and a classifier
that was trained without these questions. Every written question that the encoder has not seen (`evals/kept.py`: those that it has seen
stand nearer to each other than a new one will) is asked of its agreement with itself left out;
the weights make the true owner likeliest (conditional logit, Newton's method, a small ridge).
No evaluation question is read. Prints the share of questions whose owner comes first.
"""

from __future__ import annotations

import argparse
import json

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import FEATURES
from assistant.judgement import BESIDE, LEAST, WEIGHTS_FILE
from assistant.recall import Recall, Wanted
from corpus.library import Library
from evals.kept import rows_kept
from evals.train_classifier import train
from index.search import Searcher

Floats = NDArray[np.float32]
RIDGE = 1e-3
STEPS = 30


def examples(recall: Recall, every: int = 1) -> list[tuple[Floats, int]]:
    """(evidence, search and classifier of all candidates, row of the true one).

    Of every `every`-th question kept; shape (candidates, len(FEATURES) + len(BESIDE)).
    """
    found = []
    for field in recall.fields.values():
        kept = rows_kept(field.texts)
        vectors = recall.written.vectors_of(field.places)
        model = train(field, vectors, recall.searcher.vectors, kept)
        for row in kept[::every].tolist():
            text, vector = field.texts[row], vectors[row]
            (question,) = recall.ask_all([Wanted(text, vector=vector)])
            (features,) = field.features(
                [text],
                [question.pairs],
                [question.near],
                question.scores[None],
                without=row,
            )
            (search,) = field.with_borrowed(field.of_documents(question.found[None]))
            told = np.maximum(model.log_probabilities([text], vector[None])[0], LEAST)
            found.append((np.column_stack([features, search, told]), int(field.owners[row])))
    return found


def fit(rows: list[tuple[Floats, int]]) -> NDArray[np.float64]:
    """Damped Newton on the mean log-likelihood, one weight a column."""
    scale = np.maximum(np.concatenate([f for f, _ in rows]).std(axis=0), 1e-6)
    scaled = [((f / scale).astype(np.float64), owner) for f, owner in rows]
    weight: NDArray[np.float64] = np.zeros(len(scale))
    value = _likelihood(scaled, weight)
    for _ in range(STEPS):
        step = _newton_step(scaled, weight)
        size = 1.0
        while size > 1e-3 and _likelihood(scaled, weight + size * step) < value:
            size /= 2
        weight = np.asarray(weight + size * step, np.float64)
        before, value = value, _likelihood(scaled, weight)
        if value - before < 1e-6:
            break
    found: NDArray[np.float64] = weight / scale
    return found


def _softmax(features: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    utility = features @ weight
    exponent = np.exp(utility - utility.max())
    shares: NDArray[np.float64] = exponent / exponent.sum()
    return shares


def _likelihood(rows: list[tuple[NDArray[np.float64], int]], weight: NDArray[np.float64]) -> float:
    fitted = np.mean([np.log(_softmax(f, weight)[owner] + 1e-12) for f, owner in rows])
    return float(fitted) - RIDGE * float(weight @ weight)


def _newton_step(
    rows: list[tuple[NDArray[np.float64], int]], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    gradient = -2 * RIDGE * weight
    hessian = -2 * RIDGE * np.eye(len(weight))
    for features, owner in rows:
        share = _softmax(features, weight)
        mean = share @ features
        gradient += (features[owner] - mean) / len(rows)
        centred = features - mean
        hessian -= (centred * share[:, None]).T @ centred / len(rows)
    return np.asarray(np.linalg.solve(hessian, -gradient), np.float64)


def accuracy(rows: list[tuple[Floats, int]], weight: NDArray[np.float64]) -> float:
    """Share of questions whose owner is the likeliest candidate."""
    return float(np.mean([int(np.argmax(f @ weight)) == owner for f, owner in rows]))


def main() -> None:
    """Fit, print, and write the weights when told to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--every", type=int, default=1)
    arguments = parser.parse_args()
    library = Library.load()
    rows = examples(Recall.open(library, Searcher.open(library)), arguments.every)
    alone = [(columns[:, : len(FEATURES)], owner) for columns, owner in rows]
    told = {}
    for kind, names, seen in (
        ("alone", FEATURES, alone),
        ("beside", (*FEATURES, *BESIDE), rows),
    ):
        weight = fit(seen)
        told[kind] = {name: round(float(w), 4) for name, w in zip(names, weight, strict=True)}
        print(f"{kind}: questions {len(seen)}, owner first {accuracy(seen, weight):.3f}")  # noqa: T201
    print(json.dumps(told, indent=2))  # noqa: T201 - a command's output
    if arguments.write:
        WEIGHTS_FILE.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
