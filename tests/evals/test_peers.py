"""The comparison with stock pipelines runs every system on the same questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.library import Library
from evals import peers

pytest.importorskip("langchain_text_splitters")
pytest.importorskip("langchain_community")
pytest.importorskip("langchain_classic")

ITEMS = [
    {"question": "Secure Gateway の最低利用期間は？", "gold": [["sg:11.1"]]},
    {"question": "遅延損害金の利率", "gold": [["vpn:8.4"], ["sg:27.1"]]},
    {"question": "答えのない質問", "gold": []},
]


@pytest.mark.slow
def test_every_system_is_measured_on_the_questions_with_gold(tmp_path: Path) -> None:
    rows = peers.compare(Library.load(), ITEMS, tmp_path)
    names = [row.name for row in rows]
    assert len(names) == len(set(names)) == 8
    by_name = {row.name: row.to_dict() for row in rows}
    assert by_name["hybrid with notes"]["recall@5"][0] >= by_name["dense only"]["recall@5"][0] - 0.5
    assert all(0 <= row.figures["ndcg@10"][0] <= 1 for row in rows)
    assert peers.table(rows).count("\n") == len(rows) + 1
    assert json.dumps([row.to_dict() for row in rows])


def test_a_chunk_counts_as_the_clauses_it_holds() -> None:
    library = Library.load()
    clause = library.clause("sg:11.1")
    assert clause.id in peers._holders(library, "sg", clause.full_text)
    assert peers._holders(library, "sg", "どの条文でもない文章") == []
