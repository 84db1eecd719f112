"""Matching facts against the grounds a clause lists: shared by the three *_grounds rules.

The grounds are provisions. One with a `fact` is a listed item: `title`, `decision` ("may"
where the company may act, "yes" where the terms leave no choice, "no" or "unclear" for a hit
that is not one on the default reading), `notice` ("none", "prior", "prior_for_halt", "cure"),
`kind` and an optional `warning`. One with an `effect` says what follows, for every kind or its
own. The company *may*: a decision is never "will".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from calculators.errors import InputError, shown
from calculators.inputs import Flag, Inputs, Marker
from calculators.provisions import Basis, Provision
from calculators.result import Outcome, Step
from calculators.rule import Output

#: from the strongest decision to the weakest
DECISIONS = ("yes", "may", "unclear", "no")

OUTPUTS = (
    Output(
        "decision",
        "判定",
        words={
            "yes": "定めにより、そうなります",
            "may": "当社はそうすることができます（必ずではありません）",
            "unclear": "規約の文言からは明らかでありません",
            "no": "当たる事由は見当たりません",
        },
    ),
    Output("matched", "当たる条項"),
    Output("effects", "効果"),
)


def parse_facts(value: Any) -> dict[str, bool]:
    """A table of booleans, a list of true facts, or their names separated by commas."""
    if isinstance(value, str):
        value = [name.strip() for name in value.split(",") if name.strip()]
    if isinstance(value, list | tuple) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value, True)
    if isinstance(value, Mapping) and all(isinstance(flag, bool) for flag in value.values()):
        return {str(name): flag for name, flag in value.items()}
    raise PydanticCustomError(
        "yakkan", "事実の名前と true/false の組、または当てはまる事実の名前の並びで指定してください"
    )


def _typed(value: Any) -> Any:
    """A yes/no that was typed on a command line."""
    return value == "true" if value in ("true", "false") else value


Facts = Annotated[
    dict[str, bool],
    BeforeValidator(parse_facts),
    Marker("list"),
    WithJsonSchema({"type": "object", "additionalProperties": {"type": "boolean"}}),
]
Days = Annotated[int, Field(ge=0, le=100_000), Marker("count")]


class GroundsInputs(Inputs):
    """The facts, named after the listed grounds; each may also be given as a field of its own."""

    facts: Facts = Field(title="当てはまる事実")
    days_late: Days | None = Field(None, title="支払いの遅れ", json_schema_extra={"unit": "日"})

    @classmethod
    def parse(cls, raw: Any) -> Self:
        """Validated inputs; booleans that are no field of the model count as facts."""
        return super().parse(cls._gathered(raw) if isinstance(raw, Mapping) else raw)

    @classmethod
    def _gathered(cls, raw: Mapping[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in raw.items() if name in cls.model_fields}
        flat = {name: _typed(value) for name, value in raw.items() if name not in own}
        wrong = {name: value for name, value in flat.items() if not isinstance(value, bool)}
        if wrong:
            return {**own, **wrong}  # the model refuses them, by name
        if flat or raw.get("days_late") is not None:
            try:
                own["facts"] = {**parse_facts(own.get("facts", {})), **flat}
            except PydanticCustomError:
                return own
        return own


class MeasureInputs(GroundsInputs):
    """Facts of a measure that may need a notice beforehand."""

    prior_notice: Flag | None = Field(None, title="事前の通知があったか")
    urgent: Flag | None = Field(None, title="緊急やむを得ない場合か")


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed ground that the facts meet, and what it decides."""

    provision: Provision
    decision: str
    notes: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Which effects go with it."""
        return str(self.provision.params.get("kind", "cause"))


def listed(basis: Basis) -> tuple[Provision, ...]:
    """The provisions that list a ground."""
    return tuple(p for p in basis.provisions if "fact" in p.params)


def hits(basis: Basis, facts: Mapping[str, bool], days_late: int | None) -> tuple[Hit, ...]:
    """The grounds met, in the order of the clause; InputError for an unknown fact."""
    grounds = listed(basis)
    known = {str(p.params["fact"]): str(p.params["title"]) for p in grounds}
    for name in facts:
        if name not in known:
            _refuse(name, facts[name], known)
    return tuple(
        _hit(p) for p in grounds if facts.get(str(p.params["fact"]), False) or _late(p, days_late)
    )


def _late(ground: Provision, days_late: int | None) -> bool:
    return "days_late" in ground.params and (days_late or 0) >= int(ground.params["days_late"])


def _hit(ground: Provision) -> Hit:
    warning = ground.params.get("warning")
    return Hit(ground, str(ground.params["decision"]), (str(warning),) if warning else ())


def _refuse(name: str, value: bool, known: Mapping[str, str]) -> None:
    names = "、".join(f"{fact}（{title}）" for fact, title in known.items())
    raise InputError(
        f"事実 {shown(name)} はこの規約の事由にありません。使える事実: {names}。",
        field=shown(name),
        value=value,
    )


def noticed(hit: Hit, prior_notice: bool | None, urgent: bool | None) -> Hit:
    """The hit after asking whether the notice that the clause wants was given."""
    wanted = hit.provision.params.get("notice")
    if urgent or prior_notice is not False or wanted not in ("prior", "prior_for_halt"):
        return hit
    if wanted == "prior_for_halt":
        note = (
            "事前の通知がなければ、中止は定めに沿いません（制限だけなら通知の定めはありません）。"
        )
        return replace(hit, notes=(*hit.notes, note))
    note = f"事前の通知がなく、緊急やむを得ない場合でもないので、{hit.provision.clause} によることはできません。"
    return Hit(hit.provision, "no", (*hit.notes, note))


def outcome(basis: Basis, found: tuple[Hit, ...], assumptions: tuple[str, ...] = ()) -> Outcome:
    """The decision, the clauses met, and what follows; each met clause is cited."""
    met = tuple(hit for hit in found if hit.decision != "no")
    decision = min((h.decision for h in met), key=DECISIONS.index, default="no")
    effects = _effects(basis, met) if met else ()
    clear = next((p for p in basis.provisions if "when_clear" in p.params), None)
    if not met and clear is not None:
        decision = str(clear.params["when_clear"])
        assumptions = (
            *assumptions,
            f"列挙された事実に当たらなくても、{clear.clause} による判断の余地が残ります。",
        )
    return Outcome(
        outputs={
            "decision": decision,
            "matched": list(dict.fromkeys(hit.provision.clause for hit in met)),
            "effects": [str(p.params["effect"]) for p in effects],
        },
        steps=tuple(_step(hit) for hit in found) or (_nothing(basis, clear),),
        assumptions=assumptions,
        warnings=tuple(dict.fromkeys(note for hit in found for note in hit.notes)),
        cites=_cites(basis, found, effects),
    )


def _effects(basis: Basis, met: tuple[Hit, ...]) -> tuple[Provision, ...]:
    kinds = {hit.kind for hit in met}
    return tuple(
        p
        for p in basis.provisions
        if "effect" in p.params and p.params.get("kind", next(iter(kinds))) in kinds
    )


def _cites(basis: Basis, found: tuple[Hit, ...], effects: tuple[Provision, ...]) -> tuple[str, ...]:
    if found:
        return tuple(dict.fromkeys(p.clause for p in (*(h.provision for h in found), *effects)))
    return tuple(p.clause for p in basis.provisions if "effect" in p.params)


def _step(hit: Hit) -> Step:
    words = "…".join(f"「{word}」" for word in hit.provision.words)
    return Step(str(hit.provision.params["title"]), words, hit.decision, hit.provision.clause)


def _nothing(basis: Basis, clear: Provision | None) -> Step:
    clause = clear.clause if clear is not None else basis.clause
    return Step(
        "列挙された事由", f"{len(listed(basis))}の事由のどれにも当たる事実がない", "no", clause
    )
