"""What a claimed sentence leaves out of its source: exceptions, provisos and conditions.

A sentence without its ただし書 can be true word for word and still mislead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.nearness import closeness, conditions, own, share
from assistant.statement import Statement, read, sentences

#: share of the words of an exception, and of a condition, that the reply must carry
EXCEPTION_CARRIED, CONDITION_CARRIED = 0.33, 0.25
#: a source sentence this near to the claim, against the nearest, may stand for it
AS_NEAR = 0.8

#: share of a condition's own words that may stand for the condition without とき or 場合
SPOKEN = 0.6
#: units of numbers that name a place in the text
PLACES = frozenset({"条", "項", "号", "章", ""})
_ONLY = r"(?<!ない)限(?:り|る|っ|ら)(?!で?は|で?あ)|のみ(?!なら)|だけ(?!で(?:は)?な)|しか"
#: exceptions inside a sentence: how they are printed, and what a reply may print for them
_EXCEPTIONS = {
    "を除く": (re.compile(r"([^、。（）()]{2,40}?)を除[きくい]"), re.compile(r"除[きくい]|以外")),
    "以外": (re.compile(r"([^、。（）()]{2,40}?)以外"), re.compile(r"除[きくい]|以外")),
    "のみ": (
        re.compile(r"([^、。（）()]{2,40}?)(?:に限[りるっ]|のみ(?!なら)|だけ(?!で(?:は)?な))"),
        re.compile(_ONLY),
    ),
}
_PROVISO_WORDS = re.compile(
    r"ただし|但し|除[きくい]|以外|例外|なければ|ない限り|を超え|この限り|場合(?:は|が|には)"
)


def dropped(
    said: Statement,
    picked: Sequence[Statement],
    sources: Sequence[Statement],
    beside: str,
    question: str,
) -> str:
    """An exception or condition of the nearest sentence that the whole reply does not carry."""
    reply = read(beside.replace("\n", "。"))
    near = _asserting(said, [*picked, *sources])
    for source in near:
        lost = _lost_exception(source, sources, reply)
        if lost:
            return lost
    told = _with_previous(said, beside)
    missing = [_lost_condition(source, told, read(question)) for source in near]
    return missing[0] if missing and all(missing) else ""


def _asserting(said: Statement, sources: Sequence[Statement]) -> list[Statement]:
    """The source sentences nearest to the claim in what they state beside their conditions."""
    claimed = _without_conditions(said.text)
    rated = {s: closeness(claimed, _without_conditions(s.text)) for s in sources}
    least = AS_NEAR * max(rated.values(), default=0.0)
    return [s for s, rate in rated.items() if rate >= least]


def _without_conditions(text: str) -> Statement:
    for segment in conditions(text):
        text = text.replace(segment, "", 1)
    return read(text)


def _with_previous(said: Statement, beside: str) -> list[Statement]:
    """The claimed sentence and the one before it in the reply."""
    texts = sentences(beside)
    at = texts.index(said.text) if said.text in texts else 0
    return [*(read(text) for text in texts[max(0, at - 1) : at]), said]


def _lost_condition(source: Statement, told: Sequence[Statement], question: Statement) -> str:
    """A condition of `source` that neither the claim nor the question names, or ""."""
    named = [read(segment).said for one in told for segment in conditions(one.text)]
    said = frozenset[str]().union(*(one.said for one in told))
    left = [segment for segment in conditions(source.text) if own(read(segment))]
    for words in named:
        best = max(left, key=lambda segment: share(own(read(segment)), words), default="")
        if best and share(own(read(best)), words) >= CONDITION_CARRIED:
            left.remove(best)
    for segment in left:
        wanted = own(read(segment))
        distinct = wanted - read(source.text.replace(segment, "", 1)).said
        asked = share(wanted, question.said) >= CONDITION_CARRIED
        if not asked and share(distinct, said) < SPOKEN:
            return segment
    return ""


def _lost_exception(source: Statement, sources: Sequence[Statement], reply: Statement) -> str:
    """An exception of `source` that the reply has no words for, or "" ."""
    for name, (pattern, marker) in _EXCEPTIONS.items():
        segments = [match[1] for match in pattern.finditer(source.text)]
        if len(segments) > len(marker.findall(reply.text)):
            return f"{segments[0]}{name}"
        lost = [s for s in segments if not _carries(reply.said, s, EXCEPTION_CARRIED)]
        if lost:
            return f"{lost[0]}{name}"
    proviso = _proviso(source, sources)
    if proviso is None:
        return ""
    words = own(proviso) - source.said
    numbers = {key for key in proviso.numbers if key[1] not in PLACES} - set(source.numbers)
    said = not words or share(words, reply.said) >= EXCEPTION_CARRIED
    told = bool(numbers & set(reply.numbers)) if numbers else True
    return "" if said and told and _PROVISO_WORDS.search(reply.text) else proviso.text


def _proviso(source: Statement, sources: Sequence[Statement]) -> Statement | None:
    at = next((i for i, s in enumerate(sources) if s == source), -1)
    after = sources[at + 1] if 0 <= at < len(sources) - 1 else None
    return after if after is not None and after.text.startswith(("ただし", "但し")) else None


def _carries(words: frozenset[str], segment: str, least: float) -> bool:
    wanted = own(read(segment))
    return not wanted or share(wanted, words) >= least
