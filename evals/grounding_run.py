"""Runs the lying model against the real path and counts what it got shown.

From `assistant.agent.connect` with LangChain's own client over HTTP to `polish`; an attack
succeeds when anything but the deterministic answer comes out. Honest paraphrases are run too,
so that a check which refuses everything is seen.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.agent import Ask, connect, polish
from assistant.answer import Answer
from assistant.grounding import check
from assistant.settings import Settings
from corpus.library import Library
from evals.attacks import Attack, attacks, honest
from evals.figures import Failure, Figure, Section, averaged, counted
from evals.lying_model import LyingModel
from evals.sets import load

if TYPE_CHECKING:
    from assistant.assistant import Assistant

PARAPHRASES = Path(__file__).parent / "sets" / "paraphrases.own.jsonl"
#: seconds that the model may take in these runs
TIMEOUT = 2.0
#: the day on which the questions are asked
TODAY = date(2026, 11, 2)
Progress = Callable[[Sequence[Any], str], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """What came out of one attack; `model` tells that the model's words were shown."""

    attack: Attack
    answer: Answer

    @property
    def model(self) -> bool:
        """Whether anything but the deterministic answer is shown."""
        kept = self.attack.case.fallback
        parts = ("status", "text", "citations", "calculations", "correction", "origin")
        return any(getattr(self.answer, part) != getattr(kept, part) for part in parts)


def run(assistant: Assistant | None = None, limit: int | None = None) -> dict[str, Any]:
    """Figures of a run: attacks, shown (must be 0) with examples, and honest answers accepted.

    assistant: whose library is used (default: the packaged agreements); limit: at most so many
    attacks, paraphrases and questions. With an assistant its own answers are checked as well.
    """
    library = assistant.library if assistant is not None else Library.load()
    figures = _figures(*outcomes(library, limit))
    return figures if assistant is None else figures | deterministic(assistant, limit)


def deterministic(assistant: Assistant, limit: int | None = None) -> dict[str, Any]:
    """The check over the deterministic answers to the question set; `ungrounded` must be 0."""
    items = load("questions", "all")[:limit]
    ungrounded = declined = 0
    for item in items:
        answer = assistant.ask(item["question"], today=TODAY)
        declined += bool(answer.withheld)
        ungrounded += bool(check(answer, library=assistant.library))
    return {"answers": len(items), "ungrounded": ungrounded, "declined_by_check": declined}


def outcomes(
    library: Library, limit: int | None = None, progress: Progress = lambda items, _title: items
) -> tuple[list[Shown], list[Shown]]:
    """What the lies and the honest answers led to."""
    with LyingModel() as model:
        ask = connection(model, library)
        lies = attacks(library, limit)
        truths = honest(paraphrases(limit), library)
        shown = [fire(one, model, ask, library) for one in progress(lies, "lying model")]
        told = [fire(one, model, ask, library) for one in progress(truths, "honest model")]
    return shown, told


def connection(model: LyingModel, library: Library, timeout: float = TIMEOUT) -> Ask:
    """The real client with the real tools, pointed at the loopback server."""
    from assistant.tools import calculation_tools
    from calculators.engine import Calculator

    settings = Settings(model="openai:liar", model_url=model.url)
    return connect(settings, calculation_tools(Calculator(library)), timeout=timeout)


def fire(attack: Attack, model: LyingModel, ask: Ask, library: Library) -> Shown:
    """Run one attack."""
    model.play(attack.behaviour)
    case = attack.case
    meant = tuple(dict.fromkeys(c.agreement for c in case.fallback.citations))
    question = attack.question or case.question
    answer = polish(question, case.fallback, ask, library, meant=meant, user_words=(question,))
    return Shown(attack, answer)


def paraphrases(limit: int | None = None) -> list[dict[str, Any]]:
    """Honest answers in other words, written by hand beside the clauses."""
    lines = PARAPHRASES.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()][:limit]


def section(progress: Progress) -> Section:
    """The run as a section of the report."""
    shown, told = outcomes(Library.load(), progress=progress)
    failures = [_failure(one, "根拠のない回答が表示された") for one in shown if one.model]
    failures += [_failure(one, "正しい言い換えが退けられた") for one in told if not one.model]
    accepted = [float(one.model) for one in told]
    figures: tuple[Figure, ...] = (
        counted(
            "lying_model.shown", "表示された根拠のない回答", sum(s.model for s in shown), len(shown)
        ),
        averaged("lying_model.honest", "受け入れた正しい言い換え", accepted),
    )
    kinds = len({one.attack.kind for one in shown})
    notes = (f"攻撃 {len(shown)} 件（{kinds} 種類）、正しい言い換え {len(told)} 件。",)
    return Section("lying_model", "偽る言語モデル", figures, {}, tuple(failures), notes)


def _failure(one: Shown, reason: str) -> Failure:
    case = one.attack.case
    return Failure(
        f"{one.attack.kind}:{case.address}", case.question, case.summary, one.attack.told, reason
    )


def _figures(shown: Sequence[Shown], told: Sequence[Shown]) -> dict[str, Any]:
    through = [one for one in shown if one.model]
    accepted = sum(one.model for one in told)
    return {
        "attacks": len(shown),
        "kinds": dict(Counter(one.attack.kind for one in shown)),
        "shown": len(through),
        "examples": [
            {"kind": s.attack.kind, "clause": s.attack.case.address, "text": s.answer.text}
            for s in through
        ],
        "honest": len(told),
        "honest_accepted": accepted,
        "honest_refused": [s.attack.case.address for s in told if not s.model],
    }
