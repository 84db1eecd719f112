"""Loads and validates the evaluation sets in `evals/sets/`.

A set is a JSONL file: `questions*` and `silence*` hold single questions, `conversations*` hold
turns, `number_questions*` hold questions that want their own number, `number_cases*` hold
inputs for a rule. Every item has an `id`, an `origin` (own or given) and a `half` (tune or
held_out); held-out items are scored but not read while the assistant is being improved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from corpus.errors import YakkanError

FOLDER = Path(__file__).parent / "sets"

Half = Literal["tune", "held_out", "all"]
Item = dict[str, Any]

TYPES = frozenset(
    [
        "direct",
        "paraphrase",
        "multi",
        "compare",
        "article_ref",
        "no_service",
        "unanswerable",
        "trap",
        "silence",
    ]
)
PERSONAS = frozenset({"customer", "support", "compliance"})
STATUSES = frozenset(
    {"answered", "needs_input", "not_in_terms", "governed_elsewhere", "out_of_scope"}
)

_NEEDED: dict[str, frozenset[str]] = {
    "questions": frozenset({"question", "gold", "acceptable", "type", "answerable"}),
    "silence": frozenset({"question", "gold", "acceptable", "status"}),
    "conversations": frozenset({"turns"}),
    "number_questions": frozenset({"question", "expect", "missing"}),
    "no_number_questions": frozenset({"question", "expect", "missing"}),
    "number_cases": frozenset({"rule", "agreement", "inputs", "expected"}),
}


def half_of(id: str) -> Literal["tune", "held_out"]:
    """The half an id belongs to: the parity of the first hex digit of its SHA-256.

    >>> half_of("d001"), half_of("d002")
    ('tune', 'held_out')
    """
    return "tune" if int(hashlib.sha256(id.encode()).hexdigest()[0], 16) % 2 == 0 else "held_out"


def load(kind: str, half: Half = "all", folder: Path = FOLDER) -> tuple[Item, ...]:
    """All items of a kind ("questions", "silence", …) from its given and own files.

    Raises YakkanError for an unknown kind, a broken line or an invalid item.
    """
    if kind not in _NEEDED:
        raise YakkanError(
            f"評価セット「{kind}」はありません。{' / '.join(_NEEDED)} から選んでください。"
        )
    paths = [folder / f"{kind}.jsonl", folder / f"{kind}.own.jsonl"]
    items = [item for path in paths if path.is_file() for item in read(path)]
    for item in items:
        raise_first(problems(kind, item), item)
    return tuple(item for item in items if half in ("all", item["half"]))


def read(path: Path) -> list[Item]:
    """The items of one file with `origin` and `half` filled in where the line has none."""
    origin = "own" if ".own" in path.name else "given"
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            rows.append(_item(path, number, line, origin))
    return rows


def _item(path: Path, number: int, line: str, origin: str) -> Item:
    try:
        row: Item = json.loads(line)
        return {"origin": origin, "half": half_of(row["id"]), **row}
    except (ValueError, KeyError, TypeError):
        raise YakkanError(
            f"{path.name} の {number} 行目を読めません。id を持つ JSON を1行に1件書いてください。"
        ) from None


def raise_first(found: Sequence[str], item: Item) -> None:
    """Raise the first problem of an item as an error that names the item."""
    if found:
        raise YakkanError(f"評価セットの「{item.get('id')}」が正しくありません: {found[0]}")


def problems(kind: str, item: Item) -> list[str]:
    """What is wrong with an item, in Japanese; empty when it is valid."""
    lacking = sorted(_NEEDED[kind] - item.keys())
    if lacking:
        return [f"{'、'.join(lacking)} がありません。"]
    found = []
    if kind == "questions" and item["type"] not in TYPES:
        found.append(f"type「{item['type']}」は使えません。")
    if item.get("persona") not in (None, *PERSONAS):
        found.append(f"persona「{item['persona']}」は使えません。")
    if not set(statuses(item)) <= STATUSES:
        found.append(f"status「{item.get('status')}」は使えません。")
    return found + _gold_problems(item)


def _gold_problems(item: Item) -> list[str]:
    parts = item.get("turns", [item])
    for part in parts:
        gold = part.get("gold", [])
        if not all(isinstance(group, list) and group for group in gold):
            return ["gold は id の組（空でないリスト）のリストで書いてください。"]
    return []


def statuses(item: Item) -> tuple[str, ...]:
    """The statuses that are right for an item; empty where nothing is said.

    >>> statuses({"status": "governed_elsewhere", "status_ok": ["not_in_terms"]})
    ('governed_elsewhere', 'not_in_terms')
    """
    given = [item["status"]] if item.get("status") else []
    return tuple(dict.fromkeys([*given, *item.get("status_ok", [])]))


def ids(items: Iterable[Item]) -> list[str]:
    """Every clause id that the items name, in order of appearance."""
    return [
        id
        for item in items
        for part in item.get("turns", [item])
        for group in [*part.get("gold", []), part.get("acceptable", [])]
        for id in group
    ]
