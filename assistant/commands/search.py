"""`yakkan search`: the clauses nearest to a question, with their words."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import YakkanError

if TYPE_CHECKING:
    from corpus.library import Library
    from index.search import Hit

app = typer.Typer(add_completion=False)


@app.command(help="質問に近い条文を、近い順に示します。")
def search(
    question: Annotated[str, typer.Argument(help="質問、言葉、または条項の番地（sg:18.1）")],
    agreement: Annotated[str | None, typer.Option(help="対象の規約 (sg / vpn / msp)")] = None,
    k: Annotated[int, typer.Option("-k", help="件数")] = 10,
    as_of: Annotated[str | None, typer.Option(help="この日に効力のある版で探す YYYY-MM-DD")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力")] = False,
) -> None:
    """Print the `k` best clauses for `question`."""
    day = _day(as_of)
    from assistant.assistant import Assistant

    opened = Assistant.open()
    hits = opened.search(question, agreement, k, day)
    if as_json:
        typer.echo(json.dumps([hit.to_dict() for hit in hits], ensure_ascii=False, indent=2))
    else:
        typer.echo("\n\n".join(_told(opened.library, hit) for hit in hits))


def _told(library: Library, hit: Hit) -> str:
    place = library.version(hit.agreement, hit.version).display(hit.address)
    return f"{place}（{hit.address}）  {hit.score:.3f}\n{hit.quote}"


def _day(raw: str | None) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise YakkanError(
            f"--as-of の値「{raw}」は日付として読めません。2026-12-31 の形で指定してください。"
        ) from None
