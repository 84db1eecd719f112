"""The checks of this package, found by walking it, and the run over one version."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from corpus.errors import YakkanError
from corpus.library import Version
from corpus.lint.finding import LintFinding

_SEVERITY = {"error": 0, "warning": 1, "info": 2}


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name, its title for a reader and its function."""

    name: str
    title: str
    run: Callable[[Version], Iterable[LintFinding]]


@cache
def checks() -> tuple[Check, ...]:
    """Every check, by name."""
    import corpus.lint as package

    found = []
    for info in pkgutil.iter_modules(package.__path__):
        module = importlib.import_module(f"corpus.lint.{info.name}")
        if hasattr(module, "CHECK"):
            found.append(Check(module.CHECK, module.TITLE, module.check))
    return tuple(sorted(found, key=lambda check: check.name))


def lint(version: Version, only: Iterable[str] = ()) -> tuple[LintFinding, ...]:
    """Findings of all checks, or of those named, in the order of the text.

    Raises YakkanError for an unknown check.
    """
    wanted = set(only)
    known = {check.name for check in checks()}
    if unknown := sorted(wanted - known):
        raise YakkanError(
            f"検査「{unknown[0][:40]}」はありません。{' / '.join(sorted(known))} から選んでください。"
        )
    order = {clause.id: place for place, clause in enumerate(version.clauses())}
    found = [
        finding
        for check in checks()
        if not wanted or check.name in wanted
        for finding in check.run(version)
    ]
    return tuple(
        sorted(dict.fromkeys(found), key=lambda f: (order.get(f.clause, -1), _SEVERITY[f.severity]))
    )
