"""The weights that the graph of multilingual-e5-small multiplies with, in eight bits.

The package's 4-bit weights are unpacked, what was learnt is added (`index/e5/adapter.py`), and the
sum is rounded again, to eight bits: that runs twice as fast as 4-bit products with the additions
beside them, and without what was learnt the vectors agree with the package's own engine to a
cosine of .998.

Two kinds of product. Where what is read keeps within bounds, one scale a row of weights and one for
all that is read (`rounded_rows`); a few places of what a layer norm gives out are thirty times as
large as the others, so they are made smaller and their weights larger first (SmoothQuant, Xiao et
al. 2023; `index/e5/ranges.py`). What an activation gives out cannot be bounded so: its product has
a scale for every 128 weights (`rounded_blocks`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.e5.adapter import Adapter
from index.e5.file import ModelFile, unpacked
from index.e5.ranges import Ranges

Floats = NDArray[np.float32]
Signed = NDArray[np.int8]
Bytes = NDArray[np.uint8]

#: parts of a layer that are multiplied: name in the graph → names in the file
PRODUCTS = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
#: parts of a layer that are normalized
NORMS = ("aln", "oln")
#: the product that is rounded block by block, and the weights in a block
BY_BLOCK = "fo"
BLOCK = 128
#: largest weight of a rounded row: with seven bits a sum of two products never overflows the 16
#: bits in which processors without VNNI add them up, so every machine finds the same vectors
LARGEST = 63
#: how much of the large places goes into the weights
SMOOTHING = 0.65


def weights(file: ModelFile, adapter: Adapter, ranges: Ranges) -> Iterator[tuple[str, Any]]:
    """Everything the graph takes, under the graph's names: (name, array)."""
    yield "emb.ln.w", file.floats("emb.ln.w")
    yield "emb.ln.b", file.floats("emb.ln.b")
    for layer in range(file.sizes.layers):
        for name in PRODUCTS:
            yield from _product(file, adapter, ranges, f"l{layer}.{name}")
        for name in NORMS:
            for part in ("w", "b"):
                yield f"l{layer}.{name}.{part}", file.floats(f"l{layer}.{name}.{part}")


def _product(
    file: ModelFile, adapter: Adapter, ranges: Ranges, name: str
) -> Iterator[tuple[str, Any]]:
    """Rounded weights, scales and bias of a product; with ranges, what its input is multiplied by."""
    layer, product = name.split(".")
    yield f"{name}.b", np.concatenate([file.floats(f"{layer}.{p}.b") for p in PRODUCTS[product]])
    rows = learnt(file, adapter, name)
    if product == BY_BLOCK:
        values, scales = rounded_blocks(rows)
        yield f"{name}.w", values
        yield f"{name}.s", scales
        return
    if name in ranges.arrays:
        shares = smoothing(ranges.arrays[name], rows)
        rows = rows * shares
        yield f"{name}.smooth", 1 / shares
    whole, scales = rounded_rows(rows)
    yield f"{name}.w", whole.T
    yield f"{name}.s", scales
    yield f"{name}.z", np.zeros(len(scales), np.int8)


def learnt(file: ModelFile, adapter: Adapter, name: str) -> Floats:
    """The weights of a product with what was learnt added, shape (outputs, inputs)."""
    layer, product = name.split(".")
    inputs = file.sizes.forward if product == "fo" else file.sizes.hidden
    parts = [unpacked(file.blocks(f"{layer}.{p}.w", inputs)) for p in PRODUCTS[product]]
    rows: Floats = np.concatenate(parts)
    down, up = adapter.arrays.get(f"{name}.down"), adapter.arrays.get(f"{name}.up")
    return rows if down is None or up is None else rows + (down @ up).T


def smoothing(range_: Floats, rows: Floats) -> Floats:
    """How many times smaller each place of the input is made, shape (inputs,); geometric mean 1."""
    sizes = np.log(np.maximum(range_, 1e-3))
    weights = np.log(np.maximum(np.abs(rows).max(axis=0), 1e-4))
    shares = SMOOTHING * sizes - (1 - SMOOTHING) * weights
    found: Floats = np.exp(shares - shares.mean()).astype(np.float32)
    return found


def rounded_rows(rows: Floats) -> tuple[Signed, Floats]:
    """Weights as whole numbers up to ±LARGEST and the scale of each row.

    >>> values, scales = rounded_rows(np.array([[1.0, -3.0], [0.0, 0.0]], np.float32))
    >>> values.tolist(), (values * scales[:, None]).round(1).tolist()
    ([[21, -63], [0, 0]], [[1.0, -3.0], [0.0, 0.0]])
    """
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9).astype(np.float32) / LARGEST
    return np.rint(rows / scales[:, None]).astype(np.int8), scales


def rounded_blocks(rows: Floats) -> tuple[Bytes, Floats]:
    """Weights as 1 … 255 around 128, shape (outputs, blocks, BLOCK), and flat scales of blocks."""
    blocks = rows.reshape(len(rows), -1, BLOCK)
    scales = np.maximum(np.abs(blocks).max(axis=2), 1e-9).astype(np.float32) / 127
    values = np.rint(blocks / scales[..., None]) + 128
    return values.astype(np.uint8), scales.reshape(-1)
