"""Building the index ahead of time, shipping it with the package, and saying what state it is in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index import storage
from index.shelf import documents_of, file_name, fingerprint, texts_of
from index.vectors import Prompt

if TYPE_CHECKING:
    from index.search import Searcher


@dataclass(frozen=True, slots=True)
class Status:
    """State of the index. `words`: "packaged", "store" or "" (would be built); `notice`: why
    a file was not used; `missing`: texts that would have to be embedded."""

    agreements: tuple[str, ...]
    documents: int
    texts: int
    words: str
    notice: str
    missing: int
    embedder: str
    store: Path | None

    @property
    def ready(self) -> bool:
        """Whether the first search builds and embeds nothing."""
        return bool(self.words) and self.missing == 0


def needed(searcher: Searcher) -> Iterator[tuple[Prompt, list[str]]]:
    """Every text of every held version, note, silence and topic that wants a vector."""
    from corpus.notes import load_notes
    from corpus.silences import load_silences
    from corpus.topics import load_topics

    library = searcher.library
    versions = [v for id in library.ids for v in library.versions(id)]
    windows, questions, summaries = texts_of(documents_of(versions, searcher.names))
    # notes below the items (①) are no documents of their own, but their questions are judged
    asked = [q for v in versions for note in load_notes(v).values() for q in note.questions]
    asked += [q for silence in load_silences(library) for q in silence.questions]
    asked += [q for topic in load_topics(library) for q in topic.queries()]
    yield "passage", windows + summaries
    yield "query", questions + searcher.names.without_all(asked)


def status(searcher: Searcher) -> Status:
    """What is there and what is missing; nothing is built or written."""
    versions = [searcher.library.version(id) for id in searcher.library.ids]
    made = documents_of(versions, searcher.names)
    words, notice = _stored_words(searcher, file_name(versions), fingerprint(made))
    texts = list(needed(searcher))
    return Status(
        agreements=tuple(f"{v.agreement.id} {v.effective.isoformat()}" for v in versions),
        documents=len(made),
        texts=sum(len(rows) for _, rows in texts),
        words=words,
        notice=notice,
        missing=sum(searcher.vectors.missing(rows, prompt) for prompt, rows in texts),
        embedder=searcher.embedder.name,
        store=searcher.store,
    )


def _stored_words(searcher: Searcher, name: str, mark: str) -> tuple[str, str]:
    notice = ""
    for source, folder in (("packaged", searcher.packaged), ("store", searcher.store)):
        if folder is not None:
            loaded = storage.read(folder / name, mark)
            if loaded.arrays is not None:
                return source, ""
            notice = loaded.reason
    return "", notice


def build(searcher: Searcher) -> None:
    """Build what the shipped data lack, in the searcher's store."""
    for prompt, texts in needed(searcher):
        searcher.vectors.get(texts, prompt)
    searcher.shelf()


def ship(searcher: Searcher, folder: Path = storage.PACKAGED) -> tuple[Path, ...]:
    """Write the index of the newest versions and every vector that is needed into `folder`.

    Files of earlier builds are removed. Raises OSError where `folder` cannot be written.
    """
    from index.collection import Collection, to_arrays

    keep: set[int] = set()
    for prompt, texts in needed(searcher):
        searcher.vectors.get(texts, prompt)
        keep.update(searcher.vectors.keys(texts, prompt))
    versions = [searcher.library.version(id) for id in searcher.library.ids]
    made = documents_of(versions, searcher.names)
    words = folder / file_name(versions)
    storage.write(words, to_arrays(Collection.build(made)), fingerprint(made))
    vectors = searcher.vectors.write(folder, keep)
    for old in {*folder.glob("words-*.npz"), *folder.glob("vectors-*.npz")} - {words, vectors}:
        old.unlink()
    return words, vectors
