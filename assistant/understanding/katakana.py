"""Texts typed in katakana alone: 「ｶｲﾔｸｼﾀｲ」, 「カイヤクキンハイクラデスカ」 read as hiragana.

Where a text has no hiragana at all, its katakana is not only loan words: what is none is put in
hiragana, as it would otherwise be typed. Loan words are those of the dictionary, those of the
project's own texts, and the names of agreements.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import lru_cache

from assistant.understanding.folding import Span
from corpus.tokens import analyse

#: a word of the project's texts has so many letters, and stands in them so often
SHORTEST, OFTEN = 3, 3
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_RUN = re.compile(r"[ァ-ヺー]+")
#: spellings that only loan words have
_FOREIGN = re.compile(
    r"ー|[テデ][ィュ]|[フヴ][ァィェォュ]|[ウ][ィェォ]|[シジチ]ェ|ト[ゥ]|ツ[ァィェォ]"
)
_LOAN = frozenset({"外", "固", "混"})


def written_out(text: str, names: Iterable[Span], loans: Callable[[], Collection[str]]) -> str:
    """`text`, its katakana in hiragana where it is typed in katakana alone; as long as `text`.

    names: where agreements are named; loans: katakana words of the project's texts, longer ones
    cut out of a sentence first.

    >>> written_out("レンタルヲカイヤクシタイデス", (), lambda: ("レンタル",))
    'レンタルをかいやくしたいです'
    >>> written_out("レンタルの解約", (), lambda: ())
    'レンタルの解約'
    """
    if _HIRAGANA.search(text) or not _RUN.search(text):
        return text
    out, kept = list(text), [range(*span) for span in names]
    for start, end in _free(text, kept):
        for at, word in _words(text[start:end], loans):
            out[start + at : start + at + len(word)] = map(_hiragana, word)
    return "".join(out)


def loan_words(texts: Iterable[str]) -> frozenset[str]:
    """Katakana words that stand in `texts` again and again."""
    found = Counter(run for text in texts for run in _RUN.findall(text) if len(run) >= SHORTEST)
    return frozenset(word for word, often in found.items() if often >= OFTEN)


def _free(text: str, kept: list[range]) -> Iterator[Span]:
    """Runs of katakana without what is kept."""
    shown = "".join(" " if any(at in span for span in kept) else c for at, c in enumerate(text))
    yield from (match.span() for match in _RUN.finditer(shown))


def _words(run: str, loans: Callable[[], Collection[str]]) -> Iterator[tuple[int, str]]:
    """(place, letters) of what is no loan word in a run of katakana."""
    at = 0
    for word in analyse(run):
        if word.lemma is None:
            for match in _pattern(frozenset(loans())).finditer(word.surface):
                if match["native"] and not _FOREIGN.search(match["native"]):
                    yield at + match.start(), match["native"]
        elif word.origin not in _LOAN and not _FOREIGN.search(word.surface):
            yield at, word.surface
        at += len(word.surface)


@lru_cache(maxsize=4)
def _pattern(loans: frozenset[str]) -> re.Pattern[str]:
    """A loan word, or whatever stands before the next one."""
    words = "|".join(map(re.escape, sorted(loans, key=len, reverse=True))) or "(?!)"
    return re.compile(rf"(?:{words})|(?P<native>(?:(?!{words}).)+)")


def _hiragana(letter: str) -> str:
    return chr(ord(letter) - 0x60) if "ァ" <= letter <= "ヶ" else letter
