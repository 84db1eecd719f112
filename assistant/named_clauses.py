"""Clauses that a question names: found, narrowed to what is asked, or followed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant import wording
from assistant.findings import Chosen, Finding
from assistant.lookup import SURE_PART, finding
from assistant.recall import Asked, Recall
from assistant.selection import select
from corpus.address import APPENDIX, SUPPLEMENTARY, Address
from corpus.clause import Clause
from corpus.library import Version, place
from corpus.mentions import Mention


@dataclass(frozen=True, slots=True)
class Named:
    """Clauses that a question names in one agreement, and references that lead nowhere."""

    clauses: tuple[Clause, ...]
    unknown: tuple[Mention, ...]


def named(version: Version, mentions: Sequence[Mention]) -> Named:
    """The clauses that `mentions` name in `version`."""
    found: dict[str, Clause] = {}
    unknown = []
    for mention in mentions:
        if mention.agreement and mention.agreement != version.agreement.id:
            continue
        if mention.article in (SUPPLEMENTARY, APPENDIX) and mention.paragraph is None:
            continue  # 「附則」 alone names no one of them
        clause = located(version, mention)
        if clause is None:
            unknown.append(mention)
        else:
            found.setdefault(clause.id, clause)
    return Named(tuple(found.values()), tuple(unknown))


#: words that ask for more than the clause that is named
_WHOLE = re.compile(
    r"全部|すべて|全て|一覧|具体的|詳し|細か|見せて|様式|書式|見本|記入|中身|いくら"
)


def sent_elsewhere(recall: Recall, clauses: Sequence[Clause], question: Asked) -> Finding | None:
    """The silence that surely holds where a question names a clause for what it sends elsewhere.

    「第2条の追加規定を全部見せて」 asks for the rules, not for the clause that mentions them.
    """
    if not clauses or not _WHOLE.search(question.text):
        return None
    agreement = clauses[0].address.agreement
    verdict = recall.judge(question, agreement)
    if verdict is None or verdict.silence < SURE_PART or verdict.silent is None:
        return None
    silence, _ = verdict.silent
    articles = {f"{agreement}:{clause.address.article}" for clause in clauses}
    if silence.clause.split(".")[0] not in articles:
        return None
    return finding(recall, agreement, select(verdict), {}, verdict)


def located(version: Version, mention: Mention) -> Clause | None:
    """The clause that `mention` names, or None."""
    return version.get(_address(version, mention))


def _address(version: Version, mention: Mention) -> Address:
    id = version.agreement.id
    paragraph = mention.paragraph
    if paragraph is None and mention.item is not None:
        paragraph = "1"
    return Address(id, mention.article, paragraph, mention.item, mention.subitem)


def missing(version: Version, mention: Mention) -> Finding:
    """That a named clause does not exist, with the nearest one around it, and nothing else."""
    asked = _address(version, mention)
    around = asked.parent
    while around is not None and version.get(around) is None:
        asked, around = around, around.parent
    nearest = version.get(around) if around is not None else None
    title = version.agreement.title
    if nearest is None:
        last = version.articles()[-1:]
        upto = "".join(wording.UP_TO.format(last=place(clause.address)) for clause in last)
        lead = wording.NO_SUCH.format(title=title, printed=place(asked)) + upto
        return Finding(
            version, "not_in_terms", lead=lead, checked=tuple(clause.id for clause in last)
        )
    inside = version.children(nearest.address)
    where = place(nearest.address)
    part = _own_place(asked)
    if not inside:
        lead = wording.NO_PARTS.format(title=title, where=where, part=part.lstrip("第0123456789"))
    elif len(inside) == 1:
        lead = wording.ONLY_PART.format(
            title=title, where=where, only=_own_place(inside[0].address)
        )
        lead += wording.NO_PART.format(part=part)
    else:
        lead = wording.LAST_PART.format(
            title=title, where=where, last=_own_place(inside[-1].address), part=part
        )
    checked = tuple(clause.id for clause in inside[-1:])
    return Finding(version, "answered", (Chosen(nearest),), lead=lead, checked=checked)


def _own_place(address: Address) -> str:
    """「第3項」 of 第34条第3項."""
    parent = address.parent
    return place(address)[len(place(parent)) :] if parent is not None else place(address)


def within(recall: Recall, clause: Clause, question: Asked, *, whole: bool) -> tuple[str, ...]:
    """The paragraphs of a named article that the question is about (all, if it does not say).

    whole: the question asks for the text itself.
    """
    version = recall.versions[clause.address.agreement]
    inside = [c.id for c in version.children(clause.address)] or [clause.id]
    if whole and clause.level == "article":
        return tuple(inside)
    if clause.level != "article" or len(inside) == 1:
        return (clause.id if clause.level != "article" else inside[0],)
    verdict = recall.judge(question, clause.address.agreement)
    if verdict is None:
        return tuple(inside)
    weights = {address: verdict.shares.get(address, 0.0) for address in inside}
    total = sum(weights.values())
    if total < 0.05:
        return tuple(inside)
    best = max(weights.values())
    return tuple(a for a in inside if weights.get(a, 0.0) >= 0.3 * best)
