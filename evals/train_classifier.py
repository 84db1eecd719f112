"""Train the classifiers of `assistant.classifier` on the written questions of notes and silences.

    python -m evals.train_classifier [--agreement sg]

Multinomial logistic regression by scikit-learn (a development extra). Reads no evaluation
question. Run after notes or silences change; prints size and accuracy on its own training set.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from assistant.classifier import (
    FOLDER,
    Classifier,
    hashed,
    inputs,
    mark_of,
    reading,
    weighted,
)
from assistant.evidence import Field
from assistant.recall import Recall
from corpus.library import Library
from index.search import Searcher
from index.vectors import VectorCache

Floats = NDArray[np.float32]
#: inverse strength of the ridge
C = 10.0
#: what a question written in kana alone counts beside its original
KANA = 0.5
#: steps of the optimiser
STEPS = 60


def hiragana(text: str) -> str:
    """The text as it is written without kanji.

    >>> hiragana("返す")
    'かえす'
    """
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in reading(text))


def train(field: Field, vectors: VectorCache) -> Classifier:
    """The classifier of one agreement's candidates.

    Every question is also shown as it is written without kanji, as many people type.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    kana = [hiragana(text) for text in field.texts]
    told = np.concatenate([field.vectors, vectors.get(kana, "query")]).astype(np.float32)
    vectors.save()
    owners = np.tile(field.owners, 2)
    rows = np.stack([hashed(text) for text in (*field.texts, *kana)])
    idf = np.log1p(len(rows) / (1 + (rows > 0).sum(axis=0))).astype(np.float32)
    centre = field.vectors.mean(axis=0).astype(np.float32)
    data = csr_matrix(
        np.stack([inputs(weighted(r, idf), v, centre) for r, v in zip(rows, told, strict=True)])
    )
    counts = np.array([1.0] * len(field.texts) + [KANA] * len(kana))
    model = LogisticRegression(C=C, max_iter=STEPS).fit(data, owners, sample_weight=counts)
    accuracy = model.score(data, owners)
    print(f"{field.agreement}: {data.shape}, accuracy on its own questions {accuracy:.3f}")  # noqa: T201
    return _quantised(field, model, centre, idf)


def _quantised(field: Field, model: object, centre: Floats, idf: Floats) -> Classifier:
    weights = np.asarray(model.coef_, np.float32)  # type: ignore[attr-defined]
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    matrix = np.rint(weights / scales[:, None]).astype(np.int8)
    bias = np.asarray(model.intercept_, np.float32)  # type: ignore[attr-defined]
    ids = tuple(c.id for c in field.candidates)
    return Classifier(ids, matrix, scales.astype(np.float32), bias, centre, idf)


def main() -> None:
    """Train every agreement and write the files that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreement")
    chosen = parser.parse_args().agreement
    library = Library.load()
    recall = Recall.open(library, Searcher.open(library))
    FOLDER.mkdir(exist_ok=True)
    for id, field in recall.fields.items():
        if chosen in (None, id):
            made = train(field, recall.searcher.vectors)
            made.save(
                FOLDER / f"classifier-{id}.npz", mark_of(made.ids, recall.searcher.embedder.name)
            )


if __name__ == "__main__":
    main()
