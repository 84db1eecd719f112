"""multilingual-e5-small, the default embedder: its file, its tokens, its graph, what it learnt."""
