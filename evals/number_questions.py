"""Scores the reading of questions that want a number, before any sentence is written.

`python -m evals.number_questions FILE [--show]` reads each question, asks for its calculations,
runs the calculators and prints how many are exactly right, wrong, or only asked about. `--show`
lists what went wrong; leave it off for a held-out file.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from assistant.calculation import CalculationRequest, requests
from assistant.question import understand
from corpus.errors import YakkanError
from corpus.library import Library
from evals.metrics.numbers import outcome

Results = list[dict[str, Any]]


def compute(found: tuple[CalculationRequest, ...], library: Library) -> tuple[Results, set[str]]:
    """The results and the names of every missing input; a chained input comes from before."""
    from calculators.engine import calculate
    from calculators.errors import MissingInput

    results: Results = []
    missing: set[str] = set()
    for raw in found:
        earlier = {(r["rule"], r["agreement"]): r["outputs"] for r in results}
        request = raw.with_results(earlier)
        missing.update(request.missing)
        if not request.complete:
            continue
        try:
            result = calculate(request.rule, request.agreement, request.inputs, library=library)
        except MissingInput as error:
            missing.update(field.name for field in error.fields)
        except YakkanError:
            continue
        else:
            results.append(result.to_dict())
    return results, missing


def judge(item: Mapping[str, Any], library: Library) -> str:
    """right, wrong (a number that is not the expected one), asked or none, for one question."""
    question = understand(
        item["question"], today=date.fromisoformat(item["today"]), library=library
    )
    results, missing = compute(requests(question), library)
    answer = {
        "status": "needs_input" if missing else "answered",
        "calculations": results,
        "missing": sorted(missing),
    }
    if not item["expect"]:
        return "wrong" if results or missing else "right"
    expect = [e for e in item["expect"] if not e.get("absent")]
    if not expect:
        return "wrong" if results or missing else "right"
    return outcome(expect, item["missing"], answer)


def items(path: Path) -> Iterator[dict[str, Any]]:
    """Every question of a JSONL file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, filter(str.strip, lines))


def main(arguments: list[str]) -> None:
    """Print the counts, and with `--show` the questions that were not right."""
    library = Library.load()
    show = "--show" in arguments
    counts: Counter[str] = Counter()
    for item in items(Path(arguments[0])):
        verdict = judge(item, library)
        counts[verdict] += 1
        if show and verdict != "right":
            sys.stdout.write(f"{verdict} {item['id']} {item['question']}\n")
    total = sum(counts.values())
    line = ", ".join(f"{name} {counts[name]}" for name in ("right", "wrong", "asked", "none"))
    sys.stdout.write(f"{total} questions: {line}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
