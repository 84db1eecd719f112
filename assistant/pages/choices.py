"""What may be chosen for an input, and what each choice is called in Japanese.

An input's help says `code=words、code=words`; where the choices differ between agreements
(grounds, acts, kinds of work) the provisions of the version name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calculators.inputs import InputSpec
    from calculators.provisions import Provision

_PAIR = re.compile(r"(?:^|、)([A-Za-z_][A-Za-z0-9_]*)=([^、]+)")
#: input name → the provisions' parameter that lists what may be given
_LISTED = {"facts": "fact", "act": "act", "work": "work"}
_LONGEST = 60


def named(spec: InputSpec) -> dict[str, str]:
    """The choices that the input's own help names, by code.

    >>> from calculators.inputs import InputSpec
    >>> named(InputSpec("fault", "過失", "", "choice", True, help="none=なし、gross=重過失"))
    {'none': 'なし', 'gross': '重過失'}
    """
    return {match[1]: match[2].strip() for match in _PAIR.finditer(spec.help)}


def of(spec: InputSpec, provisions: tuple[Provision, ...] = ()) -> dict[str, str]:
    """Every choice of an input by code; empty where anything may be given."""
    words = named(spec)
    if spec.kind == "choice":
        return {code: words.get(code, code) for code in spec.choices}
    listed = dict(_listed(_LISTED.get(spec.name, ""), provisions))
    if not listed and spec.kind == "list" and not spec.rows:
        return dict(_own_list(spec.name, provisions))
    return {code: words.get(code, title) for code, title in listed.items()}


def is_listed(spec: InputSpec) -> bool:
    """Whether provisions list what may be given; then nothing chosen says nothing."""
    return spec.name in _LISTED


def help_of(spec: InputSpec) -> str:
    """The help without the codes; empty where it only lists them."""
    return "" if _PAIR.search(spec.help) or "port_scan" in spec.help else spec.help


def _listed(param: str, provisions: tuple[Provision, ...]) -> Iterator[tuple[str, str]]:
    for provision in provisions:
        if param and param in provision.params:
            yield str(provision.params[param]), _title(provision.params, provision.words)


def _own_list(name: str, provisions: tuple[Provision, ...]) -> Iterator[tuple[str, str]]:
    """A list that a provision gives under the input's own name (protocols = [...])."""
    for provision in provisions:
        for value in provision.params.get(name, ()) if name in provision.params else ():
            yield str(value), str(value)


def _title(params: Mapping[str, Any], words: tuple[str, ...]) -> str:
    title = str(params.get("title") or (words[0] if words else ""))
    return title if len(title) <= _LONGEST else title[: _LONGEST - 1] + "…"
