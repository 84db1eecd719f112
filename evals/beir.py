"""Any BEIR-style retrieval set through the project's own search: corpus, queries, qrels → metrics.

Files are JSON lines (`id` or `_id`, `text`, `title`) or tab-separated (id, text, title); qrels
are tab-separated with or without a header (query, document, grade), four-column TREC, or JSON
lines. Documents go through the same fields and fusion as clauses do, without notes.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.errors import YakkanError
from evals.metrics import retrieval
from evals.metrics.intervals import bootstrap, mean
from index import fusion
from index.collection import Collection, Document, Query
from index.embedders import Embedder, NoEmbedder, open_embedder
from index.vectors import VectorCache

Qrels = dict[str, dict[str, int]]

#: texts that are embedded without having been asked to; beyond them words decide alone
FEW = 2_000
_DEPTHS = (1, 5, 10)


def evaluate(
    corpus: Path,
    queries: Path,
    qrels: Path,
    *,
    embedder: str | None = None,
    store: Path | None = None,
    k: int = 10,
) -> dict[str, Any]:
    """Metrics over the queries that have a relevant document, with 95 % intervals.

    embedder: a setting as `YAKKAN_EMBEDDER`, "none" for words alone; by default the usual
    model where at most `FEW` texts lack a vector. store: folder where vectors are kept by
    content. Raises YakkanError, naming file and line, for what cannot be read.
    """
    documents, asked, judged = read_documents(corpus), read_texts(queries), read_qrels(qrels)
    started = time.perf_counter()
    collection, model = index(documents, embedder, store)
    built = time.perf_counter() - started
    wanted = [id for id in asked if any(grade > 0 for grade in judged.get(id, {}).values())]
    started = time.perf_counter()
    ranked = {id: rank(collection, model, asked[id], max(k, *_DEPTHS)) for id in wanted}
    spent = time.perf_counter() - started
    return {
        "documents": len(documents),
        "queries": len(wanted),
        "signals": [*collection.fields, *collection.dense],
        "build_seconds": round(built, 2),
        "seconds_per_query": round(spent / max(len(wanted), 1), 4),
        **metrics(ranked, judged, k),
    }


def index(
    documents: Sequence[Document], embedder: str | None, store: Path | None
) -> tuple[Collection, Embedder]:
    """The collection of documents and the model of its queries (`NoEmbedder`: words alone)."""
    collection = Collection.build(documents)
    model = open_embedder(embedder)
    cache = VectorCache(model, store, None)
    windows = [window for document in documents for window in document.windows()]
    few = embedder is not None or cache.missing(windows, "passage") <= FEW
    if isinstance(model, NoEmbedder) or not few:
        return collection, NoEmbedder()
    collection.add_vectors("windows", cache.get(windows, "passage"))
    return collection, model


def rank(collection: Collection, model: Embedder, text: str, k: int) -> list[str]:
    """Ids of the `k` best documents for a query."""
    scores = fusion.blend(collection.signals(Query.of(text, model.query(text))))
    return [collection.ids[row] for row in fusion.best_first(scores, k)]


def metrics(
    ranked: Mapping[str, Sequence[str]], qrels: Mapping[str, Mapping[str, int]], k: int = 10
) -> dict[str, float | list[float]]:
    """hit@1/5/10, recall@1/5/10, nDCG@k and MRR@k, each with its bootstrap interval.

    >>> metrics({"q": ["b", "a"]}, {"q": {"a": 1}})["mrr@10"]
    0.5
    """
    measures: dict[str, list[float]] = {}
    for id, ids in ranked.items():
        for depth in _DEPTHS:
            measures.setdefault(f"hit@{depth}", []).append(retrieval.hit(ids, qrels[id], depth))
            found = retrieval.recall(ids, qrels[id], depth)
            measures.setdefault(f"recall@{depth}", []).append(found)
        measures.setdefault(f"ndcg@{k}", []).append(retrieval.ndcg(ids, qrels[id], k))
        reciprocal = retrieval.reciprocal_rank(ids, qrels[id], k)
        measures.setdefault(f"mrr@{k}", []).append(reciprocal)
    told: dict[str, float | list[float]] = {}
    for name, values in measures.items():
        told[name] = round(mean(values) or 0.0, 4)
        told[f"{name}_95"] = [round(edge, 4) for edge in bootstrap(values) or (0.0, 0.0)]
    return told


def read_documents(path: Path) -> list[Document]:
    """The documents of a corpus file."""
    rows = [(row["id"], row.get("title", ""), row["text"]) for row in _rows(path)]
    return [Document(id, title, text) for id, title, text in rows]


def read_texts(path: Path) -> dict[str, str]:
    """The queries of a file by id."""
    return {row["id"]: row["text"] for row in _rows(path)}


def read_qrels(path: Path) -> Qrels:
    """Relevance grades by query and document."""
    found: Qrels = {}
    for number, line in _lines(path):
        if line.startswith("{"):
            row = _json(path, number, line)
            cells = [str(row.get(key, "")) for key in ("query-id", "corpus-id", "score")]
        else:
            cells = line.split("\t") if "\t" in line else line.split()
            cells = [cells[0], *cells[2:]] if len(cells) == 4 else cells
        if number == 1 and cells[-1:] == ["score"]:
            continue
        if len(cells) == 2:
            cells.append("1")
        if len(cells) != 3 or not cells[2].strip().lstrip("-").isdigit():
            raise _unreadable(path, number, "「質問ID<タブ>文書ID<タブ>整数」が要ります")
        found.setdefault(cells[0], {})[cells[1]] = int(cells[2])
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows with id, text and title, from JSON lines or tab-separated text."""
    for number, line in _lines(path):
        if line.startswith("{"):
            row = _json(path, number, line)
            told = {key: str(row.get(key) or "") for key in ("id", "_id", "text", "title")}
            told["id"] = told["id"] or told["_id"]
        else:
            cells = [*line.split("\t"), "", ""]
            told = {"id": cells[0], "text": cells[1], "title": cells[2]}
        if number == 1 and told["id"] in ("id", "_id", "query-id"):
            continue
        if not told["id"] or not (told["text"] or told["title"]):
            raise _unreadable(path, number, "id と text が要ります")
        yield told


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise YakkanError(
            f"ファイル「{path}」を読めません（{error}）。UTF-8 のファイルを指定してください。"
        ) from None
    return ((n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip())


def _json(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
    except json.JSONDecodeError:
        raise _unreadable(path, number, "JSON として読めません") from None
    return row


def _unreadable(path: Path, number: int, expected: str) -> YakkanError:
    return YakkanError(f"{path.name} の{number}行目を読めません。{expected}。")
