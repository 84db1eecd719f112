"""Computing what the clauses make computable: amounts, dates and decisions, each with its working."""
