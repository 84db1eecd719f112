"""What `yakkan eval` can run: each function gives sections of a report."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import YakkanError
from evals.figures import Figure, Section
from evals.sets import Half, Item, load

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def a_half(half: str) -> Half:
    """The half as a checked value; raises YakkanError for another word."""
    if half not in ("tune", "held_out", "all"):
        raise YakkanError(
            f"--half の値「{half}」は使えません。tune / held_out / all から選んでください。"
        )
    return half  # type: ignore[return-value]


def assistant() -> Assistant:
    """The assistant under test, without a language model so that runs repeat."""
    from dataclasses import replace

    from assistant.assistant import Assistant
    from assistant.settings import Settings

    return Assistant.open(settings=replace(Settings.from_env(), model="", journal="off"))


def citation_sections(one: Assistant, half: Half) -> list[Section]:
    """The citation section, and the grounding of the same answers."""
    from evals import runs, sections

    outcomes = [
        outcome
        for kind in ("questions", "silence")
        for outcome in runs.questions(one, load(kind, half), kind, progress)
    ]
    return [
        sections.citations(outcomes, "citations", "引用と沈黙"),
        sections.ungrounded(outcomes, one.library),
    ]


def grounding_sections(one: Assistant, half: Half) -> list[Section]:
    """Only the grounding of the deterministic answers."""
    return [section for section in citation_sections(one, half) if section.name == "grounding"]


def conversation_sections(one: Assistant, half: Half) -> list[Section]:
    """The conversation section."""
    from evals import runs, sections

    outcomes = runs.conversations(one, load("conversations", half), progress)
    return [sections.citations(outcomes, "conversations", "会話")]


def number_sections(one: Assistant, half: Half) -> list[Section]:
    """Rule cases past language, questions that want their own number, and ones that do not."""
    from evals import runs, sections

    cases = runs.number_cases(load("number_cases", half), one.library, progress)
    asked = runs.number_questions(one, load("number_questions", half), progress)
    name = "no_number_questions"
    unasked = runs.number_questions(one, load(name, half), progress, name)
    return [
        sections.number_section(cases, "number_cases", "計算例"),
        sections.number_section(asked, "number_questions", "数値を問う質問"),
        sections.number_section(unasked, name, "数値を問わない質問（規則そのものの質問）"),
    ]


def retrieval_sections(one: Assistant, half: Half) -> list[Section]:
    """Ranked clauses for every question that has a gold clause: as users get them, by words."""
    from evals import peers, runs, sections
    from index.search import Searcher

    items = [item for item in load("questions", half) if item["gold"]]
    rows = [
        (item, [str(hit.address) for hit in one.search(item["question"], k=10)])
        for item in progress(items, "retrieval")
    ]
    bare = Searcher.open(one.library, embedder="none", notes=False)
    by_words = peers.signals_only(bare, ("words",))
    plain = [(item, by_words(item["question"])) for item in progress(items, "words")]
    single = runs.single_articles(one.library)
    return [sections.retrieval_section(rows, single), sections.words_section(plain, single)]


def knowledge_sections(one: Assistant) -> list[Section]:
    """Whether what was trained still means what is written."""
    from evals import knowledge

    return [knowledge.section(one.recall())]


def lying_sections() -> list[Section]:
    """The run with a lying language model, where that module is installed."""
    import importlib

    try:
        run = importlib.import_module("evals.grounding_run")
    except ModuleNotFoundError:
        return [Section("lying_model", "偽る言語モデル", (), notes=("この評価は未導入です。",))]
    made: Section = run.section(progress)
    return [made]


def lint_section() -> Section:
    """Lint over the corpus in use."""
    from assistant.settings import Settings
    from corpus.library import Library
    from evals.linting import section

    library = Library.load(Settings.from_env().corpus)
    return section(library.version(library.ids[0]).folder.parent.parent)


def benchmark_sections(folder: Path) -> list[Section]:
    """Every BEIR-style set below `folder` (corpus.jsonl, queries.jsonl, qrels.tsv), words only."""
    from evals.beir import evaluate

    found = []
    for corpus in sorted(folder.glob("*/corpus.jsonl")):
        name, place = f"beir.{corpus.parent.name}", corpus.parent
        told = evaluate(corpus, place / "queries.jsonl", place / "qrels.tsv", embedder="none")
        figures = tuple(
            Figure(f"{name}.{key}", key, told[key], told["queries"], *told[f"{key}_95"])
            for key in ("hit@1", "recall@5", "recall@10", "ndcg@10", "mrr@10")
        )
        found.append(Section(name, f"検索（{corpus.parent.name}、語のみ）", figures))
    return found


def guarded(title: str, build: Callable[[], Iterable[Section]]) -> list[Section]:
    """The sections, or one that says why they could not be measured; the others still run.

    >>> guarded("x", lambda: [][0])[0].error
    'IndexError: list index out of range'
    """
    try:
        return list(build())
    except Exception as error:  # one broken evaluation must not lose the work of the others
        return [Section(title, title, (), error=f"{type(error).__name__}: {error}")]


def progress(items: Sequence[Item], title: str) -> Iterable[Item]:
    """Give items back one by one, with a progress bar where a person is watching."""
    if not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=title, console=Console(stderr=True))
