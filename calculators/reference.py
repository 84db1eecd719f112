"""The reference page of all rules (docs/calculators.md), written from the registry.

`python -m calculators.reference docs/calculators.md` writes it; a test says when it is old.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from calculators import registry
from calculators.engine import Calculator
from calculators.inputs import InputSpec
from calculators.provisions import Provision, provisions_of
from calculators.rule import Example, Rule

_KINDS = {
    "yen": "整数（円）",
    "date": "日付 YYYY-MM-DD",
    "instant": "日時 YYYY-MM-DDTHH:MM",
    "flag": "true / false",
    "share": "料率（0.3 または 30%）",
    "count": "整数",
    "choice": "選択",
    "text": "文字列",
    "list": "並び",
    "record": "組",
}


def page(calculator: Calculator) -> str:
    """The whole page as Markdown."""
    groups: dict[str, list[Rule]] = {}
    for rule in registry.rules():
        groups.setdefault(rule.group, []).append(rule)
    lines = [
        "# 計算規則",
        "",
        "この頁は計算規則の宣言から自動で作られます（`python -m calculators.reference docs/calculators.md`）。",
        "金額は円の整数、日付は `YYYY-MM-DD` です。`*` の付いた入力は省略できます。",
        "どの規則も `as_of`（この日に効力のある版で計算）を受け取ります。",
        "",
    ]
    for group, rules in groups.items():
        lines += [f"## {group}", ""]
        for rule in rules:
            lines += _section(rule, calculator)
    return "\n".join(lines).rstrip() + "\n"


def _section(rule: Rule, calculator: Calculator) -> Iterator[str]:
    yield from (f"### {rule.title} `{rule.name}`", "", f"読み方: {rule.reading}", "")
    yield from (f"よく使われる言葉: {'、'.join(rule.synonyms)}", "")
    yield from ("| 規約 | 条項 | 基づく文言 |", "|---|---|---|")
    for agreement in registry.agreements(rule.name, calculator.library):
        for provision in provisions_of(rule.name, calculator.library.version(agreement)):
            yield _provision_row(agreement, provision)
    yield from ("", "| 入力 | 名称 | 形 | 規約 |", "|---|---|---|---|")
    yield from _input_rows(rule, calculator)
    yield from ("", "| 出力 | 名称 | 単位 |", "|---|---|---|")
    yield from (f"| `{o.name}` | {o.title} | {o.unit} |" for o in rule.outputs)
    yield ""
    for example in rule.examples:
        yield from _example(rule, example)


def _provision_row(agreement: str, provision: Provision) -> str:
    words = "<br>".join(_cell(word) for word in provision.words)
    return f"| {agreement} | {provision.clause} | {words} |"


def _input_rows(rule: Rule, calculator: Calculator) -> Iterator[str]:
    """One row per input, with the agreements that ask for it."""
    agreements = registry.agreements(rule.name, calculator.library)
    asked: dict[InputSpec, list[str]] = {}
    for agreement in agreements:
        for spec in calculator.specs(rule.name, agreement):
            if spec.name != "as_of":
                asked.setdefault(spec, []).append(agreement)
    return (_input_row(spec, " ".join(ids)) for spec, ids in asked.items())


def _input_row(spec: InputSpec, agreements: str) -> str:
    star = "" if spec.required else "*"
    form = _KINDS[spec.kind]
    if spec.choices:
        form += ": " + " / ".join(f"`{choice}`" for choice in spec.choices)
    if spec.rows:
        form += " {" + ", ".join(f"`{row.name}` {row.title}" for row in spec.rows) + "}"
    return f"| `{spec.name}`{star} | {_cell(spec.title)} | {form} | {agreements} |"


def _example(rule: Rule, example: Example) -> Iterator[str]:
    inputs = json.dumps(dict(example.inputs), ensure_ascii=False)
    expected = json.dumps(dict(example.expected), ensure_ascii=False, default=str)
    yield f"例（{example.agreement}）: `{inputs}` → `{expected}`"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def main(argv: list[str]) -> int:
    """Write the page to the file named in `argv`, or to standard output."""
    text = page(Calculator())
    if argv:
        target = Path(argv[0])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
