"""From a language model's claims to an answer, with everything that is wrong with it.

Clause texts come from the corpus, sums from the calculators, and what stands beside the text
(correction, assumptions, calculations of the rules) from the deterministic answer: of the
model nothing is taken but sentences, and each must be carried by the clauses it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.answer import Answer, Citation
from assistant.composer import cite
from assistant.grounding import Violation, check
from assistant.headlines import value_text
from assistant.numbers_in_text import quantities, whole_dates
from assistant.support import MAX_CLAIMS, MAX_REPLY, Claim, unsupported
from assistant.wording import counted
from corpus.address import Address
from corpus.errors import YakkanError
from corpus.library import Library

#: a claim as the model gave it: the sentence and the addresses it names
Said = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Run:
    """A calculation that the model ran: its `Result` dictionary and the inputs it chose."""

    result: dict[str, Any]
    inputs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A model's answer before it is shown, with everything that is wrong with it."""

    answer: Answer | None
    violations: tuple[Violation, ...]


def drafted(
    question: str,
    fallback: Answer,
    claims: Sequence[Said],
    runs: Sequence[Run],
    library: Library,
    *,
    meant: Sequence[str] = (),
    user_words: Sequence[str] = (),
) -> Draft:
    """The answer that `claims` make, over the evidence of `fallback`.

    meant: ids of the agreements that the question means; user_words: what the user said.
    """
    text = "\n".join(said.strip() for said, _ids in claims if said.strip())
    if not text or len(text) > MAX_REPLY or len(claims) > MAX_CLAIMS:
        return Draft(None, (Violation("length", "", "回答の文がないか、長すぎます。"),))
    citations, found = _cited(question, fallback, claims, library)
    results = _results(fallback, runs, [question, *user_words])
    if fallback.correction and fallback.correction not in text:
        text = f"{fallback.correction}\n{text}"
    answer = replace(fallback, text=text, citations=citations, calculations=results, origin="model")
    found += _missing_parts(fallback, answer)
    found += check(answer, library, user_words=user_words, meant=meant)
    found += _claim_violations(question, fallback, claims, answer, library)
    return Draft(answer, tuple(found))


def _cited(
    question: str, fallback: Answer, claims: Iterable[Said], library: Library
) -> tuple[tuple[Citation, ...], list[Violation]]:
    """The clauses that the claims name, from the corpus; only those that were found count."""
    cited: dict[str, Citation] = {}
    wrong: list[Violation] = []
    for printed in (id for _text, ids in claims for id in ids):
        citation = _citation(printed, question, fallback, library)
        if citation is None:
            allowed = "、".join(c.address for c in fallback.citations)
            message = f"資料にない条項です。使える条項は {allowed} です。"
            wrong.append(Violation("clause_not_given", printed, message))
        else:
            cited[citation.address] = citation
    return tuple(cited.values()), wrong


def _citation(printed: str, question: str, fallback: Answer, library: Library) -> Citation | None:
    """The citation of `printed` where it is one of the clauses given, or lies inside one."""
    try:
        wanted = Address.parse(printed)
        for held in fallback.citations:
            version = library.version(held.agreement, as_of=date.fromisoformat(held.version))
            clause = version.clause(wanted) if wanted.agreement == held.agreement else None
            if clause is not None and str(clause.address) == held.address:
                return held
            if clause is not None and Address.parse(held.address).contains(clause.address):
                return cite(version, clause, question)
    except YakkanError:
        return None
    return None


def _results(
    fallback: Answer, runs: Iterable[Run], words: Sequence[str]
) -> tuple[dict[str, Any], ...]:
    """The calculations of the rules, and those of the model whose inputs the user gave."""
    results = list(fallback.calculations)
    cited = {c.address for c in fallback.citations}
    for run in runs:
        known = any(_same(run.result, result) for result in results)
        clauses = {entry["id"] for entry in run.result.get("citations", ())}
        if not known and clauses & cited and _given(run, words):
            results.append(run.result)
    return tuple(results)


def _same(left: dict[str, Any], right: dict[str, Any]) -> bool:
    return all(left.get(key) == right.get(key) for key in ("rule", "agreement", "outputs"))


def _given(run: Run, words: Sequence[str]) -> bool:
    """Whether the user gave every input, and none could have been taken for another."""
    inputs = {k: v for k, v in run.inputs.items() if k != "agreement" and v is not None}
    known = {key for text in words for key in _keys(text)}
    values = {value for value, _unit in known}
    kinds = [_kind(value) for value in inputs.values()]
    if "other" in kinds or len(set(kinds)) < len(kinds):
        return False
    return all(
        any(q.key in known for q in whole_dates(str(value)))
        if _kind(value) == "date"
        else any(q.value in values for q in quantities(str(value)))
        for value in inputs.values()
    )


def _kind(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return "other"
    if isinstance(value, str):
        return "date" if any(whole_dates(value)) else "other"
    return "number"


def _missing_parts(fallback: Answer, answer: Answer) -> list[Violation]:
    """What the deterministic answer says and this one leaves out: a result, an agreement."""
    found = []
    cited = {c.agreement for c in answer.citations}
    for agreement in dict.fromkeys(c.agreement for c in fallback.citations):
        if agreement not in cited:
            found.append(Violation("agreement_missing", agreement, "答えていない規約があります。"))
    said = _keys(answer.text)
    for result in fallback.calculations:
        head = headline(result)
        if not _keys(head) <= said:
            found.append(Violation("result_missing", head, "計算結果が書かれていません。"))
    return found


def _claim_violations(
    question: str, fallback: Answer, claims: Sequence[Said], answer: Answer, library: Library
) -> Iterable[Violation]:
    """Claims that their clauses do not carry.

    The user's own words are no source here: a planted 「3カ月と答えて」 would carry itself.
    """
    cited = {c.address: c for c in answer.citations}
    sums = [told(result) for result in answer.calculations]
    beside = "\n".join(text for text, _ids in claims)
    for text, ids in claims:
        own = [c for c in (_find(id, cited) for id in ids) if c is not None]
        if not text.strip():
            continue
        if not own and not sums:
            yield Violation("claim_without_clause", text, "根拠の条項がない文です。")
            continue
        yield from unsupported(
            Claim(
                text,
                sources=(*(part for c in own for part in (c.summary, c.quote) if part), *sums),
                verbatim=tuple(c.quote for c in own),
                places=tuple(place for c in own for place in _places(c, library)),
                question=question,
                beside=beside,
                names=_publishers(fallback, library),
            )
        )


def _find(printed: str, cited: dict[str, Citation]) -> Citation | None:
    try:
        wanted = Address.parse(printed)
    except YakkanError:
        return None
    same = (c for a, c in cited.items() if Address.parse(a) == wanted)
    inside = (c for a, c in cited.items() if wanted.contains(Address.parse(a)))
    return next(same, None) or next(inside, None)


def _places(citation: Citation, library: Library) -> tuple[str, ...]:
    """What the clause and its agreement are called."""
    agreement = library.agreement(citation.agreement)
    return (
        citation.display,
        citation.caption,
        agreement.title,
        agreement.short,
        *agreement.aliases,
    )


def _publishers(fallback: Answer, library: Library) -> tuple[str, ...]:
    """Names of the companies behind the agreements, longest first."""
    full = {library.agreement(c.agreement).publisher for c in fallback.citations}
    bare = {name.replace("株式会社", "").strip() for name in full}
    return tuple(sorted((full | bare) - {""}, key=len, reverse=True))


def told(result: dict[str, Any]) -> str:
    """A calculation in sentences: its outputs and its steps, other readings left out."""
    titles = result.get("output_titles", {})
    name = result.get("title", "")
    lines = [f"{name}は{headline(result)}です。"]
    lines += [
        f"{name}の{titles.get(key, key)}は{value_text(value, result, key)}です。"
        for key, value in result.get("outputs", {}).items()
    ]
    lines += [
        f"{step['label']}は{step['expression']}で、{counted(step['value'], step.get('unit', ''))}です。"
        for step in result.get("steps", ())
    ]
    return "\n".join(lines)


def headline(result: dict[str, Any]) -> str:
    """The first output of a calculation, as a reader expects it."""
    name = next(iter(result.get("outputs", {})), "")
    return value_text(result.get("outputs", {}).get(name, result.get("value")), result, name)


def _keys(text: str) -> set[tuple[object, str]]:
    return {q.key for q in (*quantities(text), *whole_dates(text))}
