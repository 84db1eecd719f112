"""Measures a collection of 100,000 made-up passages; prints JSON for the test beside it."""

from __future__ import annotations

import json
import sys
import time

import numpy as np

from evals.growth import peak_mb
from index import fusion
from index.bm25 import Bm25
from index.collection import Collection, Query


def main() -> None:
    """Build, search twenty times, print p95 of CPU seconds and the peak of memory."""
    size, random = 100_000, np.random.default_rng(1)
    words = [f"語{n}" for n in range(20_000)]
    picks = random.zipf(1.3, (size, 60)) % len(words)
    rows = [[words[n] for n in row] for row in picks]
    ids = tuple(map(str, range(size)))
    whole = Collection(ids, ids)
    for name in ("words", "pairs", "title"):
        whole.fields[name] = Bm25.build(rows if name != "title" else [r[:5] for r in rows])
    whole.owners["windows"] = np.arange(size, dtype=np.int32)
    vectors = random.standard_normal((size, 384), np.float32)
    whole.add_vectors("windows", vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
    del vectors, picks
    times = []
    for number in range(20):
        asked = dict.fromkeys(rows[number * 100][:15], 1.0)
        query = Query(asked, asked, random.standard_normal(384, np.float32))
        started = time.process_time()
        fusion.best_first(fusion.blend(whole.signals(query)), 10)
        times.append(time.process_time() - started)
    measured = {
        "p95_cpu_seconds": sorted(times)[-2],
        "peak_kilobytes": peak_mb() * 1024,
    }
    sys.stdout.write(json.dumps(measured))


if __name__ == "__main__":
    main()
