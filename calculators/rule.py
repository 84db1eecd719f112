"""The declaration of a rule, from which every surface is drawn.

A rule is one module in `calculators/rules/` with a `RULE`. It holds a function of (basis,
inputs); what differs between agreements comes from the basis, so an agreement with the same
kind of clause needs a provision and no code.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from calculators.errors import CalculationError
from calculators.inputs import Inputs, InputSpec, specs
from calculators.provisions import Basis
from calculators.result import Outcome

#: a day by which something must be done, the day that is early enough on every reading, or how
#: something that was done stands
Role = Literal["", "deadline", "safe", "verdict"]


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a rule: name in `Result.outputs`, Japanese title, unit ("円", "日", "").

    `words` says in Japanese what the fixed values mean ("late": "間に合いません") and what the
    columns of a table are called.
    """

    name: str
    title: str
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    role: Role = ""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked case: the inputs and some of the outputs they must give."""

    agreement: str
    inputs: Mapping[str, Any]
    expected: Mapping[str, Any]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the clauses make computable.

    `inputs` is one model, or a model per form where agreements ask for different things; the
    provision's `form` parameter says which. `settled` gives the outcome that some of the inputs
    already fix, whatever the others are (a rise of the fee costs nothing). `checked` names, per agreement without a
    provision, the clauses to look at before saying that there is none. `compute` never
    validates and never reads the clock.
    """

    name: str
    title: str
    group: str
    synonyms: tuple[str, ...]
    inputs: type[Inputs] | Mapping[str, type[Inputs]]
    outputs: tuple[Output, ...]
    reading: str
    compute: Callable[[Basis, Any], Outcome]
    examples: tuple[Example, ...] = ()
    checked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settled: Callable[[Basis, Mapping[str, Any]], Outcome | None] | None = None

    @property
    def description(self) -> str:
        """The docstring of the rule's module."""
        return (sys.modules[self.compute.__module__].__doc__ or "").strip()

    @property
    def models(self) -> tuple[type[Inputs], ...]:
        """Every input model of the rule."""
        return tuple(self.inputs.values()) if isinstance(self.inputs, Mapping) else (self.inputs,)

    def model(self, form: str) -> type[Inputs]:
        """The input model of one form."""
        if not isinstance(self.inputs, Mapping):
            return self.inputs
        if form not in self.inputs:
            raise CalculationError(
                f"計算規則 {self.name} に形『{form}』はありません。"
                f"provisions.toml の form は {'、'.join(self.inputs)} のどれかです。",
                field="form",
                value=form,
            )
        return self.inputs[form]

    def specs(self) -> tuple[InputSpec, ...]:
        """The inputs of all forms, each name once, `as_of` last.

        An input is required here only where every form requires it; `Calculator.specs` has
        the inputs of one agreement.
        """
        forms = [{spec.name: spec for spec in specs(model)} for model in self.models]
        merged = {name: spec for form in forms for name, spec in form.items()}
        listed = (
            replace(spec, required=all(name in f and f[name].required for f in forms))
            for name, spec in merged.items()
        )
        return tuple(sorted(listed, key=lambda spec: spec.name == "as_of"))
