"""Which clauses refer to a clause, what a clause refers to, and what 「前項」 in it means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.about_text.reading import CLAUSE, Said, asking
from assistant.about_text.showing import listed, printed, shown
from assistant.findings import Finding
from assistant.named_clauses import located
from corpus.address import Address
from corpus.clause import Clause
from corpus.library import Version, place
from corpus.references import Reference, all_references, references

_VERB = r"(?:引用|参照|準用|言及|引い|触れ)"
_NAMED = rf"{CLAUSE}(?:[、・と]?{CLAUSE})*(?:\([^()]*\))?"
_WHAT = r"(?:条項|条文|条|項|規定|箇所|ところ|もの|どこ|どれ|何)"
#: 「第13条を引用している条項」, 「どの条項が第18条を参照していますか」, 「第13条が引用されている条項」
_INCOMING = re.compile(
    rf"(?:どの|他の|何の)?{_WHAT}?(?:[がでにはの]|の中で)*{_NAMED}(?:[をにへ]|について|に対して)*{_VERB}(?:し(?:てい|てる|てあ|た)|す|を|が|てい|る)[^{CLAUSE}。]{{0,30}}[。?!]*"
    rf"|{_NAMED}(?:[がは])(?:どの条項で|どこで|どの条で|他の条項で)?{_VERB}(?:さ)?れ[^{CLAUSE}。]{{0,30}}[。?!]*"
)
#: 「第16条が準用する条項」, 「第12条は何条を参照していますか」
_OUTGOING = re.compile(
    rf"{_NAMED}(?:の中)?(?:が|では?|は|の|において|に(?=引用さ|参照さ|準用さ))(?:、)?(?:[^{CLAUSE}。]{{0,8}}{_WHAT}を)?{_VERB}(?:し(?:てい|てる|てあ|た)|す|先|を|さ|てい)[^{CLAUSE}。]{{0,24}}[。?!]*"
)
#: 「他の条項を準用している条項をすべて」
_ANY = asking(
    rf"(?:他|ほか|別)の(?:条項|条文|条|規定)を{_VERB}(?:してい|する|てい|い)*る?(?:条項|条文|条|規定)"
)
_POINTING = re.compile(
    rf"{_NAMED}(?:の|にいう|でいう|中の|にある|における)*[「『](?P<word>{CLAUSE}|[前次同本][^「」『』]{{1,12}})[」』](?P<tail>[^{CLAUSE}]{{0,24}})"
)
_MEANS = re.compile(
    r"(?:とは|は|って|が)?[、,]?(?:(?:第?何|どの|どこ|どれ|いずれ)(?:の|が)?(?:条|項|号|こと|規定)*(?:を|の|に)?(?:指|意味|あた|当た)?.{0,10}|(?:指|意味).{0,10})?[。?!]*"
)
#: asks whether a reference is printed right
_RIGHT = re.compile(r"は.{0,6}(?:正し|誤|間違|合って).{0,14}")


def read(said: Said) -> tuple[Finding, ...]:
    """The references that a question asks for; empty where it asks for none."""
    if not said.mentions:
        return tuple(map(_citing_any, said.held)) if _ANY.fullmatch(said.rest) else ()
    if _INCOMING.fullmatch(said.rest):
        return _all(said, incoming)
    if _OUTGOING.fullmatch(said.rest):
        return _all(said, outgoing)
    pointing = _POINTING.fullmatch(said.rest)
    if pointing is not None and (
        _MEANS.fullmatch(pointing["tail"]) or _RIGHT.fullmatch(pointing["tail"])
    ):
        printed_word = pointing["word"] if pointing["word"] != CLAUSE else said.words[-1]
        word = re.sub(r"\s", "", printed_word)
        return tuple(
            finding
            for version in said.held
            for finding in _meaning(version, located(version, said.mentions[0]), word)
        )
    return ()


def _all(said: Said, tell: Callable[[Version, Clause], Finding]) -> tuple[Finding, ...]:
    clauses = [(version, located(version, said.mentions[0])) for version in said.held]
    return tuple(tell(version, clause) for version, clause in clauses if clause is not None)


def incoming(version: Version, clause: Clause) -> Finding:
    """The clauses that refer to `clause`, or a silence.

    What an article says of itself (前項, 次の各号) is no reference to it.
    """
    found = {
        c.id: c for c, reference in all_references(version)
        if reference.kind != "items" and not _inside(c.address, clause.address)
        and any(_same(target, clause.address) for target in reference.targets)
    }  # fmt: skip
    at = printed(clause)
    if not found:
        lead = f"{version.agreement.title}に、{at}を引用する条項はありません。"
        return shown(version, lead, status="not_in_terms", checked=[clause.id])
    head = f"{at}を引用しているのは、次の{len(found)}か所です。"
    return listed(version, head, list(found.values()))


def _citing_any(version: Version) -> Finding:
    """The clauses that refer to another article."""
    found = {
        c.id: c for c, reference in all_references(version)
        if any(target.article != c.address.article for target in reference.targets)
    }  # fmt: skip
    title = version.agreement.title
    if not found:
        return shown(
            version, f"{title}に、ほかの条を引用する条項はありません。", status="not_in_terms"
        )
    head = f"{title}でほかの条を引用しているのは、次の{len(found)}か所です。"
    return listed(version, head, list(found.values()))


def _inside(here: Address, asked: Address) -> bool:
    return asked.contains(here)


def _same(target: Address, asked: Address) -> bool:
    return target.contains(asked) or asked.contains(target)


def outgoing(version: Version, clause: Clause) -> Finding:
    """`clause` with the clauses that it refers to, or a silence."""
    own = [c for c in version.clauses() if clause.address.contains(c.address)]
    found = _named(
        r for c in own if c.level != "article" for r in references(c, version)
        if r.kind != "items"
    )  # fmt: skip
    targets = {
        c.id: c for address in _targets(found) if (c := version.get(address)) is not None
        and not _same(c.address, clause.address)
    }  # fmt: skip
    at = printed(clause)
    if not targets:
        lead = f"{at}は、ほかの条項を引用していません。"
        return shown(version, lead, [clause])
    head = f"{at}が引用しているのは、次の条項です。"
    told = listed(version, head, list(targets.values()))
    return shown(version, told.lead, [clause, *(c.clause for c in told.chosen)])


def _named(found: Iterable[Reference]) -> list[Reference]:
    return [reference for reference in found if not reference.external]


def _targets(found: Iterable[Reference]) -> list[Address]:
    return [target for reference in found for target in _together(reference)]


def _together(reference: Reference) -> list[Address]:
    """The targets; several items of one paragraph are the paragraph."""
    parents = {target.parent for target in reference.targets if target.item}
    if len(reference.targets) > 1 and len(parents) == 1 and (parent := parents.pop()) is not None:
        return [parent]
    return list(reference.targets)


def _meaning(version: Version, clause: Clause | None, word: str) -> Iterable[Finding]:
    """What 「前項」 in `clause` stands for."""
    if clause is None:
        return
    inside = [c for c in version.clauses() if clause.address.contains(c.address)]
    found = [
        (c, r) for c in inside if c.level != "article" for r in references(c, version)
        if r.targets and _alike(word, re.sub(r"\s", "", r.printed))
    ]  # fmt: skip
    if not found:
        return
    here, reference = found[0]
    targets = [c for a in _together(reference) if (c := version.get(a)) is not None]
    named = "、".join(place(a) for a in _together(reference))
    lead = f"{place(here.address)}の「{reference.printed}」は、文言の上では{named}を指します。"
    yield shown(
        version,
        lead + _misprint(version, reference),
        [here, *targets],
        checked=[str(a) for a in reference.targets],
    )


def _alike(word: str, reference: str) -> bool:
    return word.startswith(reference) or reference.startswith(word)


def _misprint(version: Version, reference: Reference) -> str:
    """What is said where the caption printed with a reference is not that of its article."""
    if not reference.caption or not reference.targets:
        return ""
    article = version.get(replace(reference.targets[0], paragraph=None, item=None, subitem=None))
    own = article.caption.strip("（）() ") if article is not None else ""
    printed_here = reference.caption.strip()
    if not own or own == printed_here:
        return ""
    at = place(article.address) if article is not None else ""
    return f"添えられた見出し『{printed_here}』は、{at}の見出し『{own}』と一致しません。"
