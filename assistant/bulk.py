"""Questions in bulk: JSONL in, JSONL out, streamed, one bad line never stops the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from corpus.errors import YakkanError

if TYPE_CHECKING:
    from assistant.assistant import Assistant

#: longest input line that is read, in characters
MAX_LINE = 100_000


def answer_file(
    assistant: Assistant,
    source: Path,
    target: Path | None,
    *,
    today: date,
    as_of: date | None = None,
) -> int:
    """Answer every line of `source` into `target` (standard output if None).

    Returns the number of lines that could not be answered; their output line is
    `{"id", "error": {"line", "message"}}`. The target is written atomically.
    """
    if not source.is_file():
        raise YakkanError(
            f"質問ファイル「{source}」が見つかりません。JSONL（1行に1問）のファイルを指定してください。"
        )
    failed = 0
    with source.open(encoding="utf-8", errors="replace") as lines:
        if target is None:
            return sum(
                _write(sys.stdout, row) for row in answer_lines(assistant, lines, today, as_of)
            )
        partial = target.with_name(target.name + ".part")
        with partial.open("w", encoding="utf-8") as out:
            for row in answer_lines(assistant, lines, today, as_of):
                failed += _write(out, row)
        partial.replace(target)
    return failed


def answer_lines(
    assistant: Assistant, lines: IO[str], today: date, as_of: date | None
) -> Iterator[dict[str, Any]]:
    """One output dictionary for each non-blank input line, in order."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row: Any = None
        try:
            row = json.loads(line[:MAX_LINE])
            yield _answer_row(assistant, row, today, as_of)
        except (YakkanError, ValueError, TypeError, KeyError, AttributeError) as error:
            id = row.get("id") if isinstance(row, dict) else None
            yield {"id": id, "error": {"line": number, "message": _explain(error)}}


def _answer_row(
    assistant: Assistant, row: dict[str, Any], today: date, as_of: date | None
) -> dict[str, Any]:
    if not isinstance(row, dict) or not ("question" in row or "turns" in row):
        raise YakkanError(
            "行に question も turns もありません。"
            '{"id": "1", "question": "…"} の形で書いてください。'
        )
    day = date.fromisoformat(row["today"]) if row.get("today") else today
    agreement = row.get("agreement")
    if "turns" not in row:
        answer = assistant.ask(row["question"], agreement=agreement, today=day, as_of=as_of)
        return answer.to_dict(row.get("id", ""))
    conversation = assistant.conversation(agreement=agreement, as_of=as_of)
    turns = [conversation.ask(turn["user"], today=day).to_dict() for turn in row["turns"]]
    return {"id": row.get("id", ""), "turns": turns}


def _explain(error: Exception) -> str:
    if isinstance(error, YakkanError):
        return str(error)
    return f"行を読めません（{type(error).__name__}）。JSON の形と日付（YYYY-MM-DD）を確かめてください。"


def _write(out: IO[str], row: dict[str, Any]) -> int:
    out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return int("error" in row)
