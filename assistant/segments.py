"""Splitting a question that asks for several things into its parts.

「手続きと、払うお金、機器の返却費用を教えて」 asks three things that stand in three clauses.
Splitting is by enumeration marks first, then sentences, then coordinated phrases; a part
that is too short to mean something stays with its neighbour.
"""

from __future__ import annotations

import re

_ENUMERATED = re.compile(r"[①-⑳]|(?:^|(?<=[\s、。:：]))[（(]?[1-9１-９][)）.．]\s*")
_SENTENCE = re.compile(r"(?<=[。？?！!\n])")
_COORDINATE = re.compile(
    r"(?:、(?:また|さらに|あわせて|それと|そして|あと|および|及び|ならびに)?|と、|や、|および|及び|ならびに|並びに|[・/／])"
)
_REQUEST = re.compile(
    r"(?:を|について|に関して)?(?:まとめて|一覧で|条文(?:番号)?(?:つき|付き)で|それぞれ|あわせて|合わせて)*"
    r"(?:を)?(?:教えて|知りたい|確認(?:したい|させて)|整理(?:したい|して)|案内|お願い|ください|下さい)"
)

#: a part needs at least this many characters of its own
MIN_PART = 4
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


def parts(text: str) -> tuple[str, ...]:
    """The things asked for in `text`: enumerated, else coordinated, else sentences.

    >>> parts("SGを解約したい")
    ()
    """
    found = enumerated(text) or coordinated(text)
    if not found:
        several = [s for s in sentences(text) if len(s) >= MIN_PART]
        found = tuple(several[:MAX_PARTS]) if len(several) >= 2 else ()
    return found


_ASKING = re.compile(
    r"[？?]|か(?:[。、？?]|$)|教え|知りたい|どう|いくら|いつ|誰|だれ|どこ|何|なに|方法|有無|要否|可否|扱い|理由|根拠|手続|期限|費用|義務"
)
_SEVERAL = re.compile(
    r"[①-⑳]|[（(][1-9１-９][)）]|また、|さらに|あわせて|合わせて|併せて|まとめて|それぞれ|[2-5２-５二三四五]点|以上(?:の|を)|それと|あと、|、および|ならびに|(?:、[^、。]{2,25}){2,}(?:、|と|を|の|に)"
)


def requests(text: str) -> tuple[str, ...]:
    """The parts of a question that asks for several things; nothing where it asks for one.

    >>> requests("①停止の根拠 ②停止中の料金の扱い")
    ('停止の根拠', '停止中の料金の扱い')
    >>> requests("先週借りました。壊れたらいくらですか")
    ()
    """
    found = enumerated(text)
    if found:
        return found
    asking = [s for s in sentences(text) if _ASKING.search(s)]
    if len(asking) >= 2 and sum("か" in s[-3:] or "？" in s or "?" in s for s in asking) >= 2:
        return tuple(asking[:MAX_PARTS])
    return coordinated(text) if _SEVERAL.search(text) else ()
