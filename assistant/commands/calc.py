"""`yakkan calc`: one calculation, a file of calculations, or the list of rules.

A rule's options are its declared inputs: nothing here knows a rule by name.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from calculators import registry
from calculators.engine import Calculator
from calculators.errors import CalculationError, InputError, shown
from calculators.texts import value_of

if TYPE_CHECKING:
    from calculators.inputs import InputSpec
    from calculators.rule import Rule

app = typer.Typer(add_completion=False)

#: any option that is not the command's own is an input of the rule
_ANY_OPTION = {"allow_extra_args": True, "ignore_unknown_options": True}


@app.command(
    help="規約に基づく金額・期日・可否を計算します。入力は --項目名 値 で指定します。",
    context_settings=_ANY_OPTION,
)
def calc(
    context: typer.Context,
    rule: Annotated[str | None, typer.Argument(help="計算規則の名前", show_default=False)] = None,
    agreement: Annotated[
        str | None, typer.Option(help="規約 (sg / vpn / msp)。all で全規約を比べる")
    ] = None,
    list_rules: Annotated[bool, typer.Option("--list", help="計算規則の一覧")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力")] = False,
    input: Annotated[Path | None, typer.Option(help="一括: JSONL か CSV")] = None,
    output: Annotated[Path | None, typer.Option(help="一括: 結果の JSONL か CSV")] = None,
) -> None:
    """Compute one case, list the rules, or compute a file."""
    calculator = _calculator()
    try:
        if list_rules:
            _list(calculator, rule, as_json)
        elif input is not None:
            raise SystemExit(1 if _bulk(calculator, input, output) else 0)
        else:
            _one(calculator, rule, agreement, context.args, as_json)
    except CalculationError as error:
        if not as_json:
            raise
        typer.echo(json.dumps({"id": "", "error": error.to_dict()}, ensure_ascii=False))
        raise SystemExit(2) from None


def _calculator() -> Calculator:
    from assistant.settings import Settings
    from corpus.library import Library

    return Calculator(Library.load(Settings.from_env().corpus))


def _one(
    calculator: Calculator, name: str | None, agreement: str | None, args: list[str], as_json: bool
) -> None:
    if name is None:
        raise InputError(
            "計算規則の名前がありません。yakkan calc --list で一覧を見て、"
            "yakkan calc 規則名 --agreement 規約 --項目名 値 の形で指定してください。",
            field="rule",
        )
    rule = registry.rule(name)
    inputs = options(rule.specs(), args)
    if agreement == "all":
        _compare(calculator, name, inputs, as_json)
        return
    result = calculator.calculate(name, agreement or _only(calculator, rule), inputs).to_dict()
    if as_json:
        typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n".join(_report(result)))


def _compare(calculator: Calculator, name: str, inputs: dict[str, Any], as_json: bool) -> None:
    """One case under every agreement that has the clause; exit 2 if none gives a result."""
    found = calculator.compare(name, inputs)
    rows: list[dict[str, Any]] = [
        {"id": "", "agreement": id, "error": row.to_dict()}
        if isinstance(row, CalculationError)
        else row.to_dict()
        for id, row in found.items()
    ]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        blocks = (
            f"（{row['agreement']}）{row['error']['message']}"
            if "error" in row
            else "\n".join(_report(row))
            for row in rows
        )
        typer.echo("\n\n".join(blocks))
    if all("error" in row for row in rows):
        raise SystemExit(2)


def _only(calculator: Calculator, rule: Rule) -> str:
    """The agreement of a rule that only one agreement has; otherwise it must be said."""
    ids = registry.agreements(rule.name, calculator.library)
    if len(ids) == 1:
        return ids[0]
    raise InputError(
        f"規約が指定されていません。--agreement に {'、'.join(ids)} のどれかを指定してください。",
        field="agreement",
    )


def options(specs: tuple[InputSpec, ...], args: list[str]) -> dict[str, Any]:
    """Inputs from `--name value`, `--name=value`, or `--name` alone for a yes/no input.

    A repeated option of a list input adds to the list.
    """
    by_name = {spec.name: spec for spec in specs}
    inputs: dict[str, Any] = {}
    for name, text in _pairs(by_name, args):
        spec = by_name.get(name)
        value = text if spec is None else value_of(spec, text)
        if name in inputs:
            if not isinstance(inputs[name], list):
                raise InputError(
                    f"--{name} が二度指定されています。一つにしてください。", field=name, value=text
                )
            value = [*inputs[name], *(value if isinstance(value, list) else [value])]
        inputs[name] = value
    return inputs


def _pairs(by_name: dict[str, InputSpec], args: list[str]) -> Iterator[tuple[str, str]]:
    rest = list(args)
    while rest:
        head = rest.pop(0)
        if not head.startswith("--"):
            raise InputError(
                f"『{shown(head)}』は読めません。入力は --項目名 値 の形で指定してください。",
                field=shown(head),
                value=head,
            )
        name, equals, text = head[2:].partition("=")
        name = name.replace("-", "_")
        if not equals and rest and not rest[0].startswith("--"):
            text = rest.pop(0)
        elif not equals:
            spec = by_name.get(name)
            if spec is not None and spec.kind != "flag":
                raise InputError(
                    f"--{name} の値がありません。{spec.title}を指定してください。", field=name
                )
            text = "true"
        yield name, text


def _report(result: dict[str, Any]) -> Iterator[str]:
    """The result for a person: headline, outputs, working, readings, clauses."""
    titles, units, words = (result[f"output_{key}"] for key in ("titles", "units", "words"))
    yield f"{result['title']}（{result['agreement']} {result['version']} 版）"
    for name, value in result["outputs"].items():
        yield f"  {titles[name]}: {_shown(value, units[name], words.get(name, {}))}"
    yield "計算の内訳"
    for step in result["steps"]:
        value = _shown(step["value"], step["unit"])
        yield f"  {step['label']}: {step['expression']} = {value}  [{step['clause']}]"
    yield from _section("前提にしたこと", result["assumptions"])
    readings = (
        f"{a['reading']}: {_shown(a['value'], result['unit'])}（{a['reason']}）"
        for a in result["alternatives"]
    )
    yield from _section("別の読み方", readings)
    yield from _section("ご注意", result["warnings"])
    yield from _section("条文", (f"[{c['id']}] 「{c['quote']}」" for c in result["citations"]))


def _section(title: str, lines: Any) -> Iterator[str]:
    listed = [f"  ・{line}" for line in lines]
    if listed:
        yield from (title, *listed)


def _shown(value: Any, unit: str, words: Mapping[str, str] = MappingProxyType({})) -> str:
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if value is None:
        return "なし"
    if isinstance(value, int):
        return f"{value:,}{unit}"
    if isinstance(value, list):
        return "、".join(_shown(part, unit, words) for part in value) or "なし"
    if isinstance(value, dict):
        cells = (f"{words.get(k, k)} {_shown(part, unit, words)}" for k, part in value.items())
        return " ".join(cells) or "なし"
    return f"{words.get(value, value)}{unit}"


def _list(calculator: Calculator, name: str | None, as_json: bool) -> None:
    """All rules in short, or one rule with its inputs and outputs."""
    rules = registry.rules() if name is None else (registry.rule(name),)
    if as_json:
        rows = [_row(calculator, rule) for rule in rules]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for rule in rules:
        ids = " ".join(registry.agreements(rule.name, calculator.library))
        typer.echo(f"{rule.name:<32}{ids:<12} {rule.title}")
        if name is None:
            continue
        typer.echo(f"読み方: {rule.reading}\n入力（* は省略可）")
        for spec in rule.specs():
            choices = f"  {' / '.join(spec.choices)}" if spec.choices else ""
            star = " " if spec.required else "*"
            typer.echo(f" {star}--{spec.name.replace('_', '-'):<24} {spec.title}{choices}")
        typer.echo("出力\n" + "\n".join(f"  {o.name:<26} {o.title}" for o in rule.outputs))


def _row(calculator: Calculator, rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "title": rule.title,
        "group": rule.group,
        "agreements": list(registry.agreements(rule.name, calculator.library)),
        "inputs": [_input(spec) for spec in rule.specs()],
        "outputs": [{"name": o.name, "title": o.title, "unit": o.unit} for o in rule.outputs],
        "reading": rule.reading,
        "synonyms": list(rule.synonyms),
    }


def _input(spec: InputSpec) -> dict[str, Any]:
    return {
        "name": spec.name,
        "title": spec.title,
        "unit": spec.unit,
        "kind": spec.kind,
        "required": spec.required,
        "choices": list(spec.choices),
        "rows": [_input(row) for row in spec.rows],
    }


def _bulk(calculator: Calculator, source: Path, target: Path | None) -> int:
    """Compute a file; returns how many lines were refused."""
    from calculators import batch

    if target is None:
        return batch.stream(source, sys.stdout, calculator=calculator).failed
    if not (sys.stderr.isatty() and source.is_file()):
        return batch.run_file(source, target, calculator=calculator).failed
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("計算中", total=source.stat().st_size)
        tally = batch.run_file(
            source,
            target,
            calculator=calculator,
            progress=lambda read: bar.update(task, completed=read),
        )
    typer.echo(f"計算 {tally.done:,} 件、エラー {tally.failed:,} 件", err=True)
    return tally.failed
