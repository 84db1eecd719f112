"""The benchmark's own arithmetic; the figures themselves are for `yakkan eval bench`."""

import numpy as np
import pytest

from evals import bench, growth
from index.collection import Document

TABLE = bench.Table(
    (bench.Row("起動", "yakkan ask", None, "s", "終了状態 1"), bench.Row("索引", "作る", 1.5, "s")),
    (
        {"times": 1, "documents": 259, "build_s": 0.7, "search_p50_ms": 9.0, "search_p95_ms": 12.0, "peak_mb": 180},
        {"times": 10, "documents": 2590, "build_s": 2.6, "search_p50_ms": 19.0, "search_p95_ms": 28.0, "peak_mb": 189},
    ),
)  # fmt: skip


def test_a_failed_measurement_is_shown_as_failed():
    text = bench.markdown(TABLE)
    assert "失敗" in text
    assert "1.5 s" in text


def test_the_report_has_a_table_and_a_chart(tmp_path):
    bench.write(tmp_path, TABLE)
    assert "<polyline" in (tmp_path / "bench.html").read_text(encoding="utf-8")
    assert "2590" in (tmp_path / "bench.md").read_text(encoding="utf-8")


def test_generated_agreements_have_new_ids_and_other_words():
    base = [Document("sg:1.1", "第1条", "利用し、契約し、解約し、料金を払う。", "sg")]
    made = [document for copy in range(4) for document in growth.generated(base, copy)]
    assert len({document.id for document in made}) == 4
    assert len({document.text for document in made}) == 4


def test_a_drawn_vector_repeats():
    assert np.array_equal(growth.drawn("a"), growth.drawn("a"))
    assert not np.array_equal(growth.drawn("a"), growth.drawn("b"))


def test_a_command_that_fails_is_a_row_without_a_value():
    assert bench.cold_start(("no-such-command",), 1).value is None


@pytest.mark.slow
def test_growth_is_measured_in_a_process_of_its_own():
    found = bench.grow(1)
    assert found is not None
    assert found["documents"] > 100
    assert found["search_p50_ms"] > 0


def test_growth_is_measured_over_a_set_with_its_own_questions(tmp_path):
    (tmp_path / "corpus.jsonl").write_text(
        '{"_id": "a", "title": "解約", "text": "三十日前に通知します。"}\n'
        '{"_id": "b", "title": "料金", "text": "毎月支払います。"}\n',
        encoding="utf-8",
    )
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "q", "text": "解約の通知はいつ"}\n', encoding="utf-8"
    )
    found = growth.measure_set(tmp_path / "corpus.jsonl")
    assert found["documents"] == 2
    assert found["times"].endswith("/corpus")
    assert found["search_p50_ms"] > 0
