"""Cases of one rule as a CSV with Japanese headings: template, reading, results, errors.

Pure text in and out. What is read is bounded in size, rows and kind; a bad row never stops
the rest; a cell that a spreadsheet would run as a formula is written as text.
"""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.pages import calculation_links, saying
from calculators import batch
from calculators.texts import values_of
from corpus.errors import YakkanError

if TYPE_CHECKING:
    from calculators.engine import Calculator
    from calculators.inputs import InputSpec
    from calculators.rule import Rule

MAX_BYTES = 5_000_000
MAX_ROWS = 50_000
#: errors shown on the screen; the report holds all
SHOWN = 20
ID = "番号"
_EVERY = 500


class UnusableFile(YakkanError):
    """An uploaded file that is too large, of another kind, or has unknown columns."""


@dataclass(frozen=True, slots=True)
class Case:
    """One row: its line in the file, the caller's number, the inputs."""

    line: int
    id: str
    inputs: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came out: counts, the files to take away, the first errors for the screen."""

    done: int
    failed: int
    results: bytes
    errors: bytes
    shown: tuple[tuple[str, str, str], ...]


def heading(spec: InputSpec) -> str:
    """What an input's column is called.

    >>> from calculators.inputs import InputSpec
    >>> heading(InputSpec("principal", "元本", "円", "yen", True))
    '元本（円）'
    """
    return f"{spec.title}（{spec.unit}）" if spec.unit else spec.title


def template(rule: Rule, agreement: str, specs: tuple[InputSpec, ...]) -> bytes:
    """A CSV with the headings and the rule's own examples as rows to overwrite."""
    rows: list[list[Any]] = [[ID, *map(heading, specs)]]
    known = {spec.name for spec in specs}
    fitting = (e for e in rule.examples if e.agreement == agreement and e.inputs.keys() <= known)
    for number, example in enumerate(itertools.islice(fitting, 2), 1):
        given = [example.inputs.get(spec.name) for spec in specs]
        rows.append([number, *("" if v is None else calculation_links.as_text(v) for v in given)])
    return as_csv(rows)


def read(name: str, data: bytes, specs: tuple[InputSpec, ...]) -> list[Case]:
    """The cases of an uploaded file; raises UnusableFile."""
    if not name.lower().endswith(".csv"):
        raise UnusableFile(f"『{name[:60]}』は CSV ではありません。CSV で保存して選んでください。")
    if len(data) > MAX_BYTES:
        raise UnusableFile(
            f"ファイルが大きすぎます（{len(data):,}バイト）。{MAX_BYTES:,}バイトまでに分けてください。"
        )
    rows = _rows(text_of(data))
    if not rows:
        raise UnusableFile("ファイルに行がありません。ひな形に1行以上を書いてください。")
    names = _names(rows[0][1], specs)
    filled = [row for row in rows[1:] if any(cell.strip() for cell in row[1])]
    if not filled:
        raise UnusableFile("見出しの下に行がありません。ひな形に1行以上を書いてください。")
    if len(filled) > MAX_ROWS:
        raise UnusableFile(
            f"行が多すぎます（{len(filled):,}行）。{MAX_ROWS:,}行までに分けてください。"
        )
    return [_case(line, cells, names, specs) for line, cells in filled]


def text_of(data: bytes) -> str:
    """The text of a CSV in UTF-8 or the Shift JIS of Excel; raises UnusableFile."""
    if b"\x00" in data:
        raise UnusableFile(
            "CSV として読めません。表計算ソフトで CSV（UTF-8）として保存してください。"
        )
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnusableFile("文字コードを読めません。CSV（UTF-8）として保存してください。")


def _rows(text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise UnusableFile(
            f"{reader.line_num}行目を CSV として読めません。引用符などの形を確かめてください。"
        ) from error


def _names(headings: list[str], specs: tuple[InputSpec, ...]) -> list[str]:
    """The input's name for each column; '' for a blank heading."""
    known = {ID: "id", "id": "id"}
    for spec in specs:
        known |= dict.fromkeys((heading(spec), spec.title, spec.name), spec.name)
    cleaned = [cell.strip() for cell in headings]
    unknown = [cell for cell in cleaned if cell and cell not in known]
    if unknown:
        raise UnusableFile(
            f"見出し『{unknown[0][:40]}』はこの計算にありません。ひな形の見出しを使ってください: "
            f"{'、'.join(heading(spec) for spec in specs)}。"
        )
    return [known.get(cell, "") for cell in cleaned]


def _case(line: int, cells: list[str], names: list[str], specs: tuple[InputSpec, ...]) -> Case:
    texts = {
        name: cell.strip()
        for name, cell in zip(names, cells, strict=False)
        if name and cell.strip()
    }
    return Case(line, texts.pop("id", str(line)), values_of(specs, texts))


def compute(
    rule: Rule,
    agreement: str,
    cases: list[Case],
    calculator: Calculator,
    progress: Callable[[int], None] = lambda done: None,
) -> Outcome:
    """Every case computed, in the file's order; `progress` is told how many are done."""
    titles = {spec.name: spec.title for spec in calculator.specs(rule.name, agreement)}
    good: list[list[Any]] = [_result_headings(rule)]
    bad: list[list[Any]] = [["行", ID, "項目", "理由"]]
    lines = (_line(rule.name, agreement, case) for case in cases)
    for number, row in enumerate(batch.run_lines(lines, calculator)):
        case = cases[number]
        if "error" in row:
            bad.append(_refused(case, row["error"], titles))
        else:
            good.append(_row(rule, case, row))
        if number % _EVERY == 0:
            progress(number)
    shown = tuple((str(r[0]), str(r[2]), str(r[3])) for r in bad[1 : SHOWN + 1])
    return Outcome(len(good) - 1, len(bad) - 1, as_csv(good), as_csv(bad), shown)


def _line(rule: str, agreement: str, case: Case) -> str:
    return json.dumps(
        {"id": case.id, "rule": rule, "agreement": agreement, "inputs": case.inputs},
        ensure_ascii=False,
    )


def _result_headings(rule: Rule) -> list[str]:
    titles = [f"{o.title}（{o.unit}）" if o.unit else o.title for o in rule.outputs]
    return [ID, *titles, "条項", "版", "前提", "別の読み方", "注意"]


def _row(rule: Rule, case: Case, row: Mapping[str, Any]) -> list[Any]:
    words = saying.all_words(row)
    values = [_value(row["outputs"].get(o.name), words) for o in rule.outputs]
    readings = [
        f"{a['reading']}: {saying.say(a['value'], str(row['unit']), words)}"
        for a in row["alternatives"]
    ]
    return [
        case.id,
        *values,
        "、".join(c["id"] for c in row["citations"]),
        row["version"],
        "\n".join(row["assumptions"]),
        "\n".join(readings),
        "\n".join(row["warnings"]),
    ]


def _value(value: Any, words: Mapping[str, str]) -> Any:
    """A number or an ISO date as it is, so that a sheet can reckon with it; the rest in words."""
    if value is None:
        return ""
    if type(value) is int or (isinstance(value, str) and value not in words):
        return value
    return saying.say(value, "", words)


def _refused(case: Case, error: Mapping[str, Any], titles: Mapping[str, str]) -> list[Any]:
    missing = [str(m["title"]) for m in error.get("missing", ())]
    field = str(error.get("field") or "")
    title = "、".join(missing) or titles.get(field.partition("[")[0], "")
    message = f"{'、'.join(missing)}が空です。" if missing else str(error["message"])
    return [case.line, case.id, title, saying.message(message, titles)]


def as_csv(rows: Iterable[Iterable[Any]]) -> bytes:
    """Rows as UTF-8 with the mark that Excel wants, formulas made text."""
    out = io.StringIO()
    csv.writer(out).writerows([[safe(cell) for cell in row] for row in rows])
    return ("\ufeff" + out.getvalue()).encode()


def safe(cell: Any) -> Any:
    """A cell that no spreadsheet runs.

    >>> safe("=1+1"), safe(-3), safe("abc")
    ("'=1+1", -3, 'abc')
    """
    return "'" + cell if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


def digest(data: bytes) -> str:
    """What tells one file from another."""
    return hashlib.sha256(data).hexdigest()
