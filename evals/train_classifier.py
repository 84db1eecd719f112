"""Train the classifiers of `assistant.classifier` on the written questions of notes and silences.

    python -m evals.train_classifier [--agreement sg] [--held-out]

One hidden layer, trained by torch (extra `sentence-transformers`) and stopped early. `--held-out`
trains without the eighth that the encoder has not seen either (`evals/kept.py`) and prints what
share of it is right. Reads no
evaluation question. Run after notes or silences change.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.classifier import (
    FOLDER,
    Classifier,
    Layer,
    hashed,
    inputs,
    mark_of,
    reading,
    weighted,
)
from assistant.evidence import Field
from assistant.recall import Recall
from corpus.library import Library
from evals.kept import rows_kept
from index.search import Searcher
from index.vectors import VectorCache

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]
#: hidden units, and the share of them that is left out in every step
HIDDEN = 512
DROPOUT = 0.4
#: passes over the questions; more of them learn the questions by heart
EPOCHS = 10
BATCH = 256
#: peak of the learning rate, which rises and falls once
RATE = 3e-3
#: share of the target that is spread over all candidates
SMOOTHING = 0.05
#: how many of the questions are shown in kana alone as well, in every pass
KANA = 0.5
SEED = 20240227
#: networks that are trained apart and speak together; one network holds them side by side
MEMBERS = 3


def hiragana(text: str) -> str:
    """The text as it is written without kanji.

    >>> hiragana("返す")
    'かえす'
    """
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in reading(text))


def train(
    field: Field, vectors: Floats, cache: VectorCache, unseen: Rows | None = None
) -> Classifier:
    """The classifier of one agreement's candidates; `unseen` rows are left out of training.

    vectors: of the field's questions, shape (questions, dim). Questions are also shown as they are written without kanji, as many people type.
    """
    kana = [hiragana(text) for text in field.texts]
    told = np.concatenate([vectors, cache.get(kana, "query")]).astype(np.float32)
    cache.save()
    rows = np.stack([hashed(text) for text in (*field.texts, *kana)])
    idf = np.log1p(len(rows) / (1 + (rows > 0).sum(axis=0))).astype(np.float32)
    centre = vectors.mean(axis=0).astype(np.float32)
    data = inputs(np.stack([weighted(row, idf) for row in rows]), told, centre)
    seen = np.setdiff1d(np.arange(len(field.texts)), [] if unseen is None else unseen)
    hidden, output = _fit(data, np.tile(field.owners, 2), seen, len(field.candidates))
    ids = tuple(c.id for c in field.candidates)
    return Classifier(ids, hidden, output, centre, idf)


def _fit(data: Floats, owners: Rows, seen: Rows, classes: int) -> tuple[Layer, Layer]:
    """Layers fitted on the rows `seen` and on their kana, which stand in the second half.

    MEMBERS networks, each with its own dice: their hidden units side by side and the mean of
    their outputs (Hansen and Salamon 1990) are again one network.
    """
    made = [_member(data, owners, seen, classes, SEED + n) for n in range(MEMBERS)]
    inner = [(_weights(network[0]), network[0].bias.detach().numpy()) for network in made]
    outer = [(_weights(network[3]), network[3].bias.detach().numpy()) for network in made]
    hidden = Layer.rounded(
        np.concatenate([w for w, _ in inner], axis=1), np.concatenate([b for _, b in inner])
    )
    output = Layer.rounded(
        (np.concatenate([w for w, _ in outer]) / MEMBERS).astype(np.float32),
        np.mean([b for _, b in outer], axis=0),
    )
    return hidden, output


def _member(data: Floats, owners: Rows, seen: Rows, classes: int, seed: int) -> Any:
    """One network: two linear layers with an activation and dropout between them."""
    import torch

    torch.manual_seed(seed)
    network = torch.nn.Sequential(
        torch.nn.Linear(data.shape[1], HIDDEN),
        torch.nn.ReLU(),
        torch.nn.Dropout(DROPOUT),
        torch.nn.Linear(HIDDEN, classes),
    )
    loss = torch.nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
    examples, answers = torch.from_numpy(data), torch.from_numpy(owners)
    shown = len(seen) + int(KANA * len(seen))
    steps = -(-shown // BATCH)
    optimiser = torch.optim.AdamW(network.parameters(), weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=EPOCHS * steps)
    dice = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        in_kana = dice.permutation(seen)[: shown - len(seen)] + len(data) // 2
        order = torch.from_numpy(dice.permutation(np.concatenate([seen, in_kana])))
        for batch in torch.split(order, BATCH):
            optimiser.zero_grad()
            loss(network(examples[batch]), answers[batch]).backward()
            optimiser.step()
            schedule.step()
    return network


def _weights(layer: Any) -> Floats:
    """Of a linear layer, shape (inputs, outputs)."""
    found: Floats = layer.weight.detach().numpy().T
    return found


def held_out(field: Field, vectors: Floats, cache: VectorCache) -> float:
    """Share of the questions kept from the encoder (`evals/kept.py`) whose owner comes first."""
    unseen = rows_kept(field.texts)
    made = train(field, vectors, cache, unseen)
    best = made.log_probabilities([field.texts[n] for n in unseen], vectors[unseen])
    return float(np.mean(best.argmax(axis=1) == field.owners[unseen]))


def main() -> None:
    """Train every agreement and write the files that ship."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agreement")
    parser.add_argument("--held-out", action="store_true")
    chosen = parser.parse_args()
    library = Library.load()
    recall = Recall.open(library, Searcher.open(library))
    FOLDER.mkdir(exist_ok=True)
    for id, field in recall.fields.items():
        if chosen.agreement not in (None, id):
            continue
        vectors = recall.written.vectors_of(field.places)
        cache = recall.searcher.vectors
        if chosen.held_out:
            share = held_out(field, vectors, cache)
            print(f"{id}: {share:.3f} of an unseen eighth right")  # noqa: T201
            continue
        made = train(field, vectors, cache)
        made.save(FOLDER / f"classifier-{id}.npz", mark_of(made.ids, recall.searcher.embedder.name))
        print(f"{id}: {len(field.texts)} questions, {len(made.ids)} candidates")  # noqa: T201


if __name__ == "__main__":
    main()
