"""The assistant: a question in, a grounded answer out. Every surface stands on this class.

    assistant = Assistant.open()
    assistant.ask("VPNの違約金はかかりますか", today=date.today()).text

Opened once and shared; it holds no state of any session.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant import warming, wording
from assistant.answer import Answer
from assistant.composer import ask_back, compose, decline_ungrounded, not_understood
from assistant.dialogue import Conversation, says_nothing
from assistant.findings import Plan
from assistant.grounding import check
from assistant.planner import Planner
from assistant.ranking import POOL, rerank
from assistant.recall import Recall
from assistant.settings import MAX_QUESTION, Settings
from assistant.understanding import roles
from assistant.understanding.reading import Reading, read
from corpus.errors import YakkanError
from corpus.library import Library

if TYPE_CHECKING:
    from assistant.agent import Ask
    from assistant.calculation import CalculationRequest
    from assistant.question import Question
    from calculators.engine import Calculator
    from index.search import Hit, Searcher


class Assistant:
    """Answers questions over one library; safe to use from many threads."""

    def __init__(self, settings: Settings, library: Library, searcher: Searcher) -> None:
        self.settings = settings
        self.library = library
        self.searcher = searcher
        self._recalls: dict[date | None, Recall] = {}
        self._lock = threading.Lock()

    @classmethod
    def open(cls, settings: Settings | None = None) -> Assistant:
        """An assistant by `settings` (default: from the environment)."""
        from index.search import Searcher

        chosen = settings or Settings.from_env()
        library = Library.load(chosen.corpus)
        searcher = Searcher.open(library, store=chosen.index, embedder=chosen.embedder)
        # the model loads while the terms are read: loading leaves the interpreter free
        threading.Thread(target=searcher.warm, daemon=True).start()
        return cls(chosen, library, searcher)

    def ask(
        self, question: str, *, agreement: str | None = None, today: date, as_of: date | None = None
    ) -> Answer:
        """Answer one question; raises YakkanError for a text that is no question."""
        return self.conversation(agreement=agreement, as_of=as_of).ask(question, today=today)

    def conversation(self, agreement: str | None = None, as_of: date | None = None) -> Conversation:
        """A new conversation; `agreement` fixes the agreement that is meant."""
        if agreement is not None:
            self.library.agreement(agreement)
        return Conversation(self, agreement, as_of)

    def search(
        self,
        question: str,
        agreement: str | None = None,
        k: int = 10,
        as_of: date | None = None,
    ) -> list[Hit]:
        """The best clauses for a question, before any answer is composed."""
        question = self.read(question, as_of).text
        hits = self.searcher.search(question, agreement, max(k, POOL) if k > 0 else k, as_of)
        return rerank(self.recall(as_of), question, hits, k)

    def recall(self, as_of: date | None = None) -> Recall:
        """The knowledge of the versions in force at `as_of` (None: the newest)."""
        with self._lock:
            if as_of not in self._recalls:
                if as_of is not None:
                    self._held(as_of)
                self._recalls[as_of] = Recall.open(self.library, self.searcher, as_of)
            return self._recalls[as_of]

    def prepare(self) -> None:
        """Open now what is otherwise opened with the first question about an agreement."""
        self.recall().warm()
        roles.warm()

    def warm(self) -> None:
        """Prepare, and go once every way that questions go (a second): nobody waits for it later."""
        return self._warmed

    @cached_property
    def _warmed(self) -> None:
        self.prepare()
        quiet = Assistant(replace(self.settings, model=""), self.library, self.searcher)
        quiet._recalls = self._recalls
        for turns in warming.TALKS:
            with contextlib.suppress(YakkanError):  # an agreement that is not held here
                warming.talk(quiet.conversation(), turns)

    def _held(self, as_of: date) -> None:
        """Raise VersionNotHeld where no agreement's text of that day is held."""
        if all(min(self.library.agreement(id).versions) > as_of for id in self.library.ids):
            self.library.version(self.library.ids[0], as_of)

    @cached_property
    def calculator(self) -> Calculator:
        """Runs the rules over this library."""
        from calculators.engine import Calculator

        return Calculator(self.library)

    @cached_property
    def fingerprint(self) -> str:
        """Changes with any text that an answer may stand on."""
        return "-".join(self.library.version(id).hash[:6] for id in self.library.ids)

    def read(self, text: str, as_of: date | None = None) -> Reading:
        """`text` as it is read: names put right, katakana sentences in hiragana."""
        if len(text) > MAX_QUESTION:  # refused later
            return Reading(text)
        recall = self.recall
        known = self.searcher.names.knows
        return read(text, self.library, known=known, loans=lambda: recall(as_of).loans)

    def without_names(self, text: str) -> str:
        """`text` without the names of agreements."""
        return self.searcher.names.without(text).strip()

    def answer(
        self,
        question: Question,
        *,
        original: str,
        followed: CalculationRequest | None = None,
        known: Mapping[str, Any] | None = None,
        extra: str = "",
        carried: tuple[str, ...] = (),
        as_of: date | None = None,
        said: Sequence[str] = (),
        before: tuple[str, ...] = (),
    ) -> tuple[Answer, tuple[CalculationRequest, ...]]:
        """The answer to an understood question, and the calculations that it asked for.

        followed: the calculation that the conversation goes on with; known: what earlier turns
        told of the contract.
        """
        started = time.perf_counter()
        self._check(original)
        if not question.agreements.named:
            self.searcher.check_readable(original, as_of)
        recall = self.recall(as_of)
        self._check_versions(question, recall, as_of)
        if question.text == original and not extra and followed is None and says_nothing(question):
            titles = [recall.versions[id].agreement.title for id in question.meant]
            return ask_back(original, titles), ()
        planned = Planner(recall, self.calculator).plan(
            question, followed, known or {}, extra=extra, carried=carried, before=before
        )
        titles = [v.agreement.title for v in recall.versions.values()]
        composed = compose(question.text, planned.plan, titles, today=question.today)
        answer = replace(composed, question=original)
        answer = self._or_asked_back(answer, planned.plan, recall)
        answer = self._phrased(answer, question, said)
        answer = self.grounded(answer, question, said)
        timings = {"total": time.perf_counter() - started}
        return answer.with_timings(timings), planned.requests

    def _or_asked_back(self, answer: Answer, plan: Plan, recall: Recall) -> Answer:
        """`answer`, or where it claims a silence about words that were not read, the question back.

        A silence whose subject is known was understood, unless a word is a letter off another one.
        """
        if not answer.silent or plan.calculations:
            return answer
        unread = recall.vocabulary.not_understood(self.searcher.names.without(answer.question))
        if any(f.subject and f.subject != wording.WHAT_WAS_ASKED for f in plan.findings):
            unread = tuple(word for word in unread if word.meant)
        return not_understood(answer.question, unread, answer.checked) if unread else answer

    def _check(self, text: str) -> None:
        if not text.strip():
            raise YakkanError("質問が空です。知りたいことを日本語の文で書いてください。")
        if len(text) > MAX_QUESTION:
            raise YakkanError(
                f"質問が長すぎます（{len(text):,}文字）。{MAX_QUESTION:,}文字までで、知りたいことを絞って書いてください。"
            )

    def _check_versions(self, question: Question, recall: Recall, as_of: date | None) -> None:
        for id in question.meant:
            if id not in recall.versions:
                self.library.version(id, as_of)  # raises, saying which versions are held

    def _phrased(self, answer: Answer, question: Question, said: Sequence[str]) -> Answer:
        """The language model's wording where one is set and its answer holds."""
        if not self.settings.model or answer.status != "answered":
            return answer
        from assistant.agent import polish

        try:
            model = self._model
        except YakkanError as error:  # no package or no such model: the rules still answer
            return replace(answer, warnings=(*answer.warnings, str(error)))
        return polish(
            answer.question,
            answer,
            model,
            self.library,
            meant=question.meant,
            user_words=said,
        )

    @cached_property
    def _model(self) -> Ask:
        from assistant.agent import connect
        from assistant.tools import calculation_tools

        return connect(self.settings, calculation_tools(self.calculator))

    def grounded(self, answer: Answer, question: Question, said: Sequence[str]) -> Answer:
        """`answer` if every quote and number has a source, else a refusal that says so."""
        words = (question.text, *said)
        violations = check(answer, self.library, user_words=words, meant=question.meant)
        if not violations:
            return answer
        left = decline_ungrounded(answer, violations)
        again = check(left, self.library, user_words=words, meant=question.meant)
        return decline_ungrounded(left, again, summaries=False) if again else left
