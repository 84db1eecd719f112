"""Any BEIR-style set is read, searched and measured; what cannot be read is named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from corpus.errors import YakkanError
from evals.beir import evaluate, metrics, read_documents, read_qrels, read_texts

CORPUS = [("d1", "解約", "契約者は解約できます。"), ("d2", "料金", "料金を支払います。")]


def write_set(folder: Path) -> tuple[Path, Path, Path]:
    corpus, queries, qrels = (folder / name for name in ("c.jsonl", "q.jsonl", "r.tsv"))
    rows = [{"id": i, "title": title, "text": text} for i, title, text in CORPUS]
    corpus.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    queries.write_text('{"_id": "q1", "text": "料金の支払い"}\n{"_id": "q2", "text": "余り"}\n')
    qrels.write_text("query-id\tcorpus-id\tscore\nq1\td2\t1\n")
    return corpus, queries, qrels


@pytest.mark.parametrize("embedder", ["none", None])
def test_a_set_is_measured_over_its_judged_queries(tmp_path: Path, embedder: str | None) -> None:
    found = evaluate(*write_set(tmp_path), embedder=embedder, store=tmp_path)
    assert (found["documents"], found["queries"]) == (2, 1)
    assert found["hit@1"] == found["ndcg@10"] == found["mrr@10"] == 1.0
    assert ("windows" in found["signals"]) == (embedder is None)


def test_metrics_of_a_hand_made_run() -> None:
    told = metrics({"q": ["x", "a", "b"]}, {"q": {"a": 1, "b": 1}})
    assert (told["hit@1"], told["recall@5"], told["mrr@10"]) == (0.0, 1.0, 0.5)


def test_tab_separated_texts_and_trec_qrels_are_read(tmp_path: Path) -> None:
    (tmp_path / "c.tsv").write_text("id\ttext\ttitle\nd1\t解約できます。\t解約\n")
    (tmp_path / "r.txt").write_text("q1 0 d1 1\nq1 0 d2 0\n")
    (tmp_path / "r.jsonl").write_text('{"query-id": "q1", "corpus-id": "d1", "score": 1}\n')
    assert read_documents(tmp_path / "c.tsv")[0].title == "解約"
    assert read_qrels(tmp_path / "r.txt") == {"q1": {"d1": 1, "d2": 0}}
    assert read_qrels(tmp_path / "r.jsonl") == {"q1": {"d1": 1}}


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "JSON"), ('{"id": "a"}', "id と text"), ("a", "id と text")],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f'{{"id": "ok", "text": "よい"}}\n{content}\n')
    with pytest.raises(YakkanError, match=f"2行目.*{said}"):
        read_texts(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(YakkanError, match="nowhere"):
        read_texts(tmp_path / "nowhere.jsonl")


def test_a_grade_that_is_no_integer_is_named(tmp_path: Path) -> None:
    path = tmp_path / "r.tsv"
    path.write_text("q\td\tgood\n")
    with pytest.raises(YakkanError, match="1行目"):
        read_qrels(path)


@pytest.mark.slow
@pytest.mark.skipif("YAKKAN_BENCHMARKS" not in os.environ, reason="YAKKAN_BENCHMARKS is not set")
def test_statutes_are_found_clearly_better_than_by_plain_bm25() -> None:
    """lawqa_jp, 5,708 articles: fugashi BM25 .615/.836/.861, character pairs .590/.803/.869."""
    folder = Path(os.environ["YAKKAN_BENCHMARKS"]) / "lawqa_jp"
    files = [folder / name for name in ("corpus_large.jsonl", "queries.jsonl", "qrels.tsv")]
    found = evaluate(*files, embedder="none")
    assert found["hit@1"] >= 0.70
    assert found["hit@5"] >= 0.90
    assert found["hit@10"] >= 0.93
