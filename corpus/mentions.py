"""Article references in free text: 第18条第1項第2号, １１条２項, 十一条二項, sg:18.1(2), 規約18-6.

A mention is what a writer named, not yet what exists: `corpus.library` says whether the
agreement has such a clause. References to statutes (民法第548条の4) are left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from corpus.numerals import CIRCLED, circled, to_int

#: a range names at most this many clauses
LONGEST_RANGE = 60

_KANJI = "〇零一二三四五六七八九十百千"
_STYLE = str.maketrans({"條": "条", "號": "号", "付": "附", "〜": "~", "～": "~", "−": "-"})

_N = rf"(?:[0-9]{{1,4}}|[{_KANJI}]{{1,7}})"
#: の2 is a branch number (枝番) unless it counts something (の2つ, の三者) or leads to 項
_BRANCH = rf"(?:の{_N}(?![0-9一-鿿つかカヵヶ%])|の{_N}(?=[第及又若並但]))"
_RANGE = r"から|~|-|乃至|ないし"
_JOIN = (
    rf"(?P<join>{_RANGE}|および|及び|ならびに|並びに|または|又は|もしくは|若しくは|と|や|・|、|,)"
)
_CAPTION = r"(?:\([^()0-9]{1,30}\)\s*)?"
_PARAGRAPH = rf"(?:の\s*)?第?\s*(?P<paragraph>{_N})\s*項(?!目)"
_ITEM = rf"(?:の\s*)?(?:第?\s*(?P<item>{_N})\s*号|\((?P<bracket>{_N})\))"
_SUBITEM = (
    rf"\s*(?:の\s*)?(?:(?P<subitem>[{CIRCLED}]|[ァ-ヺ](?![ァ-ヺー]))"
    rf"|第?\s*(?P<numbered>{_N})\s*(?:番目の)?(?:細目|細分))"
)
_DASH = r"[-‐–ー](?P<dash>[0-9]{1,2})(?![0-9]|\s*[条項号年月日])"
_TAIL = rf"(?:{_DASH}|\s*{_CAPTION}{_PARAGRAPH})?(?:\s*{_ITEM}(?:{_SUBITEM})?)?"
_ARTICLE = (
    rf"(?<![全0-9])(?:第?\s*(?P<first>{_N})\s*[~-]\s*)?第?\s*(?P<article>{_N})\s*"
    rf"条(?!件|例|約|項|市|通)(?P<branch>{_BRANCH}*)"
)
_SUPPLEMENT = rf"(?P<suppl>附則|別表)(?:\s*の?\s*第?\s*(?P<supplnumber>{_N})\s*[項条]?)?"
_MENTION = re.compile(
    rf"(?:{_JOIN}\s*)?(?:{_ARTICLE}|(?P<same>同条)|{_SUPPLEMENT}|(?=第?\s*{_N}\s*[項号]|\({_N}\))){_TAIL}"
)
_ADDRESS = re.compile(
    rf"(?<![a-z0-9_])(?P<agreement>[a-z][a-z0-9_-]*):(?:第)?(?P<article>附則|別表|(?:[0-9]+章)?[0-9]+(?:の[0-9]+)*(?:重[0-9]+)?)"
    rf"(?:\.(?P<paragraph>[0-9]+))?(?:\((?P<item>[0-9]+)\))?(?P<subitem>[{CIRCLED}]|[ァ-ヺ](?![ァ-ヺー]))?"
)
#: 規約18-6, 規約33-3(2): numbers alone, right behind the terms or an agreement's name
_SHORT = re.compile(
    r"(?<![0-9.-])(?P<article>[0-9]{1,3})(?:[-‐–ー]|\.(?=[0-9]{1,2}\([0-9]))(?P<paragraph>[0-9]{1,2})"
    r"(?:[-‐–ー](?P<item>[0-9]{1,2})|\((?P<bracket>[0-9]{1,2})\))?"
    rf"(?:[-‐–ー]?(?P<subitem>[{CIRCLED}])|[-‐–ー](?P<numbered>[0-9]{{1,2}}))?"
    r"(?![0-9a-z%.:/‐–ー-]|\s*[年月日時分秒円台件人名回個本枚社割倍つかヶ~])"
)
_TERMS = re.compile(r"(?:規約|約款|条文|条項)[」』\s]*(?:の|、|,|:)?\s*$")
_LAW = re.compile(
    r"(?:(?<![方手用作寸技])法|法律|条例|政令|省令|施行令|施行規則)(?:\([^()]*\)|」)?\s*の?\s*$"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A clause as a writer named it; `span` is its place in the original text.

    `agreement` is set only where it was written with the reference.
    """

    article: str
    paragraph: str | None
    item: str | None
    span: tuple[int, int]
    agreement: str | None = None
    subitem: str | None = None


def find(text: str, names: Mapping[str, str] | None = None) -> tuple[Mention, ...]:
    """Every clause that `text` names, in order; ranges give each clause in them.

    `names` maps the names of agreements to their ids: one that stands right before a
    reference is its agreement.

    >>> [(m.article, m.paragraph) for m in find("第１１条第2項と十八条")]
    [('11', '2'), ('18', None)]
    >>> find("sg:18.1(2)")[0].agreement
    'sg'
    """
    folded, places = _fold(text)
    known = {_folded(name): id for name, id in (names or {}).items()}
    addresses = list(_addresses(folded))
    printed = (m for m in _printed(folded, known) if not any(_overlap(m, a) for a in addresses))
    found = [*addresses, *printed]
    found += [m for m in _short(folded, known) if not any(_overlap(m, other) for other in found)]
    spanned = (replace(m, span=(places[m.span[0]], places[m.span[1]])) for m in found)
    return tuple(sorted(spanned, key=lambda m: m.span))


def _fold(text: str) -> tuple[str, list[int]]:
    """NFKC by character (circled digits kept), with the original place of each character."""
    pieces, places = [], []
    for place, character in enumerate(text):
        kept = character in CIRCLED
        folded = character if kept else unicodedata.normalize("NFKC", character).lower()
        pieces.append(folded.translate(_STYLE))
        places += [place] * len(folded)
    return "".join(pieces), [*places, len(text)]


@lru_cache(maxsize=1_024)
def _folded(name: str) -> str:
    return _fold(name)[0]


def _addresses(folded: str) -> Iterator[Mention]:
    for match in _ADDRESS.finditer(folded):
        yield Mention(
            match["article"],
            match["paragraph"],
            match["item"],
            match.span(),
            match["agreement"],
            match["subitem"],
        )


def _short(folded: str, names: Mapping[str, str]) -> Iterator[Mention]:
    """References of numbers alone, where the terms or an agreement's name stands right before.

    >>> [(m.article, m.paragraph) for m in _short("規約18-6と、電話03-12", {})]
    [('18', '6')]
    """
    for match in _SHORT.finditer(folded):
        agreement = _named(folded[: match.start()], names)
        if agreement or _TERMS.search(folded, max(0, match.start() - 10), match.start()):
            article, paragraph = str(int(match["article"])), str(int(match["paragraph"]))
            item = _text(match["item"] or match["bracket"])
            yield Mention(article, paragraph, item, match.span(), agreement, _subitem(match))


def _printed(folded: str, names: Mapping[str, str]) -> Iterator[Mention]:
    last: Mention | None = None
    statute_end = -1
    for match in _MENTION.finditer(folded):
        start = match.end("join") if match["join"] else match.start()
        start += len(folded[start : match.end()]) - len(folded[start : match.end()].lstrip())
        joined = match["join"] is not None
        if _LAW.search(folded, max(0, start - 60), start) or (
            joined and match.start() == statute_end
        ):
            statute_end, last = match.end(), None
            continue
        # 「4号5号」 and 「(4)(5)」 run on without a word between
        runs_on = joined or not match["article"]
        before = last if runs_on and last and match.start() == last.span[1] else None
        mention = _read(match, start, before or (last if match["same"] else None))
        if mention is None:
            continue
        mention = replace(mention, agreement=_named(folded[:start], names) or _kept(before))
        yield from _between(match, before, mention)
        yield mention
        last = mention


def _read(match: re.Match[str], start: int, before: Mention | None) -> Mention | None:
    """The mention of one match; what it leaves out (第2項 after 第1項及び) comes from `before`."""
    paragraph, item = (
        _text(match["paragraph"] or match["dash"]),
        _text(match["item"] or match["bracket"]),
    )
    span = (start, match.end())
    if match["article"]:
        branch = re.sub(_N, lambda n: str(to_int(n[0])), match["branch"])
        article = f"{to_int(match['article'])}{branch}"
    elif match["suppl"]:
        article, paragraph = match["suppl"], _text(match["supplnumber"]) or paragraph
    elif before is not None and (match["same"] or paragraph or item):
        article = before.article
        paragraph = paragraph or (None if match["same"] else before.paragraph)
    else:
        return None
    return Mention(article, paragraph, item, span, None, _subitem(match))


def _subitem(match: re.Match[str]) -> str | None:
    """The mark of a sub-item as the terms print it: 第4細目 is ④."""
    numbered = to_int(match["numbered"]) if match["numbered"] else None
    return circled(numbered) if numbered else match["subitem"]


def _between(match: re.Match[str], before: Mention | None, end: Mention) -> Iterator[Mention]:
    """The clauses of a range before its end: 第18条から第20条 gives 19 (18 is already told)."""
    if match["first"]:
        first = replace(end, article=str(to_int(match["first"])), paragraph=None, item=None)
        yield first
        yield from _steps(first, end, "article")
    elif before is not None and re.fullmatch(_RANGE, match["join"] or ""):
        last_named = "item" if end.item else "paragraph" if end.paragraph else "article"
        yield from _steps(before, end, last_named)


def _steps(first: Mention, end: Mention, part: str) -> Iterator[Mention]:
    low, high = getattr(first, part), getattr(end, part)
    if not (low and high and low.isdigit() and high.isdigit()):
        return
    if (part != "article") and first.article != end.article:
        return
    if int(high) - int(low) <= LONGEST_RANGE:
        for value in range(int(low) + 1, int(high)):
            changed: dict[str, Any] = {part: str(value)}
            yield replace(end, **changed)


def _overlap(one: Mention, other: Mention) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _text(numeral: str | None) -> str | None:
    return str(to_int(numeral)) if numeral else None


def _named(before: str, names: Mapping[str, str]) -> str | None:
    """The agreement whose name ends right before a reference, the longest first."""
    stem = re.sub(r"[」』\s]*(?:の|、|,|:)?\s*$", "", before)
    for name in sorted(names, key=len, reverse=True):
        if stem.endswith(name):
            return names[name]
    return None


def _kept(before: Mention | None) -> str | None:
    return before.agreement if before else None
