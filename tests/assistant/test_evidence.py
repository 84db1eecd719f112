"""The best written questions of a candidate, exactly above the floor and as the floor below it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import NEAR, Runs, floor_of


@given(
    rows=st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1, width=32)), min_size=1, max_size=40),
    floor=st.sampled_from([0.0, 0.25, 0.7]),
)
def test_the_best_rows_are_those_that_sorting_finds(
    rows: list[tuple[int, float]], floor: float
) -> None:
    owners = np.array([owner for owner, _ in rows])
    scores = np.array([score for _, score in rows], np.float32)
    (best,), (near,) = Runs.of(owners, 5).best(scores[None], np.array([floor], np.float32))
    for candidate in range(5):
        own = sorted((max(s, floor) for o, s in rows if o == candidate), reverse=True)
        assert best[candidate] == pytest.approx(max([floor, *own]), abs=1e-6)
        assert near[candidate] == pytest.approx(sum(own[:NEAR]) / NEAR, abs=1e-6)


@given(scores=st.lists(st.floats(0, 1, width=32), min_size=1, max_size=30), many=st.integers(1, 40))
def test_as_many_scores_as_are_told_apart_reach_the_floor(scores: list[float], many: int) -> None:
    (floor,) = floor_of(np.array([scores], np.float32), many)
    assert sum(score >= floor for score in scores) >= min(many, len(scores))
    assert sum(score > floor for score in scores) <= many
