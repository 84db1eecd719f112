"""Teach multilingual-e5-small to do without the tokens of its prompts.

    python -m evals.distil_encoder --teacher ADAPTER [--questions 700] [--clauses 150]

The teacher reads every prompt along with the text; ADAPTER is the file of what it has learnt
(`evals/train_encoder.py --whole --out ADAPTER`). The student knows of a prompt only constants (`index/e5/prompts.py`): first the means of what the
teacher's layers hold of it, then, for questions together with the additions
(`index/e5/adapter.py`), trained to give the teacher's vectors: of written questions, and of the
parts of two that are read as one. What clauses are read after is trained last, the additions as
they are. `--questions` and `--clauses` are steps; 0 leaves what there is. Reads no evaluation
question. Takes half an hour on two cores, with torch (extra `sentence-transformers`); then run
`python -m index.e5.measure`, and what follows a training (`evals/train_encoder.py`).
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch

from assistant.recall import Recall
from corpus.library import Library
from evals.encoder import Encoder, Flags, known, packed, padded
from evals.kept import kept
from evals.train_encoder import JOINTS
from index.e5 import prompts
from index.e5.adapter import Adapter
from index.e5.inputs import Inputs
from index.e5.model import inside
from index.e5.plain import Plain
from index.e5.prompts import LENGTHS, PASSAGE, QUERY, Prompt
from index.search import Searcher
from index.shelf import documents_of, texts_of

#: questions read at once, pairs of them, clauses
BATCH, PAIRS, CLAUSES = 32, 24, 6
#: share of the steps whose questions are read two by two
PAIRED = 0.35
#: texts whose states give the first constants
FIRST = 300
#: peaks of the learning rates of the constants and of the additions
RATE, ADDED_RATE = 1e-3, 5e-5
#: share of the steps in which the rates rise
RISE = 0.05
#: every how many-th text of like length stands in a batch
STRIDE = 8
#: how often the loss is told
TOLD = 50
SEED = 20240227

#: a batch: the ids of every text with its prompt, and which of all its positions are pooled
Batch = tuple[list[list[int]], list[Flags]]


def remembered(adapter: Adapter, prompt: str, texts: Sequence[str]) -> Prompt:
    """The means of what the layers hold of a prompt over texts that follow it."""
    file = packed()
    plain, inputs, nothing = Plain(file, adapter), Inputs(file), Prompt.none(file.sizes)
    memory = Prompt.none(file.sizes, LENGTHS[prompt]).memory
    sums = np.zeros(file.sizes.hidden, np.float32)
    for text in texts:
        read = plain.read(inputs.of(prompt + text), nothing)
        for layer in range(file.sizes.layers):
            for n, name in enumerate(("keys", "values")):
                memory[layer, n] += read[f"l{layer}.{name}"][:, : LENGTHS[prompt]] / len(texts)
        sums += read["hidden"][: LENGTHS[prompt]].sum(axis=0) / len(texts)
    return Prompt(memory, sums)


class Lessons:
    """Batches of texts of like length, at random."""

    def __init__(self, texts: Sequence[str], seed: int = SEED) -> None:
        self._texts = sorted(texts, key=len)
        self._dice = np.random.default_rng(seed)

    def picked(self, many: int) -> list[str]:
        """Some texts of like length."""
        stride = max(1, min(STRIDE, len(self._texts) // many))
        start = self._dice.integers(0, max(1, len(self._texts) - many * stride + 1))
        return self._texts[start : start + many * stride : stride]

    def questions(self, encoder: Encoder) -> Batch:
        """Questions, alone, or two as one and one of the two pooled."""
        if self._dice.random() >= PAIRED:
            return _alone(encoder, [QUERY + text for text in self.picked(BATCH)])
        ids, taken = [], []
        for first, second in zip(self.picked(PAIRS), self.picked(PAIRS), strict=True):
            opening = first.rstrip("?？。")
            joint = opening + str(self._dice.choice(JOINTS))
            tokens = encoder.tokens(QUERY + joint + second)
            spans = [(0, len(opening)), (len(joint), len(joint + second))]
            ids.append([token.id for token in tokens])
            taken.append(inside(tokens, len(QUERY), [spans[self._dice.integers(2)]]))
        return ids, taken

    def clauses(self, encoder: Encoder) -> Batch:
        """Clauses, each alone."""
        return _alone(encoder, [PASSAGE + text for text in self.picked(CLAUSES)])


def _alone(encoder: Encoder, texts: Sequence[str]) -> Batch:
    ids = [[token.id for token in encoder.tokens(text)] for text in texts]
    return ids, [np.ones(len(of) + 2, np.bool_) for of in ids]


def vectors(encoder: Encoder, batch: Batch) -> torch.Tensor:
    """Unit vectors of a batch, shape (texts, 384)."""
    ids, taken = batch
    rows = [encoder.embeddings(of) for of in ids]
    states, real, pooled = padded(rows, [view[encoder.before :] for view in taken])
    return encoder.pooled(encoder(states, real), pooled)


def distil(
    teacher: Encoder, student: Encoder, draw: Callable[[Encoder], Batch], steps: int
) -> Iterator[tuple[int, float]]:
    """Train what of the student may be trained; (step, mean of 1 - cosine since the last)."""
    constants = [student.memory, student.sums]
    added = [p for p in student.products.parameters() if p.requires_grad]
    groups = [{"params": constants, "lr": RATE}, {"params": added, "lr": ADDED_RATE}]
    optimiser = torch.optim.AdamW([g for g in groups if g["params"]], weight_decay=0.0)

    def share(step: int) -> float:
        return min(1.0, (step + 1) / (RISE * steps)) * (1 + math.cos(math.pi * step / steps)) / 2

    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, share)
    losses: list[float] = []
    for step in range(1, steps + 1):
        batch = draw(teacher)
        with torch.no_grad():
            wanted = vectors(teacher, batch)
        loss = (1 - (wanted * vectors(student, batch)).sum(dim=1)).mean()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        schedule.step()
        losses.append(loss.item())
        if step % TOLD == 0 or step == steps:
            yield step, float(np.mean(losses))
            losses.clear()


def written(library: Library) -> tuple[list[str], list[str]]:
    """All written questions but the kept (`evals/kept.py`), and all that is searched as a passage."""
    with tempfile.TemporaryDirectory() as place:
        searcher = Searcher.open(library, store=Path(place), embedder="none")
        fields = Recall.open(library, searcher).fields.values()
        questions = {text for field in fields for text in field.texts if not kept(text)}
        made = documents_of(searcher.shelf().versions.values(), searcher.names)
        windows, _, summaries = texts_of(made)
    return sorted(questions), sorted({*windows, *summaries})


def _taught(
    name: str, teacher: Adapter, student: Adapter, start: Prompt,
    draw: Callable[[Encoder], Batch], steps: int, *, adds: bool,
) -> Encoder:  # fmt: skip
    """An encoder that has learnt from the teacher behind a prompt."""
    reads, learns = Encoder(kind=torch.float32), Encoder(start, torch.float32)
    reads.take(teacher)
    learns.take(student)
    learns.products.requires_grad_(adds)
    for step, loss in distil(reads, learns, draw, steps):
        print(f"{name} {step}: 1 - cosine {loss:.5f}", flush=True)  # noqa: T201
    return learns


def main() -> None:
    """Train and write what was learnt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teacher", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=700)
    parser.add_argument("--clauses", type=int, default=150)
    chosen = parser.parse_args()
    torch.manual_seed(SEED)
    sizes = packed().sizes
    teacher = Adapter.load(sizes, chosen.teacher)
    questions, clauses = written(Library.load())
    student = teacher if chosen.questions else Adapter.load(sizes)
    found = {prompt: known(prompt) for prompt in LENGTHS}
    for prompt, texts, draw, steps, adds in (
        (QUERY, questions, Lessons(questions).questions, chosen.questions, True),
        (PASSAGE, clauses, Lessons(clauses).clauses, chosen.clauses, False),
    ):
        if steps:
            start = remembered(teacher, prompt, texts[:: 1 + len(texts) // FIRST])
            taught = _taught(prompt, teacher, student, start, draw, steps, adds=adds)
            found[prompt], student = taught.prompt(), taught.adapter()
    student.save()
    prompts.save(found)


if __name__ == "__main__":
    main()
