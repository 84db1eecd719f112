"""The rules as LangChain tools, one `StructuredTool` per rule, drawn from the registry.

A tool returns text for the model and the full `Result` dictionary as its artifact, from which
the surfaces show the working. A refusal comes back as text that says which input to ask for;
it is never an exception.
"""

from __future__ import annotations

import json
from typing import Any

from langchain_core.tools import StructuredTool

from calculators import registry
from calculators.engine import Calculator
from calculators.errors import CalculationError
from calculators.rule import Rule
from calculators.schema import json_schema


def calculation_tools(calculator: Calculator | None = None) -> list[StructuredTool]:
    """One tool for each rule that at least one held agreement has a provision for."""
    runner = calculator or Calculator()
    held = ((rule, registry.agreements(rule.name, runner.library)) for rule in registry.rules())
    return [rule_tool(rule, agreements, runner) for rule, agreements in held if agreements]


def rule_tool(rule: Rule, agreements: tuple[str, ...], calculator: Calculator) -> StructuredTool:
    """The tool of one rule; `agreement` is one of those that have the clause."""

    def run(agreement: str, **inputs: Any) -> tuple[str, dict[str, Any]]:
        given = {name: value for name, value in inputs.items() if value is not None}
        try:
            result = calculator.calculate(rule.name, agreement, given).to_dict()
        except CalculationError as error:
            refusal = error.to_dict()
            return refusal["message"], {"error": refusal}
        return _told(result), result

    schema = json_schema(rule.specs())
    schema["title"] = rule.name
    schema["properties"] = {
        "agreement": {"type": "string", "enum": list(agreements), "description": "規約"},
        **schema["properties"],
    }
    schema["required"] = ["agreement", *schema["required"]]
    return StructuredTool.from_function(
        func=run,
        name=rule.name,
        description=describe(rule),
        args_schema=schema,
        response_format="content_and_artifact",
        infer_schema=False,
    )


def describe(rule: Rule) -> str:
    """What the tool is for, in the words people use."""
    words = "、".join(rule.synonyms)
    return f"{rule.title}を計算する。{rule.reading}（よく使われる言葉: {words}）"


def _told(result: dict[str, Any]) -> str:
    """What the model reads: everything but the clause texts."""
    kept = ("title", "value", "unit", "outputs", "steps", "assumptions", "alternatives", "warnings")
    told = {key: result[key] for key in kept}
    told["clauses"] = [citation["id"] for citation in result["citations"]]
    return json.dumps(told, ensure_ascii=False)
