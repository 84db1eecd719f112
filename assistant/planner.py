"""Planning an answer: which agreements, which clauses, which calculations, what to correct.

The plan is the same whoever will phrase it. Order of what is said: a wrong premise first,
then numbers, then what each agreement lays down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from assistant import calculations, enumerating, lookup, named_clauses, pending, wording
from assistant.about_text.answering import about_text
from assistant.about_text.reading import shows_text
from assistant.about_text.showing import beside
from assistant.calculation import CalculationRequest, requests
from assistant.findings import Calculated, Chosen, Finding, Plan
from assistant.offering import offers
from assistant.premise_check import claims_quantity, contradiction, no_such_day
from assistant.question import Question
from assistant.recall import Recall
from assistant.suggesting import suggestions
from corpus.address import Address
from corpus.library import Version, place
from corpus.lists import ClauseList

if TYPE_CHECKING:
    from calculators.engine import Calculator


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with what a follow-up needs: the calculation requests behind it."""

    plan: Plan
    requests: tuple[CalculationRequest, ...] = ()


@dataclass(frozen=True)
class Planner:
    """Plans over one set of versions."""

    recall: Recall
    calculator: Calculator

    def plan(
        self,
        question: Question,
        followed: CalculationRequest | None = None,
        known: Mapping[str, Any] = MappingProxyType({}),
        *,
        extra: str = "",
        carried: tuple[str, ...] = (),
        before: tuple[str, ...] = (),
    ) -> Planned:
        """The plan for one question.

        followed: the calculation that a conversation goes on with; known: facts of earlier turns;
        extra: words of earlier questions that belong to it; before: clauses that answered the
        same question for another agreement.
        """
        told = about_text(question, self.recall.versions)
        if told:
            return Planned(Plan(findings=told, carried=carried))
        seen = lookup.look(self.recall, question, extra)
        wanted = (followed,) if followed is not None else self._requests(question, known)
        rows = calculations.run(wanted, self.calculator, question.today)
        rows = self._trusted(rows)
        findings, correction = self._findings(question, seen, rows, before)
        findings = self._with_refused(findings, rows)
        correction = no_such_day(question) or correction
        if not wanted and not correction:
            wanted = self._offers(question, findings)
            rows = calculations.run(wanted, self.calculator, question.today)
        plan = Plan(
            findings=findings,
            calculations=rows,
            correction=correction or contradiction(question, findings),
            listing=question.kind == "list",
            carried=carried,
            suggestions=suggestions(self.recall, findings),
            versions=self.recall.versions,
        )
        return Planned(plan, wanted)

    def _requests(
        self, question: Question, known: Mapping[str, Any]
    ) -> tuple[CalculationRequest, ...]:
        return tuple(pending.complete(request, known) for request in requests(question))

    def _offers(
        self, question: Question, findings: Sequence[Finding]
    ) -> tuple[CalculationRequest, ...]:
        """What could be computed by a clause that answers."""
        cited = {
            str(c.clause.address) for f in findings for c in f.chosen if f.status == "answered"
        }
        return tuple(
            request
            for request in offers(question)
            if cited & set(self._basis(request.rule, request.agreement))
        )

    def _trusted(self, rows: tuple[Calculated, ...]) -> tuple[Calculated, ...]:
        """Results first; a refusal beside a result of another rule is not said."""
        done = any(row.result is not None for row in rows)
        return tuple(r for r in rows if not (done and r.error and not r.absent))

    def _findings(
        self,
        question: Question,
        seen: lookup.Look,
        rows: Sequence[Calculated],
        before: Sequence[str],
    ) -> tuple[tuple[Finding, ...], str]:
        meant = question.meant or tuple(self.recall.versions)
        named, correction = self._named(question, seen, meant)
        if named:
            return named, correction
        if rows and any(r.result is not None or r.missing for r in rows):
            return self._of_calculations(rows, seen), correction
        if seen.talk is None and (wanted := enumerating.enumerated(*self._asked(question))):
            return enumerating.findings(self.recall, wanted, question, seen.whole), correction
        if question.meant:
            held = [id for id in meant if id in self.recall.versions]
            return tuple(lookup.find_all(self.recall, held, seen, before)), correction
        every = question.kind == "compare" or claims_quantity(question)
        return self._unnamed(seen, every), correction

    def _asked(self, question: Question) -> tuple[str, tuple[ClauseList, ...]]:
        return self.recall.searcher.names.without(question.plain), self.recall.lists

    # -- clauses named in the question ---------------------------------------------------

    def _named(
        self, question: Question, seen: lookup.Look, meant: Sequence[str]
    ) -> tuple[tuple[Finding, ...], str]:
        """What the named clauses say, and what is said first of ones that do not exist.

        A question for the text of a clause gets that and nothing else; where an article does
        not exist but something is asked all the same, what is asked is looked up.
        """
        if not question.mentions:
            return (), ""
        whole = shows_text(question, self.recall.versions)
        found = {
            id: named_clauses.named(self.recall.versions[id], question.mentions) for id in meant
        }
        findings = [f for id in meant if (f := self._of_named(id, found[id], seen, whole=whole))]
        if findings and whole:
            return self._with_missing(findings, found)
        if findings:
            return tuple(findings), ""
        missing = [
            named_clauses.missing(self.recall.versions[id], mention)
            for id in meant
            for mention in found[id].unknown[:1]
        ]
        inside = tuple(finding for finding in missing if finding.chosen)
        if inside or whole:
            return beside(inside or missing), ""
        return (), self._no_article(missing[0].version, question) if missing else ""

    def _with_missing(
        self, findings: Sequence[Finding], found: Mapping[str, named_clauses.Named]
    ) -> tuple[tuple[Finding, ...], str]:
        """Findings, and what is said of clauses named beside them that do not exist."""
        absent = {
            f.agreement: named_clauses.missing(f.version, mention)
            for f in findings
            for mention in found[f.agreement].unknown[:1]
        }
        told = (
            replace(f, checked=(*f.checked, *absent[f.agreement].checked))
            if f.agreement in absent
            else f
            for f in findings
        )
        return tuple(told), "".join(m.lead for m in absent.values())

    def _of_named(
        self, id: str, found: named_clauses.Named, seen: lookup.Look, *, whole: bool
    ) -> Finding | None:
        version = self.recall.versions[id]
        addresses = [
            a
            for c in found.clauses
            for a in named_clauses.within(self.recall, c, seen.whole, whole=whole)
        ]
        chosen = tuple(
            lookup.chosen_of(self.recall, version, a, 1.0) for a in dict.fromkeys(addresses)
        )
        if not chosen:
            return None
        sent = (
            None if whole else named_clauses.sent_elsewhere(self.recall, found.clauses, seen.whole)
        )
        return sent or Finding(version, "answered", chosen)

    def _no_article(self, version: Version, question: Question) -> str:
        unknown = named_clauses.named(version, question.mentions).unknown[0]
        printed = place(Address(version.agreement.id, unknown.article))
        return wording.NO_ARTICLE.format(title=version.agreement.title, printed=printed)

    # -- calculations --------------------------------------------------------------------

    def _of_calculations(
        self, rows: Sequence[Calculated], seen: lookup.Look
    ) -> tuple[Finding, ...]:
        """The clauses that the calculations stand on, one finding for each agreement.

        Where the question asks for more than the number, the clauses of its other parts as well.
        """
        found: dict[str, dict[str, Chosen]] = {}
        for row in rows:
            ids = self._clauses_of(row)
            version = self.recall.versions.get(row.agreement)
            if version is None:
                continue
            kept = found.setdefault(row.agreement, {})
            for address in ids:
                if version.get(address) is not None:
                    kept.setdefault(address, lookup.chosen_of(self.recall, version, address, 1.0))
        for id, kept in found.items():
            for chosen in lookup.of_parts(self.recall, id, seen):
                address = str(chosen.clause.address)
                if not lookup.is_held(address, kept):
                    kept[address] = chosen
        return tuple(
            Finding(self.recall.versions[id], "answered", tuple(chosen.values()))
            for id, chosen in found.items() if chosen
        )  # fmt: skip

    def _with_refused(
        self, findings: tuple[Finding, ...], rows: Sequence[Calculated]
    ) -> tuple[Finding, ...]:
        """The findings with the clauses by which a calculation was refused."""
        found = {f.agreement: f for f in findings}
        for row in rows:
            version = self.recall.versions.get(row.agreement)
            if not row.error or row.absent or version is None:
                continue
            old = found.get(row.agreement)
            chosen = old.chosen if old is not None and old.status == "answered" else ()
            held = {str(c.clause.address) for c in chosen}
            named = [a for a in row.checked if a not in held and version.get(a) is not None]
            more = tuple(lookup.chosen_of(self.recall, version, a, 1.0) for a in named)
            if more:
                found[row.agreement] = Finding(version, "answered", (*chosen, *more))
        return tuple(found.values())

    def _clauses_of(self, row: Calculated) -> list[str]:
        if row.result is not None:
            return [c["id"] for c in row.result["citations"]]
        return self._basis(row.rule, row.agreement)[:2]

    def _basis(self, rule: str, agreement: str) -> list[str]:
        """The clauses that a rule stands on, the main one first."""
        from calculators.errors import CalculationError

        try:
            basis = self.calculator.prepare(rule, agreement).basis
        except CalculationError:
            return []
        return list(dict.fromkeys(p.clause for p in basis.provisions))

    # -- no agreement named --------------------------------------------------------------

    def _unnamed(self, seen: lookup.Look, every: bool) -> tuple[Finding, ...]:
        """Each agreement that fits the question nearly as well as the best one, or every one."""
        strengths = {id: self.recall.strength(seen.whole, id) for id in self.recall.fields}
        if not strengths:
            return ()
        best = max(strengths.values())
        ids = [
            id
            for id, strength in strengths.items()
            if every or lookup.relevant(self.recall, id, seen.whole, strength - best)
        ]
        found = lookup.find_all(self.recall, ids, seen)
        answered = [f for f in found if f.status == "answered"]
        if not answered:
            return tuple(self._one_of_a_kind(found))
        return tuple(f for f in found if f.status != "out_of_scope")

    def _one_of_a_kind(self, found: Sequence[Finding]) -> list[Finding]:
        """Silences: all of the likeliest kind."""
        if not found:
            return []
        outside = [f for f in found if f.status == "out_of_scope"]
        if len(outside) * 2 > len(found):
            return outside[:1]
        return [replace(f) for f in found if f.status != "out_of_scope"]
