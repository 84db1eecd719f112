"""One word spelled in two ways inside one agreement: ウイルス/ウィルス, ユーザ/ユーザー, 1ヶ月/1ヵ月."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from corpus.library import Version
from corpus.lint.finding import INFO, LintFinding, texts

CHECK = "variants"
TITLE = "表記ゆれ"

_KATAKANA = re.compile(r"[ァ-ヺー]{3,}")
_MONTH = re.compile(r"(?<=[0-9０-９一二三四五六七八九十])[ 　]?([ヶヵケカか箇])月")
_SMALL = str.maketrans("ァィゥェォヴ", "アイウエオウ")


def check(version: Version) -> Iterator[LintFinding]:
    """The rarer spelling, at its first place."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    first: dict[str, str] = {}
    for clause, text in texts(version):
        for match in _KATAKANA.finditer(text):
            words[_key(match[0])][match[0]] += 1
            first.setdefault(match[0], clause.id)
        for match in _MONTH.finditer(text):
            words["か月"][match[1] + "月"] += 1
            first.setdefault(match[1] + "月", clause.id)
    for found in words.values():
        usual, *others = [word for word, _ in found.most_common()]
        for other in others:
            message = f"「{usual}」（{found[usual]}か所）と「{other}」（{found[other]}か所）が混在しています。"
            yield LintFinding(CHECK, first[other], other, message, INFO)


def _key(word: str) -> str:
    """Spellings of one word share a key: no long marks, no small vowels.

    >>> _key("ウィルス") == _key("ウイルス"), _key("ユーザ") == _key("ユーザー")
    (True, True)
    """
    return word[0] + word[1:].translate(_SMALL).rstrip("ー").replace("ィー", "ィ") if word else word
