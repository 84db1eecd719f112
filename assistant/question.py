"""The question as understood: one immutable value that every later step reads.

`understand` reads a text once, without network, model or clock; `today` is given. Nothing here
decides an answer: it says which agreements, clauses, dates, sums and periods the text names, what
each could be (`roles`), and what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.understanding.agreements import Agreements, find_agreements, without_names
from assistant.understanding.amounts import Amount, amounts
from assistant.understanding.dates import DateMention, read_dates
from assistant.understanding.folding import Folded, Span, fold
from assistant.understanding.kind import Ask, Kind, asks_of, kind_of
from assistant.understanding.periods import Period, periods
from assistant.understanding.premises import Premise, premises
from assistant.understanding.roles import MASK, score_amounts, score_dates
from assistant.understanding.shares import Share, shares
from corpus.mentions import Mention
from corpus.mentions import find as find_mentions

if TYPE_CHECKING:
    from corpus.library import Library


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with its score for each role it may play."""

    mention: DateMention
    roles: Mapping[str, float]

    @property
    def value(self) -> date:
        """The date."""
        return self.mention.value


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount with its score for each role it may play."""

    mention: Amount
    roles: Mapping[str, float]

    @property
    def value(self) -> int:
        """Whole yen as typed."""
        return self.mention.yen


@dataclass(frozen=True, slots=True)
class Question:
    """A text as understood. Spans point into `text`."""

    text: str
    today: date
    agreements: Agreements
    mentions: tuple[Mention, ...]
    dates: tuple[Dated, ...]
    amounts: tuple[Sum, ...]
    periods: tuple[Period, ...]
    shares: tuple[Share, ...]
    kind: Kind
    asks: tuple[Ask, ...]
    premises: tuple[Premise, ...]
    stripped: str
    folded: Folded
    carried: bool = False
    #: days as typed that no calendar has (2月30日)
    impossible: tuple[str, ...] = ()

    @property
    def meant(self) -> tuple[str, ...]:
        """Ids of the agreements meant, in the order named; empty where none is."""
        return self.agreements.meant

    @property
    def plain(self) -> str:
        """The folded text that patterns read."""
        return self.folded.text


#: a text without any of these names no clause
_REFERENCE = re.compile(r"[条條項号號:：]|[附付]則|別表|\d[-−－‐–ー.．]\d")


def understand(
    text: str, *, today: date, library: Library, context: Question | None = None
) -> Question:
    """Read `text`; where it names no agreement, the one of `context` is carried over."""
    folded = fold(text)
    named = find_agreements(folded, library)
    carried = not named.meant and context is not None and bool(context.meant)
    calendar = read_dates(folded, today)
    found_dates = calendar.mentions
    date_spans = [d.at for d in found_dates]
    taken = (*date_spans, *calendar.impossible)
    found_amounts = tuple(a for a in amounts(folded) if not _overlaps(a.at, taken))
    amount_spans = [a.at for a in found_amounts]
    found_periods = periods(folded, (*taken, *amount_spans))
    masked = _masked(folded, named)
    asks = asks_of(folded.text)
    own = bool(found_dates or found_amounts)
    return Question(
        text=text,
        today=today,
        agreements=context.agreements if carried and context else named,
        mentions=_mentions(text, folded, named),
        dates=tuple(map(Dated, found_dates, score_dates(masked, date_spans, amount_spans))),
        amounts=tuple(map(Sum, found_amounts, score_amounts(masked, amount_spans, date_spans))),
        periods=found_periods,
        shares=shares(folded),
        kind=kind_of(folded.text, asks, own_numbers=own),
        asks=asks,
        premises=premises(folded),
        stripped=without_names(folded, named),
        folded=folded,
        carried=carried,
        impossible=tuple(text[slice(*folded.span(*at))] for at in calendar.impossible),
    )


def _mentions(text: str, folded: Folded, named: Agreements) -> tuple[Mention, ...]:
    """The clauses named.

    Where several agreements are named, a clause is only the nearest one's where each has clauses of
    its own (SG27条とVPN8条, but not SGとVPNの8条).
    """
    if not _REFERENCE.search(text):
        return ()
    names = {folded.text[slice(*name.at)]: name.agreement for name in named.named}
    found = find_mentions(text, names)
    owners = [mention.agreement for mention in found]
    if len(named.meant) > 1 and (None in owners or set(owners) != set(named.meant)):
        return find_mentions(text)
    return found if named.meant else find_mentions(text)


def _overlaps(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in others)


def _masked(folded: Folded, named: Agreements) -> str:
    text = folded.text
    for name in named.named:
        start, end = name.at
        text = text[:start] + MASK * (end - start) + text[end:]
    return text
