"""The gate: figures that must not fall below what baseline.json says.

Each entry is `{"value": last recorded figure, "min": …}` (or `"max"` where fewer is better).
A threshold is a promise; recording a new value never loosens it by itself. Figures of a group
(`citations.origin.given.full_recall`) are held and recorded only where an entry names them.
A `"target"` is what an issue asks for and is not reached yet: a report says by how much it is
missed, and once it is reached recording makes it the threshold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import YakkanError
from evals.figures import Figure, Section

BASELINE = Path(__file__).parent / "baseline.json"

#: how far a figure may lie below the recorded one when a threshold is written: the runs are
#: deterministic, but another processor may round a close call the other way. One item always may.
SLACK = 0.005

#: figures that are recorded without a threshold: neither more nor fewer is better
INFORMATIVE = (".asked", ".none")


def load(path: Path = BASELINE) -> dict[str, dict[str, Any]]:
    """The recorded figures and thresholds by half and figure name; {} without a file."""
    if not path.is_file():
        return {}
    try:
        data: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise YakkanError(
            f"基準ファイル「{path}」を JSON として読めません（{error}）。直すか、消して作り直してください。"
        ) from None
    return data


def key(name: str, half: str) -> str:
    """The key of a figure measured on one half.

    >>> key("questions.recall", "tune")
    'questions.recall@tune'
    """
    return f"{name}@{half}"


def alarms(
    figures: Iterable[Figure], half: str, baseline: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """One sentence for each figure beyond its threshold.

    >>> alarms([Figure("a", "引用再現率", 0.5, 9)], "all", {"a@all": {"min": 0.9}})
    ['引用再現率（a@all）が 0.500 で、基準の 0.9 以上を満たしません。']
    """
    found = []
    for figure in figures:
        bound = baseline.get(key(figure.name, half), {})
        if figure.value is None:
            continue
        place = f"{figure.title}（{key(figure.name, half)}）が {figure.value:.3f} で"
        if "min" in bound and figure.value < bound["min"]:
            found.append(f"{place}、基準の {bound['min']} 以上を満たしません。")
        if "max" in bound and figure.value > bound["max"]:
            found.append(f"{place}、基準の {bound['max']} 以下を満たしません。")
    return found


def missed(
    figures: Iterable[Figure], half: str, baseline: Mapping[str, Mapping[str, Any]]
) -> list[str]:
    """One sentence for each figure that does not reach its target yet.

    >>> missed([Figure("a", "引用再現率", 0.5, 9)], "all", {"a@all": {"target": 0.9}})
    ['引用再現率（a@all）は 0.500 で、目標の 0.9 にまだ届きません。']
    """
    found = []
    for figure in figures:
        target = baseline.get(key(figure.name, half), {}).get("target")
        if target is not None and figure.value is not None and figure.value < target:
            place = f"{figure.title}（{key(figure.name, half)}）は {figure.value:.3f} で"
            found.append(f"{place}、目標の {target} にまだ届きません。")
    return found


def updated(
    sections: Iterable[Section], half: str, baseline: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """The baseline with the figures of `sections` recorded; thresholds only get tighter."""
    table = {name: dict(entry) for name, entry in baseline.items()}
    for section in sections:
        named = [one for one in section.grouped if key(one.name, half) in table]
        for figure in [*section.figures, *named]:
            if figure.value is not None and figure.count:
                name = key(figure.name, half)
                table[name] = _entry(figure, table.get(name, {}))
    return dict(sorted(table.items()))


def _entry(figure: Figure, old: Mapping[str, Any]) -> dict[str, Any]:
    value = round(float(figure.value or 0.0), 4)
    if figure.name.endswith(INFORMATIVE):
        return {"value": value, "count": figure.count}
    if figure.higher:
        slack = max(SLACK, 1 / figure.count)
        bound = max(old.get("min", 0.0), round(max(value - slack, 0.0), 4))
        target = old.get("target")
        if target is not None and value >= target:
            bound, target = max(bound, target), None
        entry = {"value": value, "count": figure.count, "min": bound}
        return entry if target is None else {**entry, "target": target}
    return {"value": value, "count": figure.count, "max": min(old.get("max", value), value)}


def save(table: Mapping[str, Any], path: Path = BASELINE) -> None:
    """Write the baseline, one figure a line, so that a change is seen in review."""
    rows = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in table.items())
    path.write_text("{\n" + rows + "\n}\n", encoding="utf-8")
