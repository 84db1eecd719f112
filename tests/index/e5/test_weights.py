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
from index.e5.model import model_path
from index.e5.prompts import PASSAGE, QUERY
from index.e5.ranges import Ranges
from index.e5.weights import EXACT, LARGEST, learnt, rounded_rows, rounding, smoothing, weights

ROWS = arrays.arrays(
    np.float32,
    st.tuples(st.integers(1, 4), st.just(64)),
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
def test_what_is_read_is_off_by_half_a_step_within_its_range(rows: np.ndarray) -> None:
    step, zero = rounding(np.stack([rows.min(axis=0), rows.max(axis=0)]))
    whole = np.clip(np.rint(rows / step) + int(zero), 0, 255)
    assert (np.abs((whole - int(zero)) * step - rows) <= step * 1.01).all()


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


def test_rounded_products_give_what_the_plain_ones_give(file: ModelFile) -> None:
    adapter, ranges = Adapter.load(file.sizes), Ranges.load(file.sizes)
    given = dict(weights(file, adapter, ranges))
    dice = np.random.default_rng(2)
    states = dice.normal(size=(5, file.sizes.hidden)).astype(np.float32)
    rows = np.concatenate([given[f"l7.{p}.w"].T * given[f"l7.{p}.s"][:, None] for p in "qkv"])
    ours = (states * given["l7.qkv.smooth"]) @ rows.T
    exact = states @ learnt(file, adapter, "l7.qkv").T
    assert np.abs(ours - exact).mean() < 0.02 * np.abs(exact).mean()


def test_the_largest_places_of_an_activation_are_multiplied_in_floats(file: ModelFile) -> None:
    adapter, ranges = Adapter.load(file.sizes), Ranges.load(file.sizes)
    given = dict(weights(file, adapter, ranges))
    largest = np.argsort(ranges.arrays["l5.fo"][1])[-EXACT:]
    exact = learnt(file, adapter, "l5.fo")[:, largest]
    assert pytest.approx(exact) == given["l5.fo.exact"].T
    assert not given["l5.fo.w"][-EXACT:].any()
    assert given["l5.fo.w"][:-EXACT].any()
    biases = file.floats("l5.fi.b")[largest]
    assert given["l5.fi.b"][-EXACT:] == pytest.approx(biases)


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


def test_what_is_read_keeps_within_the_shipped_ranges(file: ModelFile) -> None:
    path = model_path()
    assert path is not None
    asked = [
        (QUERY, "解約の期限は"),
        (QUERY, "装置が壊れたら弁償ですか"),
        (PASSAGE, "甲は乙に通知する。"),
    ]
    seen = measure.measured(path, asked)
    shipped = Ranges.load(file.sizes).arrays
    for name, (low, high) in seen.arrays.items():
        wide = float(np.ptp(shipped[name]))
        assert float(low.min()) >= float(shipped[name].min()) - 0.1 * wide
        assert float(high.max()) <= float(shipped[name].max()) + 0.1 * wide
