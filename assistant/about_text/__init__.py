"""Questions about the text itself: its structure, references, versions, words and definitions."""
