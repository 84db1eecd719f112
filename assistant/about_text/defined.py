"""What a defined word means: the words that define it, or that none do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from assistant.about_text.literal import holding
from assistant.about_text.reading import Said, asking, letters
from assistant.about_text.showing import shown
from assistant.findings import Chosen, Finding
from corpus.clause import Clause
from corpus.definitions import definitions, own
from corpus.library import Version, place

_TERM = r"[「『]?(?P<term>[^「」『』〓、。?!]{1,24}?)[」』]?"
_WORD = r"(?:という)?(?:語|言葉|用語)?"
#: asks whether or how a word is defined
_DEFINITION = asking(
    rf"{_TERM}{_WORD}の(?:用語の)?定義(?:規定|条項|条文|文|の条項|の有無|と根拠条項|と条項|の根拠)?"
    r"(?:(?:は|が|の|に)*(?:どう|それぞれ)?(?:違い|違う|違っ|され|どの条項|どの条文|どの条|どの規約))?"
)
#: asks what a word is: answered from here only where the terms define it
_MEANING = asking(
    rf"{_TERM}{_WORD}(?:とは|の意味|って何)(?:意味|何のこと|どういう意味|どんな意味|誰のこと|誰|指す|指し)?"
)


def read(said: Said) -> tuple[Finding, ...]:
    """The definitions that a question asks for; empty where it asks for none."""
    if said.mentions:
        return ()
    asked = _DEFINITION.fullmatch(said.rest)
    match = asked or _MEANING.fullmatch(said.rest)
    if match is None:
        return ()
    term = match["term"].strip()
    found = [(version, _defining(version, term, plain=asked is None)) for version in said.held]
    if not any(finding for _, finding in found):
        if asked is None or not any(holding(version, [term]) for version in said.held):
            return ()
        return tuple(_undefined(version, term) for version in said.held)
    if asked is None or not said.named:
        return tuple(finding for _, finding in found if finding)
    return tuple(finding or _undefined(version, term) for version, finding in found)


def _defining(version: Version, term: str, *, plain: bool) -> Finding | None:
    """The clause that defines `term`, quoted from where it does.

    plain: only what the word means is asked. A clause that explains a thing in a sentence of its
    own is then better told by its note.
    """
    for definition in definitions(version):
        if _key(definition.term) == _key(term):
            if plain and definition.kind == "sentence":
                return None
            clause = version.clause(definition.address)
            row = _row(clause, definition.span[0]) if definition.kind == "table" else ""
            at = place(clause.address)
            lead = f"『{definition.term}』は、{at}で次のように定義されています: 「{row or _sentence(clause, definition.span[0])}」"
            finding = shown(version, lead, [clause])
            return replace(finding, chosen=(Chosen(clause, quote=row),)) if row else finding
    headed = None if plain else next(_headed(version, term), None)
    if headed is None:
        return None
    lead = f"『{term}』は、{place(headed.address)}で次のように説明されています: 「{headed.text.splitlines()[1]}」"
    return shown(version, lead, [headed])


def _key(term: str) -> str:
    """A term to be compared: IDなど is ID等."""
    return letters(term).replace("等", "など")


def _row(clause: Clause, at: int) -> str:
    """The line of a table that holds the place `at`."""
    start = clause.full_text.rfind("\n", 0, at) + 1
    end = clause.full_text.find("\n", at)
    return clause.full_text[start : end if end >= 0 else None]


def _sentence(clause: Clause, at: int) -> str:
    """The sentence around the place `at`, of one line; what stands in brackets ends none."""
    line = _row(clause, at)
    start = clause.full_text.rfind("\n", 0, at) + 1
    depth, begin = 0, 0
    for index, char in enumerate(line):
        depth += (char in "（(「") - (char in "）)」")
        if char == "。" and depth <= 0:
            if index >= at - start:
                return line[begin : index + 1].strip()
            begin = index + 1
    return line[begin:].strip()


def _headed(version: Version, term: str) -> Iterator[Clause]:
    """Items that open with `term` as their heading."""
    for clause in own(version):
        head, _, rest = clause.text.partition("\n")
        if clause.level in ("item", "subitem") and rest and _key(head) == _key(term):
            yield clause


def _undefined(version: Version, term: str) -> Finding:
    title = version.agreement.title
    used = holding(version, [term])
    if not used:
        return shown(
            version,
            f"{title}に『{term}』という語は見当たらず、定義もありません。",
            status="not_in_terms",
        )
    where = "、".join(place(clause.address) for clause in used[:3])
    rest = "など" if len(used) > 3 else ""
    lead = f"{title}は『{term}』を定義していません。語としては{where}{rest}に出てきます。"
    return shown(version, lead, status="not_in_terms", checked=[c.id for c in used[:3]])
