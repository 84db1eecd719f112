"""Defined terms: where a text fixes the meaning of a word, and where it uses it.

Three forms are read: an abbreviation in passing （以下、「当社」といいます。）, a table or list in the
article of definitions, and a sentence 「X」とは…をいう.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.address import Address
from corpus.clause import Clause
from corpus.library import Version

_VERB = r"(?:と(?:いう|いい|言う|言い|呼|称|総称|略|す[るべ]|しま)|という|といいます)"
_PASSING = re.compile(
    rf"(?:以下|において|では)[^「」。（）()]{{0,30}}?「[ 　]*(?P<term>[^「」\n]{{1,40}}?)[ 　]*」[ 　]*{_VERB}"
)
_MORE = re.compile(
    rf"[、,]?(?:また|及び|および|[^「」。]{{0,20}}?を)?「(?P<term>[^「」\n]{{1,40}})」[ 　]*{_VERB}"
)
_SENTENCE = re.compile(
    r"(?:^|(?<=[。、\n]))[ 　]*(?:なお、|また、|ここで、|本(?:規約|約款|規程|規則)(?:で|において|における|にいう))?、?「?(?P<term>[^「」、。\n（）()]{1,40}?)」?とは[、,，]?"
    r"(?P<text>[^。\n]{4,400}?)(?:をいい|をいう|を言い|を言う|を意味|のことを|を指)"
)
_LISTED = re.compile(
    r"^「?(?P<term>[^「」、。\n\t]{1,40})」(?:とは)?[、:：\t 　\n]*(?P<text>[^\n]+)"
)
_PAIRED = re.compile(
    r"(?:及び|および|又は|または|、)「(?P<term>[^「」\n]{1,40})」(?=とは|(?:及び|および|、)「)"
)
_ROW = re.compile(r"^(?P<term>[^\t|\n]{1,40}?)[ 　]*\t[ 　]*(?P<text>[^\n]+)$", re.MULTILINE)
_CELLS = re.compile(
    r"^\|[ 　]*(?P<term>[^|\n]{1,40}?)[ 　]*\|[ 　]*(?P<text>[^|\n]+?)[ 　]*\|", re.MULTILINE
)
_ARTICLE = re.compile(r"定義|用語")
_HEADER = re.compile(r"^用[ 　]*語|^[-: ]+$|^項目|^語句")
_KATAKANA = re.compile(r"[ァ-ヺー]")


@dataclass(frozen=True, slots=True)
class Definition:
    """A term with its meaning.

    text: the words that give the meaning; address: the clause; span: the term's characters
    in the clause's `full_text`; kind: passing, table or sentence; local: holds in its own
    article only (本条において).
    """

    term: str
    text: str
    address: Address
    span: tuple[int, int]
    kind: str
    local: bool = False


@dataclass(frozen=True, slots=True)
class Use:
    """A place where a defined term stands outside its definition."""

    address: Address
    span: tuple[int, int]


def definitions(version: Version) -> tuple[Definition, ...]:
    """Every definition of a version, in the order of the text."""
    return tuple(d for clause in own(version) for d in _in_clause(clause))


def own(version: Version) -> Iterator[Clause]:
    """The clauses whose own words are text: all but articles."""
    return (clause for clause in version.clauses() if clause.level != "article")


def _in_clause(clause: Clause) -> Iterator[Definition]:
    found = [*_passing(clause), *_tabled(clause), *_sentences(clause)]
    seen: set[str] = set()
    for definition in sorted(found, key=lambda d: (d.span, -len(d.text))):
        if definition.term not in seen:
            seen.add(definition.term)
            yield definition


def _passing(clause: Clause) -> Iterator[Definition]:
    for source, offset in own_texts(clause):
        for match in _PASSING.finditer(source):
            meaning = _meaning(source, match.start())
            local = bool(
                re.search(r"本(?:条|項|号|章)", source[max(0, match.start() - 6) : match.end()])
            )
            yield _make(clause, match, offset, meaning, "passing", local)
            while more := _MORE.match(source, match.end() + _gap(source, match.end())):
                yield _make(clause, more, offset, meaning, "passing", local)
                match = more


def _gap(source: str, at: int) -> int:
    """Characters of the verb's ending (…といいます, という) behind a match."""
    tail = re.match(r"[いうます。]{0,4}", source[at:])
    return tail.end() if tail else 0


def own_texts(clause: Clause) -> list[tuple[str, int]]:
    """Own words and notes, each with its offset in `full_text`."""
    found = [(clause.text, 0)] if clause.text else []
    for note in clause.notes:
        body = note[note.find("）") + 1 :] if note.startswith("（") else note
        found.append((body, max(clause.full_text.find(body), 0)))
    return found


def _make(
    clause: Clause, match: re.Match[str], offset: int, text: str, kind: str, local: bool = False
) -> Definition:
    span = (match.start("term") + offset, match.end("term") + offset)
    return Definition(match["term"].strip(), text, clause.address, span, kind, local)


def _meaning(source: str, at: int) -> str:
    """The words before the parenthesis that holds `at`, back to the last break."""
    depth, start = 0, at
    while start > 0:
        start -= 1
        depth += (source[start] in "）)") - (source[start] in "（(")
        if depth < 0:
            break
    before = source[:start] if depth < 0 else source[:at]
    words = re.split(r"[。、\n「」]", before.rstrip("、 　"))[-1]
    return (words or before)[-120:].strip("）) 　")


def _tabled(clause: Clause) -> Iterator[Definition]:
    if not _ARTICLE.search(clause.caption):
        return
    for pattern in (_ROW, _CELLS):
        for match in pattern.finditer(clause.text):
            if not _HEADER.search(match["term"]):
                yield _make(clause, match, 0, match["text"], "table")
    if clause.level in ("item", "subitem", "paragraph") and (listed := _LISTED.match(clause.text)):
        yield _make(clause, listed, 0, listed["text"], "table")
        for paired in _PAIRED.finditer(clause.text):
            yield _make(clause, paired, 0, clause.text[paired.end() :].lstrip("とは、"), "table")


def _sentences(clause: Clause) -> Iterator[Definition]:
    for source, offset in own_texts(clause):
        for match in _SENTENCE.finditer(source):
            if not re.search(r"[をがにはで]$|場合|こと$", match["term"]):
                yield _make(clause, match, offset, match["text"], "sentence")


def uses(version: Version, found: Iterable[Definition]) -> dict[str, tuple[Use, ...]]:
    """Where each term stands outside its own definitions; a longer term wins over its parts.

    本サービス設備 is no use of 本サービス where both are defined; データ is none inside データベース.
    """
    known = tuple(found)
    places: dict[str, list[Use]] = {d.term: [] for d in known}
    if not places:
        return {}
    pattern = re.compile("|".join(map(_spaced, sorted(places, key=len, reverse=True))))
    by_letters = {re.sub(r"\s", "", term): term for term in places}
    defined = {(d.address, d.span) for d in known}
    for clause in own(version):
        for source, offset in own_texts(clause):
            for match in pattern.finditer(source):
                span = (match.start() + offset, match.end() + offset)
                if (clause.address, span) not in defined and _whole(source, match):
                    places[by_letters[re.sub(r"\s", "", match[0])]].append(
                        Use(clause.address, span)
                    )
    return {term: tuple(found_uses) for term, found_uses in places.items()}


def _spaced(term: str) -> str:
    """A pattern for `term` with or without spaces: 「ID など」 is also used as 「IDなど」."""
    return r"[ 　]?".join(re.escape(c) for c in re.sub(r"\s", "", term))


def _whole(source: str, match: re.Match[str]) -> bool:
    """Whether a katakana term is not the middle of a longer katakana word."""
    before, after = source[match.start() - 1 : match.start()], source[match.end() : match.end() + 1]
    return not (
        (before and _KATAKANA.match(before) and _KATAKANA.match(match[0][0]))
        or (after and _KATAKANA.match(after) and _KATAKANA.match(match[0][-1]))
    )
