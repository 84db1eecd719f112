"""Finding the clause: tokens, passages, BM25, dense vectors, fusion."""
