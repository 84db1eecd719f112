"""Conversations: what carries over from one turn to the next, and what a new topic resets.

A conversation belongs to one session and is never shared. It keeps the agreements meant, the
last question in full words, the last answer and the calculations that are open (see `pending`).
「じゃあVPNの場合は？」 asks the last
question of another agreement; 「その期限を過ぎたら？」 asks a new one along with the last.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant import chatting
from assistant.about_text.continuing import continued, spoken_of
from assistant.answer import Answer
from assistant.calculation import CalculationRequest
from assistant.pending import (
    brought_up,
    carried_on,
    facts_of,
    facts_told,
    first_open,
    gathered,
    standing,
)
from assistant.question import Question, understand
from assistant.understanding.remarks import ABOUT_ANSWER, Remark, after_greeting, remark

if TYPE_CHECKING:
    from assistant.assistant import Assistant

#: a follow-up has at most this many characters of its own; beyond, it stands for itself
SHORT = 24
#: characters of earlier turns that are looked at along with a follow-up
KEPT = 120
_POINTING = re.compile(
    r"それ|その(?!他)|この場合|そう(?:なった|する|したら)|そこ|同じ(?:です|？|\?|く|こと)|さっき|先ほど|上記|前述|今の|じゃあ|では、|だったら|なら(?:、|？|\?|ば)|だと[？?]|場合は[？?]|は[？?]$|も[？?]$|ですか…|逆に|ちなみに|ついでに|もし|過ぎたら|でも[？?]"
)
#: words that say nothing of their own beside the name of an agreement
_EMPTY = re.compile(
    r"じゃあ|では|あ、|えっと|すみません|なら|だと|の(?:場合|方|ほう|とき|規約|ケース)|について(?:も|は)?|(?:も|は)?同じ(?:です|でしょう|なん)?(?:か)?|どう(?:です|なり|なって|でしょう)?(?:か|ます|ますか|いますか)?|(?:も|は)(?:教えて)?(?:ください|下さい)?|です(?:か)?|場合|こっち|そっち|一緒|契約|[？?。、!！ 　…・]|^と$|お願い(?:します)?|ちなみに|それと|あと|が知りたい|で$|に$|を"
)


@dataclass(frozen=True, slots=True)
class Turn:
    """What is kept of a turn: the question, its words in full, what it asked to be computed, its answer.

    `told` are addresses of all clauses that were cited on its matter, `opened` calculations of
    earlier turns that may still be changed, `known` what was told of the contract so far.
    """

    question: Question
    words: str
    answer: Answer
    told: tuple[str, ...] = ()
    requests: tuple[CalculationRequest, ...] = ()
    opened: tuple[CalculationRequest, ...] = ()
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cited(self) -> tuple[str, ...]:
        """Addresses of the clauses that its answer cites."""
        return _cited(self.answer)

    @property
    def proposed(self) -> str:
        """The question that was put right and offered, where words were not read ("" else)."""
        answer = self.answer
        asked_back = answer.status == "needs_input" and not (answer.missing or answer.citations)
        return next(iter(answer.suggestions), "") if asked_back else ""


class Conversation:
    """One session's turns over an assistant; `agreement` fixes the one that is meant."""

    def __init__(
        self, assistant: Assistant, agreement: str | None = None, as_of: date | None = None
    ) -> None:
        self._assistant = assistant
        self.agreement = agreement
        self.as_of = as_of
        self.turns: list[Turn] = []

    def ask(self, text: str, *, today: date) -> Answer:
        """Answer the next turn; raises YakkanError for a text that is no question."""
        reading = self._assistant.read(after_greeting(text), self.as_of)
        said = remark(text) or remark(reading.text)
        if said is not None:
            return self._remarked(said, text, today)
        answer = self._asked(reading.text, today)
        if reading.text == text:
            return answer
        return replace(answer, question=text, assumptions=(*reading.notes, *answer.assumptions))

    def _remarked(self, said: Remark, text: str, today: date) -> Answer:
        """The answer to a remark, which leaves the talk where it is."""
        recall = self._assistant.recall(self.as_of)
        titles = [v.agreement.title for v in recall.versions.values()]
        last = self.turns[-1] if self.turns else None
        if last is not None and said == "assent" and last.proposed:
            return replace(self._asked(last.proposed, today), question=text)
        if last is None or said not in ABOUT_ANSWER:
            return chatting.friendly(said, text, last.answer if last else None, titles)
        if said == "more" and last.answer.citations:
            answer = chatting.further(recall, text, last.words, last.answer, last.told, titles)
        else:
            answer = chatting.again(said, text, last.answer)
        answer = self._assistant.grounded(answer, last.question, self._words_said())
        told = tuple(dict.fromkeys((*last.told, *_cited(answer))))
        if told != last.told:  # what is meant from now on is this answer
            self.turns[-1] = replace(last, answer=answer, told=told)
        return answer

    def _words_said(self) -> tuple[str, ...]:
        return tuple(turn.question.text for turn in self.turns)

    def _asked(self, text: str, today: date) -> Answer:
        """Answer a question that is read, as the next turn."""
        last = self.turns[-1] if self.turns else None
        question = self._understood(text, today, last)
        words, extra, carried = _carry(question, last, self._assistant.without_names(text))
        if words != text:
            asked = _of_another(
                understand(words, today=today, library=self._assistant.library, context=question),
                question,
            )
        else:
            asked = question
        opened = self._opened(question, last)
        known = last.known if last is not None and opened is not None else {}
        asked_for = [r for r in last.requests if not r.offered] if last else []
        followed = carried_on(question, opened or (), known, asked_for)
        answer, requests = self._assistant.answer(
            asked, original=text, followed=followed, known=known,
            extra=extra, carried=carried, as_of=self.as_of,
            before=last.cited if last is not None and (words != text or extra) else (),
            said=self._words_said(),
        )  # fmt: skip
        kept = f"{extra} {words}".strip() if extra else words
        known = gathered(known, facts_told(asked), *map(facts_of, requests))
        self.turns.append(
            Turn(
                asked,
                kept[-KEPT:],
                answer,
                _cited(answer),
                requests,
                tuple(brought_up(request, known) for request in opened or ()),
                known,
            )
        )
        return answer

    def _opened(
        self, question: Question, last: Turn | None
    ) -> tuple[CalculationRequest, ...] | None:
        """The calculations that this turn may go on with; None where it begins a new topic."""
        if last is None or _new_topic(question, last):
            return None
        if any(not request.offered for request in last.requests):
            return first_open(reversed(last.requests), last.opened)
        library = self._assistant.library
        stood = standing(last.question, last.cited, library)
        return first_open(last.requests, stood, last.opened)

    def _understood(self, text: str, today: date, last: Turn | None) -> Question:
        context = last.question if last else None
        question = understand(text, today=today, library=self._assistant.library, context=context)
        if self.agreement is not None and not (question.meant and not question.carried):
            agreements = replace(question.agreements, meant=(self.agreement,))
            question = replace(question, agreements=agreements)
        if last is not None and not question.mentions:
            beside = continued(text, spoken_of(last.question.mentions, last.cited))
            question = replace(question, mentions=(beside,)) if beside else question
        return question


def _of_another(again: Question, question: Question) -> Question:
    """An earlier question asked again of the agreements that `question` means."""
    agreements = replace(question.agreements, named=again.agreements.named)
    mentions = tuple(replace(mention, agreement=None) for mention in again.mentions)
    return replace(again, agreements=agreements, mentions=mentions)


def _cited(answer: Answer) -> tuple[str, ...]:
    return tuple(citation.address for citation in answer.citations)


_BARE = re.compile(r"教えて|知りたい|ください|下さい|サービス|規約|契約|のこと|って何|とは")


def says_nothing(question: Question) -> bool:
    """Whether a text only names agreements and asks nothing about them."""
    if not question.agreements.named or question.mentions:
        return False
    left, end = [], 0
    for name in sorted(question.agreements.named, key=lambda n: n.at):
        left.append(question.plain[end : name.at[0]])
        end = name.at[1]
    rest = "".join([*left, question.plain[end:]])
    return len(_EMPTY.sub("", _BARE.sub("", rest))) <= 1


def _carry(question: Question, last: Turn | None, own: str) -> tuple[str, str, tuple[str, ...]]:
    """(words to ask, words to look at along with them, what was carried, for the reader)."""
    if last is None:
        return question.text, "", ()
    carried = []
    if question.carried:
        carried.append("規約: 前のご質問と同じ")
    rest = _EMPTY.sub("", own)
    if not question.carried and question.meant and len(rest) <= 2 and not question.mentions:
        return last.words, "", ("前のご質問: 同じ内容で別の規約についてお答えします",)
    if _follows(own):
        return question.text, last.words, (*carried, "前のご質問の続きとしてお答えします")
    return question.text, "", tuple(carried)


def _follows(own: str) -> bool:
    """Whether a turn leans on the one before."""
    return len(own) <= SHORT or (bool(_POINTING.search(own[:14])) and len(own) <= 2 * SHORT)


def _new_topic(question: Question, last: Turn) -> bool:
    """Whether numbers of the last calculation must not be carried into this turn."""
    return len(question.stripped) > 3 * SHORT and not _POINTING.search(question.stripped[:14])
