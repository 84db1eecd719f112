"""Words and character pairs of Japanese text, as the two BM25 fields count them.

Text is NFKC-folded first. `words` gives content lemmas, compound nouns both whole and in
parts (遅延損害金 → 遅延, 損害, 金, 遅延損害, 損害金, 遅延損害金) and every article reference as
one word in one spelling (第十八条, 第１８条 → 第18条). `pairs` gives character bigrams, which
forgive spellings and splits that the dictionary does not know.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from corpus.numerals import to_int
from corpus.tokens import Morpheme, analyse

#: raised whenever the words or pairs of some text would change; part of every index fingerprint
TOKENIZER_VERSION = "1"

#: letters that only differ in style; both sides are folded
_FOLD = str.maketrans({"關": "関", "條": "条", "號": "号", "項": "項", "〇": "0", "零": "0"})
_MONTHS = re.compile(r"[カヶかヵケ箇ヵ]月")
_KANJI_NUMBER = "〇一二三四五六七八九十百千"
_REFERENCE = re.compile(
    rf"第?([0-9]+|[{_KANJI_NUMBER}]+)(条|項|号|章)((?:の[0-9]+|の[{_KANJI_NUMBER}]+)*)"
)
_NAME = re.compile(r"[一-鿿々ァ-ヺーa-z]{2,24}\s?$")
_BRANCH = re.compile(rf"の([0-9]+|[{_KANJI_NUMBER}]+)")

#: parts of speech whose words say what a sentence is about
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞"})
#: lemmas that stand in any sentence and say nothing about it
_EMPTY = frozenset(
    [
        "為る",
        "居る",
        "有る",
        "成る",
        "事",
        "物",
        "時",
        "為",
        "場合",
        "等",
        "其れ",
        "此れ",
        "何",
        "何れ",
        "其の他",
        "良い",
        "無い",
        "言う",
        "呉れる",
        "貰う",
        "下さる",
        "頂く",
        "致す",
        "御座る",
        "出来る",
        "遣る",
        "行く",
        "来る",
        "見る",
        "置く",
        "仕舞う",
        "様",
        "そう",
        "どう",
        "如何",
        "旨",
        "者",
        "方",
        "教える",
        "知る",
        "思う",
        "願う",
        "御願い",
    ]
)
_PAIR_BREAK = re.compile(r"[^0-9a-zぁ-ゖァ-ヺー一-鿿々]+")
_LONGEST_COMPOUND = 6


def normalize(text: str) -> str:
    """Fold width, case and letter style: NFKC, lower case, 關→関, ヶ月→か月.

    >>> normalize("ＶＰＮ １ヶ月")
    'vpn 1か月'
    """
    folded = unicodedata.normalize("NFKC", text).lower().translate(_FOLD)
    return _MONTHS.sub("か月", folded)


def reference_words(text: str) -> list[str]:
    """Article, paragraph, item and chapter references in one spelling, and with their law.

    >>> reference_words(normalize("第十八条の二第１項"))
    ['第18条の2', '第1項']
    >>> reference_words(normalize("民法 第５条"))
    ['第5条', '民法第5条']
    """
    found = []
    for match in _REFERENCE.finditer(text):
        found.append(_reference(match))
        name = _NAME.search(text, max(0, match.start() - 25), match.start())
        if name:
            found.append(name[0].rstrip() + found[-1])
    return found


def _reference(match: re.Match[str]) -> str:
    branches = "".join(f"の{to_int(b)}" for b in _BRANCH.findall(match[3]))
    return f"第{to_int(match[1])}{match[2]}{branches}"


def words(text: str) -> list[str]:
    """Content words of `text` in order, with compounds whole and in parts.

    >>> words("遅延損害金を払う")
    ['遅延', '損害', '金', '遅延損害', '損害金', '遅延損害金', '払う']
    """
    return list(_words(text))


@lru_cache(maxsize=64)  # the search and the classifiers look at the same question
def _words(text: str) -> tuple[str, ...]:
    folded = normalize(text)
    found = reference_words(folded)
    run: list[str] = []
    for word in analyse(_REFERENCE.sub("。", folded)):
        if _joins(word):
            run.append(word.surface)
        else:
            found += _compounds(run)
            run = []
        lemma = _lemma(word)
        if lemma:
            found.append(lemma)
    return (*found, *_compounds(run))


def _joins(word: Morpheme) -> bool:
    """Whether a word may be part of a compound noun."""
    return word.pos1 in ("名詞", "接頭辞") or (word.pos1 == "接尾辞" and word.pos2 == "名詞的")


def _lemma(word: Morpheme) -> str | None:
    """The dictionary form of a content word, or None for a word that says nothing."""
    if word.pos1 not in _CONTENT and not (word.pos1 == "接尾辞" and word.pos2 == "名詞的"):
        return None
    lemma = (word.lemma or word.surface).split("-")[0]
    return None if lemma in _EMPTY else lemma


def _compounds(run: list[str]) -> Iterator[str]:
    """Neighbouring pairs of a run of nouns and the run as a whole."""
    if len(run) < 2:
        return
    if len(run) > 2:
        for left, right in pairwise(run):
            yield left + right
    yield "".join(run[:_LONGEST_COMPOUND])


def pieces(text: str) -> str:
    """`text` normalized, with one space for whatever no pair crosses; line ends are kept.

    >>> pieces("解約、する\\n料金")
    '解約 する\\n料金'
    """
    return "\n".join(_PAIR_BREAK.sub(" ", line) for line in normalize(text).split("\n"))


def pairs(text: str) -> list[str]:
    """Character bigrams of `text`, none across punctuation or spaces.

    >>> pairs("解約、する")
    ['解約', 'する']
    """
    found: list[str] = []
    for piece in _PAIR_BREAK.split(normalize(text)):
        found += [piece[i : i + 2] for i in range(len(piece) - 1)] or ([piece] if piece else [])
    return found
