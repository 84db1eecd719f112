"""The compliance desk on the command line: diff, compare, lint, export, cite and as-of.

`register(app)` adds the commands to the corpus app. Every command speaks Japanese, has
--json, and ends with a message and a non-zero status where its input is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import YakkanError

if TYPE_CHECKING:
    from corpus.comparison import Change, Comparison
    from corpus.consequences import Consequence
    from corpus.library import Library, Version
    from corpus.lint import LintFinding
    from corpus.topic_comparison import ComparedCell

_Json = Annotated[bool, typer.Option("--json", help="JSON で出力する")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", help="書き出すファイル")]
_Format = Annotated[
    str | None, typer.Option("--format", help="ファイルの形式（省略時は拡張子から）")
]
_SEVERITIES = {"error": "誤り", "warning": "注意", "info": "参考"}


def register(app: typer.Typer) -> None:
    """Add the desk's commands to the corpus app."""
    app.command("diff", help="新旧対照表を作ります。例: yakkan corpus diff vpn 新しい規約.txt")(
        diff
    )
    app.command("compare", help="論点ごとに規約を見比べます。")(compare)
    app.command("lint", help="規約の誤りや揺れを点検します。")(lint)
    app.command("export", help="規約を JSON または Akoma Ntoso XML で書き出します。")(export)
    app.command("cite", help="引用の記録（番地・版・ハッシュ・文言）を作ります。")(cite)
    app.command(
        "as-of", help="ある日に効力のあった版を調べます。例: yakkan corpus as-of 2023-10-01 vpn"
    )(as_of)


def _library() -> Library:
    from assistant.commands.corpus import library

    return library()


def diff(
    old: Annotated[str, typer.Argument(help="旧: 規約の id、id@日付、またはファイル")],
    new: Annotated[str, typer.Argument(help="新: 規約の id、id@日付、またはファイル")],
    as_json: _Json = False,
    substantive: Annotated[bool, typer.Option("--substantive", help="実質的な変更だけ")] = False,
    evaluation: Annotated[
        list[Path] | None, typer.Option(help="影響を調べる評価問題（JSONL）")
    ] = None,
    journal: Annotated[bool, typer.Option("--journal", help="過去の回答への影響も調べる")] = False,
    output: _Output = None,
    format: _Format = None,
) -> None:
    """Changes between two versions with what they entail."""
    from corpus.comparison import compare as compare_versions
    from corpus.consequences import consequences

    library = _library()
    older, newer = _pair(old, new, library)
    compared = compare_versions(older, newer)
    answers = _answers(older.agreement.id) if journal else ()
    entailed = consequences(
        compared, library=library, evaluations=evaluation or (), journal=answers
    )
    if substantive:
        compared, entailed = _only_substantive(compared, entailed)
    if output is not None:
        from corpus.export import comparison

        _write(output, comparison(compared, _format(output, format), entailed))
    elif as_json:
        _print(
            [
                c.to_dict() | _consequences(entailed.get(n, ()))
                for n, c in enumerate(compared.changes)
            ]
        )
    else:
        _show_changes(compared, entailed)


def _pair(old: str, new: str, library: Library) -> tuple[Version, Version]:
    """Both versions; a file beside a version of the library takes that version's id."""
    from corpus.opening import open_version

    ids = [spec.partition("@")[0] for spec in (old, new)]
    known = next((id for id in ids if id in library.ids), None)
    return open_version(old, library, known), open_version(new, library, known)


def _answers(agreement: str) -> Iterable[Mapping[str, Any]]:
    from assistant.journal import Journal
    from assistant.settings import Settings

    return [e.to_dict() for e in Journal.open(Settings.from_env()).entries(agreement=agreement)]


def _only_substantive(
    compared: Comparison, entailed: Mapping[int, Sequence[Consequence]]
) -> tuple[Comparison, dict[int, tuple[Consequence, ...]]]:
    from dataclasses import replace

    kept = [n for n, change in enumerate(compared.changes) if change.substantive]
    changes = tuple(compared.changes[n] for n in kept)
    renumbered = {at: tuple(entailed.get(n, ())) for at, n in enumerate(kept)}
    return replace(compared, changes=changes), renumbered


def _consequences(found: Sequence[Consequence]) -> dict[str, Any]:
    return {"consequences": [consequence.to_dict() for consequence in found]}


def _show_changes(compared: Comparison, entailed: Mapping[int, Sequence[Consequence]]) -> None:
    from corpus.change_classes import NAMES
    from corpus.consequences import summary
    from corpus.export.table import KINDS

    if not compared.changes:
        typer.echo("変更はありません。")
    for number, change in enumerate(compared.changes):
        places = " → ".join(dict.fromkeys(str(a) for a in (change.old, change.new) if a))
        names = "、".join(NAMES[name] for name in change.classes)
        typer.echo(
            f"[{KINDS[change.kind]}] {places}（{names}{'' if change.substantive else '・形式'}）"
        )
        for line in _change_lines(change):
            typer.echo(f"  {line}")
        for line in summary(entailed.get(number, ())):
            typer.echo(f"  影響 {line}")


def _change_lines(change: Change) -> list[str]:
    """What to print of a change: one text with [-gone-]{+come+}, or the text that came or went."""
    if change.kind == "changed":
        return change.merged.split("\n")
    sign, text = ("-", change.old_text) if change.kind == "removed" else ("+", change.new_text)
    return (
        [f"{sign} {line}" for line in text.split("\n")]
        if change.kind in ("added", "removed")
        else []
    )


def compare(
    topic: Annotated[str | None, typer.Option(help="論点（id、名前、別名）")] = None,
    agreement: Annotated[
        list[str] | None, typer.Option(help="比べる規約の id（繰り返せる）")
    ] = None,
    as_json: _Json = False,
    output: _Output = None,
    format: _Format = None,
) -> None:
    """Topics across agreements."""
    from corpus.topic_comparison import compare_topics

    library = _library()
    rows = compare_topics(library, topic, agreement or ())
    if output is not None:
        from corpus.export import topics

        _write(output, topics(rows, library, _format(output, format)))
    elif as_json:
        _print([row.to_dict() for row in rows])
    else:
        for row in rows:
            typer.echo(f"■ {row.name}（{row.topic}）")
            for id, cell in row.cells.items():
                typer.echo(f"  {id}: {_cell_line(cell)}")


def _cell_line(cell: ComparedCell | None) -> str:
    from corpus.topic_comparison import NO_PROVISION

    if cell is None:
        return NO_PROVISION
    differing = "、".join(cell.summary[a:b] for a, b in cell.differing)
    return f"{cell.summary}（{'、'.join(cell.clauses)}）" + (
        f" ［違う数値: {differing}］" if differing else ""
    )


def lint(
    agreement: Annotated[
        str | None, typer.Argument(help="規約の id、id@日付、またはファイル（省略時は全部）")
    ] = None,
    check: Annotated[list[str] | None, typer.Option(help="行う検査（繰り返せる）")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="誤りがあれば終了コード 1")] = False,
    as_json: _Json = False,
) -> None:
    """Defects of one agreement, of a file, or of all agreements."""
    from corpus.lint import lint as lint_version
    from corpus.opening import open_version

    library = _library()
    specs = [agreement] if agreement else list(library.ids)
    found = [f for spec in specs for f in lint_version(open_version(spec, library), check or ())]
    if as_json:
        _print([finding.to_dict() for finding in found])
    else:
        _show_findings(found)
    if strict and any(finding.severity == "error" for finding in found):
        raise SystemExit(1)


def _show_findings(found: Sequence[LintFinding]) -> None:
    for finding in found:
        typer.echo(f"{finding.clause} [{_SEVERITIES[finding.severity]}] {finding.message}")
        typer.echo(f"    「{finding.quote}」（{finding.check}）")
    counts = "、".join(
        f"{name} {sum(f.severity == key for f in found)} 件" for key, name in _SEVERITIES.items()
    )
    typer.echo(counts if found else "指摘はありません。")


def export(
    agreement: Annotated[str, typer.Argument(help="規約の id、id@日付、またはファイル")],
    format: Annotated[str, typer.Option("--format", help="json / akn")] = "json",
    output: _Output = None,
) -> None:
    """A whole version as JSON or Akoma Ntoso."""
    from corpus.export import agreement as write_agreement
    from corpus.opening import open_version

    data = write_agreement(open_version(agreement, _library()), format)
    if output is None:
        typer.echo(data.decode(), nl=False)
    else:
        _write(output, data)


def cite(
    address: Annotated[str, typer.Argument(help="条項の番地。例 vpn:8.4")],
    quote: Annotated[str, typer.Option(help="引用する文言（省略時は条項の全文）")] = "",
    as_of: Annotated[str | None, typer.Option("--as-of", help="この日に効力のある版")] = None,
    as_json: _Json = False,
) -> None:
    """The record that a quote stands in a clause of a version."""
    from assistant.commands.corpus import day
    from corpus.export.citation import citation_record

    record = citation_record(_library(), address, quote, day(as_of))
    if as_json:
        _print(record.to_dict())
        return
    typer.echo(f"{record.display}［{record.id}］")
    typer.echo(
        f"{record.title} {record.version} 効力の版（本文 {record.version_hash}、条項 {record.clause_hash}）"
    )
    typer.echo(f"「{record.quote}」")


def as_of(
    date: Annotated[str, typer.Argument(help="日付。例 2023-10-01")],
    agreement: Annotated[str | None, typer.Argument(help="規約の id（省略時は全部）")] = None,
    as_json: _Json = False,
) -> None:
    """Which version was in force on a day, and whether its text is held."""
    from assistant.commands.corpus import day
    from corpus.asof import as_of as find

    library, when = _library(), day(date, "日付")
    if when is None:
        raise YakkanError("日付を指定してください。例: yakkan corpus as-of 2023-10-01")
    found = [find(library, id, when) for id in ([agreement] if agreement else library.ids)]
    if as_json:
        _print([row.to_dict() for row in found])
    else:
        for row in found:
            typer.echo(row.message)


def _print(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _format(output: Path, format: str | None) -> str:
    return format or output.suffix.lstrip(".").lower()


def _write(output: Path, data: bytes) -> None:
    try:
        output.write_bytes(data)
    except OSError as error:
        raise YakkanError(
            f"「{output}」に書き込めません（{error.strerror}）。フォルダーがあり、書き込めることを確かめてください。"
        ) from None
    typer.echo(f"書き出しました: {output}")
