"""Provisions: the parameters a rule takes from a clause, with the words they come from.

They live beside the text, in `<version folder>/provisions.toml` (the duties of the checklist
apart, in `obligations.toml`):

    [[provision]]
    rule = "late_charge"            # or a list of rules
    clause = "sg:27.1"
    words = ["年 14.5% の割合"]      # exact substrings of the clause
    note = "…"                      # said with every result, as an assumption
    caution = "…"                   # said with every result, as a warning
    dispute = "…"                   # the same, for the provider's staff alone
    called = { late_charge = "…" }  # what this agreement calls what the rule gives
    rate = "0.145"                  # any further key is a parameter of the rule

If one of the words is no longer in the clause, every rule standing on that provision is stale
for that version and refuses to compute.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli as tomllib

from calculators.errors import CalculationError, StaleRule
from calculators.result import Quote, Result

if TYPE_CHECKING:
    from corpus.library import Library, Version

_DECIMAL = re.compile(r"\d+\.\d+", re.ASCII)
#: the files of a version's folder that hold provisions
FILES = ("provisions.toml", "obligations.toml")

_RESERVED = frozenset({"rule", "clause", "words"})


#: runs a rule by name for plain inputs; raises CalculationError
Beside = Callable[[str, Mapping[str, Any]], Result]


@dataclass(frozen=True, slots=True)
class Provision:
    """One clause as a rule uses it: its address, the words relied on, and the parameters."""

    rules: tuple[str, ...]
    clause: str
    words: tuple[str, ...]
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StaleProvision:
    """Words of a provision that its clause no longer has; the rules standing on them."""

    agreement: str
    version: date
    rules: tuple[str, ...]
    clause: str
    words: tuple[str, ...]

    @property
    def message(self) -> str:
        """What to tell the operator, in Japanese."""
        words = "、".join(f"『{w}』" for w in self.words)
        return (
            f"{self.agreement} {self.version} 版 {self.clause}: {words} が条文に見当たりません。"
            f"計算規則 {'、'.join(self.rules)} は止めてあります。"
        )


@dataclass(frozen=True, slots=True)
class Basis:
    """All that one version of one agreement gives to one rule.

    `held` are the versions held; `beside` runs another rule of the same version (None outside
    an engine).
    """

    rule: str
    agreement: str
    version: date
    provisions: tuple[Provision, ...]
    quotes: tuple[Quote, ...]
    params: Mapping[str, Any]
    held: tuple[date, ...] = ()
    beside: Beside | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """How the clauses are read here, to be said with every result."""
        return tuple(str(p.params["note"]) for p in self.provisions if "note" in p.params)

    @property
    def cautions(self) -> tuple[str, ...]:
        """What to beware of under these clauses, to be said with every result."""
        return tuple(str(p.params["caution"]) for p in self.provisions if "caution" in p.params)

    @property
    def disputes(self) -> tuple[str, ...]:
        """What could be argued against these clauses, for the provider's staff alone."""
        return tuple(str(p.params["dispute"]) for p in self.provisions if "dispute" in p.params)

    @property
    def called(self) -> str:
        """What the agreement calls what the rule gives; "" where the rule's title will do."""
        return str(self.params.get("called", {}).get(self.rule, ""))

    @property
    def clause(self) -> str:
        """Address of the first clause."""
        return self.provisions[0].clause

    def where(self, param: str) -> str:
        """Address of the clause that gives a parameter (the first clause if none does)."""
        for provision in self.provisions:
            if param in provision.params:
                return provision.clause
        return self.clause

    def fraction(self, param: str) -> Fraction:
        """A rate or share."""
        value = self._get(param)
        return value if type(value) is Fraction else Fraction(value)

    def integer(self, param: str) -> int:
        """A number of days, months or yen."""
        return int(self._get(param))

    def integers(self, param: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        return tuple(int(value) for value in self._get(param))

    def text(self, param: str, default: str = "") -> str:
        """A named reading; `default` where the provision does not say."""
        return str(self.params.get(param, default))

    def flag(self, param: str) -> bool:
        """A yes/no parameter; False where the provision does not say."""
        return bool(self.params.get(param, False))

    def _get(self, param: str) -> Any:
        if param not in self.params:
            raise CalculationError(
                f"{self.agreement} の provisions.toml に、計算規則 {self.rule} の『{param}』がありません。"
                "規約管理者に連絡してください。",
                field=param,
            )
        return self.params[param]


@functools.lru_cache(maxsize=256)
def load_provisions(folder: Path) -> tuple[Provision, ...]:
    """The provisions in a version's folder, in file order; none if there are no files."""
    return tuple(found for name in FILES for found in _read(folder / name))


def _read(path: Path) -> tuple[Provision, ...]:
    if not path.is_file():
        return ()
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("provision", [])
        return tuple(_provision(row) for row in rows)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CalculationError(
            f"{path} を読めません（{error}）。[[provision]] に rule・clause・words を書いてください。",
            field="provisions",
        ) from error


def _provision(row: Mapping[str, Any]) -> Provision:
    names = row["rule"]
    params = {key: _param(value) for key, value in row.items() if key not in _RESERVED}
    rules = (names,) if isinstance(names, str) else tuple(names)
    return Provision(rules, str(row["clause"]), tuple(row["words"]), params)


def _param(value: Any) -> Any:
    """Decimals written as text become exact fractions."""
    return Fraction(value) if isinstance(value, str) and _DECIMAL.fullmatch(value) else value


def provisions_of(rule: str, version: Version) -> tuple[Provision, ...]:
    """The provisions of one rule in one version, in file order."""
    return tuple(p for p in load_provisions(version.folder) if rule in p.rules)


def basis_of(rule: str, version: Version) -> Basis | None:
    """The basis of `rule` in `version`, or None where the agreement has no such clause.

    Raises StaleRule if any of the words relied on is no longer in its clause.
    """
    provisions = provisions_of(rule, version)
    if not provisions:
        return None
    changed = [(p.clause, word) for p in provisions for word in missing_words(p, version)]
    agreement = version.agreement.id
    if changed:
        raise StaleRule(rule, agreement, version.effective.isoformat(), tuple(changed))
    clauses = dict.fromkeys(p.clause for p in provisions)
    quotes = tuple(Quote(address, version.clause(address).full_text) for address in clauses)
    params: dict[str, Any] = {}
    for provision in reversed(provisions):
        params.update(provision.params)
    held = tuple(version.agreement.versions)
    return Basis(rule, agreement, version.effective, provisions, quotes, params, held)


def missing_words(provision: Provision, version: Version) -> tuple[str, ...]:
    """The words of a provision that are not in its clause (all of them if it is gone)."""
    clause = version.get(provision.clause)
    if clause is None:
        return provision.words or (provision.clause,)
    return tuple(word for word in provision.words if word not in clause.full_text)


def stale(library: Library) -> tuple[StaleProvision, ...]:
    """Every provision of every held version whose words are gone, for `yakkan check`."""
    return tuple(
        StaleProvision(version.agreement.id, version.effective, p.rules, p.clause, words)
        for version in versions(library)
        for p in load_provisions(version.folder)
        if (words := missing_words(p, version))
    )


def versions(library: Library) -> Iterator[Version]:
    """Every held version of every agreement."""
    for agreement in library.ids:
        for effective in library.agreement(agreement).versions:
            yield library.version(agreement, effective)
