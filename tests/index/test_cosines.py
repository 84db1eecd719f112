"""All cosines at once are those that a product in floats gives, but for what eight bits round."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import cosines, cosines_graph
from index.cosines import GRAPHS, ROWS, Cosines


def _units(many: int, dim: int, seed: int) -> np.ndarray:
    vectors = np.random.default_rng(seed).normal(size=(many, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@settings(max_examples=12, deadline=None)
@given(
    many=st.sampled_from([1, 7, cosines.ROWS, cosines.ROWS + 3, 3 * cosines.ROWS - 1]),
    dim=st.sampled_from([8, 384, 500]),
    seed=st.integers(0, 9),
)
def test_they_are_off_by_a_hundredth_at_most(many: int, dim: int, seed: int) -> None:
    rows, queries = _units(many, dim, seed), _units(3, dim, seed + 1)
    found = Cosines(rows.astype(np.float16))(queries)
    assert found.shape == (3, many)
    assert np.abs(found - queries @ rows.T).max() < (0.02 if dim == 8 else 0.01)


def test_a_vector_is_nearest_to_itself() -> None:
    rows = _units(500, 384, 1)
    assert Cosines(rows)(rows[:20]).argmax(axis=1).tolist() == list(range(20))


def test_a_query_finds_the_same_in_any_company() -> None:
    held, queries = Cosines(_units(300, 384, 3)), _units(5, 384, 4)
    alone = np.concatenate([held(query[None]) for query in queries])
    assert held(queries) == pytest.approx(alone, abs=1e-6)


def test_what_points_the_other_way_is_as_far_as_can_be() -> None:
    row = _units(1, 384, 2)
    assert Cosines(row)(-row)[0, 0] == pytest.approx(-1, abs=0.01)


def test_without_rows_or_queries_there_is_nothing_to_tell() -> None:
    assert Cosines(np.zeros((0, 8), np.float32))(np.ones((2, 8), np.float32)).shape == (2, 0)
    assert Cosines(_units(4, 8, 0))(np.zeros((0, 8), np.float32)).shape == (0, 4)


def test_vectors_of_no_length_are_near_to_nothing() -> None:
    assert (
        Cosines(np.zeros((3, 0), np.float32))(np.zeros((2, 0), np.float32)).tolist()
        == [[0] * 3] * 2
    )
    assert not Cosines(np.zeros((3, 8), np.float32))(np.ones((1, 8), np.float32)).any()


def test_the_graph_in_the_project_is_the_one_that_the_code_writes(tmp_path: Path) -> None:
    cosines_graph.main({many: tmp_path / path.name for many, path in GRAPHS.items()})
    for path in GRAPHS.values():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_cosines_are_the_same_on_one_thread_and_on_several() -> None:
    rows, queries = _units(ROWS + 5, 16, 6), _units(3, 16, 7)
    assert np.array_equal(Cosines(rows, 1)(queries), Cosines(rows, 3)(queries))
