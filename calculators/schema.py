"""JSON Schema of a rule's inputs, for tools and for anyone who sends cases as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from calculators.inputs import MAX_ROWS, MAX_YEN, InputSpec

_TYPES: dict[str, dict[str, Any]] = {
    "yen": {"type": "integer", "minimum": 0, "maximum": MAX_YEN},
    "count": {"type": "integer", "minimum": 0},
    "flag": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "instant": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$"},
    "share": {"type": "string", "description": "0.3 または 30%"},
    "text": {"type": "string"},
    "choice": {"type": "string"},
}


def json_schema(specs: Iterable[InputSpec]) -> dict[str, Any]:
    """An object schema: one property per input, unknown ones refused."""
    listed = tuple(specs)
    return {
        "type": "object",
        "properties": {spec.name: property_of(spec) for spec in listed},
        "required": [spec.name for spec in listed if spec.required and not spec.unless],
        "additionalProperties": False,
    }


def property_of(spec: InputSpec) -> dict[str, Any]:
    """The schema of one input, its Japanese title and unit in the description.

    >>> property_of(InputSpec("principal", "元本", "円", "yen", True))["description"]
    '元本（円）'
    """
    unit = f"（{spec.unit}）" if spec.unit else ""
    text = f"{spec.title}{unit}" + (f": {spec.help}" if spec.help else "")
    if spec.kind == "record":
        return {**json_schema(spec.rows), "description": text}
    if spec.kind == "list":
        items = json_schema(spec.rows) if spec.rows else _choice({"type": "string"}, spec)
        return {"type": "array", "maxItems": MAX_ROWS, "items": items, "description": text}
    note = _TYPES[spec.kind].get("description")
    described = f"{text}。{note}" if note else text
    return {**_choice(_TYPES[spec.kind], spec), "description": described}


def _choice(schema: dict[str, Any], spec: InputSpec) -> dict[str, Any]:
    return {**schema, "enum": list(spec.choices)} if spec.choices else schema
