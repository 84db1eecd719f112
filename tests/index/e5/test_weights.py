"""Weights in eight bits are those of the model, and what is made smaller is made up for."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from index.e5 import measure
from index.e5.adapter import Adapter
from index.e5.file import ModelFile, ModelFileError, Sizes
from index.e5.model import E5, model_path
from index.e5.ranges import Ranges
from index.e5.weights import (
    BLOCK,
    LARGEST,
    learnt,
    rounded_blocks,
    rounded_rows,
    smoothing,
    weights,
)

ROWS = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 4), st.just(2 * BLOCK)),
    elements=st.floats(-8, 8, width=32),
)


@pytest.fixture(scope="module")
def file() -> ModelFile:
    path = model_path()
    assert path is not None
    return ModelFile(path)


@given(rows=ROWS)
def test_rounded_rows_are_off_by_half_a_step_at_most(rows: np.ndarray) -> None:
    values, scales = rounded_rows(rows)
    assert np.abs(values).max() <= LARGEST
    off = np.abs(values * scales[:, None] - rows)
    assert (off <= scales[:, None] * 0.501).all()


@given(rows=ROWS)
def test_rounded_blocks_are_off_by_half_a_step_at_most(rows: np.ndarray) -> None:
    values, scales = rounded_blocks(rows)
    steps = scales.reshape(len(rows), -1, 1)
    off = np.abs((values.astype(np.float32) - 128) * steps - rows.reshape(values.shape))
    assert (off <= steps * 0.501).all()


def test_a_place_that_is_large_is_made_smaller_than_one_that_is_not() -> None:
    rows = np.ones((3, 4), np.float32)
    shares = smoothing(np.array([1, 1, 1, 50], np.float32), rows)
    assert shares[3] > 5 * shares[0]
    assert np.log(shares).mean() == pytest.approx(0, abs=1e-6)


def test_what_was_learnt_is_added_to_the_weights(file: ModelFile) -> None:
    none = Adapter.none(file.sizes)
    added = dict(none.arrays)
    added["l6.ao.down"] = np.eye(*none.arrays["l6.ao.down"].shape, dtype=np.float32)
    added["l6.ao.up"] = np.full_like(none.arrays["l6.ao.up"], 0.5)
    change = learnt(file, Adapter(added), "l6.ao") - learnt(file, none, "l6.ao")
    rank = none.arrays["l6.ao.up"].shape[0]
    assert change[:, :rank] == pytest.approx(0.5)
    assert change[:, rank:] == pytest.approx(0)


def test_a_smoothed_product_gives_what_the_plain_one_gives(file: ModelFile) -> None:
    given = dict(weights(file, Adapter.load(file.sizes), Ranges.load(file.sizes)))
    states = np.random.default_rng(2).normal(size=(5, file.sizes.hidden)).astype(np.float32)
    rows = given["l7.qkv.w"].T * given["l7.qkv.s"][:, None]
    ours = (states * given["l7.qkv.smooth"]) @ rows.T
    exact = states @ learnt(file, Adapter.load(file.sizes), "l7.qkv").T
    assert np.abs(ours - exact).mean() < 0.02 * np.abs(exact).mean()


def test_ranges_come_back_as_they_were_stored(tmp_path: Path) -> None:
    sizes = Sizes(hidden=64, layers=2, heads=2, forward=96, longest=32, epsilon=1e-12)
    ranges = Ranges({name: 3 * array for name, array in Ranges.none(sizes).arrays.items()})
    ranges.save(tmp_path / "r.npz")
    read = Ranges.load(sizes, tmp_path / "r.npz")
    assert {name: array.tolist() for name, array in read.arrays.items()} == {
        name: array.tolist() for name, array in ranges.arrays.items()
    }


def test_missing_damaged_or_strange_ranges_are_reported(tmp_path: Path) -> None:
    sizes = Sizes(hidden=64, layers=2, heads=2, forward=96, longest=32, epsilon=1e-12)
    path = tmp_path / "r.npz"
    with pytest.raises(ModelFileError, match=r"r\.npz"):
        Ranges.load(sizes, path)
    Ranges.none(Sizes(32, 2, 2, 96, 32, 1e-12)).save(path)
    with pytest.raises(ModelFileError, match="size"):
        Ranges.load(sizes, path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelFileError, match="壊れています"):
        Ranges.load(sizes, path)


def test_the_shipped_ranges_are_those_that_questions_show(file: ModelFile) -> None:
    path = model_path()
    assert path is not None
    seen = measure.measured(E5(path, ranges=None), ["解約の期限は", "装置が壊れたら弁償ですか"])
    shipped = Ranges.load(file.sizes).arrays
    largest = {name: int(array.argmax()) for name, array in shipped.items()}
    same = sum(int(seen.arrays[name].argmax()) == place for name, place in largest.items())
    assert same >= len(largest) * 0.6
    assert all((seen.arrays[name] <= 2 * array + 1).all() for name, array in shipped.items())
