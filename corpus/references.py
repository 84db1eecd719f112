"""References in clause text, resolved relative to the clause where they stand.

第8条（利用契約の承諾）, 前条第7項, 前各号, 同条, 第10条各号, 前二項, 前項ただし書, 本条第５項, 次の各号,
第1項から第3項. A reference to a statute or to another agreement is recognised as external and
not resolved. `corpus.mentions` reads what a user writes; this reads what a clause says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from corpus import reference_grammar as grammar
from corpus.address import SUPPLEMENTARY, Address
from corpus.clause import Clause
from corpus.library import Version
from corpus.numerals import to_int

#: a range (第1条から第99条) names at most this many clauses
LONGEST_RANGE = 200


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference as printed.

    span: characters of the clause's `full_text`; kind: article, previous, next, this, same,
    paragraph, item, items (次の各号), suppl or external; targets: the addresses it names, in
    order, empty where it names none (前項 in a first paragraph); a target need not exist;
    caption: the caption printed behind the article number, '' where there is none.
    """

    span: tuple[int, int]
    printed: str
    kind: str
    targets: tuple[Address, ...] = ()
    caption: str = ""
    external: bool = False

    def missing(self, version: Version) -> tuple[Address, ...]:
        """The targets that `version` does not have."""
        return tuple(target for target in self.targets if version.get(target) is None)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The reference before, for joined lists and 同条."""

    end: int
    target: Address | None
    external: bool
    article: Address | None = None
    parts: frozenset[str] = frozenset()


def references(clause: Clause, version: Version) -> tuple[Reference, ...]:
    """References in the own words and notes of `clause`, in order.

    An article's own words are those of its paragraphs, so an article has none itself.
    """
    found = list(_scan(clause.text, 0, clause.address, version))
    for note in clause.notes if clause.level != "article" else ():
        at = clause.full_text.find(note[note.find("）") + 1 :])
        found += _scan(note[note.find("）") + 1 :], max(at, 0), clause.address, version)
    return tuple(found)


def all_references(version: Version) -> Iterator[tuple[Clause, Reference]]:
    """Every reference of a version with the clause where it stands, in document order."""
    yield from _all(version)


@lru_cache(maxsize=8)
def _all(version: Version) -> tuple[tuple[Clause, Reference], ...]:
    own = (clause for clause in version.clauses() if clause.level != "article")
    return tuple((clause, found) for clause in own for found in references(clause, version))


def _scan(text: str, offset: int, here: Address, version: Version) -> Iterator[Reference]:
    seen = _Seen(-1, None, False, _last_article(text, here, version))
    for match in grammar.REFERENCE.finditer(text):
        if not match[0].strip() or _is_word(text, match):
            continue
        caption = match["caption"] or ""
        end = match.end()
        if caption and grammar.NOT_CAPTION.search(caption):
            caption, end = "", _end_before_caption(match)
        end -= len(text[match.start() : end]) - len(text[match.start() : end].rstrip(" 　\n"))
        joined = _join(text, seen.end, match.start())
        printed = text[match.start() : end]
        span = (match.start() + offset, end + offset)
        if _is_external(text, match, seen, joined is not None):
            yield Reference(span, printed, "external", external=True)
            seen = replace(seen, end=end, target=None, external=True)
            continue
        kind, targets, parts = _resolve(match, here, version, seen if joined else None, seen)
        if joined is not None and joined["range"] and seen.target and targets:
            targets = (*_between(seen.target, targets[-1]), *targets)
        yield Reference(span, printed, kind, targets, caption)
        target = targets[-1] if targets else None
        named = _article_of(target) if target and "article" in parts else seen.article
        seen = _Seen(end, target, False, named, parts)


def _last_article(text: str, here: Address, version: Version) -> Address | None:
    """The article that the paragraph before named last: what a leading 同条 means."""
    if "同条" not in text or not here.paragraph or not here.paragraph.isdigit():
        return None
    before = version.get(replace(_article_of(here), paragraph=str(int(here.paragraph) - 1)))
    named = references(before, version) if before is not None else ()
    heads = [r.targets[-1] for r in named if r.kind == "article" and r.targets]
    return _article_of(heads[-1]) if heads else None


def _join(text: str, end: int, start: int) -> re.Match[str] | None:
    return grammar.JOIN.fullmatch(text, end, start) if 0 <= end <= start else None


def _end_before_caption(match: re.Match[str]) -> int:
    return match.start("caption") - 1


def _is_word(text: str, match: re.Match[str]) -> bool:
    """各号 or 各項 inside another word, 第1項目, 前項目."""
    after = text[match.end() : match.end() + 1]
    return match[0].rstrip()[-1:] in "項号条" and after in ("目", "件", "例", "約", "数")


def _is_external(text: str, match: re.Match[str], seen: _Seen, joined: bool) -> bool:
    if match["here"]:
        return False
    before = text[max(0, match.start() - 90) : match.start()]
    same = match["rel_article"] == "同条" or (
        not match["article"] and match["rel_paragraph"] == "同項"
    )
    if seen.external and (joined or same or seen.end == match.start()):
        return match["rel_article"] not in ("前条", "次条", "本条")
    if grammar.SAME_LAW.search(before) or (match["item"] and grammar.LAW_NUMBER.search(before)):
        return True
    if not (match["article"] or match["suppl"]):
        return False
    name = grammar.EXTERNAL.search(before)
    return name is not None and not grammar.OURS.search(before[: name.start()])


def _resolve(
    match: re.Match[str], here: Address, version: Version, joined: _Seen | None, seen: _Seen
) -> tuple[str, tuple[Address, ...], frozenset[str]]:
    """Kind, targets and the parts that were printed."""
    if match["here"]:
        return "items", _children(here, version), frozenset({"here"})
    parts = frozenset(
        name
        for name, keys in (
            ("article", ("article", "rel_article", "suppl")),
            ("paragraph", ("paragraph", "rel_paragraph")),
            ("item", ("item", "rel_item", "bracket")),
        )
        if any(match[key] for key in keys)
    )
    bases = _articles(match, here, version, joined, seen)
    if "paragraph" in parts:
        bases = tuple(t for base in bases for t in _paragraphs(match, base, here, version, seen))
    if "item" in parts:
        bases = tuple(t for base in bases for t in _item(match, base, here, version, joined, parts))
    if match["subitem"]:
        bases = tuple(replace(base, subitem=match["subitem"]) for base in bases if base.item)
    return _kind(match), bases, parts


def _kind(match: re.Match[str]) -> str:
    if match["suppl"]:
        return "suppl"
    if match["article"]:
        return "article"
    word = match["rel_article"] or match["rel_paragraph"] or match["rel_item"] or ""
    for first, kind in (("前", "previous"), ("次", "next"), ("本", "this"), ("同", "same")):
        if word.startswith(first):
            return kind
    return "paragraph" if match["paragraph"] or match["rel_paragraph"] else "item"


def _articles(
    match: re.Match[str], here: Address, version: Version, joined: _Seen | None, seen: _Seen
) -> tuple[Address, ...]:
    if match["article"]:
        return (_named_article(match, here, version),)
    if match["suppl"]:
        return (Address(here.agreement, SUPPLEMENTARY),)
    word = match["rel_article"]
    if word == "同条":
        return (seen.article,) if seen.article else ()
    if word and word != "本条":
        return _near(_article_of(here), *_articles_in_order(version), word, match["n_article"])
    if not word and joined is not None and joined.target and "article" in joined.parts:
        return (_article_of(joined.target),)
    if not word and match["rel_paragraph"] == "同項":
        return (_article_of(seen.target),) if seen.target else ()
    return (_article_of(here),)


def _named_article(match: re.Match[str], here: Address, version: Version) -> Address:
    branch = "".join(f"の{to_int(n)}" for n in re.findall(grammar.NUMBER, match["branch"] or ""))
    number = f"{to_int(match['article'])}{branch}"
    chapter, sep, _ = here.article.partition("章")
    same_chapter = Address(here.agreement, f"{chapter}章{number}")
    if sep and version.get(same_chapter) is not None:
        return same_chapter
    return Address(here.agreement, number)


def _article_of(address: Address) -> Address:
    return Address(address.agreement, address.article)


@lru_cache(maxsize=8)
def _articles_in_order(version: Version) -> tuple[list[Address], dict[Address, int]]:
    places = [clause.address for clause in version.articles()]
    return places, {address: index for index, address in enumerate(places)}


def _neighbours(
    at: Address, clauses: tuple[Clause, ...], word: str, count: str | None
) -> tuple[Address, ...]:
    """前X, 次X, 前nX or 前各X among `clauses`; empty where there is none."""
    places = [clause.address for clause in clauses]
    return _near(at, places, {address: n for n, address in enumerate(places)}, word, count)


def _near(
    at: Address, places: list[Address], order: dict[Address, int], word: str, count: str | None
) -> tuple[Address, ...]:
    index = order.get(at)
    if index is None:
        return ()
    if word.startswith("次"):
        return tuple(places[index + 1 : index + 2])
    if word.startswith("前各"):
        return tuple(places[:index])
    steps = to_int(count) or 1 if count else 1
    return tuple(places[index - steps : index]) if steps <= index else ()


def _paragraphs(
    match: re.Match[str], base: Address, here: Address, version: Version, seen: _Seen
) -> tuple[Address, ...]:
    if match["paragraph"]:
        return (replace(base, paragraph=str(to_int(match["paragraph"]))),)
    word = match["rel_paragraph"]
    if word == "各項":
        return _children(base, version)
    if word == "同項":
        return (_paragraph_of(seen.target),) if seen.target and seen.target.paragraph else ()
    own = _paragraph_of(here)
    if word == "本項":
        return (own,)
    siblings = tuple(
        c for c in version.children(base) if c.level in ("paragraph", "suppl")
    ) or _supplementary(base, version)
    return _neighbours(own, siblings, word, match["n_paragraph"])


def _supplementary(base: Address, version: Version) -> tuple[Clause, ...]:
    return tuple(
        c for c in version.clauses() if c.address.article == base.article and not c.address.item
    )


def _paragraph_of(address: Address) -> Address:
    return replace(address, item=None, subitem=None)


def _item(
    match: re.Match[str], base: Address, here: Address, version: Version,
    joined: _Seen | None, parts: frozenset[str],
) -> tuple[Address, ...]:  # fmt: skip
    if not base.paragraph:
        base = _holder(match, base, here, version, joined, parts)
    if number := match["item"] or match["bracket"]:
        return (replace(base, item=str(to_int(number)), subitem=None),)
    word = match["rel_item"]
    if word == "各号":
        return _children(base, version)
    if word == "本号":
        return (replace(here, subitem=None),) if here.item else ()
    if word == "同号":
        return ()
    if "細" in word or here.subitem:
        return _neighbours(here, version.children(replace(here, subitem=None)), word, None)
    if here.item:
        return _neighbours(
            replace(here, subitem=None), version.children(base), word, match["n_item"]
        )
    return _children(base, version) if word == "前各号" else ()


def _holder(
    match: re.Match[str], base: Address, here: Address, version: Version,
    joined: _Seen | None, parts: frozenset[str],
) -> Address:  # fmt: skip
    """The paragraph whose items are meant where none was printed."""
    if not match["article"] and joined is not None and joined.target and "item" in joined.parts:
        return _paragraph_of(joined.target)
    if ("article" in parts and base.article != here.article) or not here.paragraph:
        listed = [c.address for c in version.children(base) if version.children(c.address)]
        return listed[0] if len(listed) == 1 else replace(base, paragraph="1")
    return _paragraph_of(here)


def _children(at: Address, version: Version) -> tuple[Address, ...]:
    """Items of a paragraph, sub-items of an item; of a one-paragraph article, its items."""
    if not at.paragraph and len(version.children(at)) == 1:
        at = version.children(at)[0].address
    return tuple(child.address for child in version.children(at))


def _between(first: Address, last: Address) -> Iterator[Address]:
    """The clauses strictly between the ends of a range."""
    for part in ("article", "paragraph", "item"):
        low, high = getattr(first, part), getattr(last, part)
        if low != high:
            if (
                low
                and high
                and low.isdigit()
                and high.isdigit()
                and int(high) - int(low) <= LONGEST_RANGE
            ):
                for value in range(int(low) + 1, int(high)):
                    changed: dict[str, str] = {part: str(value)}
                    yield replace(last, **changed)
            return
