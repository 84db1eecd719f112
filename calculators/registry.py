"""Finding the rules: every module of `calculators.rules` that holds a `RULE`.

There is no list to keep. A module's name is its rule's name, so that one rule can be loaded
without the others; modules that begin with an underscore are shared helpers.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import TYPE_CHECKING

import calculators.rules
from calculators.errors import UnknownRule
from calculators.provisions import load_provisions

if TYPE_CHECKING:
    from calculators.rule import Rule
    from corpus.library import Library


@functools.cache
def names() -> tuple[str, ...]:
    """Names of all rules, in alphabetical order, without importing them."""
    found = (m.name for m in pkgutil.iter_modules(calculators.rules.__path__))
    return tuple(sorted(name for name in found if not name.startswith("_")))


@functools.cache
def rule(name: str) -> Rule:
    """The rule called `name`; raises UnknownRule."""
    if name not in names():
        raise UnknownRule(name, names())
    declared: Rule = importlib.import_module(f"calculators.rules.{name}").RULE
    return declared


def rules() -> tuple[Rule, ...]:
    """All rules, in alphabetical order of their names."""
    return tuple(rule(name) for name in names())


def agreements(name: str, library: Library) -> tuple[str, ...]:
    """Ids of the agreements whose newest version has a provision for the rule."""
    return tuple(id for id in library.ids if name in rules_of(id, library))


def rules_of(agreement: str, library: Library) -> frozenset[str]:
    """Names of the rules that the newest version of an agreement has provisions for."""
    folder = library.version(agreement).folder
    return frozenset(name for p in load_provisions(folder) for name in p.rules)
