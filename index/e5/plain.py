"""multilingual-e5-small in NumPy, in floats: what the graph in eight bits is measured by.

A tenth as fast as the graph, and exact: `index/e5/measure.py` looks at what its products read, and
tests compare the graph with it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.e5.adapter import Adapter
from index.e5.file import PRODUCTS, ModelFile
from index.e5.prompts import Prompt
from index.e5.weights import bias, learnt

Floats = NDArray[np.float32]


class Plain:
    """The encoder, with what was learnt."""

    def __init__(self, file: ModelFile, adapter: Adapter) -> None:
        self._file, self._sizes = file, file.sizes
        names = [f"l{n}.{product}" for n in range(self._sizes.layers) for product in PRODUCTS]
        self._rows = {name: learnt(file, adapter, name) for name in names}
        self._biases = {name: bias(file, name) for name in names}

    def read(self, embeddings: Floats, prompt: Prompt) -> dict[str, Floats]:
        """What every product reads (`l0.qkv` …), and the last states as `hidden`.

        embeddings: words and places added up, shape (positions, hidden), without the prompt's.
        Keys and values of the positions are there as well (`l0.keys` …, each (heads, positions,
        hidden / heads)).
        """
        states = self._normed("emb.ln", embeddings)
        seen: dict[str, Floats] = {}
        for layer in range(self._sizes.layers):
            states = self._layer(f"l{layer}", states, prompt.of_layer(layer), seen)
        seen["hidden"] = states
        return seen

    def _layer(
        self, at: str, states: Floats, before: tuple[Floats, Floats], seen: dict[str, Floats]
    ) -> Floats:
        heads, wide = self._sizes.heads, self._sizes.hidden // self._sizes.heads
        parts = self._product(f"{at}.qkv", states, seen).reshape(-1, 3, heads, wide)
        queries, keys, values = parts.transpose(1, 2, 0, 3)
        seen[f"{at}.keys"], seen[f"{at}.values"] = keys, values
        keys, values = (
            np.concatenate(two, axis=1) for two in zip(before, (keys, values), strict=True)
        )
        nearness = queries @ keys.transpose(0, 2, 1) / np.float32(wide**0.5)
        shares = np.exp(nearness - nearness.max(axis=-1, keepdims=True))
        context = (shares / shares.sum(axis=-1, keepdims=True)) @ values
        context = context.transpose(1, 0, 2).reshape(len(states), -1)
        states = self._normed(f"{at}.aln", states + self._product(f"{at}.ao", context, seen))
        active = gelu(self._product(f"{at}.fi", states, seen))
        return self._normed(f"{at}.oln", states + self._product(f"{at}.fo", active, seen))

    def _product(self, name: str, states: Floats, seen: dict[str, Floats]) -> Floats:
        seen[name] = states
        found: Floats = states @ self._rows[name].T + self._biases[name]
        return found

    def _normed(self, name: str, states: Floats) -> Floats:
        weight, add = (self._file.floats(f"{name}.{part}") for part in "wb")
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + self._sizes.epsilon)
        found: Floats = (centred / spread * weight + add).astype(np.float32)
        return found


def gelu(values: Floats) -> Floats:
    """x Φ(x), Φ to seven digits (Abramowitz & Stegun 7.1.26).

    >>> gelu(np.array([-1.0, 0.0, 2.0], np.float32)).round(4).tolist()
    [-0.15870000422000885, 0.0, 1.9544999599456787]
    """
    size = np.abs(values) / np.float32(2**0.5)
    share = 1 / (1 + np.float32(0.3275911) * size)
    terms = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)
    tail = np.zeros_like(size)
    for term in terms:
        tail = (tail + np.float32(term)) * share
    half = tail * np.exp(-size * size) / 2
    found: Floats = (values * np.where(values < 0, half, 1 - half)).astype(np.float32)
    return found
