"""`yakkan journal`: list, export and purge the records of answers, and make candidates."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from assistant.answer import STATUS_LABELS
from assistant.journal import Entry, Journal, jsonl
from assistant.journal_export import as_csv
from assistant.settings import Settings
from corpus.errors import YakkanError

app = typer.Typer(add_completion=False, no_args_is_help=True, help="質問と回答の記録を扱います。")

_Since = Annotated[str | None, typer.Option(help="この日から（YYYY-MM-DD）")]
_Until = Annotated[str | None, typer.Option(help="この日まで（YYYY-MM-DD、この日を含む）")]
_Status = Annotated[str, typer.Option(help="判定で絞る（" + " / ".join(STATUS_LABELS) + "）")]
_Bad = Annotated[bool, typer.Option("--bad", help="👎 の付いた記録だけ")]
_Output = Annotated[Path | None, typer.Option(help="書き出し先（省略すると標準出力）")]


@app.command("list", help="記録を新しい順に一覧します。")
def list_entries(
    since: _Since = None,
    until: _Until = None,
    status: _Status = "",
    bad: _Bad = False,
    limit: Annotated[int, typer.Option("-n", "--limit", min=1, help="件数")] = 20,
) -> None:
    """Print the newest records, one a line."""
    for entry in _entries(since, until, status, bad, limit):
        mark = {True: "👍", False: "👎", None: "　"}[entry.good]
        label = STATUS_LABELS.get(entry.status, entry.status)
        typer.echo(f"{entry.id:>6} {entry.at:%Y-%m-%d %H:%M} {mark} [{label}] {entry.question}")


@app.command(help="記録を CSV または JSONL で書き出します。")
def export(
    output: _Output = None,
    format: Annotated[str, typer.Option(help="csv / jsonl")] = "jsonl",
    since: _Since = None,
    until: _Until = None,
    status: _Status = "",
    bad: _Bad = False,
) -> None:
    """Write the records that match."""
    if format not in ("csv", "jsonl"):
        raise YakkanError(
            f"--format の値「{format}」は使えません。csv か jsonl を指定してください。"
        )
    found = _entries(since, until, status, bad, None)
    _write(as_csv(found) if format == "csv" else jsonl(e.to_dict() for e in found), output)


@app.command(help="保存期間（YAKKAN_RETENTION_DAYS）を過ぎた記録を消します。")
def purge() -> None:
    """Delete what is older than the retention."""
    settings = Settings.from_env()
    removed = Journal.open(settings).purge()
    typer.echo(f"{settings.retention_days}日より古い記録を{removed}件消しました。")


@app.command(help="👎 の付いた回答を、評価問題の候補として書き出します。")
def candidates(output: _Output = None) -> None:
    """Write evaluation candidates, one JSON object a line."""
    _write(jsonl(Journal.open(Settings.from_env()).candidates()), output)


def _entries(
    since: str | None, until: str | None, status: str, bad: bool, limit: int | None
) -> tuple[Entry, ...]:
    if status and status not in STATUS_LABELS:
        raise YakkanError(
            f"--status の値「{status}」は使えません。{' / '.join(STATUS_LABELS)} から選んでください。"
        )
    end = _day(until, "--until")
    return Journal.open(Settings.from_env()).entries(
        since=_day(since, "--since"),
        until=end + timedelta(days=1) if end else None,
        status=status,
        good=False if bad else None,
        limit=limit,
    )


def _write(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8", newline="")
        typer.echo(f"{output} に書き出しました。", err=True)


def _day(raw: str | None, option: str) -> datetime | None:
    if raw is None:
        return None
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        raise YakkanError(
            f"{option} の値「{raw}」は日付として読めません。2026-12-31 の形で指定してください。"
        ) from None
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
