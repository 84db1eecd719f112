"""Which agreements a question names, and the question without their names.

The name of an agreement stands in most of its clauses or in none, so it says which agreement
is meant and nothing about which clause: it is taken out before the words are counted. Names
match in any width, case and kana (せきゅあげーとうぇい), Latin ones only as whole words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from index.tokenizer import normalize

if TYPE_CHECKING:
    from corpus.library import Library

_KATAKANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
#: what follows a name and belongs to it
_AFTER = r"(?:の)?(?:ご?利用)?(?:規約|約款|さーびす)?(?:に(?:ついて|関して|おいて)は?|では|で|の|は|に|、)?"

#: what is left standing around a question when a name is taken out
_AROUND = " 、の"
_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Names:
    """Every title, short name, service and alias → id; a name of two agreements is left out."""

    ids: dict[str, str]

    @classmethod
    def of(cls, library: Library) -> Names:
        """The names of a library's agreements."""
        owners: dict[str, set[str]] = {}
        for id in library.ids:
            agreement = library.agreement(id)
            told = (agreement.title, agreement.short, agreement.service, *agreement.aliases)
            for name in filter(None, told):
                owners.setdefault(name, set()).add(id)
        return cls({name: min(ids) for name, ids in owners.items() if len(ids) == 1})

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_fold(name): id for name, id in self.ids.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Any name, the longest first, with what follows it; None where there are no names."""
        names = sorted(self._folded, key=len, reverse=True)
        return (
            re.compile(f"(?P<name>{'|'.join(map(_whole_word, names))}){_AFTER}") if names else None
        )

    @cached_property
    def _hint(self) -> re.Pattern[str]:
        """The first letters of any name, in any kana: what a text without a name mostly lacks."""
        starts = {"".join(map(_in_any_kana, name[:3])) for name in self._folded}
        return re.compile("|".join(starts) or r"(?!)")

    def _matches(self, question: str) -> list[re.Match[str]]:
        return list(self._pattern.finditer(_fold(question))) if self._pattern else []

    def named(self, question: str) -> frozenset[str]:
        """Ids of the agreements whose name stands in `question`.

        >>> sorted(Names({"VPN": "vpn", "まねせき": "msp"}).named("ＶＰＮとマネセキ"))
        ['msp', 'vpn']
        """
        return frozenset(self._folded[match["name"]] for match in self._matches(question))

    def knows(self, spelling: str) -> bool:
        """Whether a spelling is one of the names, in any width, case and kana.

        >>> Names({"マネセキ": "msp"}).knows("ﾏﾈｾｷ")
        True
        """
        return _fold(spelling) in self._folded

    @cached_property
    def _stripped(self) -> Callable[[str], str]:
        return lru_cache(maxsize=4_096)(lambda question: self._strip(normalize(question)))

    def without(self, question: str) -> str:
        """`question`, normalized, without names; the whole of it if nothing else is left.

        >>> Names({"VPN": "vpn"}).without("VPNサービスの解約方法は？")
        '解約方法は?'
        """
        return self._stripped(question)

    def without_all(self, questions: Sequence[str]) -> list[str]:
        """Many questions, each as `without` gives it; normalized in one go, as one text.

        >>> Names({"VPN": "vpn"}).without_all(["VPNの解約", "弁償？"])
        ['解約', '弁償?']
        """
        folded = normalize("\n".join(questions)).split("\n")
        if len(folded) != len(questions):  # one of them has lines of its own
            return [self.without(question) for question in questions]
        return [self._strip(text) for text in folded]

    def _strip(self, folded: str) -> str:
        """A normalized question without names."""
        if self._pattern is None or not self._hint.search(folded):
            left = folded.strip(_AROUND)
        else:
            rest, end = [], 0
            for match in self._pattern.finditer(folded.translate(_KATAKANA)):
                rest.append(folded[end : match.start()])
                end = match.end()
            left = "".join([*rest, folded[end:]]).strip(_AROUND)
        return left if _WORD.search(left) else folded


def _fold(text: str) -> str:
    """Normalized and in hiragana; as long as `normalize(text)`."""
    return normalize(text).translate(_KATAKANA)


def _in_any_kana(letter: str) -> str:
    """A pattern for a letter, in katakana as well where it is hiragana.

    >>> _in_any_kana("せ"), _in_any_kana("v")
    ('[せセ]', 'v')
    """
    katakana = chr(ord(letter) + 0x60)
    return f"[{letter}{katakana}]" if ord(katakana) in _KATAKANA else re.escape(letter)


def _whole_word(name: str) -> str:
    start = r"(?<![a-z0-9])" if re.match(r"[a-z0-9]", name) else ""
    end = r"(?![a-z0-9])" if re.search(r"[a-z0-9]$", name) else ""
    return f"{start}{re.escape(name)}{end}"
