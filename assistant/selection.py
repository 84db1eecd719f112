"""Which clauses to cite, and when to say that the terms are silent.

Not more clauses than needed: the likeliest paragraph, a second one only where it is nearly
as likely, an item alone only where it carries almost everything. All thresholds stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.judgement import Likely, Verdict
from corpus.silences import Silence

#: the terms count as silent from this probability on
SILENT = 0.5
#: a second paragraph is cited where it has at least this share of the first one's probability
SECOND = 0.25
#: and at least this probability of its own
SECOND_FLOOR = 0.18
#: where the question is open (it only tells what happened, or follows in a few words), these
OPEN_SECOND, OPEN_FLOOR = 0.1, 0.05
#: an item is cited alone where it has this share of its paragraph's probability
ITEM = 0.75
MOST = 3


@dataclass(frozen=True, slots=True)
class Selected:
    """The outcome for one agreement: addresses with probabilities, or a silence."""

    agreement: str
    clauses: tuple[tuple[str, float], ...] = ()
    silence: Silence | None = None
    silent: float = 0.0
    checked: tuple[str, ...] = ()


def select(
    verdict: Verdict, *, most: int = MOST, threshold: float = SILENT, open_ended: bool = False
) -> Selected:
    """The clauses to cite by one verdict, or the silence that holds.

    open_ended: the question leaves open what is asked, so that a second clause is told sooner.
    """
    if verdict.silence >= threshold and verdict.silent is not None:
        silence, _ = verdict.silent
        checked = silence.checked_in(verdict.agreement) or tuple(c.id for c in verdict.clauses[:2])
        return Selected(verdict.agreement, silence=silence, silent=verdict.silence, checked=checked)
    kept = list(_paragraphs(verdict.clauses, open_ended=open_ended))[:most]
    clauses = tuple((_narrowed(verdict, likely), likely.probability) for likely in kept)
    return Selected(verdict.agreement, clauses, silent=verdict.silence)


def _paragraphs(ranked: Iterable[Likely], *, open_ended: bool) -> Iterable[Likely]:
    share, floor = (OPEN_SECOND, OPEN_FLOOR) if open_ended else (SECOND, SECOND_FLOOR)
    first = 0.0
    for likely in ranked:
        if not first:
            first = likely.probability
            yield likely
        elif likely.probability >= max(share * first, floor):
            yield likely
        else:
            return


def _narrowed(verdict: Verdict, paragraph: Likely) -> str:
    """The item's address where it carries nearly all of its paragraph's probability."""
    items = verdict.items.get(paragraph.id, ())
    if items and items[0].probability >= ITEM * paragraph.probability:
        return items[0].id
    return paragraph.id
