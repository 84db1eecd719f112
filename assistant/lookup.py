"""Looking up: from a question to what each agreement says, clause by clause.

The judgement over all clauses and silences decides; clauses that the question names are found
in `assistant.named_clauses`. A question that asks for several things is looked at part by part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from assistant import segments, wording
from assistant.findings import Chosen, Finding
from assistant.judgement import Verdict
from assistant.own_values import without_own_values
from assistant.question import Question
from assistant.recall import AROUND, SCENE, TALK, Asked, Recall, Wanted
from assistant.selection import SILENT, Selected, select
from assistant.topic_agreement import BONUS, favoured, shared_topic, topics_of
from corpus.library import Version
from index.tokenizer import normalize

#: a part's clause is added from this probability on
PART = 0.5
#: a part whose silence is at least this likely adds no clause
SILENT_PART = 0.7
#: what a paragraph gains for standing beside the answer to another part: several things asked at
#: once mostly stand in one article
TOGETHER = 3.0
#: an answer speaks so for its article from this probability on
LEADS = 0.5
#: what the paragraphs of the last answer's articles gain where the talk goes on
NEAR = 1.5
#: a follow-up that asks what comes of it (「違反したらどうなる?」): what was told before does not say
_CONSEQUENCE = re.compile(
    r"(?:たら|なら|れば|ば|ないと|場合|と)(?:は)?(?:どう(?:な|す|し)[^、。]*|何か[^、。]*)?[?？]*$"
    r"|どうな(?:る|り|っちゃ|って|ん)"
)
#: a silence is named as the subject where it carries this share of all silences' probability
SURE_SUBJECT = 0.85
#: what a question that names no agreement adds for being about none (log-odds)
UNNAMED = 1.5
#: a question of so many parts as a whole meets silence only from this probability on: its parts
#: have little in common, so that none of the written questions is near
MANY_PARTS, SURE_SILENT = 3, 0.6
#: where the whole question meets silence, a part needs this probability for its clause, or for
#: a silence of its own
SURE_PART = 0.9
#: where one agreement surely answers, or where a few words follow an answer, the terms count as
#: silent only from this probability on
SURE = 0.6
SILENT_BESIDE = 0.9
#: a follow-up that by itself meets silence from this probability on needs no more of it than any
#: question: the talk must then speak for a clause (after 「裁判所は？」, 「調停の手続の定めは？」)
SILENT_ALONE = 0.95
#: an agreement that nobody named answers only if its best utility is at most this far below the
#: best one's: further where it is sure of its clause, less far where it is not
LOG_RELEVANT, LOG_UNSURE = -4.0, -3.5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a question, and where it is too short to stand alone, with its scene.

    asks: whether it asks for something, and does not only give a value (「3年契約」「月額 円」).
    """

    part: Asked
    placed: Asked | None = None
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Look:
    """A question looked at: the whole, and its parts where it asks for several things."""

    whole: Asked
    parts: tuple[Piece, ...] = ()
    talk: Asked | None = None
    named: bool = True
    asks: bool = True

    @property
    def open_ended(self) -> bool:
        """Whether it leaves open what is asked: it asks nothing, or follows in a few words."""
        return self.talk is not None or not self.asks

    @property
    def views(self) -> list[Asked]:
        """Everything that will be judged."""
        placed = [piece.placed for piece in self.parts]
        seen = [self.whole, self.talk, *(piece.part for piece in self.parts), *placed]
        return [one for one in seen if one is not None]

    @property
    def outside(self) -> float:
        """What speaks for a question about no agreement where none is named and no talk goes on."""
        return 0.0 if self.named or self.talk is not None else UNNAMED

    @property
    def told(self) -> tuple[tuple[Asked, float], ...]:
        """The talk that the question follows, with its weight."""
        return () if self.talk is None else ((self.talk, TALK),)


def look(recall: Recall, question: Question, extra: str = "") -> Look:
    """Look at a question, at its parts, and at it along with the talk that it follows."""
    text = without_own_values(question)
    parts = _parts(recall, text, extra)
    talk = [Wanted(text, extra)] if extra else []
    wanted = [Wanted(text), *talk, *(one for part in parts for one in part)]
    seen = iter(recall.ask_all(wanted))
    whole, told = next(seen), next(seen) if talk else None
    pieces = tuple(
        Piece(
            next(seen),
            next(seen) if len(part) > 1 else None,
            _asks(normalize(part[0].text), question.text),
        )
        for part in parts
    )
    return Look(whole, pieces, told, bool(question.meant), bool(question.asks))


def _parts(recall: Recall, text: str, extra: str) -> list[tuple[Wanted, ...]]:
    """The parts of a question: each alone, and with its scene as both stand in the question."""
    return [
        (Wanted(part.text), Wanted(part.text, scene, within=text))
        if scene
        else (Wanted(part.text),)
        for part in segments.requests(text, recall.without_names)
        for scene in [_scene(recall, part, extra)]
    ]


def _asks(part: str, whole: str) -> bool:
    """Whether a part asks, or names a thing without giving a value of it.

    >>> _asks("開始", "10/15開始、月12,000円"), _asks("3年契約", "3年契約です"), _asks("弁償", "弁償、保険")
    (False, False, True)
    """
    if segments.asks(part):
        return True
    beside = rf"(?<![0-9年月日時分円]){re.escape(part)}(?!\s*[:：]?\s*(?:[0-9]|令和|平成))"
    return not any(c.isdigit() for c in part) and bool(re.search(beside, normalize(whole)))


def _scene(recall: Recall, part: segments.Part, extra: str) -> str:
    """The words to read a part with, or "" where it stands for itself."""
    return (part.scene or extra) if segments.says_little(part.text, recall.without_names) else ""


def find_all(
    recall: Recall, agreements: Sequence[str], question: Look, before: Sequence[str] = ()
) -> list[Finding]:
    """What each agreement says, read as one topic where their answers share one.

    before: clauses of the last answer; their topics count where the same is asked of another
    agreement, their neighbourhood where the talk goes on.
    """
    for id in agreements:
        recall.compare(question.views, id)
    near = neighbourhood(recall, before, question) if question.talk is not None else {}
    verdicts = {
        id: verdict
        for id in agreements
        if (verdict := recall.judge(question.whole, id, question.told, outside=question.outside))
    }
    shared = shared_topic(verdicts, recall.topics)
    topics = [shared] if shared else []
    if question.talk is None:
        topics += topics_of(recall.topics, before)
    sure = any(v.best is not None and v.best.probability >= SURE for v in verdicts.values())
    doubtful = (sure and len(verdicts) > 1) or question.talk is not None
    threshold = SILENT_BESIDE if doubtful else SILENT
    found = [
        find(
            recall, id, question, {**near, **dict.fromkeys(favoured(topics, id), BONUS)}, threshold
        )
        for id in agreements
    ]
    return [f for f in found if f is not None]


def of_parts(recall: Recall, agreement: str, question: Look) -> tuple[Chosen, ...]:
    """The clauses of what a question asks for part by part; empty where it asks for one thing."""
    asking = replace(question, parts=tuple(piece for piece in question.parts if piece.asks))
    if len(asking.parts) < 2 or agreement not in recall.fields:
        return ()
    recall.compare(asking.views, agreement)
    version = recall.versions[agreement]
    found = _of_parts(recall, agreement, asking, silent=False)
    return tuple(chosen_of(recall, version, address, p) for address, p in found.items())


def relevant(recall: Recall, agreement: str, question: Asked, gap: float) -> bool:
    """Whether an agreement that nobody named answers, `gap` below the best one's utility."""
    verdict = recall.judge(question, agreement)
    best = verdict.best if verdict else None
    unsure = best is None or best.probability < SURE
    return gap >= (LOG_UNSURE if unsure else LOG_RELEVANT)


def neighbourhood(recall: Recall, cited: Iterable[str], question: Look) -> dict[str, float]:
    """What the paragraphs around the last answer gain where the talk goes on.

    Its own paragraphs gain nothing where what comes of them is asked.
    """
    told = {address.split("(")[0] for address in cited}
    again = not _CONSEQUENCE.search(question.whole.text)
    near = around(recall, told)
    return dict.fromkeys(near | told if again else near - told, NEAR)


def around(recall: Recall, addresses: Iterable[str]) -> set[str]:
    """The paragraphs of the articles around some addresses."""
    return {id for address in addresses for id in _article_of(recall, address)}


def _article_of(recall: Recall, address: str) -> list[str]:
    """The paragraphs of the article around an address."""
    version = recall.versions.get(address.split(":")[0])
    article = version.get(address.split(".")[0]) if version is not None else None
    if version is None or article is None:
        return []
    return [clause.id for clause in version.children(article.address)]


def find(
    recall: Recall,
    agreement: str,
    question: Look,
    likely: Mapping[str, float] = MappingProxyType({}),
    threshold: float = SILENT,
) -> Finding | None:
    """What one agreement says; None where nobody has written questions for it."""
    verdict = recall.judge(question.whole, agreement, question.told, likely, question.outside)
    if verdict is None:
        return None
    if question.talk is not None:
        alone = recall.judge(question.whole, agreement)
        if alone is not None and alone.silence >= SILENT_ALONE:
            threshold = SILENT
    selected = select(verdict, threshold=threshold, open_ended=question.open_ended)
    addresses = dict(selected.clauses)
    if question.parts:
        sure = SURE_SILENT if len(question.parts) >= MANY_PARTS else 0.0
        silent = not selected.clauses and verdict.silence >= sure
        told = _of_parts(recall, agreement, question, silent=silent)
        addresses = told | {a: p for a, p in addresses.items() if not is_held(a, told)}
    return finding(recall, agreement, selected, addresses, verdict)


def _of_parts(recall: Recall, agreement: str, question: Look, *, silent: bool) -> dict[str, float]:
    """The clause of each part, read in the light of the whole question and of the other parts.

    silent: whether the whole question meets silence. Then only parts count that surely have a
    clause, and none where a part surely meets silence as well: that part is what is asked, the
    others only lead to it (「請求、締め日は何日?」).
    """
    least, most = (SURE_PART, 1 - SURE_PART) if silent else (PART, SILENT_PART)
    alone = [_of_part(recall, agreement, question, piece) for piece in question.parts]
    if silent and any(part is not None and part.silence >= SURE_PART for part in alone):
        return {}
    leading = [_leading(recall.judge(question.whole, agreement)), *map(_leading, alone)]
    found: dict[str, float] = {}
    for number, piece in enumerate(question.parts, 1):
        others = [best for n, best in enumerate(leading) if best and n != number]
        seen = _of_part(recall, agreement, question, piece, _together(recall, others))
        if seen is None or seen.silence >= most:
            continue
        told = select(seen, most=2, threshold=1.01).clauses
        if not told or told[0][1] < least:
            continue
        for address, probability in told:
            address = _apart(seen, address, found)
            if not is_held(address, found):
                found[address] = probability
    return found


def _apart(verdict: Verdict, address: str, found: Iterable[str]) -> str:
    """The item that a part means, where an item of the same paragraph is told to another part."""
    items = verdict.items.get(address, ())
    told = any(other.startswith(f"{address}(") for other in found)
    return items[0].id if told and items else address


def _of_part(
    recall: Recall,
    agreement: str,
    question: Look,
    piece: Piece,
    likely: Mapping[str, float] = MappingProxyType({}),
) -> Verdict | None:
    beside = [(question.whole, AROUND)]
    if piece.placed is not None:
        beside.append((piece.placed, SCENE))
    return recall.judge(piece.part, agreement, beside, likely)


def _leading(verdict: Verdict | None) -> str:
    """The paragraph that a verdict surely points at, or ""."""
    best = verdict.best if verdict else None
    return best.id if best is not None and best.probability >= LEADS else ""


def _together(recall: Recall, leading: Sequence[str]) -> dict[str, float]:
    """What the paragraphs beside the answers to the other parts gain."""
    around = (id for address in leading for id in _article_of(recall, address))
    return dict.fromkeys(around, TOGETHER)


def is_held(address: str, held: Iterable[str]) -> bool:
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
    sure = verdict.silent is not None and verdict.silent[1] >= SURE_SUBJECT * verdict.silence
    subject = silence.subject if sure else wording.WHAT_WAS_ASKED
    return Finding(
        version, status, chosen if status == "governed_elsewhere" else (), silence, subject,
        silence.where, selected.checked, verdict.silence,
    )  # fmt: skip


def chosen_of(recall: Recall, version: Version, address: str, weight: float) -> Chosen:
    """A clause with its note's summary."""
    clause = version.clause(address)
    note = recall.notes.get(address) or recall.notes.get(address.split("(")[0])
    own = note is not None and note.address == address
    return Chosen(clause, note.summary if note is not None and own else "", weight)
