"""One metric a file, each with a worked example; DESIGN.md, "Metrics", is their definition."""
