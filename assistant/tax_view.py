"""The headline of a result with or without consumption tax, as it was asked for.

Nothing is computed: the figure is an output of the result, or the reading that adds the tax.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from assistant.findings import Calculated
from assistant.understanding.amounts import Tax
from assistant.understanding.slots import TAX_INCLUSIVE

#: how the reading that adds the tax begins
_ADDED = "消費税"
_WORDS = {"incl": "税込", "excl": "税抜"}
#: rules whose sum is interest or a limit: no tax goes with it
_UNTAXED = ("late_charge", "liability_cap", "insurance_offset")


def as_asked(row: Calculated, tax: Tax) -> Calculated:
    """`row` with the figure asked for as its headline; unchanged where there is no such figure."""
    result = row.result
    if not tax or result is None or result.get("unit") != "円":
        return row
    if row.rule in _UNTAXED:
        note = "この額には消費税を加えていません。"
        return replace(row, assumptions=(*row.assumptions, note))
    shown = _shown(result, tax, TAX_INCLUSIVE.get(row.agreement, False))
    return (
        row if shown is None else replace(row, result=shown, title=f"{row.title}（{_WORDS[tax]}）")
    )


def _shown(result: dict[str, Any], tax: Tax, included: bool) -> dict[str, Any] | None:
    outputs = result["outputs"]
    name = "total" if tax == "incl" else "amount"
    if {"amount", "total"} <= set(outputs):
        ordered = {name: outputs[name], **{k: v for k, v in outputs.items() if k != name}}
        return {**result, "outputs": ordered, "value": ordered[name]}
    if included:
        return result if tax == "incl" else None
    return _with_reading(result) if tax == "incl" else result


def _with_reading(result: dict[str, Any]) -> dict[str, Any] | None:
    """The reading that adds the tax as the headline, the figure without it as the reading."""
    added = next((a for a in result["alternatives"] if a["reading"].startswith(_ADDED)), None)
    if added is None:
        return None
    plain = {**added, "reading": "消費税を加えない", "value": result["value"]}
    others = [
        {**a, "reading": f"{a['reading']}（税抜）"}
        for a in result["alternatives"]
        if a is not added
    ]
    return {
        **result,
        "value": added["value"],
        "outputs": {"with_tax": added["value"], **result["outputs"]},
        "output_titles": {"with_tax": "消費税を加えた額", **result["output_titles"]},
        "output_units": {"with_tax": "円", **result["output_units"]},
        "alternatives": [plain, *others],
    }
