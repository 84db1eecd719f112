"""The grounding check: no answer is shown whose quotes or numbers have no source.

It is a pure function over a finished answer and runs on every answer, whoever wrote it
(DESIGN.md, promises 1 and 2). Sources are the cited clauses, the user's own words and the
steps of the calculations; nothing else counts, least of all a language model's memory.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from assistant.answer import Answer, Citation
from assistant.numbers_in_text import Quantity, normalise, quantities, whole_dates
from corpus.errors import YakkanError
from corpus.library import Library

#: marks that quote; in every answer 「」 is kept for words of a clause
_CORNERS = {"「": "」", "｢": "｣", "﹁": "﹂"}
_OTHER_MARKS = {"『": "』", "“": "”", "〝": "〟", "《": "》", "﹃": "﹄", "‘": "’", "«": "»"}
_STRAIGHT = re.compile(r"[\"＂]([^\"＂\n]+)[\"＂]")

Key = tuple[Decimal, str]

#: the unit of a count of clauses that the answer itself holds: no unit of any text is the same
COUNTED = "条項の数"


@dataclass(frozen=True, slots=True)
class Violation:
    """One reason not to show an answer.

    kind: unknown_clause, altered_quote, wrong_version, wrong_agreement, invented_quotation,
    number_without_source or no_citation; `printed` is the offending text.
    """

    kind: str
    printed: str
    message: str


def check(
    answer: Answer,
    library: Library,
    *,
    user_words: Iterable[str] = (),
    meant: Collection[str] = (),
) -> tuple[Violation, ...]:
    """Everything that is wrong with `answer`; empty when it may be shown.

    user_words: what the user said in this conversation, `answer.question` included or not;
    meant: ids of the agreements that the question means (empty: any).
    """
    words = (answer.question, *user_words)
    found = [*_citation_violations(answer, library, meant)]
    found += _quotation_violations(answer, words)
    found += _number_violations(answer, library, words)
    if answer.status == "answered" and not answer.citations and not answer.calculations:
        found.append(Violation("no_citation", "", "回答に条文の引用がありません。"))
    return tuple(found)


def quotations(text: str, *, every_mark: bool = False) -> list[str]:
    """What stands between quotation marks, outermost first, nested ones as well.

    A mark that is never closed quotes the rest of its line. `every_mark` takes 『』 “” and
    the like too.

    >>> quotations("「以下「本規約」といいます」と「契約者")
    ['以下「本規約」といいます', '本規約', '契約者']
    """
    pairs = _CORNERS | (_OTHER_MARKS if every_mark else {})
    found = [
        (start, line[start + 1 : _closing(line, start, pairs[char])].strip())
        for line in text.split("\n")
        for start, char in enumerate(line)
        if char in pairs
    ]
    straight = [match[1] for match in _STRAIGHT.finditer(text)] if every_mark else []
    return [quotation for _start, quotation in found if quotation] + straight


def _closing(line: str, start: int, close: str) -> int:
    """Index of the mark that closes the one at `start`, or the end of the line."""
    opened, depth = line[start], 0
    for i in range(start, len(line)):
        depth += (line[i] == opened) - (line[i] == close)
        if depth == 0:
            return i
    return len(line)


def _citation_violations(
    answer: Answer, library: Library, meant: Collection[str]
) -> Iterable[Violation]:
    for citation in answer.citations:
        yield from _check_citation(citation, library)
        if meant and citation.agreement not in meant:
            yield Violation(
                "wrong_agreement", citation.address, "質問と違う規約の条文が引用されています。"
            )


def _check_citation(citation: Citation, library: Library) -> Iterable[Violation]:
    try:
        versions = library.agreement(citation.agreement).versions
        effective = next((d for d in versions if d.isoformat() == citation.version), None)
        if effective is None:
            yield Violation("wrong_version", citation.version, "引用の版が存在しません。")
            return
        clause = library.version(citation.agreement, as_of=effective).clause(citation.address)
    except YakkanError:
        yield Violation("unknown_clause", citation.address, "存在しない条項が引用されています。")
        return
    if not citation.quote or citation.quote not in clause.full_text:
        yield Violation("altered_quote", citation.quote, "引用が条文の文言と一致しません。")


def _quotation_violations(answer: Answer, words: Iterable[str]) -> Iterable[Violation]:
    sources = [citation.quote for citation in answer.citations]
    sources += [c.display for c in answer.citations]
    sources += _worked(answer)
    sources += list(words)
    for text in _spoken(answer):
        for quotation in quotations(text):
            if not any(quotation in source for source in sources):
                yield Violation(
                    "invented_quotation",
                    quotation,
                    "引用された条文にない文言が「」で示されています。",
                )


def _number_violations(
    answer: Answer, library: Library, words: Iterable[str]
) -> Iterable[Violation]:
    known = _known_numbers(answer, library, words)
    loose = {value for value, _unit in known}
    for text in _spoken(answer):
        for quantity in _asserted(text):
            if not _has_source(quantity, known, loose):
                yield Violation(
                    "number_without_source",
                    quantity.printed,
                    f"「{quantity.printed}」の出どころが条文・質問・計算のいずれにもありません。",
                )


def _known_numbers(answer: Answer, library: Library, words: Iterable[str]) -> set[Key]:
    texts = [*words, *(c.quote for c in answer.citations), *(c.display for c in answer.citations)]
    texts += [f"{c.version} {c.address}" for c in answer.citations]
    texts += [_display(address, library) for address in answer.checked]
    texts += _worked(answer)
    texts += [
        _chapter(a, library) for a in (*(c.address for c in answer.citations), *answer.checked)
    ]
    known: set[Key] = {(Decimal(count), COUNTED) for count in _counts(answer)}
    for text in texts:
        known.update(q.key for q in quantities(text))
        known.update(q.key for q in whole_dates(text))
    return known


def _display(address: str, library: Library) -> str:
    try:
        return library.version(address.split(":")[0]).display(address)
    except YakkanError:
        return ""


def _chapter(address: str, library: Library) -> str:
    """The title of the chapter that a clause stands in."""
    try:
        clause = library.version(address.split(":")[0]).get(address)
    except YakkanError:
        return ""
    return clause.chapter if clause is not None else ""


def _counts(answer: Answer) -> set[int]:
    """How many clauses are cited or were checked: of each agreement, and together."""
    held = [c.agreement for c in answer.citations]
    seen = [address.split(":")[0] for address in answer.checked]
    each = {n for ids in (held, seen) for n in Counter(ids).values()}
    return each | {len(held), len(seen)}


def _asserted(text: str) -> list[Quantity]:
    """The quantities that `text` states, whole dates as one quantity each."""
    dates = list(whole_dates(text))
    rest = normalise(text)
    for date in dates:
        rest = rest.replace(date.printed, " ")
    return dates + list(quantities(rest))


def _has_source(quantity: Quantity, known: set[Key], loose: set[Decimal]) -> bool:
    if quantity.key in known or (quantity.value, "") in known:
        return True
    return quantity.unit == "" and quantity.value in loose


def _spoken(answer: Answer) -> tuple[str, ...]:
    """Every sentence of the answer that a reader sees beside quotes and steps."""
    return (answer.text, answer.correction, *answer.suggestions)


def _worked(answer: Answer) -> list[str]:
    """What the calculations were worked with; the sentence that is to be proved is no source."""
    return _strings(
        [{k: v for k, v in result.items() if k != "said"} for result in answer.calculations]
    )


def _strings(value: object) -> list[str]:
    """All strings and numbers inside a calculation's dictionary, as text."""
    if isinstance(value, dict):
        return [s for pair in value.items() for part in pair for s in _strings(part)]
    if isinstance(value, list | tuple):
        return [s for part in value for s in _strings(part)]
    return [value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)]
