"""The supplementary provisions: how often the terms were amended, and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.about_text.reading import CLAUSE, Said, asking
from assistant.about_text.showing import shown
from assistant.findings import Finding
from corpus.address import SUPPLEMENTARY
from corpus.clause import Clause
from corpus.dates import dates_in
from corpus.library import Version, place

_CHANGE = r"(?:改正|改定|改訂)"
_EVER = r"(?:これまで|今まで|いままで|過去|制定以来|現在まで|に|の|で|は|、)*"
_DAY = r"(?:実施|施行|効力発生|発効|制定|改正|改定|改訂|適用)(?:年月)?(?:期日|日付|日|の?日)"
#: which of the provisions a question wants: every one, the first or the newest
_ROWS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (which, asking(core))
    for which, core in (
        ("all", rf"{CLAUSE}(?:の|を|に|は|が|何|なに|どんな)*(?:内容|全文|原文|全体|中身|条文|書いて|書かれ|定めて)?"),
        ("all", rf"{_EVER}{_CHANGE}(?:された|した)(?:の|日|年月日)*"),
        ("all", rf"{_EVER}{_CHANGE}?の?(?:履歴|経緯|沿革|経過|変遷)"),
        ("all", rf"{_EVER}(?:{_CHANGE}(?:された|は|され|の|を|が)*)?(?:何|なん)(?:回|度)(?:{_CHANGE}|変更|変わっ)?(?:され|した|が|て|き|ました|ます|いま|か|。|、|\?)*(?:各)?(?:{_DAY})?"),
        ("all", rf"{_EVER}{_CHANGE}(?:の)?(?:回数|{_DAY})(?:の)?(?:一覧|時系列|すべて|全て|全部|履歴|を時系列)"),
        ("ends", rf"制定日(?:と|及び|、)(?:最新|直近|最後|最終)の?{_DAY}"),
        ("first", r"(?:制定|最初の(?:実施|施行)|当初の(?:実施|施行))(?:年月)?日"),
        ("last", rf"(?:最新|直近|最後|最終|現行|現在)(?:の|版の)*(?:{_DAY}|{_CHANGE})"),
        ("last", r"(?:の|現行の)?(?:施行|実施|効力発生|発効)(?:期)?日"),
    )
)  # fmt: skip
_ON = asking(rf"(?:に|から|付で|付けで|で)?{_CHANGE}(?:された|され|した|の|を)*(?:規約|もの)?")
_SENTENCE = re.compile(r"[^\n]*[0-9０-９元][ 　]*日[^\n]*")


def read(said: Said) -> tuple[Finding, ...]:
    """The supplementary provisions that a question asks for; empty where it asks for none."""
    if any(mention.article != SUPPLEMENTARY for mention in said.mentions):
        return ()
    if any(mention.paragraph for mention in said.mentions):
        return _one(said)
    which = next((name for name, pattern in _ROWS if pattern.fullmatch(said.rest)), "")
    if which and (CLAUSE not in said.rest or said.mentions):
        return tuple(_told(version, which) for version in said.held)
    return _on_a_day(said)


def provisions(version: Version) -> tuple[Clause, ...]:
    """The supplementary provisions, in the order of the text."""
    return tuple(
        c for c in version.clauses() if c.address.article == SUPPLEMENTARY and not c.address.item
    )


def _told(version: Version, which: str) -> Finding:
    found = provisions(version)
    if not found:
        lead = f"{version.agreement.title}に附則はありません。"
        return shown(version, lead, status="not_in_terms")
    kept = {"all": found, "first": found[:1], "last": found[-1:]}.get(which, _ends(found))
    head = _counted(version, found) if which == "all" else ""
    lines = "\n".join(_line(clause) for clause in kept)
    return shown(version, f"{head}\n{lines}" if head else lines, kept, checked=[found[-1].id])


def _counted(version: Version, found: Sequence[Clause]) -> str:
    """How many there are, and how many of them amend.

    The first provision tells when the terms took effect; every later one is an amendment.
    """
    amending = [clause for clause in found if re.search(_CHANGE, clause.full_text)]
    head = f"{version.agreement.title}の附則は{len(found)}つです"
    if not amending:
        return f"{head}。改正を定める附則はありません。"
    return f"{head}。制定の後、{len(amending)}回改正されています。"


def _line(clause: Clause) -> str:
    sentence = _SENTENCE.search(clause.full_text)
    said = sentence[0].strip() if sentence else clause.full_text.strip()
    return f"・{place(clause.address)}「{said}」"


def _one(said: Said) -> tuple[Finding, ...]:
    """The provisions that are named by their numbers, where only they are asked for."""
    if not asking(
        rf"{CLAUSE}(?:[^{CLAUSE}]{{0,4}}{CLAUSE})*(?:の)?(?:内容|全文|{_DAY})?"
    ).fullmatch(said.rest):
        return ()
    found = []
    for version in said.held:
        held = {c.address.paragraph: c for c in provisions(version)}
        kept = [held[m.paragraph] for m in said.mentions if m.paragraph in held]
        if kept:
            found.append(shown(version, "\n".join(map(_line, kept)), kept))
        elif held:
            head = f"{version.agreement.title}の附則は第{len(held)}までです。"
            last = [*held.values()][-1]
            found.append(shown(version, head, status="not_in_terms", checked=[last.id]))
    return tuple(found)


def _on_a_day(said: Said) -> tuple[Finding, ...]:
    """The agreements that were amended on the day that a question names."""
    days = dates_in(said.rest)
    if len(days) != 1:
        return ()
    rest = re.sub(r"(?:平成|令和|昭和)?\s*[0-9元]+\s*年\s*[0-9]+\s*月\s*[0-9]+\s*日", "", said.rest)
    if not _ON.fullmatch(re.sub(r"どの規約", "", rest)):
        return ()
    found = []
    for version in said.held:
        kept = [c for c in provisions(version) if days[0] in dates_in(c.full_text)]
        if kept:
            found.append(shown(version, "\n".join(map(_line, kept)), kept))
    return tuple(found)


def _ends(found: Sequence[Clause]) -> Sequence[Clause]:
    return [found[0], found[-1]] if len(found) > 1 else found
