"""One walk over the registry: what is declared holds, stands in the clauses, and is everywhere."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.commands.calc import app
from calculators import batch, registry
from calculators.engine import Calculator
from calculators.provisions import missing_words, provisions_of, stale
from calculators.reference import page
from calculators.result import jsonable
from calculators.rule import Example, Rule
from corpus.library import Library

CALCULATOR = Calculator()
RULES = registry.rules()
NAMES = [rule.name for rule in RULES]
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.name}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]
#: what a step may count; no step is a number without one
UNITS = ("円", "日", "か月")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.fixture(scope="module")
def library() -> Library:
    return CALCULATOR.library


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_is_named_after_its_module_and_says_what_it_does(rule: Rule) -> None:
    assert rule.compute.__module__ == f"calculators.rules.{rule.name}"
    assert len(rule.description) > 40
    assert rule.compute.__doc__
    assert JAPANESE.search(rule.title)
    assert JAPANESE.search(rule.reading)
    assert JAPANESE.search(rule.group)
    assert len(rule.synonyms) >= 3


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_input_and_output_has_a_japanese_title(rule: Rule) -> None:
    for model in rule.models:
        assert model.__doc__
        assert "as_of" in model.model_fields
    for spec in rule.specs():
        assert JAPANESE.search(spec.title), spec.name
        assert all(JAPANESE.search(row.title) for row in spec.rows)
        assert spec.kind != "yen" or spec.unit == "円"
    assert rule.outputs
    assert len({o.name for o in rule.outputs}) == len(rule.outputs)
    assert all(JAPANESE.search(output.title) for output in rule.outputs)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_agreement_that_has_the_clause_has_an_example(rule: Rule, library: Library) -> None:
    held = set(registry.agreements(rule.name, library))
    assert held
    assert held <= {example.agreement for example in rule.examples}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_holds(rule: Rule, example: Example) -> None:
    result = CALCULATOR.calculate(rule.name, example.agreement, example.inputs).to_dict()
    expected = {name: jsonable(value) for name, value in example.expected.items()}
    assert {name: result["outputs"].get(name) for name in expected} == expected


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_result_quotes_clauses_in_force_word_for_word(
    rule: Rule, example: Example, library: Library
) -> None:
    result = CALCULATOR.calculate(rule.name, example.agreement, example.inputs)
    version = library.version(example.agreement)
    assert result.version == version.effective
    assert result.citations
    for citation in result.citations:
        assert citation.quote == version.clause(citation.id).full_text
    for step in result.steps:
        assert version.get(step.clause) is not None, step


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_result_is_complete_and_plain_data(rule: Rule, example: Example) -> None:
    result = CALCULATOR.calculate(rule.name, example.agreement, example.inputs).to_dict("x")
    assert json.loads(json.dumps(result, ensure_ascii=False)) == result
    assert set(result["outputs"]) <= {output.name for output in rule.outputs}
    first = next(iter(result["outputs"]))
    assert first == rule.outputs[0].name
    assert result["value"] == result["outputs"][first]
    assert result["steps"]
    assert set(result["output_titles"]) == set(result["output_units"]) == set(result["outputs"])


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_a_step_that_is_a_plain_number_says_what_it_counts(rule: Rule, example: Example) -> None:
    steps = CALCULATOR.calculate(rule.name, example.agreement, example.inputs).steps
    for step in steps:
        number = isinstance(step.value, (int, Fraction)) and not isinstance(step.value, bool)
        assert (step.unit in UNITS) if number else (step.unit == ""), step


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_provision_stands_in_its_clause(rule: Rule, library: Library) -> None:
    for agreement in registry.agreements(rule.name, library):
        version = library.version(agreement)
        for provision in provisions_of(rule.name, version):
            assert provision.words
            assert version.get(provision.clause) is not None
            assert not missing_words(provision, version)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_clauses_checked_for_a_silence_exist(rule: Rule, library: Library) -> None:
    for agreement, addresses in rule.checked.items():
        assert agreement not in registry.agreements(rule.name, library)
        for address in addresses:
            assert library.version(agreement).get(address) is not None, address


def test_no_provision_is_stale_and_each_names_a_rule(library: Library) -> None:
    assert stale(library) == ()
    for agreement in library.ids:
        assert registry.rules_of(agreement, library) <= set(NAMES)


def test_every_rule_is_a_command_a_tool_and_a_section() -> None:
    from assistant.tools import calculation_tools

    listed = CliRunner().invoke(app, ["--list", "--json"])
    assert [row["name"] for row in json.loads(listed.stdout)] == NAMES
    assert [tool.name for tool in calculation_tools(CALCULATOR)] == NAMES
    text = page(CALCULATOR)
    assert all(f"`{name}`\n" in text for name in NAMES)


def test_the_reference_page_is_current() -> None:
    written = Path(batch.__file__).parents[1] / "docs" / "calculators.md"
    hint = "run: python -m calculators.reference docs/calculators.md"
    assert written.read_text(encoding="utf-8") == page(CALCULATOR), hint


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_gives_the_same_in_bulk_and_from_the_tool(rule: Rule, example: Example) -> None:
    from assistant.tools import rule_tool

    case: dict[str, Any] = {
        "id": "x",
        "rule": rule.name,
        "agreement": example.agreement,
        "inputs": jsonable(dict(example.inputs)),
    }
    single = CALCULATOR.calculate(rule.name, example.agreement, case["inputs"]).to_dict("x")
    assert list(batch.run_lines([json.dumps(case)], CALCULATOR)) == [single]
    tool = rule_tool(rule, (example.agreement,), CALCULATOR)
    arguments = {"agreement": example.agreement, **case["inputs"]}
    call = {"type": "tool_call", "id": "1", "name": rule.name, "args": arguments}
    assert tool.invoke(call).artifact == {**single, "id": ""}
