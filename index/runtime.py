"""ONNX Runtime; the only file that imports it.

A graph holds no weights: they are given when a session opens.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parent / "data"


#: microseconds that a thread waits awake for its share of the next product: those of one row
#: follow one another faster than a sleeping thread wakes, and after the last it sleeps
AWAKE = 1_000


def session(
    graph: Path, weights: Mapping[str, NDArray[Any]], threads: int = 1, awake: int = AWAKE
) -> Any:
    """A session of `graph` with `weights`, under the names that the graph gives them.

    threads: how many work at a product; one is that of the caller. awake: see AWAKE.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(awake > 0)))
    options.add_session_config_entry("session.intra_op.spin_duration_us", str(awake))
    options.log_severity_level = 3
    # ascontiguousarray would give a single number an axis
    whole = [np.asarray(array, order="C") for array in weights.values()]
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(array) for array in whole]
    options.add_external_initializers(list(weights), values)
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
