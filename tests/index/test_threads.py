"""NumPy's products keep to one thread, whatever was loaded before."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

OPENED = """
import json
import numpy
import threadpoolctl
from index_fakes import Counting
from corpus.library import Library
from index.search import Searcher

def threads():
    found = threadpoolctl.threadpool_info()
    return [one["num_threads"] for one in found if one["user_api"] == "blas"]

before = threads()
Searcher(Library.load(), Counting(), None)
print(json.dumps([before, threads()]))
"""


def test_a_searcher_keeps_products_to_one_thread_where_numpy_was_loaded_with_more() -> None:
    # three were asked for; NumPy takes as many as there are cores at most
    path = os.pathsep.join(str(Path(__file__).parents[up]) for up in (0, 2))
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "3", "PYTHONPATH": path}
    run = [sys.executable, "-c", OPENED]
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
    before, after = json.loads(done.stdout)
    assert max(before) == min(3, os.cpu_count() or 1)
    assert set(after) == {1}
