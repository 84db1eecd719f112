"""Reading the curated files that run across agreements: silences and topics.

An operator's own corpus folder may carry its own file; otherwise the packaged one is read.
Addresses are checked against the library: an unknown one becomes a problem, never an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import tomli as tomllib

from corpus.address import Address, AddressError
from corpus.errors import YakkanError
from corpus.library import PACKAGED, Library


@dataclass(slots=True)
class Checker:
    """Collects what is wrong with a curated file while it is being read."""

    library: Library
    problems: list[str] = field(default_factory=list)

    def report(self, entry: str, complaint: str) -> None:
        """Note one problem of `entry`."""
        self.problems.append(f"{entry}: {complaint}")

    def known(self, entry: str, addresses: Iterable[Any]) -> tuple[str, ...]:
        """Those of `addresses` that a clause in force has; the others are reported."""
        return tuple(str(a) for a in addresses if self._is_known(entry, str(a)))

    def listed(self, entry: str, row: dict[str, Any], key: str) -> tuple[str, ...]:
        """The list of strings `key` of `row`; a value of another shape is reported, and empty."""
        if not isinstance(row.get(key, []), list):
            self.report(entry, f"{key} は文字列の並びです。")
        return strings(row, key)

    def held(self, agreements: Iterable[Any]) -> tuple[str, ...]:
        """Those of `agreements` that the library holds, in the order given."""
        return tuple(str(a) for a in agreements if str(a) in self.library.ids)

    def _is_known(self, entry: str, address: str) -> bool:
        try:
            agreement = Address.parse(address).agreement
        except AddressError:
            self.report(entry, f"条項の番地「{address}」を読めません。sg:18.1(2) の形で書きます。")
            return False
        if agreement not in self.library.ids:
            return False
        if self.library.version(agreement).get(address) is None:
            self.report(entry, f"条項「{address}」は現行の規約にありません。")
            return False
        return True


def curated_path(library: Library, name: str) -> Path:
    """The file `name` of the library's own folder, else the packaged one."""
    own = library.root / name
    return own if own.is_file() else PACKAGED.parent / name


def curated_rows(library: Library, name: str, key: str) -> tuple[dict[str, Any], ...]:
    """The tables `[[key]]` of the curated file `name`; empty where there is no file.

    Raises YakkanError where the file is not TOML.
    """
    path = curated_path(library, name)
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return ()
    return _rows(path, key, changed)


@lru_cache(maxsize=16)
def _rows(path: Path, key: str, _changed: int) -> tuple[dict[str, Any], ...]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise YakkanError(
            f"{path.name} を読めません（{error}）。TOML の書式を直してください。"
        ) from None
    rows = data.get(key, [])
    if not isinstance(rows, list):
        raise YakkanError(f"{path.name} の {key} は [[{key}]] を並べて書きます。")
    return tuple(row for row in rows if isinstance(row, dict))


def strings(row: dict[str, Any], key: str) -> tuple[str, ...]:
    """A list of strings of `row`; empty where it is missing or not a list.

    >>> strings({"terms": ["割引", "値引き"]}, "terms"), strings({"terms": "割引"}, "terms")
    (('割引', '値引き'), ())
    """
    value = row.get(key, ())
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()
