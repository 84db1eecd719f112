"""What the agreements say: texts, clauses, addresses, curated knowledge."""
