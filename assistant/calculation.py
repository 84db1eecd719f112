"""From a question to the calculations it wants: which rule, for which agreement, with which inputs.

Pure and without the calculators: it names rules and inputs as RULES do, and says what lacks. A
question about a rule itself gives no request; a number whose role is unclear is a missing input.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.question import Question
from assistant.understanding.amounts import Tax
from assistant.understanding.deriving import derive
from assistant.understanding.evidence import shown
from assistant.understanding.filling import Filling, fill, terms_of
from assistant.understanding.folding import Span
from assistant.understanding.kind import Ask, about_duty, about_rule, wants_own
from assistant.understanding.leftovers import least_sure, unexplained
from assistant.understanding.lists import summed_up
from assistant.understanding.notices import with_arrival, with_told
from assistant.understanding.scoping import about, is_contrast
from assistant.understanding.slots import FORMS, Form
from assistant.understanding.taxes import asked_at_once
from assistant.understanding.verdicts import judged, judged_today
from assistant.understanding.wants import wanted, without_outranked


@dataclass(frozen=True, slots=True)
class CalculationRequest:
    """One calculation that a question wants.

    `missing` names required inputs that were not said; `absent` says that the agreement has no
    such clause. `chained` maps an input to (rule, output) of an earlier request that gives it.
    `changed` names the inputs that a follow-up changed last, `read` where in the question's text
    an input was read, `typed` the sums as they were said (before tax was taken off or added) and
    `units` how many devices a price was multiplied by (0 where prices were added up). `supposed` inputs
    only stand for a length that was told (残り5か月). `tax` says that the result is wanted with
    ("incl") or without ("excl") tax. An `offered` calculation was not asked for: its inputs are
    asked for beside the answer.
    """

    rule: str
    agreement: str
    inputs: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    tax: Tax = ""
    absent: bool = False
    chained: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    read: Mapping[str, Span] = field(default_factory=dict)
    typed: Mapping[str, int] = field(default_factory=dict)
    units: int = 1
    supposed: tuple[str, ...] = ()
    offered: bool = False

    @property
    def complete(self) -> bool:
        """Whether it can be computed (chained inputs count as given)."""
        return not self.missing and not self.absent

    def with_results(
        self, results: Mapping[tuple[str, str], Mapping[str, Any]]
    ) -> CalculationRequest:
        """A copy whose chained inputs are taken from `results` by (rule, agreement)."""
        inputs, missing = dict(self.inputs), list(self.missing)
        for name, (rule, output) in self.chained.items():
            value = results.get((rule, self.agreement), {}).get(output)
            if value is None:
                missing.append(name)
            else:
                inputs[name] = value
        return replace(self, inputs=inputs, missing=tuple(missing), chained={})


#: rules whose absence from an agreement is worth saying when somebody brings numbers for them
ABSENT_RULES = frozenset(
    {
        "claim_deadline",
        "downgrade_difference",
        "evasion_surcharge",
        "fee_proration",
        "first_invoice",
        "late_return_charge",
        "outage_reduction",
    }
)


#: rule -> the rule that computes a part of it where an agreement has no clause for the whole
STAND_INS: Mapping[str, tuple[str, str]] = {
    "first_invoice": (
        "fee_proration",
        "初回の請求額を計算する定めはないため、月額料金の日割りだけを計算しました。",
    ),
}

#: so many numbers make a case of one's own even where the question is put indirectly
OWN_NUMBERS = 2
EVERY_ASK: tuple[Ask, ...] = ("amount", "date", "period", "where", "how", "whether", "which")


def requests(question: Question) -> tuple[CalculationRequest, ...]:
    """The calculations that `question` wants by itself, in the order of the rules."""
    question = summed_up(question)
    found = _found(question, wanted(question.plain, question.asks))
    if not found and len(question.dates) + len(question.amounts) >= OWN_NUMBERS:
        found = [r for r in _found(question, wanted(question.plain, EVERY_ASK)) if r.complete]
        found = found or _judged(question)
        found = found or _certain(question, _found(question, shown(question)))
    return tuple(_doubted(question, _sorted(_once(found))))


def _once(found: Iterable[CalculationRequest]) -> list[CalculationRequest]:
    """Each calculation once: one that stands in for another may be wanted by itself as well."""
    kept: list[CalculationRequest] = []
    # the one that says more comes first
    for one in sorted(found, key=lambda request: -len(request.assumptions)):
        same = (
            (k.rule, k.agreement, k.inputs) == (one.rule, one.agreement, one.inputs) for k in kept
        )
        if not any(same):
            kept.append(one)
    return kept


def _found(question: Question, rules: Sequence[str]) -> list[CalculationRequest]:
    made = [request for rule in rules for request in _for_rule(question, rule)]
    return _preferred(_chain(_after_change(made)), question.plain)


def _judged(question: Question) -> list[CalculationRequest]:
    """A verdict on a notice whose day and the wished day are both there: 「遅い？」, 「有効？」."""
    found = _found(question, judged(question.plain))
    return [r for r in found if r.complete and {"notice_date", "claim_date"} & set(r.inputs)]


def _certain(question: Question, found: Sequence[CalculationRequest]) -> list[CalculationRequest]:
    """What is complete, where it reads every number: no word asked for it, so nothing is asked back."""
    complete = [request for request in found if request.complete]
    return complete if _doubted(question, complete) == complete else []


def _doubted(question: Question, found: Sequence[CalculationRequest]) -> list[CalculationRequest]:
    """A number that no request read and nothing explains: ask instead of trusting the reading."""
    if any(FORMS[request.rule].judges for request in found):
        question = with_arrival(question)
    spans = {span for request in found for span in request.read.values()}
    printed = repr([dict(request.inputs) for request in found])
    left = unexplained(question, spans, printed)
    if not left:
        return list(found)
    return [
        replace(r, missing=least_sure(question, r.read, left)) if r.complete else r for r in found
    ]


def _for_rule(question: Question, rule: str) -> list[CalculationRequest]:
    form = FORMS[rule]
    agreements = question.meant or form.agreements
    made = [
        _one(question, rule, agreement, term)
        for agreement in agreements
        for term in _terms(question, agreement)
    ]
    kept = [request for request in made if request is not None]
    if question.meant or not kept:
        return kept
    fewest = min(len(request.missing) for request in kept)
    return [request for request in kept if len(request.missing) == fewest]


def _terms(question: Question, agreement: str) -> tuple[int | None, ...]:
    """Each contract length named, where the agreement has a choice of lengths."""
    years = terms_of(question)
    return years if agreement == "vpn" and len(years) > 1 else (None,)


def _one(
    question: Question, rule: str, agreement: str, term: int | None
) -> CalculationRequest | None:
    request, filling = made(question, rule, agreement, term)
    if request.absent:
        plain = filling.said and rule in ABSENT_RULES
        return _stand_in(question, rule, agreement) or (request if plain else None)
    return request if _wants(question, filling) else None


def made(
    question: Question, rule: str, agreement: str, term: int | None = None
) -> tuple[CalculationRequest, Filling]:
    """One rule's request with what the question tells, wanted or not, and how it was filled."""
    question = summed_up(question)
    form = FORMS[rule]
    absent = agreement not in form.agreements
    filling = _filled(question, form, agreement if not absent else form.agreements[0])
    if term is not None and any(s.name == "term_years" for s in form.of(agreement)):
        filling.inputs["term_years"] = term
        filling.missing = [name for name in filling.missing if name != "term_years"]
    derive(rule, question, filling)
    judged_today(question, rule, agreement, filling.inputs, filling.assumptions)
    if absent:
        return CalculationRequest(rule, agreement, absent=True), filling
    request = CalculationRequest(
        rule,
        agreement,
        filling.inputs,
        tuple(filling.missing),
        tuple(dict.fromkeys(filling.assumptions)),
        tax=asked_at_once(question.plain),
        read=filling.spans,
        typed={name: found.value for name, found in filling.summed.items()},
        units=max(filling.counts.values(), default=1),
        supposed=tuple(sorted(filling.supposed)),
    )
    return request, filling


def _stand_in(question: Question, rule: str, agreement: str) -> CalculationRequest | None:
    """What the agreement does lay down where it has no clause for `rule`, if all is given."""
    name, note = STAND_INS.get(rule, ("", ""))
    if not name or agreement not in FORMS[name].agreements:
        return None
    request = _one(question, name, agreement, None)
    if request is None or not request.complete or _doubted(question, [request]) != [request]:
        return None
    return replace(request, assumptions=(*request.assumptions, note))


def _filled(question: Question, form: Form, agreement: str) -> Filling:
    """The filling from the whole question, or from the words about `agreement` alone.

    「SGは3/31、MSPは4/30に解約」: where two agreements are told apart, each has its own numbers.
    """
    contrast = is_contrast(question)
    own = about(question, agreement) if contrast else question
    if form.judges:
        own = with_arrival(own)
    elif any(slot.name == "individual_notice" for slot in form.slots):
        own = with_told(own)
    return fill(own, form, agreement)


def _wants(question: Question, filling: Filling) -> bool:
    """Whether the writer's own number is wanted and not only the rule."""
    if not filling.missing:
        return filling.said > 0 or bool(filling.inputs)
    if about_rule(question.plain):
        return False
    if wants_own(question.plain):
        return True
    if about_duty(question.plain):
        return False
    return filling.said > 0 and bool({"amount", "date", "period"} & set(question.asks))


def _preferred(found: list[CalculationRequest], text: str) -> list[CalculationRequest]:
    """Without rules that a more telling one speaks for, and without absences beside answers."""
    present = tuple(dict.fromkeys(r.rule for r in found if not r.absent))
    strong = tuple(rule for rule in present if not _faint(rule, found))
    kept = set(without_outranked(strong, text))
    answered = {r.agreement for r in found if not r.absent and r.rule in kept}
    absent_rules = set(without_outranked(tuple(dict.fromkeys(r.rule for r in found)), text))
    return [
        r
        for r in found
        if (r.rule in kept and not r.absent)
        or (r.absent and r.rule in absent_rules and r.agreement not in answered)
    ]


def _faint(rule: str, found: list[CalculationRequest]) -> bool:
    """Whether `rule` is only brushed: others are complete and it lacks more than was said."""
    mine = [r for r in found if r.rule == rule and not r.absent]
    if any(r.complete for r in mine) or not any(r.complete for r in found):
        return False
    return all(len(r.inputs) <= len(r.missing) + 1 for r in mine)


def _chain(found: list[CalculationRequest]) -> list[CalculationRequest]:
    rules = {(r.rule, r.agreement): r for r in found if r.complete}
    return [_linked(request, rules) for request in found]


#: input -> the rule and output that give it where the same question wants both
_LINKS: Mapping[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("early_termination_charge", "end_date"): (("earliest_end_from_notice", "earliest_end"),),
    ("insurance_offset", "loss_charge"): (("equipment_loss_charge", "amount"),),
    ("insurance_offset", "termination_charge"): (("early_termination_charge", "charge"),),
    ("late_charge", "principal"): (
        ("early_termination_charge", "charge"),
        ("first_invoice", "total"),
        ("evasion_surcharge", "total_due"),
        ("downgrade_difference", "charge"),
    ),
}


def _after_change(found: list[CalculationRequest]) -> list[CalculationRequest]:
    """An early end after a change of fee counts the fees as they changed."""
    changes = {r.agreement: r for r in found if r.rule == "downgrade_difference" and r.complete}
    return [
        _with_new_fee(r, changes[r.agreement])
        if r.rule == "early_termination_charge" and r.agreement in changes
        else r
        for r in found
    ]


def _with_new_fee(request: CalculationRequest, change: CalculationRequest) -> CalculationRequest:
    end = request.inputs.get("end_date")
    if end is None or end < change.inputs["change_date"]:
        return request
    old, new = change.inputs["old_fee"], change.inputs["new_fee"]
    inputs = {**request.inputs, "monthly_fee": new}
    if "term_years" in inputs:
        schedule = [{"from_date": change.inputs["change_date"], "fee": new}]
        inputs |= {"monthly_fee": old, "fee_schedule": schedule}
    missing = tuple(name for name in request.missing if name != "monthly_fee")
    return replace(request, inputs=inputs, missing=missing)


def _not_today(
    request: CalculationRequest, rules: Mapping[tuple[str, str], CalculationRequest]
) -> CalculationRequest:
    """The day of a notice is not the last day of service where the earliest end is asked too."""
    notice = rules.get(("earliest_end_from_notice", request.agreement))
    if request.rule != "early_termination_charge" or notice is None:
        return request
    if request.inputs.get("end_date") != notice.inputs.get("notice_date"):
        return request
    inputs = {name: value for name, value in request.inputs.items() if name != "end_date"}
    return replace(request, inputs=inputs, missing=(*request.missing, "end_date"))


def _not_the_fee(
    request: CalculationRequest, rules: Mapping[tuple[str, str], CalculationRequest]
) -> CalculationRequest:
    """A monthly fee that another calculation uses is not the debt that was paid late."""
    fees = {
        r.inputs.get("monthly_fee")
        for (rule, agreement), r in rules.items()
        if rule in ("early_termination_charge", "first_invoice") and agreement == request.agreement
    }
    if request.rule != "late_charge" or request.inputs.get("principal") not in fees - {None}:
        return request
    inputs = {name: value for name, value in request.inputs.items() if name != "principal"}
    return replace(request, inputs=inputs, missing=(*request.missing, "principal"))


def _linked(
    request: CalculationRequest, rules: Mapping[tuple[str, str], CalculationRequest]
) -> CalculationRequest:
    request = _not_the_fee(_not_today(request, rules), rules)
    chained = {
        name: source
        for (rule, name), sources in _LINKS.items()
        for source in reversed(sources)
        if rule == request.rule
        and name not in request.inputs
        and (source[0], request.agreement) in rules
    }
    missing = tuple(name for name in request.missing if name not in chained)
    return replace(request, chained=chained, missing=missing) if chained else request


def _sorted(found: Sequence[CalculationRequest]) -> list[CalculationRequest]:
    """In the order of the rules, a request that waits for another one's result after it."""
    return sorted(found, key=lambda r: (len(r.chained), r.rule == "insurance_offset"))
