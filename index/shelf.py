"""The versions that are searched together, as one ready collection.

Words come from the index shipped in the package when its fingerprint fits the texts, else
from the operator's store, else they are built and stored. Vectors come by content, so a
changed clause embeds only itself. Nothing is written while the shipped data fit.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from index import storage
from index.collection import Collection, Document, from_arrays, to_arrays
from index.naming import Names
from index.passages import documents
from index.tokenizer import TOKENIZER_VERSION
from index.vectors import VectorCache

if TYPE_CHECKING:
    from corpus.library import Version

#: what was wrong with a stored index that cannot even be taken apart
_MISFIT = "索引ファイルの中身が合いません"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Versions by agreement, their collection, the row of every document, and the questions of
    all documents, in document order.

    `source` is "packaged", "store" or "built"; `notice` says in Japanese why a stored index
    was not used ("" where it was).
    """

    versions: Mapping[str, Version]
    collection: Collection
    rows: Mapping[str, int]
    questions: tuple[str, ...]
    source: str
    notice: str = ""


def documents_of(
    versions: Iterable[Version], names: Names, *, notes: bool = True
) -> list[Document]:
    """The documents of versions; their questions without agreement names, as they are asked."""
    found = [d for v in versions for d in documents(v, None if notes else {})]
    return [replace(d, questions=tuple(names.without_all(d.questions))) for d in found]


def texts_of(made: Sequence[Document]) -> tuple[list[str], list[str], list[str]]:
    """The texts that need vectors: windows, questions, summaries, in document order."""
    return (
        [window for d in made for window in d.windows()],
        [question for d in made for question in d.questions],
        [summary for d in made for summary in d.summaries],
    )


def fingerprint(made: Iterable[Document]) -> str:
    """Changes with any text, title or note, and with the tokenizer."""
    digest = hashlib.sha256()
    for document in made:
        digest.update(repr(document).encode())
    return storage.fingerprint(tokenizer=TOKENIZER_VERSION, documents=digest.hexdigest())


def file_name(versions: Iterable[Version]) -> str:
    """One file for each set of versions, so that another date does not overwrite today's."""
    told = " ".join(f"{v.agreement.id}@{v.effective.isoformat()}" for v in versions)
    return f"words-{hashlib.sha256(told.encode()).hexdigest()[:12]}.npz"


def open_shelf(
    versions: Sequence[Version],
    vectors: VectorCache,
    store: Path | None,
    names: Names,
    *,
    notes: bool = True,
    packaged: Path | None = storage.PACKAGED,
) -> Shelf:
    """Load or build the collection of `versions`; `notes=False` is the bare text, unstored."""
    made = documents_of(versions, names, notes=notes)
    folders = {"packaged": packaged, "store": store} if notes else {}
    collection, source, notice = _words(made, file_name(versions), folders)
    _add_vectors(collection, made, vectors)
    rows = {id: row for row, id in enumerate(collection.ids)}
    questions = tuple(question for document in made for question in document.questions)
    held = {v.agreement.id: v for v in versions}
    return Shelf(held, collection, rows, questions, source, notice)


def _add_vectors(collection: Collection, made: Sequence[Document], vectors: VectorCache) -> None:
    windows, questions, summaries = texts_of(made)
    collection.add_vectors("windows", vectors.get(windows, "passage"))
    if questions or summaries:
        collection.add_vectors("questions", vectors.get(questions, "query"))
        collection.add_vectors("summaries", vectors.get(summaries, "passage"))


def _words(
    made: Sequence[Document], name: str, folders: Mapping[str, Path | None]
) -> tuple[Collection, str, str]:
    """The words of documents, where they came from, and why not from a file."""
    mark, notice = fingerprint(made), ""
    for source, folder in folders.items():
        if folder is None:
            continue
        loaded = storage.read(folder / name, mark)
        if loaded.arrays is None:
            notice = loaded.reason
            continue
        with contextlib.suppress(KeyError, ValueError, IndexError):
            return from_arrays(loaded.arrays), source, ""
        notice = _MISFIT
    built = Collection.build(made)
    store = folders.get("store")
    if store is not None:
        with contextlib.suppress(OSError):
            storage.write(store / name, to_arrays(built), mark)
    return built, "built", notice
