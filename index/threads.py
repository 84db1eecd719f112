"""Who works on how many threads: the encoder and the cosines on all cores, NumPy on one.

ONNX Runtime shares a product out over `CORES` (`index/runtime.py`). OpenBLAS threads that spin
between two small products take the core that the embedding needs: measured, the slowest questions
take a third longer. The environment is of no use: it is read when NumPy is loaded, which is before
this in the page and in any program that uses NumPy itself.
"""

from __future__ import annotations

import os

import threadpoolctl

CORES = os.cpu_count() or 1


def keep_products_apart() -> None:
    """Give every product of the process one thread; changes nothing where that is so already."""
    threadpoolctl.threadpool_limits(1, user_api="blas")
