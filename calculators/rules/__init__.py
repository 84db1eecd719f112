"""One module per rule; each holds its inputs, its function and its `RULE`."""
