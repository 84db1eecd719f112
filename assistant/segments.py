"""Splitting a question that asks for several things into its parts.

「手続きと、払うお金、機器の返却費用を教えて」 asks three things that stand in three clauses.
Splitting is by enumeration marks first, then sentences, then coordinated phrases; a part
that is too short to mean something stays with its neighbour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENUMERATED = re.compile(r"[①-⑳]|(?:^|(?<=[\s、。:：]))[（(]?[1-9１-９][)）.．]\s*")
_SENTENCE = re.compile(r"(?<=[。？?！!\n])")
_COORDINATE = re.compile(
    r"(?:、(?:また|さらに|あわせて|それと|そして|あと|および|及び|ならびに)?|と、|や、|および|及び|ならびに|並びに|[・/／])"
)
_REQUEST = re.compile(
    r"(?:を|について|に関して)?(?:まとめて|一覧で|条文(?:番号)?(?:つき|付き)で|それぞれ|あわせて|合わせて)*"
    r"(?:を)?(?:教えて|知りたい|確認(?:したい|させて)|整理(?:したい|して)|案内|お願い|ください|下さい)"
)

MAX_PARTS = 6


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, without empty ones.

    >>> sentences("解約したい。いつまでですか？")
    ('解約したい。', 'いつまでですか？')
    """
    return tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())


def enumerated(text: str) -> tuple[str, ...]:
    """The parts after ①②③ or (1)(2)(3), or nothing where fewer than two are marked.

    >>> enumerated("整理したい。①停止の根拠 ②停止中の料金 ③解除の3点")
    ('停止の根拠', '停止中の料金', '解除の3点')
    """
    parts = [part.strip(" 　、。") for part in _ENUMERATED.split(text)[1:]]
    parts = [part for part in parts if len(part) >= 2]
    return tuple(parts[:MAX_PARTS]) if len(parts) >= 2 else ()


def coordinated(text: str) -> tuple[str, ...]:
    """The coordinated phrases of the longest sentence, or nothing where there is only one.

    >>> coordinated("手続きと、払うお金、機器の返却費用を教えてください")
    ('手続き', '払うお金', '機器の返却費用を教えてください')
    """
    longest = max(sentences(text), key=len, default="")
    parts: list[str] = []
    for part in _COORDINATE.split(longest):
        if len(_REQUEST.sub("", part).strip()) < 2 and parts:
            continue
        if parts and len(parts[-1]) < 2:
            parts[-1] += part
        else:
            parts.append(part.strip())
    return tuple(parts[:MAX_PARTS]) if len(parts) >= 2 else ()


_ASKED = re.compile(r"か[。、？?]?$|[？?]$|の[？?]$")
#: a clause that sets the scene and asks for nothing
_SCENE = re.compile(
    r"(?:場合|とき|際|時|ですが|ますが|けど|ので|から|ため|たら|ても|して|について|お客様です)[。、]?$"
)
#: 割増金と遅延損害金: two nouns in a row
_NOUNS = re.compile(r"(?<=[一-鿿ァ-ヶーA-Za-z])と(?=[一-鿿ァ-ヶ])")
_GATHERED = re.compile(
    r"それぞれ|まとめて|あわせて|合わせて|併せて|セットで|両方|全部|すべて|全て|一式|整理|一覧|ならびに|並びに|および|及び|[2-5２-５二三四五]点|さらに|また、|(?:^|[。、])あと"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for, and the words that set the scene for it ("" where there are none)."""

    text: str
    scene: str = ""


def requests(text: str) -> tuple[Part, ...]:
    """The parts of a question that asks for several things; nothing where it asks for one.

    >>> [part.text for part in requests("①停止の根拠 ②停止中の料金の扱い")]
    ['停止の根拠', '停止中の料金の扱い']
    >>> requests("機器が盗まれました。弁償、保険の扱い、連絡先をまとめて教えて")[1]
    Part(text='保険の扱い', scene='機器が盗まれました。')
    >>> requests("先週借りました。壊れたらいくらですか")
    ()
    """
    found = enumerated(text)
    if found:
        return tuple(Part(part, _head(text, found[0])) for part in found)
    asking = [s for s in sentences(text) if _ASKED.search(s)]
    if len(asking) >= 2:
        return tuple(Part(s, text[: text.index(asking[0])]) for s in asking[:MAX_PARTS])
    return _listed(text)


def _listed(text: str) -> tuple[Part, ...]:
    """Phrases in a row: 手続きと費用、期限をまとめて教えて."""
    gathered = bool(_GATHERED.search(text))
    pieces = coordinated(text)
    parts = [p for p in pieces if not _SCENE.search(p) and len(p) >= 2]
    if gathered and len(parts) < 3:
        whole = parts or [max(sentences(text), key=len, default="")]
        parts = [piece for p in whole for piece in _NOUNS.split(p)]
    if len(parts) >= 3 or (len(parts) == 2 and gathered):
        head = _head(text, parts[0])
        return tuple(Part(part, head) for part in parts[:MAX_PARTS])
    return ()


def _head(text: str, first: str) -> str:
    """What stands before the first part."""
    at = text.find(first)
    return text[:at] if at > 0 else ""
