"""How building and searching grow with the corpus, one size in one process.

`python -m evals.growth 100` prints one JSON line: the size, seconds to build, milliseconds to
search (p50, p95) and the peak memory. `python -m evals.growth CORPUS.jsonl` does so for a
BEIR-style set, with the queries.jsonl beside it. The texts are generated agreements of the same shape as
the real ones: the same clauses with their nouns replaced. Vectors are drawn from a hash of the
text, so that the time of the index is measured and not the time of the embedding model.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.library import Library
from evals import beir
from evals.sets import load
from index import fusion, tokenizer
from index.collection import Collection, Document, Query
from index.passages import documents

#: dimension of the drawn vectors, that of multilingual-e5-small
DIM = 384
#: nouns of the real terms and the syllables that replace them in generated ones
_NOUNS = ("利用", "契約", "料金", "解約", "設備", "損害", "通知", "期間")
_SYLLABLES = "アイウエオカキクケコサシスセソタチツテトナニヌネノ"


def drawn(text: str) -> NDArray[np.float32]:
    """A unit vector of shape (DIM,) drawn from the text; the same text gives the same vector.

    >>> bool(np.allclose(np.linalg.norm(drawn("a")), 1))
    True
    """
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")
    vector = np.random.default_rng(seed).standard_normal(DIM).astype(np.float32)
    unit: NDArray[np.float32] = vector / np.linalg.norm(vector)
    return unit


def generated(base: Sequence[Document], copy: int) -> Iterator[Document]:
    """The documents of one more set of agreements; copy 0 is the real one.

    >>> [d.id for d in generated([Document("sg:1.1", "", "利用します。", "sg")], 3)]
    ['sg3:1.1']
    """
    for document in base:
        if copy == 0:
            yield document
            continue
        group = f"{document.group}{copy}"
        yield replace(
            document,
            id=f"{group}:{document.id.partition(':')[2]}",
            group=group,
            title=reworded(document.title, copy),
            text=reworded(document.text, copy),
            questions=(),
            summaries=(),
        )


def reworded(text: str, copy: int) -> str:
    """The text with one of its nouns replaced by an invented word, another for each copy."""
    word = "".join(_SYLLABLES[(copy * step + step) % len(_SYLLABLES)] for step in (1, 7, 11))
    return text.replace(_NOUNS[copy % len(_NOUNS)], word)


def measure(times: int, asked: int = 40) -> dict[str, Any]:
    """Build a collection of `times` as many agreements and search it."""
    library = Library.load()
    base = [document for id in library.ids for document in documents(library.version(id))]
    everything = [d for copy in range(times) for d in generated(base, copy)]
    return _measured(everything, [item["question"] for item in load("questions")[:asked]], times)


def measure_set(corpus: Path, asked: int = 40) -> dict[str, Any]:
    """Build a collection of a BEIR-style set's texts and ask its own questions."""
    questions = list(beir.read_texts(corpus.parent / "queries.jsonl").values())[:asked]
    name = f"{corpus.parent.name}/{corpus.stem}"
    return _measured(beir.read_documents(corpus), questions, name)


def _measured(
    everything: Sequence[Document], questions: Sequence[str], times: int | str
) -> dict[str, Any]:
    started = time.perf_counter()
    collection = Collection.build(everything)
    built = time.perf_counter() - started
    collection.add_vectors("windows", _vectors(everything))
    spent = sorted(_search(collection, question) for question in questions)
    return {
        "times": times,
        "documents": len(everything),
        "build_s": round(built, 3),
        "search_p50_ms": round(spent[len(spent) // 2] * 1000, 2),
        "search_p95_ms": round(spent[int(len(spent) * 0.95)] * 1000, 2),
        "peak_mb": peak_mb(),
    }


def _vectors(everything: Sequence[Document]) -> NDArray[np.float32]:
    """One drawn vector a window, without hashing each text: size matters here, not values."""
    count = sum(len(document.windows()) for document in everything)
    found: NDArray[np.float32] = np.random.default_rng(7).standard_normal(
        (count, DIM), dtype=np.float32
    )
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    return found


def _search(collection: Collection, question: str) -> float:
    started = time.perf_counter()
    query = Query(
        Counter(tokenizer.words(question)), Counter(tokenizer.pairs(question)), drawn(question)
    )
    fusion.best_first(fusion.blend(collection.signals(query)), 10)
    return time.perf_counter() - started


def peak_mb() -> int:
    """Peak resident memory of this process, in MB.

    Linux hands the peak of `getrusage` on from the parent process, so VmHWM comes first.
    """
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    told = sys.argv[1]
    result = measure(int(told)) if told.isdecimal() else measure_set(Path(told))
    sys.stdout.write(json.dumps(result) + "\n")
