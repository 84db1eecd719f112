"""The weights that the graph of multilingual-e5-small multiplies with, in eight bits.

The package's 4-bit weights are unpacked, what was learnt is added (`index/e5/adapter.py`), and the
sum is rounded again, to eight bits, one scale a row. What is read is rounded to eight bits as well,
with one scale for all its places, which is fixed beforehand (`index/e5/ranges.py`): what else is
read at the same time changes nothing. So places that are much larger than the others are taken
care of first:

- what a layer norm gives out has its large places made smaller and their weights larger
  (SmoothQuant, Xiao et al. 2023);
- what an activation gives out has its `EXACT` largest places multiplied in floats (LLM.int8(),
  Dettmers et al. 2022). They are moved to the end, where one slice finds them; their rounded
  weights are nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.e5.adapter import Adapter
from index.e5.file import PRODUCTS, ModelFile, unpacked
from index.e5.ranges import Ranges

Floats = NDArray[np.float32]
Signed = NDArray[np.int8]
Places = NDArray[np.int64]

#: products that read what a layer norm gives out
SMOOTHED = ("qkv", "fi")
#: parts of a layer that are normalized
NORMS = ("aln", "oln")
#: places of what an activation gives out that are multiplied in floats
EXACT = 32
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
    """What is read is multiplied by `smooth`, rounded by `step` and `zero`, and multiplied with `w`.

    `s` and `b` are the scales and the biases of the rows; those of queries, keys and values have
    names of their own. `exact`: the weights of the places that are multiplied in floats.
    """
    layer, product = name.split(".")
    rows, added, read = learnt(file, adapter, name), bias(file, name), ranges.arrays[name]
    if product in SMOOTHED:
        shares = smoothing(np.abs(read).max(axis=0), rows)
        rows, read = rows * shares, read / shares
        yield f"{name}.smooth", 1 / shares
    if product == "fi":
        order = _largest_last(ranges, f"{layer}.fo")
        rows, added = rows[order], added[order]
    if product == "fo":
        order = _largest_last(ranges, name)
        rows, read = rows[:, order], read[:, order[:-EXACT]]
        yield f"{name}.exact", rows[:, -EXACT:].T.copy()
        rows[:, -EXACT:] = 0
    step, zero = rounding(read)
    yield f"{name}.step", step
    yield f"{name}.zero", zero
    whole, scales = rounded_rows(rows)
    parts = PRODUCTS[product]
    for n, part in enumerate(parts):
        at = slice(n * len(rows) // len(parts), (n + 1) * len(rows) // len(parts))
        yield f"{layer}.{part}.w", np.ascontiguousarray(whole[at].T)
        yield f"{layer}.{part}.s", scales[at]
        yield f"{layer}.{part}.b", added[at]


def _largest_last(ranges: Ranges, name: str) -> Places:
    # an activation hardly falls below nothing: only its highest value counts
    return np.argsort(ranges.arrays[name][1], kind="stable")


def learnt(file: ModelFile, adapter: Adapter, name: str) -> Floats:
    """The weights of a product with what was learnt added, shape (outputs, inputs)."""
    layer, product = name.split(".")
    inputs = file.sizes.forward if product == "fo" else file.sizes.hidden
    parts = [unpacked(file.blocks(f"{layer}.{p}.w", inputs)) for p in PRODUCTS[product]]
    rows: Floats = np.concatenate(parts)
    down, up = adapter.arrays.get(f"{name}.down"), adapter.arrays.get(f"{name}.up")
    return rows if down is None or up is None else rows + (down @ up).T


def bias(file: ModelFile, name: str) -> Floats:
    """What a product adds, shape (outputs,)."""
    layer, product = name.split(".")
    return np.concatenate([file.floats(f"{layer}.{part}.b") for part in PRODUCTS[product]])


def smoothing(range_: Floats, rows: Floats) -> Floats:
    """How many times smaller each place of the input is made, shape (inputs,); geometric mean 1."""
    sizes = np.log(np.maximum(range_, 1e-3))
    weights = np.log(np.maximum(np.abs(rows).max(axis=0), 1e-4))
    shares = SMOOTHING * sizes - (1 - SMOOTHING) * weights
    found: Floats = np.exp(shares - shares.mean()).astype(np.float32)
    return found


def rounding(read: Floats) -> tuple[NDArray[np.float32], NDArray[np.uint8]]:
    """Step and zero of the 256 whole numbers that values are rounded to, both without axes.

    read: lowest and highest of every place, shape (2, inputs).

    >>> step, zero = rounding(np.array([[-1, 0], [1.5, 4.1]], np.float32))
    >>> round(float(step), 3), int(zero)
    (0.02, 50)
    """
    low, high = min(0.0, float(read[0].min())), max(0.0, float(read[1].max()))
    step = max((high - low) / 255, 1e-6)
    return np.array(step, np.float32), np.array(round(-low / step), np.uint8)


def rounded_rows(rows: Floats) -> tuple[Signed, Floats]:
    """Weights as whole numbers up to ±LARGEST and the scale of each row.

    >>> values, scales = rounded_rows(np.array([[1.0, -3.0], [0.0, 0.0]], np.float32))
    >>> values.tolist(), (values * scales[:, None]).round(1).tolist()
    ([[21, -63], [0, 0]], [[1.0, -3.0], [0.0, 0.0]])
    """
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-9).astype(np.float32) / LARGEST
    return np.rint(rows / scales[:, None]).astype(np.int8), scales
