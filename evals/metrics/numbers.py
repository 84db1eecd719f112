"""Numbers: exactly right, wrong, or asked; a wrong number is worse than no number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Outcome = Literal["right", "wrong", "asked", "none"]


def same(found: Any, expected: Any) -> bool:
    """Exact equality without mixing types: a bool is no number, a float no integer amount.

    >>> same(891, 891), same(True, 1), same([1, 2], (1, 2)), same("2027-02-28", "2027-02-28")
    (True, False, True, True)
    """
    if isinstance(found, (list, tuple)) and isinstance(expected, (list, tuple)):
        return len(found) == len(expected) and all(map(same, found, expected))
    if isinstance(found, bool) or isinstance(expected, bool):
        return found is expected
    return bool(found == expected)


def matches(result: Mapping[str, Any], expect: Mapping[str, Any]) -> bool:
    """Whether a `Result` dictionary has every expected output with exactly that value.

    >>> expect = {"rule": "late_charge", "agreement": "sg", "expected": {"amount": 721}}
    >>> matches({"rule": "late_charge", "agreement": "sg", "outputs": {"amount": 721}}, expect)
    True
    """
    if any(expect.get(key) not in (None, result.get(key)) for key in ("rule", "agreement")):
        return False
    outputs = result.get("outputs") or {}
    return all(
        name in outputs and same(outputs[name], value)
        for name, value in expect.get("expected", {}).items()
    )


def outcome(
    expect: Sequence[Mapping[str, Any]], missing: Sequence[str], answer: Mapping[str, Any]
) -> Outcome:
    """How one question with numbers went, from the answer as a dictionary.

    With `missing` inputs expected: right if the status is needs_input and each is named, wrong
    if a number was computed. Otherwise right if every expected result is there, wrong if a
    calculation is there that is not, asked if inputs were asked for, none if nothing was said.
    Where nothing is expected (a question about the rule itself), silence on numbers is right.

    >>> gold = [{"rule": "late_charge", "agreement": "sg", "expected": {"amount": 721}}]
    >>> outcome(gold, [], {"status": "needs_input", "calculations": [], "missing": ["paid_date"]})
    'asked'
    >>> outcome([], ["paid_date"], {"status": "needs_input", "missing": ["paid_date"]})
    'right'
    >>> outcome([], [], {"status": "needs_input", "missing": ["paid_date"]})
    'asked'
    """
    results = answer.get("calculations") or []
    asked = answer.get("status") == "needs_input"
    if missing:
        named = asked and set(missing) <= set(answer.get("missing") or [])
        return "wrong" if results else "right" if named else "asked" if asked else "none"
    if not expect:
        return "wrong" if results else "asked" if asked else "right"
    if all(any(matches(one, want) for one in results) for want in expect):
        return "right"
    return "wrong" if results else "asked" if asked else "none"


def shares(outcomes: Iterable[Outcome]) -> dict[str, float]:
    """Share of each outcome.

    >>> shares(["right", "right", "wrong", "asked"])
    {'right': 0.5, 'wrong': 0.25, 'asked': 0.25, 'none': 0.0}
    """
    counts = Counter(outcomes)
    total = sum(counts.values()) or 1
    return {name: counts[name] / total for name in ("right", "wrong", "asked", "none")}
