"""Train what multilingual-e5-small learns on top of its weights, on the written questions.

    python -m evals.train_encoder [--epochs 5] [--anew] [--whole] [--sample 200] [--out FILE]

Encoder and classifiers of all agreements learn together which clause or silence a question was
written for; what the encoder learnt is kept (`index/data/e5-adapter.npz`), the classifiers are
trained anew by `evals.train_classifier`. An eighth of the questions, chosen by their text, is
never shown (`evals/kept.py`): its figures are printed after every pass, and `evals.fit_judgement`
weighs the evidence on it. Two questions are sometimes read as one, each pooled over its own words,
as parts of a question are. What is known of the prompt stays as it is; `--whole` reads the prompt
along with every question instead, which makes a teacher for `evals/distil_encoder.py`. It goes on
from what it learnt before, in smaller steps, unless it is to begin anew. Reads no evaluation
question. Takes three quarters of an hour on two cores, with torch (extra `sentence-transformers`);
then run `python -m index.e5.measure`, `yakkan index build --ship`, `evals.fit_judgement --write`
and `evals.train_classifier`.
"""

from __future__ import annotations

import argparse
import logging
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from assistant.classifier import BUCKETS, TEXT_SCALE, VECTOR_SCALE, hashed, weighted
from assistant.recall import Recall
from corpus.library import Library
from evals.encoder import Encoder, known, padded
from evals.kept import rows_kept
from evals.train_classifier import DROPOUT, HIDDEN, SMOOTHING, hiragana
from index.e5.adapter import ADAPTER, Adapter
from index.e5.model import inside
from index.e5.prompts import QUERY
from index.search import Searcher

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

EPOCHS = 5
BATCH = 64
#: peaks of the learning rates of the encoder and of the classifiers
RATE, HEAD_RATE = 1e-3, 1.5e-3
#: the encoder's where it goes on from what it learnt before
AGAIN_RATE = 5e-4
#: share of the questions that is also shown in kana alone, of the batches whose questions are
#: read two by two, of the questions of which some tokens are left out, and of those tokens
KANA, PAIRED, DROPPED, TOKENS = 0.1, 0.25, 0.4, 0.12
#: what may stand between two questions that are asked at once
JOINTS = ("", "。", "、", "と、", "。あと、", "。それから", "。また、", "、および", " ")
SEED = 20240227


@dataclass
class Asked:
    """The written questions of one agreement; the second half of the rows is kana alone.

    words: hashed signs, shape (rows, BUCKETS); owners: candidate of every row; seen, unseen: rows.
    """

    texts: list[str]
    words: torch.Tensor
    owners: torch.Tensor
    seen: Rows
    unseen: Rows
    head: nn.ModuleDict

    @classmethod
    def of(cls, texts: Sequence[str], owners: Rows, classes: int, dim: int) -> Asked:
        """Gather one agreement's questions, with a classifier that knows nothing yet."""
        told = [*texts, *(hiragana(text) for text in texts)]
        rows = np.stack([hashed(text) for text in told])
        idf = np.log1p(len(rows) / (1 + (rows > 0).sum(axis=0))).astype(np.float32)
        words = np.stack([weighted(row, idf) for row in rows]) * np.float32(TEXT_SCALE)
        unseen = rows_kept(texts)
        head = nn.ModuleDict(
            {"inner": nn.Linear(BUCKETS + dim, HIDDEN), "outer": nn.Linear(HIDDEN, classes)}
        )
        return cls(
            told, torch.from_numpy(words), torch.from_numpy(np.tile(owners, 2)),
            np.setdiff1d(np.arange(len(texts)), unseen), unseen, head,
        )  # fmt: skip

    def utilities(self, rows: Rows, vectors: torch.Tensor, centre: torch.Tensor) -> torch.Tensor:
        """Of every candidate, shape (len(rows), classes)."""
        told = torch.cat([self.words[rows], (vectors - centre) * VECTOR_SCALE], dim=1)
        inner = nn.functional.relu(self.head["inner"](told))
        dropped = nn.functional.dropout(inner, DROPOUT, training=self.head.training)
        found: torch.Tensor = self.head["outer"](dropped)
        return found


def gather(library: Library, dim: int, sample: int) -> dict[str, Asked]:
    """The written questions of every agreement; `sample`: at most so many of each, 0 for all."""
    with tempfile.TemporaryDirectory() as place:
        searcher = Searcher.open(library, store=Path(place), embedder="none")
        found = {}
        for id, field in Recall.open(library, searcher).fields.items():
            last = sample or len(field.texts)
            found[id] = Asked.of(
                field.texts[:last], field.owners[:last], len(field.candidates), dim
            )
    return found


class Training:
    """One training: the encoder, the classifiers and the dice."""

    def __init__(
        self, encoder: Encoder, asked: dict[str, Asked], epochs: int, rate: float = RATE
    ) -> None:
        self.encoder, self.asked = encoder, asked
        self.dice = np.random.default_rng(SEED)
        for constant in (encoder.memory, encoder.sums):
            constant.requires_grad_(False)
        self.centre = self._centre()
        self.loss = nn.CrossEntropyLoss(label_smoothing=SMOOTHING)
        learns = [p for p in encoder.parameters() if p.requires_grad]
        heads = [p for one in asked.values() for p in one.head.parameters()]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": learns, "lr": rate, "weight_decay": 1e-2},
                {"params": heads, "lr": HEAD_RATE, "weight_decay": 1e-4},
            ]
        )
        self.schedule = torch.optim.lr_scheduler.OneCycleLR(
            self.optimiser, [rate, HEAD_RATE], pct_start=0.15,
            total_steps=1 + epochs * sum(1 for _ in self._batches()),
        )  # fmt: skip

    @torch.no_grad()
    def _centre(self) -> torch.Tensor:
        """The mean vector of some questions before anything is learnt, shape (dim,)."""
        some = [
            self._whole(one, one.seen[:: 1 + len(one.seen) // 128]) for one in self.asked.values()
        ]
        return torch.cat(some).mean(dim=0)

    def _batches(self) -> Iterator[tuple[str, Rows]]:
        """(agreement, rows) of one pass, texts of like length together."""
        found = []
        for id, one in self.asked.items():
            half = len(one.texts) // 2
            kana = self.dice.permutation(one.seen)[: int(KANA * len(one.seen))] + half
            rows = np.concatenate([one.seen, kana])
            lengths = np.array([len(one.texts[row]) for row in rows])
            order = rows[np.argsort(lengths + self.dice.uniform(0, 6, len(rows)))]
            found += [(id, order[at : at + BATCH]) for at in range(0, len(order), BATCH)]
        self.dice.shuffle(found)
        yield from found

    def epoch(self) -> float:
        """One pass over the questions; the mean loss."""
        total = []
        for id, ordered in self._batches():
            one, rows = self.asked[id], self.dice.permutation(ordered)
            one.head.train()
            paired = self.dice.random() < PAIRED and len(rows) > 1
            vectors = self._paired(one, rows) if paired else self._alone(one, rows)
            loss = self.loss(one.utilities(rows, vectors, self.centre), one.owners[rows])
            self.optimiser.zero_grad()
            loss.backward()
            self.optimiser.step()
            self.schedule.step()
            total.append(loss.item())
        return float(np.mean(total))

    def _alone(self, one: Asked, rows: Rows) -> torch.Tensor:
        told = [self._thinned(self._ids(one.texts[n])) for n in rows]
        return self._vectors(told)

    def _thinned(self, ids: list[int]) -> list[int]:
        """Some questions lose some tokens, as typing loses some words; the prompt loses none."""
        if self.dice.random() >= DROPPED:
            return ids
        prompt = max(self.encoder.before - 1, 0)  # what opens a text has no id here
        left = [id for id in ids[prompt:] if self.dice.random() >= TOKENS]
        return ids[:prompt] + left if len(left) > 1 else ids

    def _vectors(self, told: Sequence[Sequence[int]]) -> torch.Tensor:
        rows = [self.encoder.embeddings(ids) for ids in told]
        states, real, taken = padded(rows, [np.ones(len(row), np.bool_) for row in rows])
        return self.encoder.pooled(self.encoder(states, real), taken)

    def _ids(self, text: str) -> list[int]:
        return [token.id for token in self.encoder.tokens(QUERY + text)]

    def _paired(self, one: Asked, rows: Rows) -> torch.Tensor:
        """Two questions read as one, each pooled over its own words; shape (len(rows), dim)."""
        states, views = [], []
        firsts = [*rows, rows[0]][: len(rows) + len(rows) % 2]
        for first, second in zip(firsts[::2], firsts[1::2], strict=True):
            opening = one.texts[first].rstrip("?？。")
            joint = opening + self.dice.choice(JOINTS)
            text = joint + one.texts[second]
            tokens = self.encoder.tokens(QUERY + text)
            states.append(self.encoder.embeddings([token.id for token in tokens]))
            spans = ((0, len(opening)), (len(joint), len(text)))
            seen = [inside(tokens, len(QUERY), [span]) for span in spans]
            views.append([view[self.encoder.before :] for view in seen])
        embeddings, real, first_view = padded(states, [view[0] for view in views])
        _, _, second_view = padded(states, [view[1] for view in views])
        read = self.encoder(embeddings, real)
        pooled = [self.encoder.pooled(read, view) for view in (first_view, second_view)]
        both = torch.stack(pooled, dim=1)
        return both.reshape(-1, both.shape[-1])[: len(rows)]

    def measure(self) -> str:
        """How often the owner of an unseen question comes first, alone and within a pair."""
        told = []
        for id, one in self.asked.items():
            one.head.eval()
            shares = [self._right(one, read) for read in (self._whole, self._paired)]
            told.append(f"{id} {shares[0]:.3f}/{shares[1]:.3f}")
        return " ".join(told)

    def _whole(self, one: Asked, rows: Rows) -> torch.Tensor:
        return self._vectors([self._ids(one.texts[n]) for n in rows])

    @torch.no_grad()
    def _right(self, one: Asked, read: object) -> float:
        assert callable(read)
        right = []
        for rows in np.array_split(one.unseen, max(1, len(one.unseen) // BATCH)):
            best = one.utilities(rows, read(one, rows), self.centre).argmax(dim=1)
            right += (best == one.owners[rows]).tolist()
        return float(np.mean(right))


def main() -> None:
    """Train and write what was learnt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--out", type=Path, default=ADAPTER)
    chosen = parser.parse_args()
    logging.getLogger("index.vectors").setLevel(logging.ERROR)
    torch.manual_seed(SEED)
    encoder = Encoder(None if chosen.whole else known(QUERY))
    anew = chosen.anew or not ADAPTER.is_file()
    if not anew:
        encoder.take(Adapter.load(encoder.sizes))
    asked = gather(Library.load(), encoder.sizes.hidden, chosen.sample)
    training = Training(encoder, asked, chosen.epochs, RATE if anew else AGAIN_RATE)
    started = time.monotonic()
    for number in range(1, chosen.epochs + 1):
        loss = training.epoch()
        spent = time.monotonic() - started
        print(f"{number}: loss {loss:.3f}, {training.measure()}, {spent:.0f} s", flush=True)  # noqa: T201
    encoder.adapter().save(chosen.out)


if __name__ == "__main__":
    main()
