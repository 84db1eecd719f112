"""What a language model's sentence must additionally satisfy before a user may read it.

Quotes and numbers are checked for every answer (`grounding`). A model can also lie without
either: turn a duty round, add a promise, pass on an address planted in a question. So each
of its claims must be carried by the clauses it names: same quantities, mostly the same
words, the same polarity, and no address, link or phone number of its own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.grounding import Violation
from assistant.numbers_in_text import quantities, whole_dates

#: share of a claim's word pairs that must stand in its sources
MIN_SUPPORT = 0.6
_CONTACT = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|0\d{1,4}[-(ー－ ]?\d{1,4}[-)ー－ ]?\d{3,4}"
)
_NEGATIVE = re.compile(
    r"ません|ない(?!場合|とき|で済)|なく|ず(?:に)?|不要|無料|無償|免除|免れ|負わ|禁止|できかね|一切"
)
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a model and the texts that it says it stands on."""

    text: str
    sources: tuple[str, ...]


def unsupported(claim: Claim) -> tuple[Violation, ...]:
    """Every way in which `claim` is not carried by its sources; empty when it is.

    >>> unsupported(Claim("解約は1カ月前までに通知します。", ("解約は1カ月前までに通知するものとします。",)))
    ()
    >>> [v.kind for v in unsupported(Claim("解約は3カ月前です。", ("解約は1カ月前までに通知する。",)))]
    ['number_without_source', 'claim_without_support']
    """
    sources = claim.sources
    known = _numbers(sources)
    found = [
        Violation("number_without_source", q.printed, f"「{q.printed}」は根拠の条文にありません。")
        for q in (*quantities(claim.text), *whole_dates(claim.text))
        if q.key not in known
    ]
    found += [
        Violation("contact_without_source", m[0], "根拠にない連絡先またはURLです。")
        for m in _CONTACT.finditer(unicodedata.normalize("NFKC", claim.text))
        if not any(m[0] in unicodedata.normalize("NFKC", s) for s in sources)
    ]
    for sentence in _SENTENCE.findall(claim.text):
        found += _sentence_violations(sentence, sources)
    return tuple(found)


def _sentence_violations(sentence: str, sources: Sequence[str]) -> Iterable[Violation]:
    grams = _bigrams(sentence)
    if not grams:
        return
    carried = {gram for source in sources for gram in _bigrams(source)}
    if len(grams & carried) / len(grams) < MIN_SUPPORT:
        yield Violation("claim_without_support", sentence, "根拠の条文に支えられていない文です。")
        return
    nearest = max(_sentences(sources), key=lambda s: _likeness(grams, _bigrams(s)), default="")
    if bool(_NEGATIVE.search(sentence)) != bool(_NEGATIVE.search(nearest)):
        yield Violation("turned_round", sentence, "根拠の条文と肯定・否定が逆の文です。")


def _numbers(texts: Iterable[str]) -> set[tuple[object, str]]:
    return {q.key for text in texts for q in (*quantities(text), *whole_dates(text))}


def _sentences(sources: Iterable[str]) -> list[str]:
    return [part for source in sources for part in _SENTENCE.findall(source)]


def _likeness(left: set[str], right: set[str]) -> float:
    return len(left & right) / (len(right) ** 0.5 + 1)


def _bigrams(text: str) -> set[str]:
    text = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))
    return {text[i : i + 2] for i in range(len(text) - 1)}
