"""Writes the graphs of `index/cosines.py`: `python -m index.cosines_graph`.

Needs the package `onnx` (extra `dev`). One product, its weights given from outside.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from onnx import helper

from index.cosines import GRAPHS, PLACES, ROWS
from index.graphs import MICROSOFT, floats, outside, write


def main(graphs: Mapping[int, Path] = GRAPHS) -> None:
    """Write the graphs: `queries` (n, PLACES) to `cosines` (n, so many times ROWS)."""
    for many, path in graphs.items():
        rows = many * ROWS
        weights = [
            outside("rows", (PLACES, rows), np.dtype(np.int8)),
            outside("scales", (rows,), np.dtype(np.float32)),
            outside("zeros", (rows,), np.dtype(np.int8)),
        ]
        product = helper.make_node(
            "DynamicQuantizeMatMul", ["queries", "rows", "scales", "zeros"], ["cosines"],
            domain=MICROSOFT,
        )  # fmt: skip
        given, told = floats("queries", ("n", PLACES)), floats("cosines", ("n", rows))
        write(path, "cosines", [product], [given], [told], weights)


if __name__ == "__main__":
    main()
