"""Looking up: from a question to what each agreement says, clause by clause.

A clause that the question names comes first; else the judgement over all clauses and silences
decides. A question that asks for several things is looked at part by part as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant import segments
from assistant.findings import Chosen, Finding
from assistant.judgement import Verdict
from assistant.question import Question
from assistant.recall import AROUND, SCENE, TALK, Asked, Recall
from assistant.selection import SILENT, Selected, select
from assistant.topic_agreement import favoured, shared_topic, topics_of
from corpus.address import APPENDIX, SUPPLEMENTARY, Address
from corpus.clause import Clause
from corpus.library import Version
from corpus.mentions import Mention

#: a part's clause is added from this probability on
PART = 0.35
#: a part whose silence is at least this likely adds no clause
SILENT_PART = 0.7
#: where one agreement surely answers, another is silent only from this probability on
SURE = 0.6
SILENT_BESIDE = 0.8
#: an agreement that nobody named answers only if its best utility is at most this far below the best
LOG_RELEVANT = -5.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a question, and where it is too short to stand alone, with its scene."""

    part: Asked
    placed: Asked | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A question looked at: the whole, and its parts where it asks for several things."""

    whole: Asked
    parts: tuple[Piece, ...] = ()
    talk: Asked | None = None

    @property
    def told(self) -> tuple[tuple[Asked, float], ...]:
        """The talk that the question follows, with its weight."""
        return () if self.talk is None else ((self.talk, TALK),)


def look(recall: Recall, question: Question, extra: str = "") -> Look:
    """Look at a question, at its parts, and at it along with the talk that it follows."""
    parts = segments.requests(question.text, recall.without_names)
    return Look(
        recall.ask(question.text),
        tuple(_piece(recall, part, extra) for part in parts),
        recall.ask(question.text, extra) if extra else None,
    )


def _piece(recall: Recall, part: segments.Part, extra: str) -> Piece:
    scene = part.scene or extra
    placed = bool(scene) and segments.says_little(part.text, recall.without_names)
    return Piece(recall.ask(part.text), recall.ask(part.text, scene) if placed else None)


def find_all(
    recall: Recall, agreements: Sequence[str], question: Look, before: Sequence[str] = ()
) -> list[Finding]:
    """What each agreement says, read as one topic where their answers share one.

    before: clauses that answered the same question for another agreement.
    """
    verdicts = {
        id: verdict
        for id in agreements
        if (verdict := recall.judge(question.whole, id, question.told))
    }
    shared = shared_topic(verdicts, recall.topics)
    topics = [*([shared] if shared else ()), *topics_of(recall.topics, before)]
    sure = any(v.best is not None and v.best.probability >= SURE for v in verdicts.values())
    threshold = SILENT_BESIDE if sure and len(verdicts) > 1 else SILENT
    found = [find(recall, id, question, favoured(topics, id), threshold) for id in agreements]
    return [f for f in found if f is not None]


def find(
    recall: Recall,
    agreement: str,
    question: Look,
    likely: frozenset[str] = frozenset(),
    threshold: float = SILENT,
) -> Finding | None:
    """What one agreement says; None where nobody has written questions for it."""
    verdict = recall.judge(question.whole, agreement, question.told, likely)
    if verdict is None:
        return None
    selected = select(verdict, threshold=threshold)
    addresses = dict(selected.clauses)
    if question.parts:
        told = _of_parts(recall, agreement, question)
        addresses = told | {a: p for a, p in addresses.items() if not _held(a, told)}
    return finding(recall, agreement, selected, addresses, verdict)


def _of_parts(recall: Recall, agreement: str, question: Look) -> dict[str, float]:
    """The clause of each part, read in the light of the whole question."""
    found: dict[str, float] = {}
    for piece in question.parts:
        beside = [(question.whole, AROUND)]
        if piece.placed is not None:
            beside.append((piece.placed, SCENE))
        seen = recall.judge(piece.part, agreement, beside)
        if seen is None or seen.silence >= SILENT_PART:
            continue
        for address, probability in select(seen, most=1, threshold=1.01).clauses:
            if probability >= PART and not _held(address, found):
                found[address] = probability
    return found


def _held(address: str, held: Iterable[str]) -> bool:
    """Whether the clause, its paragraph or one of its items is already there."""
    return any(
        address == other or address.startswith(f"{other}(") or other.startswith(f"{address}(")
        for other in held
    )


def finding(
    recall: Recall,
    agreement: str,
    selected: Selected,
    addresses: dict[str, float],
    verdict: Verdict,
) -> Finding:
    """The finding for one agreement: clauses, or a silence with what was checked."""
    version = recall.versions[agreement]
    if addresses:
        chosen = tuple(chosen_of(recall, version, a, p) for a, p in addresses.items())
        return Finding(version, "answered", chosen, confidence=1 - verdict.silence)
    silence = selected.silence
    assert silence is not None
    delegating = silence.clause if silence.clause.startswith(f"{agreement}:") else ""
    chosen = (chosen_of(recall, version, delegating, 1.0),) if version.get(delegating) else ()
    status = silence.kind
    if status == "governed_elsewhere" and not chosen:
        status = "not_in_terms"
    return Finding(
        version, status, chosen if status == "governed_elsewhere" else (), silence, silence.subject,
        silence.where, selected.checked, verdict.silence,
    )  # fmt: skip


def chosen_of(recall: Recall, version: Version, address: str, weight: float) -> Chosen:
    """A clause with its note's summary."""
    clause = version.clause(address)
    note = recall.notes.get(address) or recall.notes.get(address.split("(")[0])
    own = note is not None and note.address == address
    return Chosen(clause, note.summary if note is not None and own else "", weight)


# -- clauses that the question names -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Named:
    """Clauses that a question names in one agreement, and references that lead nowhere."""

    clauses: tuple[Clause, ...]
    unknown: tuple[Mention, ...]


def named(version: Version, mentions: Sequence[Mention]) -> Named:
    """The clauses that `mentions` name in `version`."""
    found: dict[str, Clause] = {}
    unknown = []
    for mention in mentions:
        if mention.agreement and mention.agreement != version.agreement.id:
            continue
        if mention.article in (SUPPLEMENTARY, APPENDIX) and mention.paragraph is None:
            continue  # 「附則」 alone names no one of them
        clause = _clause(version, mention)
        if clause is None:
            unknown.append(mention)
        else:
            found.setdefault(clause.id, clause)
    return Named(tuple(found.values()), tuple(unknown))


def _clause(version: Version, mention: Mention) -> Clause | None:
    id = version.agreement.id
    paragraph = mention.paragraph
    if paragraph is None and mention.item is not None:
        paragraph = "1"
    places = (
        Address(id, mention.article, paragraph, mention.item, mention.subitem),
        Address(id, mention.article, paragraph, mention.item),
    )
    return next((clause for place in places if (clause := version.get(place)) is not None), None)


def within(recall: Recall, clause: Clause, question: Asked) -> tuple[str, ...]:
    """The paragraphs of a named article that the question is about (all, if it does not say)."""
    version = recall.versions[clause.address.agreement]
    inside = [c.id for c in version.children(clause.address)] or [clause.id]
    if clause.level != "article" or len(inside) == 1:
        return (clause.id if clause.level != "article" else inside[0],)
    verdict = recall.judge(question, clause.address.agreement)
    if verdict is None:
        return tuple(inside)
    weights = {likely.id: likely.probability for likely in verdict.clauses if likely.id in inside}
    total = sum(weights.values())
    if total < 0.05:
        return tuple(inside[:4])
    best = max(weights.values())
    return tuple(a for a in inside if weights.get(a, 0.0) >= 0.3 * best)
