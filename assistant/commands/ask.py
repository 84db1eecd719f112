"""`yakkan ask`: one question for a person or a program, or a file of questions in bulk."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import YakkanError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.assistant import Assistant

app = typer.Typer(add_completion=False)


@app.command(help="質問に、条文そのままの引用で答えます。")
def ask(
    question: Annotated[str | None, typer.Argument(help="質問の文章")] = None,
    agreement: Annotated[str | None, typer.Option(help="対象の規約 (sg / vpn / msp)")] = None,
    as_of: Annotated[str | None, typer.Option(help="この日に効力のある版で答える")] = None,
    today: Annotated[str | None, typer.Option(help="「今日」とみなす日 YYYY-MM-DD")] = None,
    audience: Annotated[str, typer.Option(help="customer / agent / record / reply")] = "customer",
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力")] = False,
    input: Annotated[Path | None, typer.Option(help="一括: 質問の JSONL")] = None,
    output: Annotated[Path | None, typer.Option(help="一括: 回答の JSONL")] = None,
) -> None:
    """Answer `question`, or every line of `--input`."""
    from assistant.assistant import Assistant

    day = _day(today, "--today") or date.today()  # the command line is where time comes in
    in_force = _day(as_of, "--as-of")
    if input is not None:
        from assistant.bulk import answer_file

        failed = answer_file(Assistant.open(), input, output, today=day, as_of=in_force)
        raise typer.Exit(1 if failed else 0)
    if not question or not question.strip():
        raise YakkanError(
            '質問がありません。例: yakkan ask "VPNを途中で解約したら違約金はかかりますか"'
        )
    assistant = Assistant.open()
    answer = assistant.ask(question, agreement=agreement, today=day, as_of=in_force)
    _journal(assistant, answer)
    if as_json:
        typer.echo(json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
    else:
        _show(answer, audience)


def _journal(assistant: Assistant, answer: Answer) -> None:
    """Write the answer to the journal where an operator has set one."""
    if assistant.settings.journal and assistant.settings.journal != "off":
        from assistant.journal import Journal
        from assistant.provenance import corpus_fingerprint, index_fingerprint

        Journal.open(assistant.settings).record(
            answer,
            audience=assistant.settings.audience,
            corpus=corpus_fingerprint(assistant.library),
            index=index_fingerprint(assistant.searcher),
        )


def _show(answer: Answer, audience: str) -> None:
    from assistant import rendering

    renderings: dict[str, Any] = {
        "customer": rendering.customer,
        "agent": rendering.agent,
        "record": rendering.record,
        "reply": rendering.reply,
    }
    if audience not in renderings:
        raise YakkanError(
            f"--audience の値「{audience}」は使えません。{' / '.join(renderings)} から選んでください。"
        )
    text = renderings[audience](answer)
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.text import Text

        shown = Text(text)
        shown.highlight_words(rendering.decisive_words(answer), style="bold underline")
        Console().print(shown)
    else:
        typer.echo(text)


def _day(raw: str | None, option: str) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise YakkanError(
            f"{option} の値「{raw}」は日付として読めません。2026-12-31 の形で指定してください。"
        ) from None
