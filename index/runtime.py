"""ONNX Runtime; the only file that imports it.

A graph holds no weights: they are given when a session opens. A session keeps to the thread that
it is called from.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"


def session(graph: Path, weights: Mapping[str, NDArray[Any]]) -> Any:
    """A session of `graph` with `weights`, under the names that the graph gives them."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    # ascontiguousarray would give a single number an axis
    whole = [np.asarray(array, order="C") for array in weights.values()]
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in whole]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
