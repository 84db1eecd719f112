"""Writes the graph of `index/cosines.py`: `python -m index.cosines_graph`.

Needs the package `onnx` (extra `dev`). One product, its weights given from outside.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from onnx import helper

from index.cosines import GRAPH, PLACES, ROWS
from index.graphs import MICROSOFT, floats, outside, write


def main(path: Path = GRAPH) -> None:
    """Write the graph to `path`: `queries` (n, PLACES) to `cosines` (n, ROWS)."""
    weights = [
        outside("rows", (PLACES, ROWS), np.dtype(np.int8)),
        outside("scales", (ROWS,), np.dtype(np.float32)),
        outside("zeros", (ROWS,), np.dtype(np.int8)),
    ]
    product = helper.make_node(
        "DynamicQuantizeMatMul", ["queries", "rows", "scales", "zeros"], ["cosines"],
        domain=MICROSOFT,
    )  # fmt: skip
    given, told = floats("queries", ("n", PLACES)), floats("cosines", ("n", ROWS))
    write(path, "cosines", [product], [given], [told], weights)


if __name__ == "__main__":
    main()
