"""What precedes every text that multilingual-e5-small reads, worked out once.

A question is read after 「query: 」, a clause after 「passage: 」. Whatever follows, the states of
the prompt's tokens are much the same, so their keys and values are constants that every text
attends to, and only the text itself runs through the network: four tokens of twenty less, and the
huge states of the opening token no longer coarsen what is rounded to eight bits. The constants were
trained to give the vectors that the whole prompt gave (`evals/distil_encoder.py`); prefix tuning
(Li & Liang 2021) with a teacher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import runtime, storage
from index.e5 import arrays as files
from index.e5.file import Sizes

Floats = NDArray[np.float32]

PROMPTS = runtime.DATA / "e5-prompts.npz"
#: what is read before a question and before a clause
QUERY, PASSAGE = "query: ", "passage: "
#: positions that a prompt's constants stand for: what opens a text, and the prompt's pieces before
#: its last blank, which may be one piece with the text
LENGTHS = {QUERY: 4, PASSAGE: 3}


@dataclass(frozen=True, eq=False)
class Prompt:
    """The constants of one prompt.

    memory: keys and values of every layer, shape (layers, 2, heads, positions, hidden / heads).
    states: what the last states of its positions add up to, shape (hidden,).
    """

    memory: Floats
    states: Floats

    @classmethod
    def none(cls, sizes: Sizes, positions: int = 0) -> Prompt:
        """A prompt of nothing: what precedes the text is read along with it."""
        wide = sizes.hidden // sizes.heads
        memory = np.zeros((sizes.layers, 2, sizes.heads, positions, wide), np.float32)
        return cls(memory, np.zeros(sizes.hidden, np.float32))

    @property
    def positions(self) -> int:
        """How many positions need not be read."""
        found: int = self.memory.shape[3]
        return found

    def of_layer(self, layer: int) -> tuple[Floats, Floats]:
        """Keys and values of a layer, each (heads, positions, hidden / heads)."""
        keys, values = self.memory[layer]
        return keys, values

    @cached_property
    def as_given(self) -> Floats:
        """As the graph takes it: (1, heads, positions, layers · 2 · hidden / heads)."""
        by_head = self.memory.transpose(2, 3, 0, 1, 4)
        return np.ascontiguousarray(by_head.reshape(1, *by_head.shape[:2], -1))


def load(sizes: Sizes, path: Path = PROMPTS) -> dict[str, Prompt]:
    """The prompts in a file. Raises ModelFileError where it is missing or damaged."""
    like = {name: array for text in LENGTHS for name, array in _named(text, _like(sizes, text))}
    found = files.read(path, _mark(), like)
    return {text: Prompt(found[f"{text}memory"], found[f"{text}states"]) for text in LENGTHS}


def save(prompts: Mapping[str, Prompt], path: Path = PROMPTS) -> None:
    """Write prompts as 16-bit floats, atomically."""
    named = [pair for text, prompt in prompts.items() for pair in _named(text, prompt)]
    files.write(path, _mark(), dict(named))


def _like(sizes: Sizes, text: str) -> Prompt:
    return Prompt.none(sizes, LENGTHS[text])


def _named(text: str, prompt: Prompt) -> Iterable[tuple[str, Floats]]:
    return ((f"{text}memory", prompt.memory), (f"{text}states", prompt.states))


def _mark() -> str:
    return storage.fingerprint(prompts=1, lengths=[f"{t}{n}" for t, n in LENGTHS.items()])
