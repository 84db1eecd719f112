"""Roles of dates and amounts: every mention gets a score per role from the table of cues.

A label right beside the number counts most, a verb that takes it next, a word further off least.
Words between two numbers belong to the first up to the first 「、」 and to the second after it.
Nothing is decided here: `assistant.calculation` puts mentions and inputs together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.understanding.cues import AMOUNTS, DATES, Cue
from assistant.understanding.folding import Span

#: scores: a label that touches (with は or nothing, or only with を or 、), a label after, a verb that takes it, a word further off
LABEL, WEAK_LABEL, AFTER, VERB, LOOSE = 10.0, 7.0, 9.0, 8.0, 5.0
#: how far a verb or a loose label may stand, and what each character costs
REACH, VERB_COST, LOOSE_COST = 26, 0.15, 0.25
#: a longer label is the more telling one (再設置費用 over 費用)
LENGTH_GAIN = 0.1
#: stands for the letters of an agreement's name, which say nothing of a role
MASK = "\x00"
#: a number with a role above this needs no neighbour to explain it
WEAK = 5.0
#: the least score that says anything
FLOOR = 2.5

_SAYS = r"(?:は|が|の|って|なら|だと|:|=|→|\(|\)|「|なのは|分|だけ|予定|みたいで)"
_JOINS = r"(?:も|を|、|で|に|として|・|について|と)"
_LEAD = r"(?:税込み?で?|税抜き?で?|税別で?|約|合計で?|計|およそ|だいたい|総額で?|金|それぞれ|毎月|月々|月額?|各|¥)*\s*$"
_DAY_WORDS = r"(?:希望|予定|確定)?(?:年月日|日付|日時|日)?"
_TAIL = rf"{_DAY_WORDS}(?:\s*(?:{_SAYS}|{_JOINS})\s*){{0,3}}{_LEAD}"
_WEAK = re.compile(rf"{_JOINS}\s*{_LEAD}")
_HEAD = r"\s*(?:\([月火水木金土日祝・]+\)|\((?:税込み?|税抜き?|税別|消費税別|消費税込み?)\)|税込み?|税抜き?|税別)?\s*"
_PARTICLES = (
    r"(?:(?:に|で|から|より|まで|付け?で?|をもって|の|が|は|を|には|までに|時点で|頃|ごろ)+、?)?"
)
_HARD = re.compile(r"[。\n?!;①②③④⑤⑥・【】●■]")
_SOFT = re.compile(r"[、,](?!\d)")


@dataclass(frozen=True, slots=True)
class Patterns:
    """A cue compiled: label before, label before at a distance, label after, verb after."""

    role: str
    label: re.Pattern[str] | None
    loose: re.Pattern[str] | None
    after: re.Pattern[str] | None
    verb: re.Pattern[str] | None


def score_dates(
    text: str, spans: Sequence[Span], others: Sequence[Span]
) -> tuple[Mapping[str, float], ...]:
    """Scores by role for the dates at `spans` of a folded text; `others` are amounts' spans."""
    every = sorted((*spans, *others))
    clear = _see_through(text, others)
    scores = [
        _score(windows(text, span, every)[0], windows(clear, span, spans)[1], DATES)
        for span in spans
    ]
    return _shared(text, spans, scores)


def score_amounts(
    text: str, spans: Sequence[Span], others: Sequence[Span]
) -> tuple[Mapping[str, float], ...]:
    """Scores by role for the amounts at `spans`; `others` are dates' spans."""
    every = sorted((*spans, *others))
    ends = {end for _, end in others}
    scores = []
    for span in spans:
        before, after = windows(text, span, every)
        if max((e for _, e in every if e <= span[0]), default=0) in ends:
            before = _SINCE.sub("", before)
        scores.append(_score(before, after, AMOUNTS))
    return tuple(scores)


def windows(text: str, span: Span, every: Sequence[Span]) -> tuple[str, str]:
    """The words before and after a number that may speak of it.

    >>> windows("開始は4/1、解約は9/30です", (8, 12), ((3, 6), (11, 15)))[0]
    '解'
    """
    start, end = span
    previous = max((e for s, e in every if e <= start), default=0)
    following = min((s for s, e in every if s >= end), default=len(text))
    before, after = text[previous:start].replace(MASK, ""), text[end:following].replace(MASK, "")
    return (_before(before, previous > 0), _after(after))


def _before(between: str, shared: bool) -> str:
    between = _HARD.split(between)[-1]
    if shared and (soft := _SOFT.search(between)):
        between = between[soft.end() :]
    return between[-REACH:]


def _after(between: str) -> str:
    between = _HARD.split(between)[0]
    for soft in _SOFT.finditer(between):
        if soft.start() > 2:
            return between[: min(soft.start(), REACH)]
    return between[:REACH]


#: から after a date begins a time, not a comparison of sums
_SINCE = re.compile(r"^\s*(?:から|より|~)")
_AND = re.compile(r"\s*(?:と|や|、|・|および|及び|または|又は|,|/)\s*(?:、)?\s*")


def _shared(
    text: str, spans: Sequence[Span], scores: Sequence[Mapping[str, float]]
) -> tuple[Mapping[str, float], ...]:
    """A number without a role, joined to another by nothing but と or 「、」, shares its roles."""
    out = [dict(score) for score in scores]
    for index in range(len(spans) - 1):
        if _AND.fullmatch(text[spans[index][1] : spans[index + 1][0]]):
            first, second = out[index], out[index + 1]
            if min(max(r.values(), default=0.0) for r in (first, second)) >= WEAK:
                continue
            both = {
                role: max(first.get(role, 0), second.get(role, 0)) for role in {*first, *second}
            }
            out[index], out[index + 1] = both, dict(both)
    return tuple(out)


def _see_through(text: str, sums: Sequence[Span]) -> str:
    """`text` with its sums masked, so that a date's verb may stand behind them."""
    for start, end in sums:
        text = text[:start] + MASK * (end - start) + text[end:]
    return text


def _score(before: str, after: str, cues: tuple[Cue, ...]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for patterns in _compiled(cues):
        score = max(_label(patterns, before), _following(patterns, after))
        if score >= FLOOR:
            scores[patterns.role] = round(score, 2)
    return scores


def _label(patterns: Patterns, before: str) -> float:
    if not before or patterns.label is None:
        return 0.0
    if touching := patterns.label.search(before):
        strength = WEAK_LABEL if _WEAK.search(touching[0]) else LABEL
        return strength + LENGTH_GAIN * min(len(touching[0]), 20)
    ends = [m.end() for m in patterns.loose.finditer(before)] if patterns.loose else []
    return LOOSE - LOOSE_COST * (len(before) - ends[-1]) if ends else 0.0


def _following(patterns: Patterns, after: str) -> float:
    closed = 3.0 if after[:1] in ")」】" else 0.0
    if patterns.after is not None and patterns.after.match(after):
        return AFTER - closed
    if patterns.verb is not None and (found := patterns.verb.match(after)):
        return VERB - VERB_COST * len(found[0]) - closed
    return 0.0


def warm() -> None:
    """Compile all patterns now rather than with the first date and the first sum."""
    for cues in (DATES, AMOUNTS):
        _compiled(cues)


@cache
def _compiled(cues: tuple[Cue, ...]) -> tuple[Patterns, ...]:
    return tuple(_compile(cue) for cue in cues)


def _compile(cue: Cue) -> Patterns:
    after = "|".join(
        filter(None, (cue.after, rf"(?:が|は|の|を|\()?(?:{cue.noun})" if cue.noun else ""))
    )
    verb = rf"{_HEAD}{_PARTICLES}(?:[^、。]{{0,12}}?)(?:{cue.verb})" if cue.verb else ""
    label = "|".join(filter(None, (cue.noun, cue.left)))
    return Patterns(
        cue.role,
        re.compile(rf"(?:{label}){_TAIL}") if label else None,
        re.compile(cue.noun) if cue.noun else None,
        re.compile(rf"{_HEAD}(?:{after})") if after else None,
        re.compile(verb) if verb else None,
    )
