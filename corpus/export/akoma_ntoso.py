"""A version as Akoma Ntoso 3.0 (OASIS LegalDocML), valid against its schema.

編章節款 are part, chapter, section and subsection; 条 article, 項 paragraph, 号 point, ①/イ
indent; 附則 and 別表 are named hcontainers. References between clauses are `ref` elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from corpus.address import Address
from corpus.clause import Clause
from corpus.export.table import clean
from corpus.library import Version
from corpus.references import references
from corpus.terms import Node

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_DIVISIONS = {"編": "part", "章": "chapter", "節": "section", "款": "subsection"}
_SHORT = {"part": "part", "chapter": "chp", "section": "sec", "subsection": "subsec"}
_LEVELS = {"article": "article", "paragraph": "paragraph", "item": "point", "subitem": "indent"}


def akoma_ntoso(version: Version) -> bytes:
    """The XML document in UTF-8; lxml writes it."""
    from lxml import etree

    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    act = _add(root, "act", name="termsOfService", contains="singleVersion")
    _meta(act, version)
    preface = _add(act, "preface")
    _add(_add(preface, "p"), "docTitle").text = clean(
        version.terms.title or version.agreement.title
    )
    for line in _front(version):
        _add(preface, "p").text = clean(line)
    _body(_add(act, "body"), version)
    written: bytes = etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=False
    )
    return written


def eid(address: Address) -> str:
    """The element id of a clause.

    >>> eid(Address.parse("sg:18.1(2)①")), eid(Address.parse("x:25の2.1")), eid(Address.parse("vpn:附則.9"))
    ('art_18__para_1__point_2__indent_1', 'art_25-2__para_1', 'suppl_9')
    """
    from corpus.numerals import CIRCLED, KATAKANA

    article = address.article.replace("の", "-").replace("章", "c").replace("重", "d")
    parts = []
    if address.article in ("附則", "別表"):
        parts.append(f"{'suppl' if address.article == '附則' else 'app'}_{address.paragraph or 0}")
    else:
        parts += [f"art_{article}", *([f"para_{address.paragraph}"] if address.paragraph else [])]
    if address.item:
        parts.append(f"point_{address.item}")
    if mark := address.subitem:
        number = re.sub(r"\D", "", mark) if mark not in CIRCLED + KATAKANA else ""
        place = number or str((CIRCLED if mark in CIRCLED else KATAKANA).index(mark) + 1)
        parts.append(f"indent_{place}")
    return "__".join(parts)


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    from lxml import etree

    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)


def _meta(act: Any, version: Version) -> None:
    agreement, day = version.agreement, version.effective.isoformat()
    identification = _add(_add(act, "meta"), "identification", source="#yakkan")
    work = f"/akn/jp/act/terms/{agreement.id}"
    expression = f"{work}/jpn@{day}"
    first = version.known_since[0].isoformat()
    for tag, uri, date, name in (
        ("FRBRWork", work, first, "effective"), ("FRBRExpression", expression, day, "effective"),
        ("FRBRManifestation", f"{expression}.xml", day, "markup"),
    ):  # fmt: skip
        level = _add(identification, tag)
        _add(level, "FRBRthis", value=f"{uri}/main" if tag != "FRBRManifestation" else uri)
        _add(level, "FRBRuri", value=uri)
        _add(level, "FRBRdate", date=date, name=name)
        _add(level, "FRBRauthor", href="#publisher")
        if tag == "FRBRWork":
            _add(level, "FRBRcountry", value="jp")
        if tag == "FRBRExpression":
            _add(level, "FRBRlanguage", language="jpn")
    listed = _add(act[0], "references", source="#yakkan")
    _add(
        listed,
        "TLCOrganization",
        eId="publisher",
        href="/ontology/organization/publisher",
        showAs=agreement.publisher or agreement.title,
    )
    _add(
        listed,
        "TLCOrganization",
        eId="yakkan",
        href="/ontology/organization/yakkan",
        showAs="Yakkan",
    )


def _front(version: Version) -> Iterator[str]:
    """The title page: what stands in no clause and is no mark."""
    for (start, end), kind in sorted(version.terms.furniture):
        if kind in ("front matter", "end mark"):
            yield version.text[start:end].strip()


def _body(body: Any, version: Version) -> None:
    openings: list[tuple[int, int, Any]] = [(d.line, 0, d) for d in version.terms.divisions]
    openings += [(a.line, 1, a) for a in version.articles()]
    here, written = body, 0
    for _, kind, thing in sorted(openings, key=lambda row: row[:2]):
        if kind == 0:
            written += 1
            here = _division(body, thing, written)
        else:
            _clause(here, thing, version)
    for division in list(body):
        if len(division) == 2 and division.tag.split("}")[1] in _SHORT:
            _add(_add(division, "content"), "p")
    for clause in version.clauses():
        parent = clause.address.parent
        stray = clause.level == "paragraph" and parent and version.get(parent) is None
        if clause.level == "suppl" or stray:
            _supplement(body, clause, version)
    if len(body) == 0:
        _add(_add(_add(body, "hcontainer", name="empty", eId="empty"), "content"), "p")


def _division(body: Any, node: Node, count: int) -> Any:
    tag = _DIVISIONS.get(node.style, "chapter")
    element = _add(
        body, tag, eId=f"{_SHORT[tag]}_{node.number}{f'-{count}' if tag != 'chapter' else ''}"
    )
    if any(e is not element and e.get("eId") == element.get("eId") for e in body):
        element.set("eId", f"{element.get('eId')}-{count}")
    _add(element, "num").text = clean(node.marker)
    _add(element, "heading").text = clean(node.caption)
    return element


def _supplement(body: Any, clause: Clause, version: Version) -> None:
    name = "supplementaryProvision" if clause.address.article == "附則" else "appendix"
    element = _add(body, "hcontainer", name=name, eId=eid(clause.address))
    if clause.marker:
        _add(element, "num").text = clean(clause.marker)
    if clause.caption and clause.caption != clause.marker:
        _add(element, "heading").text = clean(clause.caption)
    _inside(element, clause, version)


def _clause(parent: Any, clause: Clause, version: Version) -> None:
    element = _add(parent, _LEVELS[clause.level], eId=eid(clause.address))
    if clause.marker:
        _add(element, "num").text = clean(clause.marker)
    if clause.level == "article" and clause.caption:
        _add(element, "heading").text = clean(clause.caption)
    _inside(element, clause, version)


def _inside(element: Any, clause: Clause, version: Version) -> None:
    """Own words, then what is inside; a note stands at the end."""
    children = version.children(clause.address)
    if not children:
        content = _add(element, "content")
        _paragraphs(content, clause, version)
        for note in clause.notes:
            _add(content, "p", **{"class": "note"}).text = clean(note)
        if len(content) == 0:
            _add(content, "p")
        return
    if clause.text and clause.level != "article":
        _paragraphs(_add(element, "intro"), clause, version)
    for child in children:
        _clause(element, child, version)
    if clause.notes and clause.level != "article":
        wrap = _add(element, "wrapUp")
        for note in clause.notes:
            _add(wrap, "p", **{"class": "note"}).text = clean(note)


def _paragraphs(parent: Any, clause: Clause, version: Version) -> None:
    """One p per line, with a ref for every reference that has a clause."""
    found = [
        r for r in references(clause, version) if len(r.targets) == 1 and not r.missing(version)
    ]  # fmt: skip
    at = 0
    for line in clause.text.split("\n"):
        element = _add(parent, "p")
        inside = [r for r in found if at <= r.span[0] and r.span[1] <= at + len(line)]
        _line(
            element, line, [((r.span[0] - at, r.span[1] - at), eid(r.targets[0])) for r in inside]
        )
        at += len(line) + 1


def _line(element: Any, line: str, refs: list[tuple[tuple[int, int], str]]) -> None:
    at, last = 0, None
    for (start, end), target in refs:
        before = clean(line[at:start])
        if last is None:
            element.text = before
        else:
            last.tail = before
        last = _add(element, "ref", href=f"#{target}")
        last.text = clean(line[start:end])
        at = end
    rest = clean(line[at:])
    if last is None:
        element.text = rest
    else:
        last.tail = rest
