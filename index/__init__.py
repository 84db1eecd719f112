"""Finding the clause: tokens, passages, BM25, dense vectors, fusion."""

import os

# OpenBLAS threads that spin between two small products take the core that the embedding needs
# (measured: half of its speed); read once, when NumPy is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
