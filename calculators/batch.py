"""Calculations in bulk: JSONL or CSV in, JSONL or CSV out, streamed, written atomically.

A bad line never stops the rest: its output carries the line number and the error. Column names
of a CSV are `id`, `rule`, `agreement` and the rules' own input names.
"""

from __future__ import annotations

import csv
import gc
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple

from calculators import registry
from calculators.engine import Calculator
from calculators.errors import CalculationError, InputError, plain, shown
from calculators.texts import values_of

#: longest line that is read, in characters
MAX_LINE = 1_000_000
_BUFFER = 1 << 20
FORMATS = (".jsonl", ".csv")
COLUMNS = (
    "id",
    "rule",
    "agreement",
    "version",
    "value",
    "unit",
    "outputs",
    "exact",
    "steps",
    "citations",
    "assumptions",
    "alternatives",
    "warnings",
    "line",
    "error_field",
    "error_value",
    "error_message",
)
_CASE_KEYS = frozenset({"id", "rule", "agreement", "inputs"})

Row = dict[str, Any]


class Tally(NamedTuple):
    """How many cases were computed and how many were refused."""

    done: int
    failed: int


class _Case(NamedTuple):
    """One input line: its number, and the case or the reason it cannot be read."""

    line: int
    row: Any
    problem: InputError | None = None


def run_file(
    source: Path,
    target: Path,
    *,
    calculator: Calculator | None = None,
    progress: Callable[[int], None] | None = None,
) -> Tally:
    """Compute every case of `source` into `target`, whose formats follow from their names.

    `target` appears only when all is written. `progress` is told the number of bytes read.
    Raises InputError for a file that is not there or of another format.
    """
    _format(source, "input")
    _format(target, "output")
    if not source.is_file():
        raise _file_error("input", source, "というファイルがありません")
    if not target.parent.is_dir():
        raise _file_error("output", target, "を書くフォルダーがありません")
    part = target.with_name(f".{target.name}.part")
    try:
        with (
            source.open(
                encoding="utf-8-sig", errors="replace", newline="", buffering=_BUFFER
            ) as lines,
            part.open("w", encoding="utf-8", newline="", buffering=_BUFFER) as out,
        ):
            cases = _read(source.suffix.lower(), _counted(lines, progress))
            tally = _write(target.suffix.lower(), out, run(cases, calculator or Calculator()))
        part.replace(target)
    finally:
        with suppress(FileNotFoundError):
            part.unlink()
    return tally


def stream(source: Path, out: IO[str], *, calculator: Calculator | None = None) -> Tally:
    """Compute every case of `source` as JSONL into an open stream."""
    _format(source, "input")
    if not source.is_file():
        raise _file_error("input", source, "というファイルがありません")
    with source.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        cases = _read(source.suffix.lower(), lines)
        return _write_jsonl(out, run(cases, calculator or Calculator()))


def run_lines(lines: Iterable[str], calculator: Calculator | None = None) -> Iterator[Row]:
    """One output row for each JSONL line that is not blank."""
    return run(_read_jsonl(lines), calculator or Calculator())


def run(cases: Iterable[_Case], calculator: Calculator) -> Iterator[Row]:
    """Result or error rows, in the order of the cases."""
    for case in cases:
        if case.problem is not None:
            yield _refused("", case.line, case.problem)
            continue
        try:
            yield _compute(calculator, case.row)
        except CalculationError as error:
            id = case.row.get("id", "") if isinstance(case.row, dict) else ""
            yield _refused(id, case.line, error)


def _compute(calculator: Calculator, row: Any) -> Row:
    if not isinstance(row, dict):
        raise InputError(
            f"{shown(row)} は計算の形ではありません。"
            '{"id", "rule", "agreement", "inputs"} の形で書いてください。',
            value=row,
        )
    for key in ("rule", "agreement"):
        if not isinstance(row.get(key), str):
            raise InputError(
                f"{key} の値 {shown(row.get(key))} は使えません。文字列で指定してください。",
                field=key,
                value=row.get(key),
            )
    if len(row) > len(_CASE_KEYS) or not row.keys() <= _CASE_KEYS:
        unknown = next(key for key in row if key not in _CASE_KEYS)
        raise InputError(
            f"項目 {shown(unknown)} はここに置けません。入力の値は inputs の中に書いてください。",
            field=shown(unknown),
            value=row[unknown],
        )
    result = calculator.calculate(row["rule"], row["agreement"], row.get("inputs", {}))
    return result.to_dict(row.get("id", ""))


def _refused(id: Any, line: int, error: CalculationError) -> Row:
    return {"id": plain(id), "line": line, "error": error.to_dict()}


def _read(suffix: str, lines: Iterable[str]) -> Iterator[_Case]:
    return _read_csv(lines) if suffix == ".csv" else _read_jsonl(lines)


def _decoder() -> Callable[[str], Any]:
    """JSON text to a value: orjson where it can, `json` for what only that reads (huge integers)."""
    try:
        import orjson
    except ImportError:
        return json.loads

    def decode(line: str) -> Any:
        try:
            return orjson.loads(line)
        except ValueError:
            return json.loads(line)

    return decode


def _read_jsonl(lines: Iterable[str]) -> Iterator[_Case]:
    loads = _decoder()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        if len(line) > MAX_LINE:
            yield _Case(
                number,
                None,
                InputError(f"{number} 行目が長すぎます。{MAX_LINE:,} 文字以下にしてください。"),
            )
            continue
        try:
            yield _Case(number, loads(line))
        except (ValueError, RecursionError):
            yield _Case(
                number,
                None,
                InputError(
                    f"{number} 行目を JSON として読めません。1行に1件の JSON を書いてください。",
                    value=shown(line),
                ),
            )


def _read_csv(lines: Iterable[str]) -> Iterator[_Case]:
    reader = csv.DictReader(iter(lines))
    try:
        for cells in reader:
            yield _Case(reader.line_num, _from_cells(cells))
    except csv.Error as error:
        problem = InputError(
            f"{reader.line_num} 行目を CSV として読めません（{error}）。形式を確かめてください。"
        )
        yield _Case(reader.line_num, None, problem)


def _from_cells(cells: Mapping[str | None, Any]) -> Row:
    """A case from one CSV record: known columns, then the rule's inputs by their kinds."""
    texts = {str(k): v for k, v in cells.items() if isinstance(k, str) and isinstance(v, str)}
    head: Row = {key: texts.pop(key, "") for key in ("id", "rule", "agreement")}
    if extra := cells.get(None):
        texts["(列名のない値)"] = ",".join(extra)
    try:
        specs = registry.rule(head["rule"]).specs()
    except CalculationError:
        return {**head, "inputs": texts}
    return {**head, "inputs": values_of(specs, texts)}


def _write(suffix: str, out: IO[str], rows: Iterator[Row]) -> Tally:
    with _without_collector():
        return _write_csv(out, rows) if suffix == ".csv" else _write_jsonl(out, rows)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Rows hold no cycles: the cycle collector would only look at them again and again."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write_jsonl(out: IO[str], rows: Iterator[Row]) -> Tally:
    encode = _encoder()
    done = failed = 0
    for row in rows:
        out.write(encode(row) + "\n")
        if "error" in row:
            failed += 1
        else:
            done += 1
    return Tally(done, failed)


def _encoder() -> Callable[[Row], str]:
    """Row to JSON text: orjson where it is installed, the same text from `json` elsewhere."""
    slow = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode
    try:
        import orjson
    except ImportError:
        return slow

    def encode(row: Row) -> str:
        try:
            return orjson.dumps(row).decode()
        except TypeError:  # an integer beyond 64 bits, in an id
            return slow(row)

    return encode


def _write_csv(out: IO[str], rows: Iterator[Row]) -> Tally:
    out.write("\ufeff")  # so that Excel reads it as UTF-8
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    done = failed = 0
    for row in rows:
        writer.writerow(_cells(row))
        failed += "error" in row
        done += "error" not in row
    return Tally(done, failed)


def _cells(row: Row) -> dict[str, Any]:
    if "error" in row:
        error = row["error"]
        parts = {
            "error_field": error["field"],
            "error_value": error["value"],
            "error_message": error["message"],
        }
        return {k: _cell(v) for k, v in {"id": row["id"], "line": row["line"], **parts}.items()}
    return {key: _cell(row[key]) for key in COLUMNS if key in row}


def _cell(value: Any) -> Any:
    """A cell: lists and records as JSON; text that a spreadsheet would run as a formula quoted."""
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return "'" + value
    return value


def _counted(lines: IO[str], progress: Callable[[int], None] | None) -> Iterable[str]:
    return lines if progress is None else _counting(lines, progress)


def _counting(lines: IO[str], progress: Callable[[int], None]) -> Iterator[str]:
    read = 0
    for number, line in enumerate(lines):
        read += len(line.encode())
        if number % 256 == 0:
            progress(read)
        yield line
    progress(read)


def _format(path: Path, field: str) -> None:
    if path.suffix.lower() not in FORMATS:
        raise _file_error(field, path, f"の形式は使えません（{' / '.join(FORMATS)}）")


def _file_error(field: str, path: Path, what: str) -> InputError:
    return InputError(
        f"--{field} の {path} {what}。パスを確かめてください。", field=field, value=str(path)
    )
