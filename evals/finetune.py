"""Fine-tunes an embedding model on accepted question-clause pairs, and says whether it helped.

Pairs are split by the parity of the question's hash: one half trains, the other is held out.
The figures are those of `evals.metrics.retrieval` over all clauses in force. Needs the extra
`sentence-transformers`; nothing here is imported before it is used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from corpus.errors import YakkanError
from evals.metrics import retrieval
from evals.metrics.intervals import mean
from evals.sets import half_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

#: what multilingual-e5 was trained to see before a question and before a passage
PROMPTS = {"query": "query: ", "passage": "passage: "}


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the address of the clause that answers it."""

    question: str
    clause: str


def read_pairs(path: Path) -> list[Pair]:
    """Pairs of a JSONL file: `{"question", "clause"}` lines or accepted lines of a review.

    Raises YakkanError if there is none.
    """
    if not path.is_file():
        raise YakkanError(
            f"組のファイル「{path}」が見つかりません。JSONL のファイルを指定してください。"
        )
    pairs = [
        Pair(row["question"], clause)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
        for row in [json.loads(line)]
        for clause in _clauses(row)
    ]
    if not pairs:
        raise YakkanError(
            f"「{path}」に使える組がありません。question と clause のある行を入れてください。"
        )
    return pairs


def _clauses(row: Mapping[str, Any]) -> list[str]:
    if row.get("decision") == "rejected":
        return []
    return [row["clause"]] if "clause" in row else [group[0] for group in row.get("gold", [])]


def split(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    """(training, held out); every pair of one question goes to the same side.

    >>> training, held = split([Pair("a", "sg:1.1"), Pair("a", "sg:2.1")])
    >>> len(training) in (0, 2)
    True
    """
    training = [pair for pair in pairs if half_of(pair.question) == "tune"]
    return training, [pair for pair in pairs if half_of(pair.question) == "held_out"]


def clause_texts() -> dict[str, str]:
    """Every paragraph in force: address -> its text under its caption."""
    from corpus.library import Library

    library = Library.load()
    return {
        str(clause.address): f"{clause.caption}\n{clause.full_text}"
        for id in library.ids
        for clause in library.version(id).paragraphs()
    }


def run(
    path: Path,
    model: str,
    output: Path,
    *,
    epochs: int = 1,
    rate: float = 2e-5,
    texts: Mapping[str, str] | None = None,
) -> tuple[dict[str, float | None], dict[str, float | None]]:
    """Fine-tune `model` into the folder `output`; figures on the held-out pairs before, after.

    rate: learning rate of AdamW; texts: clause texts by address (default: those in force).
    Raises YakkanError if sentence-transformers is missing or either half is empty.
    """
    loaded = load_model(model)
    texts = texts or clause_texts()
    training, held = split(read_pairs(path))
    if not training or not held:
        raise YakkanError(
            f"組が少なすぎます（学習 {len(training)}、評価 {len(held)}）。10組以上を目安に増やしてください。"
        )
    before = figures(loaded, held, texts)
    train(loaded, training, texts, epochs=epochs, rate=rate)
    loaded.save(str(output))
    return before, figures(loaded, held, texts)


def load_model(model: str) -> SentenceTransformer:
    """A sentence-transformers model by name or folder; raises YakkanError without the extra."""
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise YakkanError(
            "微調整には sentence-transformers が必要です。"
            "pip install 'yakkan[sentence-transformers]' を実行してください。"
        ) from None
    return SentenceTransformer(model, device="cpu")


def train(
    model: SentenceTransformer,
    pairs: Sequence[Pair],
    texts: Mapping[str, str],
    *,
    epochs: int = 1,
    rate: float = 2e-5,
) -> None:
    """Train in place: the clause of each pair against the other clauses of its batch."""
    import torch
    from sentence_transformers.util import cos_sim

    model.train()
    optimizer, order = torch.optim.AdamW(model.parameters(), lr=rate), Random(7)
    for _ in range(epochs):
        for batch in _batches(order.sample(pairs, len(pairs))):
            questions = _features(model, [PROMPTS["query"] + p.question for p in batch])
            clauses = _features(model, [PROMPTS["passage"] + texts[p.clause] for p in batch])
            scores = cos_sim(questions, clauses) * 20.0
            loss = torch.nn.functional.cross_entropy(scores, torch.arange(len(batch)))
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    model.eval()


def _batches(pairs: Sequence[Pair], size: int = 16) -> list[list[Pair]]:
    """Batches in which no clause stands twice, so that a right clause never counts as wrong.

    >>> [len(batch) for batch in _batches([Pair("a", "x"), Pair("b", "x"), Pair("c", "y")])]
    [2, 1]
    """
    batches: list[list[Pair]] = []
    for pair in pairs:
        free = (b for b in batches if len(b) < size and all(p.clause != pair.clause for p in b))
        batch = next(free, None)
        if batch is None:
            batches.append([pair])
        else:
            batch.append(pair)
    return batches


def _features(model: SentenceTransformer, texts: Sequence[str]) -> Any:
    prepare = getattr(model, "preprocess", None) or model.tokenize  # renamed in version 6
    return model(dict(prepare(list(texts))))["sentence_embedding"]


def rankings(
    model: SentenceTransformer, questions: Sequence[str], texts: Mapping[str, str]
) -> list[list[str]]:
    """Clause addresses best first for each question, by cosine."""
    import numpy as np

    ids = list(texts)
    clauses = [PROMPTS["passage"] + text for text in texts.values()]
    asked = [PROMPTS["query"] + question for question in questions]
    matrix = model.encode(clauses, normalize_embeddings=True)
    scores = np.asarray(model.encode(asked, normalize_embeddings=True)) @ np.asarray(matrix).T
    return [[ids[row] for row in np.argsort(-line, kind="stable")] for line in scores]


def figures(
    model: SentenceTransformer, pairs: Sequence[Pair], texts: Mapping[str, str]
) -> dict[str, float | None]:
    """hit@1, hit@5, nDCG@10 and MRR@10 of the pairs' questions over all clauses."""
    qrels: dict[str, dict[str, int]] = {}
    for pair in pairs:
        qrels.setdefault(pair.question, {})[pair.clause] = 1
    ranked = rankings(model, list(qrels), texts)
    both = list(zip(ranked, qrels.values(), strict=True))
    return {
        "hit_1": mean([retrieval.hit(ids, wanted, 1) for ids, wanted in both]),
        "hit_5": mean([retrieval.hit(ids, wanted, 5) for ids, wanted in both]),
        "ndcg_10": mean([retrieval.ndcg(ids, wanted) for ids, wanted in both]),
        "mrr_10": mean([retrieval.reciprocal_rank(ids, wanted) for ids, wanted in both]),
    }
