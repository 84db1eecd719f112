"""Benchmarks: cold starts, latency, index, memory, throughput and growth, as one table.

Every figure is measured in the surroundings that a user has: cold starts and memory in a
process of their own, latency in an open assistant. A command that fails is reported as such
and the others are still measured.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals.charts import lines
from evals.sets import load

if TYPE_CHECKING:
    from assistant.assistant import Assistant

Tell = Callable[[str], None]

#: commands whose cold start is measured, as typed
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("--help",),
    ("calc", "--list"),
    ("corpus", "lint", "sg", "--json"),
    ("search", "解約の方法", "--json"),
    ("ask", "VPNの遅延利息の利率は", "--json"),
)
#: sizes of the corpus, in multiples of the real one
GROWTH = (1, 10, 100, 1000)
QUICK_GROWTH = (1, 10)
TODAY = date(2026, 11, 25)
#: seconds that one size of the corpus may take
LONGEST = 3_600


@dataclass(frozen=True, slots=True)
class Row:
    """One measured figure; value is None where the measured thing failed."""

    group: str
    name: str
    value: float | None
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """All rows, and the growth measurements as `evals.growth` gives them."""

    rows: tuple[Row, ...]
    growth: tuple[dict[str, Any], ...] = field(default=())

    def to_dict(self) -> dict[str, Any]:
        """The table as JSON."""
        rows = [
            {"group": r.group, "name": r.name, "value": r.value, "unit": r.unit, "note": r.note}
            for r in self.rows
        ]
        return {"rows": rows, "growth": list(self.growth)}


def run(*, quick: bool = False, sets: Path | None = None, tell: Tell = lambda text: None) -> Table:
    """Measure everything; `tell` is given what is being measured.

    sets: a folder of BEIR-style sets, whose corpora are measured beside the generated ones.
    """
    rows: list[Row] = []
    tell("起動時間")
    rows += [cold_start(command, 2 if quick else 5) for command in COMMANDS]
    tell("索引")
    rows += index_rows(quick)
    tell("応答時間")
    rows += answer_rows(20 if quick else 200)
    tell("規約の数との関係")
    corpora = sorted(sets.glob("*/corpus*.jsonl")) if sets else []
    sizes = [*(QUICK_GROWTH if quick else GROWTH), *corpora]
    growth = [measured for size in sizes if (measured := grow(size))]
    return Table(tuple(rows), tuple(growth))


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which `share` of the values lie (nearest rank).

    >>> percentile([3.0, 1.0, 2.0], 0.5)
    2.0
    """
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def cold_start(command: Sequence[str], rounds: int) -> Row:
    """Median seconds of a command in a fresh process, with its peak memory."""
    spent, memory = [], 0
    for _ in range(rounds):
        started = time.perf_counter()
        code, memory = _process([sys.executable, "-m", "assistant.cli", *command])
        spent.append(time.perf_counter() - started)
        if code:
            return Row("起動", f"yakkan {' '.join(command)}", None, "s", f"終了状態 {code}")
    return Row(
        "起動",
        f"yakkan {' '.join(command)}",
        round(percentile(spent, 0.5), 3),
        "s",
        f"最大 {memory} MB",
    )


def _process(command: Sequence[str]) -> tuple[int, int]:
    """Exit status and peak memory (MB) of a process whose output nobody reads."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    return running.returncode, usage.ru_maxrss // 1024


def index_rows(quick: bool) -> list[Row]:
    """Seconds to build the index from nothing, to open it again, and after one clause changes.

    With `quick` the vectors are drawn instead of computed.
    """
    from corpus.library import Library
    from index.embedders import open_embedder

    embedder: Any = _Drawn() if quick else open_embedder(None)
    note = "ベクトルは擬似" if quick else embedder.name
    with tempfile.TemporaryDirectory() as folder:
        store, root = Path(folder) / "index", _copy(Library.load(), Path(folder) / "corpus")
        first = _open(root, store, embedder)
        again = _open(root, store, embedder)
        _change_one_clause(root)
        changed = _open(root, store, embedder)
    names = ("最初から作る", "作ったものを開く", "1条だけ変わった後")
    return [
        Row("索引", name, round(seconds, 3), "s", note)
        for name, seconds in zip(names, (first, again, changed), strict=True)
    ]


class _Drawn:
    """An embedder that draws vectors instead of computing them."""

    name, dim = "drawn", 384

    def query(self, text: str) -> Any:
        from evals.growth import drawn

        return drawn(text)

    def queries(self, texts: Sequence[str]) -> Any:
        return self.passages(texts)

    def views(self, readings: Sequence[Any]) -> Any:
        from index.embedders import read_apart

        return read_apart(self.passages, readings)

    def passages(self, texts: Sequence[str]) -> Any:
        import numpy as np

        return np.stack([self.query(text) for text in texts])


def _copy(library: Any, target: Path) -> Path:
    """The agreements of a library as a corpus folder that may be changed."""
    import shutil

    source: Path = library.version(library.ids[0]).folder.parent.parent
    shutil.copytree(source, target / source.name)
    return target / source.name


def _open(root: Path, store: Path, embedder: Any) -> float:
    """Seconds to open a searcher and its collection over the corpus at `root`."""
    from corpus.library import Library
    from index.search import Searcher

    library = Library.load(root)
    started = time.perf_counter()
    Searcher(library, embedder, store, packaged=None).shelf()
    return time.perf_counter() - started


def _change_one_clause(root: Path) -> None:
    from corpus import library

    path = sorted(root.glob("sg/*/terms.txt"))[-1]
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("日本国法に準拠", "日本国の法令に準拠"), encoding="utf-8")
    library._load.cache_clear()


def answer_rows(count: int) -> list[Row]:
    """Latency of warm answers (p50, p95), questions per second in bulk, and memory."""
    from evals.growth import peak_mb
    from evals.suite import assistant

    try:
        started = time.perf_counter()
        one = assistant()
        asked = [item["question"] for item in load("questions")][:count]
        one.ask(asked[0], today=TODAY)
        opened = time.perf_counter() - started
        one.warm()
        spent = [_ask(one, question) for question in asked]
        rate = bulk_rate(one, asked)
    except Exception as error:  # whatever it is, the other measurements are still wanted
        return [Row("回答", "応答時間", None, "ms", f"{type(error).__name__}: {error}"[:120])]
    return [
        Row("回答", "最初の回答まで", round(opened, 3), "s"),
        Row(
            "回答", "応答時間 p50", round(percentile(spent, 0.5) * 1000, 1), "ms", f"n={len(spent)}"
        ),
        Row(
            "回答",
            "応答時間 p95",
            round(percentile(spent, 0.95) * 1000, 1),
            "ms",
            f"n={len(spent)}",
        ),
        Row("回答", "一括処理", round(rate, 1), "問/s", f"n={len(asked)}"),
        Row("回答", "最大メモリ", peak_mb(), "MB", "測定全体のプロセス"),
    ]


def _ask(one: Assistant, question: str) -> float:
    started = time.perf_counter()
    one.ask(question, today=TODAY)
    return time.perf_counter() - started


def bulk_rate(one: Assistant, asked: Sequence[str]) -> float:
    """Questions per second through the bulk path."""
    from assistant.bulk import answer_lines

    text = "".join(
        json.dumps({"id": str(number), "question": question}, ensure_ascii=False) + "\n"
        for number, question in enumerate(asked)
    )
    started = time.perf_counter()
    answered = sum(1 for _ in answer_lines(one, StringIO(text), TODAY, None))
    return answered / (time.perf_counter() - started)


def grow(size: int | Path) -> dict[str, Any] | None:
    """Growth at one size, or over one corpus, in a process of its own; None where it fails."""
    command = [sys.executable, "-m", "evals.growth", str(size)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode:
        return None
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def markdown(table: Table) -> str:
    """The table as Markdown."""
    rows = [
        f"| {r.group} | {r.name} | {'失敗' if r.value is None else f'{r.value:g} {r.unit}'} | {r.note} |"
        for r in table.rows
    ]
    parts = ["| | 測定 | 値 | 備考 |", "|---|---|---:|---|", *rows, ""]
    if table.growth:
        parts += ["| 規約の倍率 | 文書 | 索引 s | 検索 p50 ms | 検索 p95 ms | 最大 MB |"]
        parts += ["|---:|---:|---:|---:|---:|---:|"]
        parts += [
            "| {times} | {documents} | {build_s} | {search_p50_ms} | {search_p95_ms} | {peak_mb} |".format(
                **one
            )
            for one in table.growth
        ]
    return "\n".join(parts)


def chart(table: Table) -> str:
    """Growth of build, search and memory with the number of documents, as SVG."""
    names = {"build_s": "索引 s", "search_p50_ms": "検索 p50 ms", "peak_mb": "最大 MB"}
    series: dict[str, Sequence[tuple[float, float]]] = {
        title: sorted((float(one["documents"]), float(one[name])) for one in table.growth)
        for name, title in names.items()
    }
    return lines(series, "文書数に対する増え方", "文書数")


def write(folder: Path, table: Table) -> None:
    """Write bench.md, bench.json and bench.html (table and chart) into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "bench.md").write_text(markdown(table) + "\n", encoding="utf-8")
    (folder / "bench.json").write_text(json.dumps(table.to_dict()), encoding="utf-8")
    page = (
        f'<!doctype html><html lang="ja"><meta charset="utf-8"><title>測定</title>'
        f"<body>{chart(table)}<pre>{escape(markdown(table))}</pre></body></html>"
    )
    (folder / "bench.html").write_text(page, encoding="utf-8")
