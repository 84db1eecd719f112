"""Computing what the clause makes computable."""
