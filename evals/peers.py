"""The project's search beside stock pipelines, in one run on one question set.

    python -m evals.peers --questions evals/sets/questions.jsonl [--model FOLDER] [--json]

Needs the extra `peers` (langchain-text-splitters, langchain-community, langchain-classic,
rank-bm25). Every system gets the same texts and, but for `--model`, the same embeddings. A
stock chunk counts as the clauses whose words it holds the most of. Peak memory is Python's own,
while the system is built and asked once.
"""

from __future__ import annotations

import argparse
import json
import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.metrics import retrieval
from evals.metrics.intervals import bootstrap, mean

if TYPE_CHECKING:
    from corpus.library import Library
    from index.search import Searcher

#: a ranked list of clause ids for a question
System = Callable[[str], list[str]]
_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of one system: each a mean with its 95 % interval; times in ms, memory in MB."""

    name: str
    figures: dict[str, tuple[float, float, float]]
    median_ms: float
    p95_ms: float
    peak_mb: float

    def to_dict(self) -> dict[str, Any]:
        """Plain form for JSON."""
        told = {name: [round(value, 4) for value in row] for name, row in self.figures.items()}
        times = {"median_ms": round(self.median_ms, 1), "p95_ms": round(self.p95_ms, 1)}
        return {"system": self.name, **told, **times, "peak_mb": round(self.peak_mb, 1)}


def compare(
    library: Library, items: Sequence[dict[str, Any]], store: Path | None, model: str | None = None
) -> list[Row]:
    """Every system over the answerable questions of `items`, which have `question` and `gold`."""
    asked = [item for item in items if item.get("gold") and item.get("answerable", True)]
    single = _single(library)
    return [_measure(name, make, asked, single) for name, make in systems(library, store, model)]


def systems(
    library: Library, store: Path | None, model: str | None
) -> Iterable[tuple[str, Callable[[], System]]]:
    """Names and makers of the systems, each built only when its turn comes."""
    from index.search import Searcher

    def bare() -> Searcher:
        return Searcher.open(library, store=store, notes=False)

    yield "stock LangChain: 500/50 chunks, dense", lambda: stock(library, bare(), "dense")
    yield "stock LangChain: 500/50 chunks, BM25", lambda: stock(library, bare(), "bm25")
    yield "stock LangChain: 500/50 chunks, ensemble", lambda: stock(library, bare(), "ensemble")
    yield "BM25 of words only", lambda: signals_only(bare(), ("words",))
    yield "dense only", lambda: signals_only(bare(), ("windows",))
    yield "RRF of words, pairs, dense", lambda: ranks_only(bare(), ("words", "pairs", "windows"))
    yield "hybrid, no notes", lambda: whole(bare())
    yield "hybrid with notes", lambda: whole(Searcher.open(library, store=store))
    if model:
        yield (
            f"hybrid with notes, {Path(model).name}",
            lambda: whole(Searcher.open(library, store=store, embedder=model)),
        )


def whole(searcher: Searcher) -> System:
    """The search as users get it."""
    return lambda question: [str(h.address) for h in searcher.search(question, k=_DEPTH)]


def signals_only(searcher: Searcher, names: Sequence[str]) -> System:
    """Fusion of some signals, blind to references and agreement names."""
    from index import fusion

    return _ranked(searcher, lambda s: fusion.blend({name: s[name] for name in names}))


def ranks_only(searcher: Searcher, names: Sequence[str]) -> System:
    """Reciprocal rank fusion of some signals."""
    from index import fusion

    return _ranked(searcher, lambda s: fusion.reciprocal_ranks({name: s[name] for name in names}))


def _ranked(searcher: Searcher, fuse: Callable[[Any], Any]) -> System:
    from index import fusion
    from index.collection import Query

    collection = searcher.shelf().collection

    def rank(question: str) -> list[str]:
        query = Query.of(question, searcher.embedder.query(question))
        rows = fusion.best_first(fuse(collection.signals(query)), _DEPTH)
        return [collection.ids[row] for row in rows]

    return rank


def stock(library: Library, searcher: Searcher, kind: str) -> System:
    """LangChain as its tutorials build it: recursive 500/50 chunks, FAISS, BM25, ensemble."""
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50)
    documents = [
        Document(chunk, metadata={"ids": _holders(library, id, chunk)})
        for id in library.ids
        for chunk in splitter.split_text(library.version(id).text)
    ]
    retriever = _stock_retriever(documents, searcher, kind)

    def rank(question: str) -> list[str]:
        found = [id for d in retriever.invoke(question) for id in d.metadata["ids"]]
        return list(dict.fromkeys(found))[:_DEPTH]

    return rank


def _stock_retriever(documents: list[Any], searcher: Searcher, kind: str) -> Any:
    from langchain_classic.retrievers import EnsembleRetriever
    from langchain_community.retrievers import BM25Retriever
    from langchain_community.vectorstores import FAISS
    from langchain_core.embeddings import Embeddings

    class Shared(Embeddings):
        """The project's embeddings behind LangChain's interface."""

        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return searcher.vectors.get(texts, "passage").astype(float).tolist()  # type: ignore[no-any-return]

        def embed_query(self, text: str) -> list[float]:
            return searcher.embedder.query(text).tolist()  # type: ignore[no-any-return]

    if kind == "bm25":
        return _stock_bm25(BM25Retriever, documents)
    dense = FAISS.from_documents(documents, Shared()).as_retriever(search_kwargs={"k": _DEPTH})
    if kind == "dense":
        return dense
    return EnsembleRetriever(
        retrievers=[_stock_bm25(BM25Retriever, documents), dense], weights=[0.5, 0.5]
    )


def _stock_bm25(retriever: Any, documents: list[Any]) -> Any:
    from corpus.tokens import analyse

    def surfaces(text: str) -> list[str]:
        return [word.surface for word in analyse(text)]

    return retriever.from_documents(documents, preprocess_func=surfaces, k=_DEPTH)


def _holders(library: Library, id: str, chunk: str) -> list[str]:
    """Paragraphs with at least half of their words inside a chunk, or half of it inside them."""
    squeezed = "".join(chunk.split())
    shares = {}
    for clause in library.version(id).paragraphs():
        lines = ["".join(line.split()) for line in clause.full_text.splitlines()]
        inside = sum(len(line) for line in lines if line and _overlaps(line, squeezed))
        whole_length = sum(map(len, lines)) or 1
        share = max(inside / whole_length, inside / (len(squeezed) or 1))
        if share >= 0.5:
            shares[clause.id] = min(share, 1.0)
    return sorted(shares, key=lambda key: -shares[key])


def _overlaps(line: str, chunk: str) -> bool:
    """Whether a chunk holds a line, or an end of it that a cut has left."""
    half = max(len(line) // 2, 1)
    return line in chunk or line[:half] in chunk or line[-half:] in chunk


def _single(library: Library) -> frozenset[str]:
    versions = [library.version(id) for id in library.ids]
    return frozenset(
        a.id for v in versions for a in v.articles() if len(v.children(a.address)) == 1
    )


def _measure(
    name: str, make: Callable[[], System], items: Sequence[dict[str, Any]], single: frozenset[str]
) -> Row:
    tracemalloc.start()
    system = make()
    system("準備の質問")
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()  # tracing would slow the questions that are timed
    measured: dict[str, list[float]] = {}
    times = []
    for item in items:
        started = time.perf_counter()
        ids = system(item["question"])
        times.append((time.perf_counter() - started) * 1000)
        for figure, value in _figures(ids, item["gold"], single).items():
            measured.setdefault(figure, []).append(value)
    figures = {
        figure: (mean(values) or 0.0, *(bootstrap(values) or (0.0, 0.0)))
        for figure, values in measured.items()
    }
    times = sorted(times) or [0.0]
    return Row(name, figures, times[len(times) // 2], times[int(len(times) * 0.95)], peak)


def _figures(
    ids: list[str], gold: Sequence[Sequence[str]], single: frozenset[str]
) -> dict[str, float]:
    gains = retrieval.covering_qrels(ids, gold, single)
    recalls = {
        f"recall@{k}": retrieval.group_recall(ids, gold, k, single) or 0.0 for k in (1, 5, 10)
    }
    first = next((1 / rank for rank, gain in enumerate(gains, 1) if gain), 0.0)
    return {**recalls, "ndcg@10": retrieval.group_ndcg(gains, len(gold)), "mrr": first}


def table(rows: Sequence[Row]) -> str:
    """A Markdown table of the rows."""
    names = list(rows[0].figures) if rows else []
    lines = [
        f"| system | {' | '.join(names)} | median ms | p95 ms | peak MB |",
        "|---" * (len(names) + 4) + "|",
    ]
    for row in rows:
        cells = [f"{m:.3f} ({low:.2f}–{high:.2f})" for m, low, high in row.figures.values()]
        times = [f"{row.median_ms:.0f}", f"{row.p95_ms:.0f}", f"{row.peak_mb:.0f}"]
        lines.append(f"| {' | '.join([row.name, *cells, *times])} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the comparison and print it."""
    from corpus.library import Library

    parser = argparse.ArgumentParser(
        prog="evals.peers", description="Search beside stock pipelines."
    )
    parser.add_argument("--questions", type=Path, required=True, help="JSONL with question, gold")
    parser.add_argument("--corpus", type=Path, help="folder of agreements (default: packaged)")
    parser.add_argument("--store", type=Path, help="folder that keeps vectors between runs")
    parser.add_argument("--model", help="also run this sentence-transformers model")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    lines = given.questions.read_text(encoding="utf-8").splitlines()
    items = [json.loads(line) for line in lines if line.strip()]
    rows = compare(Library.load(given.corpus), items, given.store, given.model)
    told = json.dumps([row.to_dict() for row in rows], ensure_ascii=False, indent=2)
    print(told if given.json else table(rows))  # noqa: T201


if __name__ == "__main__":
    main()
