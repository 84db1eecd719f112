"""What the graphs for ONNX Runtime have in common; only the files that write graphs import `onnx`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from onnx import TensorProto, helper, save

MICROSOFT = "com.microsoft"
TYPES = {
    np.dtype(np.float32): TensorProto.FLOAT,
    np.dtype(np.uint8): TensorProto.UINT8,
    np.dtype(np.int8): TensorProto.INT8,
}


def outside(name: str, shape: Sequence[int], type: np.dtype[Any]) -> Any:
    """A weight that the session is given: shape and type here, no values."""
    found = TensorProto(name=name, data_type=TYPES[type], dims=shape)
    found.data_location = TensorProto.EXTERNAL
    size = math.prod(shape) * type.itemsize
    for key, value in (("location", "given"), ("offset", "0"), ("length", str(size))):
        found.external_data.add(key=key, value=value)
    return found


def floats(name: str, shape: Sequence[int | str]) -> Any:
    """What goes into a graph or comes out of it."""
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))


def whole(name: str, *values: int) -> Any:
    """Whole numbers that a node takes, as one row."""
    return helper.make_tensor(name, TensorProto.INT64, [len(values)], values)


def write(
    path: Path, name: str, nodes: list[Any], given: list[Any], told: list[Any], weights: list[Any]
) -> None:
    """Write a graph of `nodes` that reads `given` and `weights` and gives `told`."""
    graph = helper.make_graph(nodes, name, given, told, weights)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
    save(helper.make_model(graph, opset_imports=opsets, ir_version=9), str(path))
