"""What a conversation could go on to compute: calculations that the last answer stands for.

A question without figures is answered by its clause; the figures come in later turns. The rules
that the question's words or the cited clause stand for are kept open with what was told so far, and
a later turn completes one of them, turns to a neighbouring one (違約金 → 申出期限), or changes it.
Pure: nothing is computed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.calculation import EVERY_ASK, CalculationRequest, made
from assistant.question import Question
from assistant.understanding.calendar import spoken
from assistant.understanding.following import LONGEST, follow, only_values
from assistant.understanding.slots import FORMS
from assistant.understanding.verdicts import NOT_MEANT, judged_today, turned_to
from assistant.understanding.wants import wanted, without_outranked
from corpus.address import Address

if TYPE_CHECKING:
    from corpus.library import Library

Known = Mapping[str, Any]
#: inputs of different rules that are the same fact
_SAME: Mapping[str, str] = {"desired_end": "end_date", "monthly_rental": "monthly_fee"}
#: facts of a contract that a later question may stand on
_FACTS = ("start_date", "term_years", "end_date", "monthly_fee")
#: a fact counts as told with a role of this score
TOLD = 7.0


def standing(
    question: Question, cited: Sequence[str], library: Library
) -> tuple[CalculationRequest, ...]:
    """The calculations that an answer stands for, with what its question told.

    `cited` are the addresses that answered, the most telling first.
    """
    by_words = without_outranked(wanted(question.plain, EVERY_ASK), question.plain)
    agreements = question.meant or tuple(dict.fromkeys(a.split(":")[0] for a in cited))[:1]
    found = []
    for agreement in agreements:
        rules = (*by_words, *_of_clause(agreement, cited, library))
        for rule in dict.fromkeys(rules):
            if agreement in FORMS[rule].agreements:
                found.append(made(question, rule, agreement)[0])
    return tuple(found)


def _of_clause(agreement: str, cited: Sequence[str], library: Library) -> list[str]:
    """The rules whose parameters come from the first clause cited."""
    from calculators.provisions import load_provisions

    own = [a for a in cited if a.startswith(f"{agreement}:")]
    if not own:
        return []
    first = _paragraph(own[0])
    provisions = load_provisions(library.version(agreement).folder)
    rules = [r for p in provisions if _paragraph(p.clause) == first for r in p.rules if r in FORMS]
    return list(dict.fromkeys(rules))


def _paragraph(address: str) -> str:
    return str(Address.parse(address)).split("(")[0]


def carried_on(
    question: Question,
    opened: Sequence[CalculationRequest],
    known: Known,
    asked: Sequence[CalculationRequest] = (),
) -> CalculationRequest | None:
    """What a turn makes of the open calculations: the completest that takes all its numbers.

    `asked` of them were computed or asked for by the last turn; the others are only taken up by a
    turn that brings a number, or that can be computed at once.
    """
    for group in (asked, [request for request in opened if request not in asked]):
        found = [r for r in (_taken_up(question, r, r in asked) for r in group) if r is not None]
        if found:
            return max(found, key=lambda r: (not r.missing and not r.absent, len(r.changed)))
    turns = ((_turned(question, r, known), r in asked) for r in opened)
    turned = (r for r, was_asked in turns if r is not None and (was_asked or r.complete))
    return next(turned, _asked_once_more(question, asked))


def _asked_once_more(
    question: Question, asked: Sequence[CalculationRequest]
) -> CalculationRequest | None:
    """A bare value that may be several of the inputs asked for: they are asked for again."""
    lacking = [request for request in asked if request.missing and not request.absent]
    return lacking[0] if lacking and only_values(question) else None


def _taken_up(
    question: Question, request: CalculationRequest, asked: bool
) -> CalculationRequest | None:
    found = follow(question, request)
    if found is None or asked:
        return found
    told = question.dates or question.amounts or only_values(question)
    return found if (told and found.changed) or found.complete else None


def _turned(
    question: Question, last: CalculationRequest, known: Known
) -> CalculationRequest | None:
    """The neighbouring rule that a short question asks for, with what is known."""
    rule = turned_to(last.rule, question.plain) if len(question.plain) <= LONGEST else ""
    others = set(wanted(question.plain, question.asks))
    others -= {rule, last.rule, NOT_MEANT.get(last.rule, "")}
    agreement = last.agreement if question.carried or not question.meant else question.meant[0]
    if not rule or rule == last.rule or others or agreement not in FORMS[rule].agreements:
        return None
    request = complete(made(question, rule, agreement)[0], {**known, **facts_of(last)})
    inputs, notes = dict(request.inputs), list(request.assumptions)
    judged_today(question, rule, agreement, inputs, notes)
    if rule == "earliest_end_from_notice" and "notice_date" not in inputs:
        inputs["notice_date"] = question.today.isoformat()
        notes.append(f"通知が届く日は、今日（{spoken(question.today)}）としました。")
    missing = tuple(name for name in request.missing if name not in inputs)
    if missing and rule == "min_term_end":
        return None  # the clause answers as well: nothing is asked for it
    return replace(request, inputs=inputs, missing=missing, assumptions=tuple(notes))


def complete(request: CalculationRequest, known: Known) -> CalculationRequest:
    """`request` with the inputs that lack and are known from earlier turns."""
    if request.agreement != known.get("agreement", request.agreement):
        return request
    lacking = {*request.missing, *({"notice_date"} if "notice_date" in known else ())}
    slots = {slot.name for slot in FORMS[request.rule].of(request.agreement)}
    found = {
        name: known[_SAME.get(name, name)]
        for name in lacking & slots
        if _SAME.get(name, name) in known and name not in request.inputs
    }
    missing = tuple(name for name in request.missing if name not in found)
    return replace(request, inputs={**request.inputs, **found}, missing=missing)


def brought_up(request: CalculationRequest, known: Known) -> CalculationRequest:
    """An open calculation with what a later turn has told anew (another last day, another fee)."""
    if request.agreement != known.get("agreement"):
        return request
    anew = {
        name: known[_SAME.get(name, name)]
        for name in request.inputs
        if _SAME.get(name, name) in known and name not in request.supposed
    }
    return replace(request, inputs={**request.inputs, **anew})


def facts_of(request: CalculationRequest) -> dict[str, Any]:
    """The inputs of a calculation under the names by which other rules know them."""
    inputs = {
        _SAME.get(name, name): value
        for name, value in request.inputs.items()
        if name not in request.supposed
    }
    return {**inputs, "agreement": request.agreement}


def facts_told(question: Question) -> dict[str, Any]:
    """What a turn says of a contract: start, end, length and fee, where its words say so."""
    if len(question.meant) != 1:
        return {}
    _, filling = made(question, "early_termination_charge", question.meant[0])
    sure = {n for n, d in filling.dated.items() if max(d.roles.values(), default=0.0) >= TOLD}
    sure |= {n for n, s in filling.summed.items() if s.roles.get("monthly", 0.0) >= TOLD}
    told = {
        name: filling.inputs[name]
        for name in _FACTS
        if name in filling.inputs and (name in sure or name == "term_years")
    }
    return {**told, "agreement": question.meant[0]} if told else {}


def gathered(known: Known, *more: Known) -> dict[str, Any]:
    """What is known after a turn; another agreement begins anew."""
    out = dict(known)
    for facts in more:
        if facts and facts.get("agreement") != out.get("agreement"):
            out = {}
        out |= facts
    return out


def first_open(*groups: Iterable[CalculationRequest]) -> tuple[CalculationRequest, ...]:
    """Open calculations of several turns, the latest first, each rule and agreement once."""
    found: dict[tuple[str, str], CalculationRequest] = {}
    for group in groups:
        for request in group:
            found.setdefault((request.rule, request.agreement), request)
    return tuple(found.values())
