"""Evaluates what was trained against what is written: notes and network must mean the same.

Each clause's and each silence's own questions are put to the trained network of its agreement.
It need not place every one, but where it gives most of them to others, notes were swapped,
attached to the wrong clause, or the network was not trained after them (`make ship`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from evals.figures import Failure, Section, counted

if TYPE_CHECKING:
    from assistant.classifier import Classifier
    from assistant.evidence import Field
    from assistant.recall import Recall
    from assistant.written import Written

#: questions of each clause or silence that are put to the network
ASKED = 5


def section(recall: Recall) -> Section:
    """Clauses and silences whose own questions the network gives to others; each one by name."""
    failures, count = [], 0
    for agreement, field in recall.fields.items():
        model = recall.classifiers[agreement]
        count += len(field.candidates)
        if model is None:
            failures.append(_failure(agreement, "学習済みの重みなし", "make ship が必要"))
            continue
        failures += list(_strangers(field, model, recall.written))
    figure = counted("knowledge.strangers", "書かれた質問と学習の食い違い", len(failures), count)
    return Section("knowledge", "ノートと学習の一致", (figure,), {}, tuple(failures))


def _strangers(field: Field, model: Classifier, written: Written) -> Iterator[Failure]:
    for owner, candidate in enumerate(field.candidates):
        rows = np.flatnonzero(field.owners == owner)[:ASKED]
        vectors = written.vectors_of(field.places[rows])
        told = model.log_probabilities([field.texts[row] for row in rows], vectors)
        best = told.argmax(axis=1).tolist()
        if best.count(owner) * 2 < len(rows):
            given = field.candidates[max(set(best), key=best.count)].id
            yield _failure(candidate.id, given, field.texts[rows[0]])


def _failure(id: str, found: str, question: str) -> Failure:
    return Failure(id, question, id, found, "自分の質問の半分以上が他に割り当てられる")
