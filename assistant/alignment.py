"""Lays a claimed sentence beside the nearest sentences of its sources and finds what differs.

Each comparison returns what differs, in words for the model that must repair it, or "".
`picked` are the source sentences nearest to the claim, the nearest first; `sources` all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from assistant.nearness import closeness, condition_words
from assistant.numbers_in_text import quantities
from assistant.omissions import PLACES
from assistant.parties import Mention
from assistant.same_words import GENERAL
from assistant.statement import Key, Statement, read

#: a claim this close to a sentence must deny exactly what the sentence denies
CLOSE = 0.6
_EXCEPTING = re.compile(r"の限り|例外|ただし|但し")
_EXCEPTED = re.compile(r"の限り[でに]|例外|ただし|但し|を除[きくい]|以外")
_ENDS_OPEN = re.compile(r"(?:こと|場合|可能性|おそれ)が(?:あり|ある)[^、。]*。?$")
_ODD = re.compile(
    r"半(?:年|月|額|分|日|期|数|時間)|[数何幾]?倍|全額|数[日週カヶか箇回円年月時分万千百十]\S?|"
    r"[〇零一二三四五六七八九十百千万0-9]+(?:割|分|厘|毛|・|点|倍)[〇零一二三四五六七八九十0-9割分厘]*|"
    r"(?:ひと|ふた|み|よ|いつ|む|なな|や|ここの|と)(?:つき|月|年)|"
    r"(?:明治|大正|昭和|平成|令和)\S{1,3}?年|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[壱弐参肆伍陸漆捌玖拾]+"
)


def odd_numerals(text: str) -> list[str]:
    """Numbers that are not printed as digits with a unit: 半年, 一割四分五厘, 令和8年, 数カ月.

    >>> odd_numerals("年一割四分五厘、半年ごと")
    ['一割四分五厘', '半年']
    """
    text = unicodedata.normalize("NFKC", text)
    found = [match[0] for match in _ODD.finditer(text)]
    rest = text
    for quantity in quantities(text):
        rest = rest.replace(quantity.printed, " ", 1)
    return found + [c for c in rest if unicodedata.category(c) in ("Nd", "No", "Nl")]


def unknown_words(
    said: Statement, sources: Iterable[Statement], places: Iterable[Statement], question: str
) -> list[str]:
    """Content words that neither the sources nor the clause's name nor a condition asked carry."""
    known = {word for source in (*sources, *places) for word in source.words}
    left = [word for word in said.words if word not in known and word not in GENERAL]
    if not left:
        return []
    asked = read(question).said & condition_words(said.text)
    return [word for word in dict.fromkeys(left) if word not in asked]


def turned_round(said: Statement, picked: Sequence[Statement], _all: Sequence[Statement]) -> str:
    """A word that is denied here and asserted there, or the other way round."""
    near = frozenset[str]().union(*(s.near for s in picked))
    denied = frozenset[str]().union(*(s.denied for s in picked))
    asserted = frozenset(w for s in picked for w, n in Counter(s.words).items() if n > s.denied[w])
    for word in said.denied:
        if word not in near:
            return word
    for word, times in Counter(said.words).items():
        if times > said.denied[word] and word in denied and word not in asserted:
            return word
    best = picked[0]
    if closeness(said, best) >= CLOSE:
        return next(iter(_shared(said.denied - best.denied, best)), "") or next(
            iter(_shared(best.denied - said.denied, said)), ""
        )
    return ""


def _shared(denied: Counter[str], other: Statement) -> list[str]:
    return [word for word in denied if word in other.said]


#: roles that a party may have in the source for its role in the claim
_LIKE_ROLES = {
    "topic": ("topic", "agent"),
    "agent": ("topic", "agent"),
    "owner": ("owner", "topic", "agent"),
}


def swapped(said: Statement, picked: Sequence[Statement], sources: Sequence[Statement]) -> str:
    """A party in a role that the nearest like mention gives to another party."""
    mentions = [m for s in (*picked, *sources) for m in s.mentions]
    for mention in said.mentions:
        roles = _LIKE_ROLES.get(mention.role, (mention.role,))
        rivals = [m for m in mentions if m.role in roles]
        if not _fits(mention, rivals):
            return mention.party
    return ""


def _fits(mention: Mention, rivals: Sequence[Mention]) -> bool:
    if not rivals:
        return mention.role == "object"
    best = max(len(mention.words & m.words) for m in rivals)
    like = {m.party for m in rivals if len(mention.words & m.words) == best}
    return mention.party in like


def moved_number(said: Statement, picked: Sequence[Statement], _all: Sequence[Statement]) -> str:
    """A number used otherwise: not in these sentences, turned direction, order or repetition."""
    own = [key for key in said.numbers if key[1] not in PLACES]
    for key in own:
        if not any(key in s.numbers for s in picked):
            return _printed(key)
        if own.count(key) > max(s.numbers.count(key) for s in picked):
            return _printed(key)
    directions = {pair for s in picked for pair in s.directions}
    for key, direction in said.directions:
        if key in own and (key, direction) not in directions:
            return f"{_printed(key)}{direction}"
    return _disordered(own, picked)


def _disordered(own: Sequence[Key], picked: Sequence[Statement]) -> str:
    """Two numbers of one unit in an order that no picked sentence has."""
    for first, second in combinations(own, 2):
        both = [s.numbers for s in picked if first in s.numbers and second in s.numbers]
        same_unit = first != second and first[1] == second[1]
        if same_unit and both and not any(_in_order(n, first, second) for n in both):
            return f"{_printed(first)}、{_printed(second)}"
    return ""


def _in_order(numbers: Sequence[Key], first: Key, second: Key) -> bool:
    return first in numbers[: len(numbers) - 1 - numbers[::-1].index(second)]


def moved_bound(said: Statement, picked: Sequence[Statement], _all: Sequence[Statement]) -> str:
    """A word with から or まで that the sentences have only with the other."""
    known = {pair for s in picked for pair in s.bounds}
    words = {word for word, _particle in known}
    for word, particle in said.bounds:
        if word in words and (word, particle) not in known:
            return f"{word}{particle}"
    return ""


def _other_modes(said: Statement, sources: Sequence[Statement]) -> str:
    """A word that one may do here and not there, or must do here and may do there."""
    able = {word for s in sources for word in (*s.able, *s.maybe)}
    due = {word for s in sources for word in s.due}
    for word in said.able:
        if word not in able and word not in said.denied:
            return f"{word}できる"
    return next((f"{w}しなければならない" for w in said.due if w in able and w not in due), "")


def changed_mode(said: Statement, picked: Sequence[Statement], sources: Sequence[Statement]) -> str:
    """A certainty, permission, duty or restriction that the nearest sentences do not have."""
    modes = frozenset[str]().union(*(s.modes for s in picked))
    for word in said.words:
        open_in = [s for s in picked if s.maybe[word]]
        only = word == said.words[-1] or all(s.words.count(word) == 1 for s in open_in)
        if open_in and only and not said.maybe[word]:
            return "ことがある"
    if _ENDS_OPEN.search(picked[0].text) and not said.modes & {"may", "can"}:
        return "ことがある"
    wrong = _other_modes(said, sources)
    if wrong:
        return wrong
    if "can" in said.modes and not modes & {"may", "can"}:
        return "できる"
    if "only" in said.modes and "only" not in modes:
        return "のみ"
    if "must" in said.modes and "must" not in modes and modes & {"may", "can"}:
        return "しなければならない"
    return ""


def invented_exception(
    said: Statement, _picked: Sequence[Statement], sources: Sequence[Statement]
) -> str:
    """An exception (この限りではない, ただし) where the sources have none."""
    claimed = _EXCEPTING.search(said.text)
    return claimed[0] if claimed and not any(_EXCEPTED.search(s.text) for s in sources) else ""


def rejoined(said: Statement, _picked: Sequence[Statement], sources: Sequence[Statement]) -> str:
    """Words joined by and that the sentences join by or, or the other way round."""
    known = {join for s in sources for join in s.joins}
    for left, kind, right in said.joins:
        other = (left, "or" if kind == "and" else "and", right)
        if (left, kind, right) not in known and (left == right or other in known):
            return f"{left}、{right}"
    return ""


def _printed(key: Key) -> str:
    return f"{key[0]}{key[1]}"
