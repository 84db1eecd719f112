"""Which agreements a question means: by name, short name, nickname, or 「3つとも」.

The names are those of each agreement's `agreement.toml`: title, short name and aliases, which
are how customers say it. Matching ignores width, kana kind, long marks and spaces. A name in a
negation (「SGではなくVPN」) is a mention but not one that is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.understanding.folding import Folded, Span

if TYPE_CHECKING:
    from corpus.library import Library

_ALL = re.compile(
    r"(?:3|三|み)つ(?:とも|の(?:サービス|規約|契約)?(?:すべて|全て|全部|それぞれ|で|を比)?)|[3三](?:サービス|規約)|"
    r"(?:全部|すべて|全て|全|各|ぜんぶ)の?(?:サービス|規約|契約(?!者|書|金|内容|期間))|どの(?:サービス|規約|契約)(?:も|でも|に(?:も|書|定|載|あ))|全サービス|サービスごと(?!なくな|無く|無か|つぶ|潰|消え|終わ|や[めま])|サービス別|規約ごと|それぞれのサービス|3(?:社|本)とも|横並び"
)
_NOT_AFTER = re.compile(
    r"^\s*(?:の(?:方|ほう|話|こと|件))?\s*(?:では?なく|じゃなく|でなく|ではあり|じゃあり|以外|を除|は除|は不要|抜きで|は関係な)"
)
#: beside another agreement's name these make a name a mere likeness: 「SGは2倍やけど」 at the end,
#: 「SGの30日に相当する」, 「SGみたいに」
_LIKENESS = re.compile(
    r"\s*(?:(?:の(?:方|ほう))?(?:は|だと|では|には|なら)[^、。?!]{1,24}(?:けど|けれど|けども|のに|ですが|ますが|だが)[。!…]*$"
    r"|の[^、。?!]{0,14}に(?:相当|あた[るっ]|当た[るっ]|似た)|(?:みたい|のよう)[にな]|とは?違って)"
)
#: beside another agreement's name these make a name a technical word: 「SGで使えるVPN接続」
_TECHNICAL = re.compile(
    r"\s*(?:の)?(?:接続|トンネル|クライアント|プロトコル|方式|通信|経由|アプリ|ソフト)"
)
#: what makes a nickname a part of a longer word, and what makes it a device
_WORD = re.compile(r"[ァ-ヺーA-Za-z0-9]")
_DEVICE = re.compile(r"\s*(?:の)?(?:装置|機器|機能|アドレス|設定|サーバ|ルータ)")
_WORDLIKE = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Named:
    """A name of an agreement as typed; `meant` is false where it stands in a negation."""

    agreement: str
    span: Span
    at: Span
    meant: bool = True


@dataclass(frozen=True, slots=True)
class Agreements:
    """The agreements a question means, in the order named; `every` for 「3つとも」."""

    meant: tuple[str, ...]
    named: tuple[Named, ...]
    every: bool = False

    @property
    def excluded(self) -> tuple[str, ...]:
        """Agreements that are named only to be ruled out."""
        out = [n.agreement for n in self.named if not n.meant and n.agreement not in self.meant]
        return tuple(dict.fromkeys(out))


def find_agreements(folded: Folded, library: Library) -> Agreements:
    """Which agreements `folded` means."""
    pattern, owners = _names(printed_names(library))
    named = tuple(_named(match, folded, owners) for match in pattern.finditer(folded.text))
    plain = [name for name in named if not _TECHNICAL.match(folded.text, name.at[1])]
    if any(name.meant and name not in plain for name in named) and any(n.meant for n in plain):
        named = tuple(plain)
    likened = {name for name in named if _LIKENESS.match(folded.text, name.at[1])}
    if any(n.meant and n not in likened for n in named):
        named = tuple(replace(n, meant=n.meant and n not in likened) for n in named)
    meant = tuple(dict.fromkeys(n.agreement for n in named if n.meant))
    every = bool(_ALL.search(folded.text))
    if every and len(meant) < 2:
        excluded = {n.agreement for n in named if not n.meant}
        meant = tuple(i for i in library.ids if i not in excluded)
    elif not meant and named:
        excluded = {n.agreement for n in named}
        meant = tuple(i for i in library.ids if i not in excluded)
    return Agreements(meant, named, every)


def without_names(folded: Folded, found: Agreements) -> str:
    """The original text of `folded` without the names already found in it."""
    text = folded.original
    out, last = [], 0
    for name in found.named:
        start, end = name.span
        out.append(text[last:start])
        last = end + _hanging(text, end)
    out.append(text[last:])
    return "".join(out).strip(" 　、,。・")


def _hanging(text: str, end: int) -> int:
    """Length of the particle that would be left without its noun."""
    match = re.match(
        r"(?:ではなく|じゃなく|では|には|での|について|の|は|で|を|も)?[、,\s]*", text[end:]
    )
    return len(match[0]) if match else 0


def nicknamed(folded: Folded, library: Library) -> Iterator[Named]:
    """Nicknames that stand alone: no part of a longer word, nothing technical after them."""
    pattern, owners = _names(nicknames(library))
    for match in pattern.finditer(folded.text) if owners else ():
        around = folded.text[max(0, match.start() - 1) : match.start()], folded.text[match.end() :]
        if not any(map(_WORD.match, around)) and not _DEVICE.match(around[1]):
            yield _named(match, folded, owners)


def _named(match: re.Match[str], folded: Folded, owners: Mapping[str, str]) -> Named:
    owner = owners[key_of(match[0])]
    meant = not _NOT_AFTER.match(folded.text[match.end() : match.end() + 12])
    return Named(owner, folded.span(*match.span()), match.span(), meant)


Printed = tuple[tuple[str, tuple[str, ...]], ...]


def printed_names(library: Library) -> Printed:
    """Each agreement's id with the names its own file gives it."""
    agreements = [library.agreement(id) for id in library.ids]
    return tuple((a.id, (a.title, a.short, *a.aliases)) for a in agreements)


def nicknames(library: Library) -> Printed:
    """Each agreement's id with its nicknames."""
    agreements = [library.agreement(id) for id in library.ids]
    return tuple((a.id, a.nicknames) for a in agreements if a.nicknames)


@lru_cache(maxsize=8)
def _names(printed: Printed) -> tuple[re.Pattern[str], Mapping[str, str]]:
    owners: dict[str, str] = {}
    for id, names in printed:
        for key in map(key_of, names):
            if len(key) >= 2:
                owners.setdefault(key, id)
    patterns = sorted((_loose(key) for key in owners), key=len, reverse=True)
    return re.compile("|".join(patterns), re.IGNORECASE), owners


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """A name without width, case, kana kind, long marks, small letters, dots and spaces."""
    name = unicodedata.normalize("NFKC", name).casefold().translate(_SMALL)
    return re.sub(r"[\sー\-‐・･_()]", "", "".join(map(_katakana, name)))


_SMALL = str.maketrans(
    "ァィゥェォャュョッぁぃぅぇぉゃゅょっ", "アイウエオヤユヨツアイウエオヤユヨツ"
)
_LARGE_TO_SMALL = dict(zip("アイウエオヤユヨツ", "ァィゥェォャュョッ", strict=True))


def _katakana(char: str) -> str:
    return chr(ord(char) + 0x60) if "ぁ" <= char <= "ゖ" else char


def _hiragana(char: str) -> str:
    return chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char


def _loose(key: str) -> str:
    """A pattern that finds every spelling whose key is `key`."""
    parts = [_one(char) for char in key]
    body = r"[\sー\-・_]*".join(parts) if len(key) > 3 or not key.isascii() else "".join(parts)
    start = r"(?<![A-Za-z])(?<![A-Za-z]-)" if _WORDLIKE.match(key[0]) else ""
    end = r"(?![A-Za-z])" if _WORDLIKE.match(key[-1]) else "ー?"
    return f"{start}{body}{end}"


def _one(char: str) -> str:
    small = _LARGE_TO_SMALL.get(char)
    options = {char, _hiragana(char)} | ({small, _hiragana(small)} if small else set())
    return f"[{''.join(sorted(options))}]" if len(options) > 1 else re.escape(char)
