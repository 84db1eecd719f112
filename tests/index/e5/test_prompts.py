"""What is known of a prompt is kept whole, and stands for the prompt's own tokens."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.e5 import prompts
from index.e5.file import ModelFile, ModelFileError, Sizes
from index.e5.inputs import Inputs
from index.e5.model import model_path
from index.e5.prompts import LENGTHS, Prompt

SMALL = Sizes(hidden=64, layers=2, heads=2, forward=96, longest=32, epsilon=1e-12)


@pytest.fixture(scope="module")
def inputs() -> Inputs:
    path = model_path()
    assert path is not None
    return Inputs(ModelFile(path))


def some(sizes: Sizes, positions: int) -> Prompt:
    dice = np.random.default_rng(1)
    none = Prompt.none(sizes, positions)
    memory = dice.normal(size=none.memory.shape).astype(np.float16).astype(np.float32)
    return Prompt(memory, np.ones(sizes.hidden, np.float32))


@pytest.mark.parametrize("prompt", LENGTHS)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9))
def test_the_pieces_before_a_text_are_the_same_whatever_follows(
    inputs: Inputs, prompt: str, text: str
) -> None:
    known = LENGTHS[prompt] - 1
    ids = [token.id for token in inputs.tokens(prompt + text)]
    assert ids[:known] == [token.id for token in inputs.tokens(prompt)][:known]
    assert all(token.end < len(prompt) for token in inputs.tokens(prompt + text)[:known])


def test_keys_and_values_are_given_layer_after_layer() -> None:
    prompt = some(SMALL, 3)
    given = prompt.as_given
    assert given.shape == (1, 2, 3, 2 * 2 * 32)
    parts = np.split(given, 4, axis=3)
    keys, values = prompt.of_layer(1)
    assert np.array_equal(parts[2][0], keys)
    assert np.array_equal(parts[3][0], values)


def test_prompts_come_back_as_they_were_stored(tmp_path: Path) -> None:
    stored = {text: some(SMALL, positions) for text, positions in LENGTHS.items()}
    prompts.save(stored, tmp_path / "p.npz")
    read = prompts.load(SMALL, tmp_path / "p.npz")
    for text, prompt in stored.items():
        assert np.array_equal(read[text].memory, prompt.memory)
        assert np.array_equal(read[text].states, prompt.states)


def test_missing_damaged_or_strange_prompts_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "p.npz"
    with pytest.raises(ModelFileError, match=r"p\.npz"):
        prompts.load(SMALL, path)
    prompts.save({text: some(SMALL, positions) for text, positions in LENGTHS.items()}, path)
    with pytest.raises(ModelFileError, match="size"):
        prompts.load(Sizes(32, 2, 2, 96, 32, 1e-12), path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ModelFileError, match="壊れています"):
        prompts.load(SMALL, path)
