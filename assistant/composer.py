"""From a plan to an answer: the plain sentence first, then clauses, steps and open points.

The composer adds no fact: its sentences come from notes, clauses and calculations. Where an
agreement has no note for a clause, the clause's own decisive sentence speaks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from assistant import wording
from assistant.answer import Answer, Citation, MissingInput, Status
from assistant.findings import Calculated, Chosen, Finding, Plan
from assistant.grounding import Violation
from assistant.marking import decisive
from corpus.clause import Clause
from corpus.library import Version

#: longest list that is written out in the plain answer
MAX_LISTED = 12
_BROKEN_CITATION = frozenset(
    {"unknown_clause", "altered_quote", "wrong_version", "wrong_agreement"}
)
_ORDER: tuple[Status, ...] = ("governed_elsewhere", "not_in_terms", "out_of_scope")


def compose(question: str, plan: Plan, titles: Iterable[str]) -> Answer:
    """The answer to `question` by `plan`; `titles` name what is held, for a refusal."""
    status = _status(plan)
    blocks = [plan.correction, *_calculation_blocks(plan.calculations)]
    blocks += _finding_blocks(plan, status, titles)
    blocks += _offer_blocks(plan.calculations)
    return Answer(
        question=question,
        status=status,
        text="\n".join(block for block in blocks if block),
        citations=tuple(_citations(question, plan.findings)),
        calculations=tuple(c.result for c in plan.calculations if c.result is not None),
        missing=_missing(plan.calculations),
        assumptions=_assumptions(plan.calculations),
        alternatives=tuple(_alternatives(plan.calculations)),
        correction=plan.correction,
        checked=_checked(plan),
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
    )


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


def _finding_blocks(plan: Plan, status: Status, titles: Iterable[str]) -> Iterable[str]:
    if status == "out_of_scope":
        yield wording.OUT_OF_SCOPE.format(titles=wording.join(titles))
        return
    label = len(plan.findings) > 1
    for finding in plan.findings:
        body = _finding_text(finding, plan.listing)
        if body and label:
            yield f"【{finding.version.agreement.short}】{body}"
        elif body:
            yield body


def _finding_text(finding: Finding, listing: bool) -> str:
    title = finding.version.agreement.title
    if finding.status == "answered":
        return "\n".join(_chosen_text(finding.version, c, listing) for c in finding.chosen)
    if finding.status == "governed_elsewhere":
        display = wording.join(finding.version.display(c.clause.address) for c in finding.chosen)
        return wording.ELSEWHERE.format(
            subject=finding.subject, title=title, where=finding.where, display=display
        )
    if finding.status == "not_in_terms":
        return wording.NOT_IN_TERMS.format(
            subject=finding.subject, title=title, next=wording.ASK_DESK
        )
    return ""


def _chosen_text(version: Version, chosen: Chosen, listing: bool) -> str:
    place = version.display(chosen.clause.address)
    said = chosen.summary or _own_words(chosen.clause)
    text = f"{wording.sentence(said)}（{place}）"
    if listing:
        text += "".join(f"\n・{line}" for line in _items(chosen.clause))
    return text


def _own_words(clause: Clause) -> str:
    """The clause's first sentence, for agreements that have no notes."""
    first = clause.full_text.split("\n", 1)[0]
    return f"規約では次のように定めています: 「{first}」"


def _items(clause: Clause) -> list[str]:
    lines = clause.full_text.split("\n")[1:]
    return lines if 2 <= len(lines) <= MAX_LISTED else []


def _citations(question: str, findings: Iterable[Finding]) -> Iterable[Citation]:
    seen: set[str] = set()
    for finding in findings:
        for chosen in finding.chosen:
            citation = cite(finding.version, chosen.clause, question, chosen.summary)
            if citation.address not in seen:
                seen.add(citation.address)
                yield citation


def cite(version: Version, clause: Clause, question: str = "", summary: str = "") -> Citation:
    """A citation of the whole of `clause`, decisive words marked for `question`."""
    quote = clause.full_text
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


def _calculation_blocks(calculations: Iterable[Calculated]) -> Iterable[str]:
    rows = list(calculations)
    for row in rows:
        name = f"【{row.agreement.upper()}】" if len({r.agreement for r in rows}) > 1 else ""
        if row.result is not None:
            yield f"{name}{_headline(row)}"
        elif row.absent or row.error:
            yield f"{name}{row.error}"
    missing = _missing(rows)
    if missing:
        yield wording.ask_for(missing)


def _offer_blocks(calculations: Iterable[Calculated]) -> Iterable[str]:
    """What to tell for a sum of one's own, after an answer that needs none."""
    for row in calculations:
        if row.offered and row.missing:
            yield wording.offer(row.title, row.missing)


def _headline(row: Calculated) -> str:
    """「遅延損害金は 721円 です（遅延日数 33日）。」 from a result's outputs."""
    result = row.result or {}
    outputs = dict(result.get("outputs", {}))
    titles = result.get("output_titles", {})
    first = next(iter(outputs), "")
    head = value_text(outputs.pop(first, None), result, first)
    shown = [
        f"{titles.get(name, name)} {value_text(value, result, name)}"
        for name, value in outputs.items()
        if value is not None and not isinstance(value, list | dict)
    ]
    rest = f"（{wording.join(shown)}）" if shown else ""
    return f"{row.title}は {head} です{rest}。"


def value_text(value: Any, result: dict[str, Any], name: str) -> str:
    """A value as a reader expects it: yen with separators, dates in Japanese, はい/いいえ."""
    words = (result.get("output_words") or {}).get(name, {})
    if isinstance(value, bool):
        return str(words.get(str(value).lower(), "はい" if value else "いいえ"))
    if value is None:
        return "なし"
    if isinstance(value, list):
        return wording.join(value_text(part, result, name) for part in value) or "なし"
    if isinstance(value, dict):
        return wording.join(
            f"{words.get(key, key)}: {value_text(part, result, name)}"
            for key, part in value.items()
        )
    unit = (result.get("output_units") or {}).get(name, "") or ""
    if isinstance(value, int):
        return wording.yen(value) if unit in ("円", "yen") else f"{value}{unit}"
    return str(words.get(str(value), wording.jdate(str(value))))


def _missing(calculations: Iterable[Calculated]) -> tuple[MissingInput, ...]:
    found: dict[str, MissingInput] = {}
    for row in calculations:
        for entry in () if row.offered else row.missing:
            found.setdefault(entry.name, entry)
    return tuple(found.values())


def _assumptions(calculations: Iterable[Calculated]) -> tuple[str, ...]:
    texts = [
        text
        for row in calculations
        for text in (*row.assumptions, *((row.result or {}).get("assumptions", ())))
    ]
    return tuple(dict.fromkeys(texts))


def _alternatives(calculations: Iterable[Calculated]) -> Iterable[dict[str, Any]]:
    """Other readings of the headlines, each with the unit of its headline."""
    for row in calculations:
        result = row.result or {}
        for reading in result.get("alternatives", ()):
            yield {**reading, "unit": result.get("unit", "")}


def _warnings(calculations: Iterable[Calculated]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            text for row in calculations for text in (row.result or {}).get("warnings", ())
        )
    )


def ask_back(question: str, titles: Iterable[str]) -> Answer:
    """The question back to somebody who only named agreements."""
    text = wording.WHAT_ABOUT.format(titles=wording.join(titles))
    return Answer(question=question, status="needs_input", text=text)


def decline_ungrounded(answer: Answer, violations: Iterable[Violation]) -> Answer:
    """What is shown instead of an answer that failed the grounding check: its clauses only.

    The sentences that could not be proved are dropped; verbatim citations are kept where they
    hold. This is the last line of defence and not a way of answering.
    """
    broken = {v.printed for v in violations if v.kind in _BROKEN_CITATION}
    kept = tuple(c for c in answer.citations if c.address not in broken and c.quote not in broken)
    return replace(
        answer,
        status="answered" if kept else "not_in_terms",
        text=wording.ONLY_CLAUSES if kept else wording.NOTHING_PROVED,
        citations=kept,
        calculations=(),
        correction="",
        suggestions=(),
        warnings=(*answer.warnings, *(v.message for v in violations)),
    )
