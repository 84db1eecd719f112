"""One file per group of `yakkan` commands, imported only when called."""
