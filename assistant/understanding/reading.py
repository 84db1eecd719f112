"""What was typed, as it is read: names put right, katakana sentences in hiragana.

Every later step reads this text; what was read otherwise than typed is told to the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.understanding.agreements import find_agreements, nicknamed, printed_names
from assistant.understanding.folding import Folded, fold
from assistant.understanding.katakana import written_out
from assistant.understanding.misspelt import Slip, misspelt

if TYPE_CHECKING:
    from corpus.library import Library

READ_AS = "『{typed}』は『{name}』のことと読みました"
_BETWEEN = re.compile(r"[\W_]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it is read, and what is said about it where it was typed otherwise."""

    text: str
    notes: tuple[str, ...] = ()


def read(
    text: str,
    library: Library,
    *,
    known: Callable[[str], bool],
    loans: Callable[[], Collection[str]],
) -> Reading:
    """Read `text`; known: whether a spelling is a name as it stands; loans: see `written_out`."""
    named = _with_names(text, library, known)
    folded = fold(named.text)
    spans = [name.at for name in find_agreements(folded, library).named]
    if not spans:
        named = _with_nicknames(named, folded, library)
        folded = fold(named.text)
    native = written_out(folded.text, spans, loans)
    if native == folded.text:
        return named
    again = _with_names(native, library, known)  # what follows a name is now no part of it
    return Reading(again.text, (*named.notes, *again.notes))


def _with_names(text: str, library: Library, known: Callable[[str], bool]) -> Reading:
    """The text with every misspelt name as it is printed; no word of a long mark more or less."""
    folded = fold(text)
    exact = find_agreements(folded, library).named
    slips = [
        slip
        for slip in misspelt(folded, printed_names(library), exact)
        if not _is_spelt(slip, folded.text[slice(*slip.at)], known)
    ]
    told = [
        READ_AS.format(typed=_typed(folded, slip), name=slip.name) for slip in slips if slip.slips
    ]
    return Reading(_put_right(folded, slips), tuple(dict.fromkeys(told)))


def _with_nicknames(reading: Reading, folded: Folded, library: Library) -> Reading:
    """The text with the service's name for each nickname; for texts that name no agreement."""
    found = [
        Slip(name.at, library.agreement(name.agreement).service, name.agreement, 1)
        for name in nicknamed(folded, library)
    ]
    if not found:
        return reading
    told = [READ_AS.format(typed=_typed(folded, slip), name=slip.name) for slip in found]
    return Reading(_put_right(folded, found), (*reading.notes, *dict.fromkeys(told)))


def _is_spelt(slip: Slip, typed: str, known: Callable[[str], bool]) -> bool:
    """Whether a name needs no putting right: known, or only spaces and brackets apart."""
    apart = _BETWEEN.sub("", typed).casefold() != _BETWEEN.sub("", slip.name).casefold()
    return known(typed) or not apart


def _typed(folded: Folded, slip: Slip) -> str:
    return folded.original[slice(*folded.span(*slip.at))]


def _put_right(folded: Folded, slips: list[Slip]) -> str:
    out, end = [], 0
    for slip in slips:
        start, after = folded.span(*slip.at)
        out += [folded.original[end:start], slip.name]
        end = after
    return "".join([*out, folded.original[end:]])
