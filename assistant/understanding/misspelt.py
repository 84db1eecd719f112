"""Names of agreements with a slip in them: 「Secure Gatway」, 「セキュリティーパッグ」, 「VNP装置」.

A slip changes letters: kana and the letters of long Latin words, seldom more than one. Kanji and
figures are never slips of one another, and of an acronym only two swapped letters are (「VPS装置」
is another thing). Words that the dictionary knows are not misspelt: 「セキュリティパッチ」 is a patch.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.understanding.agreements import Named, Printed, key_of
from assistant.understanding.folding import Folded, Span
from corpus.tokens import analyse

#: a name has at least so many letters, by its kind, before a slip in it can be told
LATIN, KANA, WITH_ACRONYM = 10, 7, 5
#: two slips are forgiven in a name of so many letters, else one
TWO_SLIPS = 11
#: a name of so many letters with one slip is meant whatever words stand in it
CLEAR = 12
#: a name with slips that holds one without has at least so many letters more for each slip
LONGER = 2
#: Latin letters in a row up to here are an acronym
_ACRONYM = re.compile(r"(?<![a-z])[a-z]{1,4}(?![a-z])")
#: what a dictionary word of so few katakana is worth: a piece of a longer one, cut wrongly
_PIECE = re.compile(r"[ァ-ヺー]{1,2}")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_HIRAGANA, _OTHER_KANA = re.compile(r"[ぁ-ゖ]"), re.compile(r"[ァ-ヺA-Za-z]")
_FAR = 99


@dataclass(frozen=True, slots=True)
class Slip:
    """A misspelt name: where it stands in the folded text, and the name that is meant."""

    at: Span
    name: str
    agreement: str
    slips: int


@dataclass(frozen=True, slots=True)
class _Letters:
    """A text in the letters that names are compared in, with where each of them stands."""

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> _Letters:
        told = [(letter, at) for at, char in enumerate(text) for letter in key_of(char)]
        return cls("".join(c for c, _ in told), tuple(at for _, at in told))


def misspelt(folded: Folded, printed: Printed, exact: Iterable[Named] = ()) -> tuple[Slip, ...]:
    """Misspelt names in a text, none over another; `exact` are the names that are spelt right.

    Names that only lack or have a long mark, a dot or a space more are among them, with 0 slips.

    >>> from assistant.understanding.folding import fold
    >>> printed = (("sg", ("Secure Gateway",)), ("vpn", ("VPN装置",)))
    >>> [slip.name for slip in misspelt(fold("VNP装置とSecure Gatway"), printed)]
    ['VPN装置', 'Secure Gateway']
    """
    letters, known = _Letters.of(folded.text), tuple(exact)
    found = sorted(_slips(folded.text, letters, printed), key=_best_first)
    kept: list[Slip] = []
    for slip in found:
        if not any(_overlap(slip.at, other.at) for other in kept):
            kept.append(slip)
    kept = [slip for slip in kept if _beyond(slip, folded.text, known)]
    return tuple(sorted(kept, key=lambda slip: slip.at))


def _best_first(slip: Slip) -> tuple[int, int]:
    """The longest name first, each slip worth LONGER letters, then fewest slips."""
    return (LONGER * slip.slips - len(key_of(slip.name)), slip.slips)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _beyond(slip: Slip, text: str, exact: Iterable[Named]) -> bool:
    """Whether a slip says more than the names that stand in it without one."""
    held = [name for name in exact if _overlap(slip.at, name.at)]
    return all(
        name.agreement == slip.agreement
        and slip.at[0] <= name.at[0]
        and name.at[1] <= slip.at[1]
        and len(key_of(slip.name)) >= len(key_of(text[slice(*name.at)])) + LONGER * slip.slips
        for name in held
    )


def _slips(text: str, letters: _Letters, printed: Printed) -> Iterator[Slip]:
    for key, (name, agreement) in _names(printed).items():
        for start, end, slips in _near(key, letters.text):
            at = letters.places[start], letters.places[end - 1] + 1
            slip = Slip(at, name, agreement, slips)
            if slips == 0 or (_stands_alone(text, at) and _is_slip(text[slice(*at)], slip)):
                yield slip


@lru_cache(maxsize=8)
def _names(printed: Printed) -> Mapping[str, tuple[str, str]]:
    """Names that are long enough, by their letters."""
    found: dict[str, tuple[str, str]] = {}
    for id, names in printed:
        for name in names:
            key = key_of(name)
            if len(key) >= _least(key):
                found.setdefault(key, (name, id))
    return found


def _least(key: str) -> int:
    """The letters that a name needs.

    >>> _least("securegateway"), _least("vpn装置"), _least("セキユアゲト")
    (10, 5, 7)
    """
    if key.isascii():
        return LATIN
    return WITH_ACRONYM if _ACRONYM.search(key) else KANA


@lru_cache(maxsize=1024)
def _pieces(key: str) -> tuple[tuple[int, str], ...]:
    """Pieces of a name and where they stand in it; one is in any text that the name is in with slips."""
    many = min(4, max(3, len(key) // 2))
    cuts = [len(key) * n // many for n in range(many + 1)]
    return tuple((a, key[a:b]) for a, b in pairwise(cuts))


def _near(key: str, text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, slips) of the windows of `text` that are `key` with a few slips or none."""
    allowed = 2 if len(key) >= TWO_SLIPS else 1
    firm = _firm(key)
    for start in _starts(key, text, allowed):
        for size in range(len(key) - allowed, len(key) + allowed + 1):
            window = text[start : start + size]
            if len(window) == size and _may_be(window, key, allowed):
                slips = _distance(window, key, firm, allowed)
                if slips <= allowed:
                    yield start, start + size, slips


def _starts(key: str, text: str, allowed: int) -> set[int]:
    """Where the name may begin, by its pieces that stand in the text."""
    found = set()
    for offset, piece in _pieces(key):
        at = text.find(piece)
        while at >= 0:
            found |= set(range(max(0, at - offset - allowed), at - offset + allowed + 1))
            at = text.find(piece, at + 1)
    return found


def _may_be(window: str, key: str, allowed: int) -> bool:
    """Whether a window has the name's letters, and begins or ends as the name does."""
    edges = (window[0] in key[:2] and window[-1] in key[-2:]) or window[:3] == key[:3]
    return edges and len(set(key) - set(window)) <= allowed


@lru_cache(maxsize=1024)
def _firm(key: str) -> frozenset[int]:
    """Places of the letters that no slip changes: kanji, figures and those of acronyms."""
    acronyms = {at for match in _ACRONYM.finditer(key) for at in range(*match.span())}
    soft = {at for at, c in enumerate(key) if _KATAKANA.match(c) or "a" <= c <= "z"}
    return frozenset(acronyms | (set(range(len(key))) - soft))


@lru_cache(maxsize=4096)  # the same names stand in most questions
def _distance(window: str, key: str, firm: frozenset[int], allowed: int) -> int:
    """Letters left out, put in, mistyped or swapped (optimal string alignment).

    Firm letters of the key may only be swapped, and none may be put in between two of them.
    Beyond `allowed` it is _FAR.

    >>> [_distance(word, "vpn装置", _firm("vpn装置"), 1) for word in ("vnp装置", "vps装置")]
    [1, 99]
    """
    previous: list[int] = []
    last = list(range(len(window) + 1))
    last[1:] = [_FAR if 0 in firm else n for n in last[1:]]
    for row, letter in enumerate(key):
        cost = _FAR if row in firm else 1
        between = _FAR if row in firm and row + 1 in firm else 1
        current = [min(_FAR, last[0] + cost)]
        for column, typed in enumerate(window):
            best = min(
                last[column] + (0 if typed == letter else cost),
                last[column + 1] + cost,
                current[column] + between,
            )
            swapped = row and column and typed == key[row - 1] and window[column - 1] == letter
            if swapped and typed != letter:
                best = min(best, previous[column - 1] + 1)
            current.append(min(_FAR, best))
        if min(current) > allowed and min(last) > allowed:
            return _FAR
        previous, last = last, current
    return last[-1]


def _stands_alone(text: str, at: Span) -> bool:
    """Whether a window is no part of a longer word in its own letters."""
    around = (
        (text[max(0, at[0] - 1) : at[0]], text[at[0]]),
        (text[at[1] : at[1] + 1], text[at[1] - 1]),
    )
    return not any(beside and (_kind(beside) == _kind(edge) != "") for beside, edge in around)


def _kind(char: str) -> str:
    if _KATAKANA.match(char):
        return "katakana"
    return "latin" if char.isascii() and char.isalpha() else ""


def _is_slip(typed: str, slip: Slip) -> bool:
    """Whether what differs from the name is no particle and no word that the dictionary knows."""
    key = key_of(slip.name)
    if _OTHER_KANA.search(typed) and _HIRAGANA.search(typed) and not _HIRAGANA.search(slip.name):
        return False
    if typed.isascii() or sorted(key_of(typed)) == sorted(key):
        return True
    if len(key) >= CLEAR and slip.slips == 1:
        return True
    right = {word.surface for word in analyse(slip.name)}
    other = [word for word in analyse(typed) if word.surface not in right]
    return any(word.lemma is None or _PIECE.fullmatch(word.surface) for word in other)
