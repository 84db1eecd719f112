"""From a plan to an answer: the plain sentence first, then clauses, steps and open points.

The composer adds no fact: its sentences come from notes, clauses and calculations. Where an
agreement has no note for a clause, the clause's own decisive sentence speaks.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from assistant import wording
from assistant.answer import Answer, Citation, MissingInput, Status
from assistant.findings import Calculated, Chosen, Finding, Plan
from assistant.grounding import Violation
from assistant.headlines import headline
from assistant.marking import decisive
from assistant.spoken import spoken
from assistant.understanding.folding import fold
from assistant.vocabulary import Unread
from corpus.clause import Clause
from corpus.library import Version

#: longest list that is written out in the plain answer
MAX_LISTED = 12
_BROKEN_CITATION = frozenset(
    {"unknown_clause", "altered_quote", "wrong_version", "wrong_agreement"}
)
_ORDER: tuple[Status, ...] = ("governed_elsewhere", "not_in_terms", "out_of_scope")


def compose(
    question: str, plan: Plan, titles: Iterable[str], *, today: date | None = None
) -> Answer:
    """The answer to `question` by `plan`; `titles` name what is held, for a refusal.

    today: the day of asking, by which other readings of a day may have passed.
    """
    status = _status(plan)
    missing = _missing(plan.calculations)
    ask = wording.ask_for(missing) if missing else ""
    refer = _referral(plan, status)
    outside = wording.OUT_OF_SCOPE.format(titles=wording.join(titles))
    outside = outside if status == "out_of_scope" else ""
    blocks = [plan.correction, *_calculation_blocks(plan), ask, outside]
    blocks += [
        *(() if outside else _finding_blocks(plan)),
        *_offer_blocks(plan.calculations),
        refer,
    ]
    checked = _checked(plan)
    return Answer(
        question=question,
        status=status,
        text="\n".join(block for block in blocks if block),
        citations=tuple(_citations(question, plan.findings)),
        calculations=tuple(c.result for c in plan.calculations if c.result is not None),
        missing=missing,
        assumptions=_assumptions(plan.calculations),
        alternatives=tuple(_alternatives(plan.calculations, today)),
        correction=plan.correction,
        checked=checked,
        where=next((f.where for f in plan.findings if f.where), ""),
        carried=plan.carried,
        suggestions=plan.suggestions,
        warnings=_warnings(plan.calculations),
        requests=tuple(
            {
                "rule": c.rule,
                "agreement": c.agreement,
                "inputs": c.inputs,
                "missing": [m.name for m in c.missing],
            }
            for c in plan.calculations
        ),
        asking=tuple(line for line in (ask, outside, refer) if line),
        looked=tuple(_looked(plan, checked)),
        remarks=_remarks(plan.calculations),
    )


def _referral(plan: Plan, status: Status) -> str:
    """Where a customer may ask what the terms leave open; "" where they leave nothing open."""
    kinds = {f.status for f in plan.findings} if status != "out_of_scope" else set()
    if "governed_elsewhere" in kinds:
        return wording.ASK_PAPERS
    unsaid = "not_in_terms" in kinds or any(c.absent for c in plan.calculations)
    return wording.ASK_DESK if unsaid and status != "out_of_scope" else ""


def _looked(plan: Plan, checked: Iterable[str]) -> Iterable[Citation]:
    """The clauses that were looked at in vain, with their words."""
    for address in checked:
        version = plan.versions.get(address.split(":")[0])
        clause = version.get(address) if version is not None else None
        if version is not None and clause is not None:
            yield cite(version, clause)


def _checked(plan: Plan) -> tuple[str, ...]:
    told = [a for f in plan.findings for a in f.checked]
    told += [a for c in plan.calculations for a in c.checked]
    return tuple(dict.fromkeys(told))


def _status(plan: Plan) -> Status:
    if any(c.missing and not c.offered for c in plan.calculations):
        return "needs_input"
    if any(c.result is not None for c in plan.calculations):
        return "answered"
    if plan.calculations and all(c.absent for c in plan.calculations):
        return "not_in_terms"
    statuses = [finding.status for finding in plan.findings]
    if "answered" in statuses:
        return "answered"
    return next((status for status in _ORDER if status in statuses), "out_of_scope")


def _finding_blocks(plan: Plan) -> Iterable[str]:
    label = len(plan.findings) > 1
    absent = {c.agreement for c in plan.calculations if c.absent}
    for group in _alike(plan.findings):
        first = group[0]
        if first.status == "not_in_terms" and absent >= {f.agreement for f in group}:
            continue  # that no sum is laid down has been said
        body = _silent_text(group) if len(group) > 1 else _finding_text(first, plan.listing)
        if body and label and len(group) == 1:
            yield f"【{first.version.agreement.short}】{body}"
        elif body:
            yield body


def _alike(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings in order, silences about the same thing together."""
    groups: dict[object, list[Finding]] = {}
    for number, finding in enumerate(findings):
        silent = finding.status == "not_in_terms"
        groups.setdefault(finding.subject if silent else number, []).append(finding)
    return list(groups.values())


def _silent_text(findings: Sequence[Finding]) -> str:
    """One silence of several agreements, said once."""
    titles = wording.join(f.version.agreement.short for f in findings)
    return wording.IN_NONE.format(subject=findings[0].subject, titles=titles)


def _finding_text(finding: Finding, listing: bool) -> str:
    if finding.lead:
        return finding.lead
    title = finding.version.agreement.title
    if finding.status == "answered":
        return "\n".join(_chosen_text(finding.version, c, listing) for c in finding.chosen)
    if finding.status == "governed_elsewhere":
        display = wording.join(finding.version.display(c.clause.address) for c in finding.chosen)
        words = "\n".join(c.clause.full_text for c in finding.chosen)
        where = wording.quoted(finding.where, words)
        return wording.ELSEWHERE.format(
            subject=finding.subject, title=title, where=where, display=display
        )
    if finding.status == "not_in_terms":
        return wording.NOT_IN_TERMS.format(subject=finding.subject, title=title)
    return ""


def _chosen_text(version: Version, chosen: Chosen, listing: bool) -> str:
    place = version.display(chosen.clause.address)
    said = chosen.summary or own_words(chosen.clause.full_text)
    text = f"{wording.sentence(said)}（{place}）"
    if listing:
        text += "".join(f"\n・{line}" for line in _items(chosen.clause))
    return text


def own_words(quote: str) -> str:
    """A clause's first line in its own words, for agreements that have no notes."""
    first = quote.split("\n", 1)[0]
    return f"規約では次のように定めています: 「{first}」"


def _items(clause: Clause) -> list[str]:
    lines = clause.full_text.split("\n")[1:]
    return lines if 2 <= len(lines) <= MAX_LISTED else []


def _citations(question: str, findings: Iterable[Finding]) -> Iterable[Citation]:
    seen: set[str] = set()
    for finding in findings:
        for chosen in finding.chosen:
            citation = cite(finding.version, chosen.clause, question, chosen.summary, chosen.quote)
            if citation.address not in seen:
                seen.add(citation.address)
                yield citation


def cite(
    version: Version, clause: Clause, question: str = "", summary: str = "", words: str = ""
) -> Citation:
    """A citation of `clause`, or of `words` in it, decisive words marked for `question`."""
    quote = words or clause.full_text
    return Citation(
        address=str(clause.address),
        quote=quote,
        agreement=version.agreement.id,
        version=version.effective.isoformat(),
        hash=clause.hash,
        display=version.display(clause.address),
        caption=clause.caption,
        summary=summary,
        marks=decisive(quote, question, (summary,)),
    )


def _calculation_blocks(plan: Plan) -> Iterable[str]:
    rows = plan.calculations
    several = len({row.agreement for row in rows}) > 1
    for row in rows:
        version = plan.versions.get(row.agreement)
        short = version.agreement.short if version else row.agreement.upper()
        name = f"【{short}】" if several else ""
        if row.result is not None:
            yield f"{name}{headline(row)}"
        elif row.absent:
            title = version.agreement.title if version else short
            yield wording.NO_SUM.format(subject=row.title, title=title)
        elif row.error:
            yield f"{name}{wording.refused(row.error)}"


def _offer_blocks(calculations: Iterable[Calculated]) -> Iterable[str]:
    """What to tell for a sum of one's own, after an answer that needs none."""
    for row in calculations:
        if row.offered and row.missing:
            yield wording.offer(row.title, row.missing)


def _missing(calculations: Iterable[Calculated]) -> tuple[MissingInput, ...]:
    found: dict[str, MissingInput] = {}
    for row in calculations:
        for entry in () if row.offered else row.missing:
            found.setdefault(entry.name, entry)
    return tuple(found.values())


def _assumptions(calculations: Iterable[Calculated]) -> tuple[str, ...]:
    texts = [
        spoken(text)
        for row in calculations
        for text in (*row.assumptions, *((row.result or {}).get("assumptions", ())))
    ]
    return tuple(dict.fromkeys(texts))


def _alternatives(
    calculations: Iterable[Calculated], today: date | None
) -> Iterable[dict[str, Any]]:
    """Other readings of the headlines, each with the unit of its headline.

    A reading that gives a day before `today` is marked as passed where the headline is a
    deadline that is still waited for.
    """
    for row in calculations:
        result = row.result or {}
        waited = bool(result.get("days_left")) and today is not None
        for reading in result.get("alternatives", ()):
            passed = waited and today is not None and str(reading["value"]) < today.isoformat()
            yield {
                **reading,
                "reading": spoken(reading["reading"]),
                "reason": spoken(reading["reason"]),
                "unit": result.get("unit", ""),
                **({"passed": True} if passed else {}),
            }


def _warnings(calculations: Iterable[Calculated]) -> tuple[str, ...]:
    """What to beware of, without doubts about the clauses, which are the staff's."""
    texts = [
        spoken(text)
        for row in calculations
        for text in (row.result or {}).get("warnings", ())
        if text not in (row.result or {}).get("disputes", ())
    ]
    return tuple(dict.fromkeys(texts))


def _remarks(calculations: Iterable[Calculated]) -> tuple[str, ...]:
    """What could be argued against the clauses, for the staff."""
    texts = [spoken(t) for row in calculations for t in (row.result or {}).get("disputes", ())]
    return tuple(dict.fromkeys(texts))


def ask_back(question: str, titles: Iterable[str]) -> Answer:
    """The question back to somebody who only named agreements."""
    text = wording.WHAT_ABOUT.format(titles=wording.join(titles))
    return Answer(question=question, status="needs_input", text=text, asking=(text,))


def not_understood(question: str, unread: Sequence[Unread], checked: tuple[str, ...]) -> Answer:
    """The question back to somebody whose words were not read, instead of a silence.

    Where they are a letter off known words, the question with these is offered.
    """
    likely = [word for word in unread if word.meant]
    said = wording.NOT_READ.format(words=wording.join(f"『{u.word}』" for u in unread))
    if likely:
        said += wording.PROBABLY.format(meant=wording.join(f"『{u.meant}』" for u in likely))
    offered = fold(question).text
    for word in likely:
        offered = offered.replace(word.word, word.meant)
    return Answer(
        question, "needs_input", said + wording.SAY_OTHERWISE, checked=checked,
        suggestions=(offered,) if likely else (), asking=(said + wording.SAY_OTHERWISE,),
    )  # fmt: skip


def decline_ungrounded(
    answer: Answer, violations: Iterable[Violation], *, summaries: bool = True
) -> Answer:
    """What is shown instead of an answer that failed the grounding check: its clauses only.

    The sentences that could not be proved are dropped; verbatim citations are kept where they
    hold, each with its summary (unless `summaries` is False: they failed as well). This is the
    last line of defence and not a way of answering. What was wrong is kept for the record and
    never shown to a reader.
    """
    found = tuple(violations)
    broken = {v.printed for v in found if v.kind in _BROKEN_CITATION}
    kept = tuple(c for c in answer.citations if c.address not in broken and c.quote not in broken)
    refer = () if kept else (wording.ASK_DESK,)
    return replace(
        answer,
        status="answered" if kept else "not_in_terms",
        text="\n".join((*_proved(kept, summaries), *refer)),
        citations=kept,
        calculations=(),
        assumptions=(),
        alternatives=(),
        correction="",
        suggestions=(),
        warnings=(),
        remarks=(),
        asking=refer,
        withheld=(*answer.withheld, *(v.message for v in found)),
    )


def _proved(kept: Sequence[Citation], summaries: bool) -> Iterable[str]:
    """The sentences that stand on the clauses kept."""
    told = [
        f"{wording.sentence(c.summary)}（{c.display}）" for c in kept if c.summary and summaries
    ]
    if told:
        return [*told, wording.WITHHELD]
    return [wording.ONLY_CLAUSES if kept else wording.NOTHING_PROVED]
