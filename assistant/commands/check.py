"""`yakkan check`: do rules, notes, topics and silences still stand on the clauses?"""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from corpus.library import Library

app = typer.Typer(add_completion=False)


@app.command(
    help="計算規則・メモと条文のずれ、topics.toml・lists.toml・silences.toml の誤りを点検します。見つかれば終了コード 1 です。"
)
def check(
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力")] = False,
) -> None:
    """List what is stale or broken; exit 1 if there is anything."""
    from assistant.settings import Settings
    from corpus.library import Library

    library = Library.load(Settings.from_env().corpus)
    found = [*stale_rules(library), *stale_notes(library), *broken_files(library)]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for row in found:
            typer.echo(row["message"])
        typer.echo(f"ずれ・誤り {len(found)} 件" if found else "条文とのずれや誤りはありません。")
        typer.echo(f"点検したもの: {looked_at(library)}")
    raise SystemExit(1 if found else 0)


def looked_at(library: Library) -> str:
    """What was checked and how much of each, in words."""
    from calculators import provisions
    from corpus import lists, notes, silences, topics

    versions = tuple(provisions.versions(library))
    counts = {
        "版": len(versions),
        "計算規則の根拠": sum(
            len(provisions.load_provisions(version.folder)) for version in versions
        ),
        "メモ": sum(len(notes.load_notes(version)) for version in versions),
        "話題": len(topics.load_topics(library)),
        "一覧": sum(one.whole for one in lists.load_lists(library)),
        "定めのないこと": len(silences.load_silences(library)),
    }
    return "、".join(f"{name} {count:,}" for name, count in counts.items())


def stale_rules(library: Library) -> list[dict[str, Any]]:
    """Provisions whose words are no longer in their clause, and the rules they stop."""
    from calculators.provisions import stale

    return [
        {
            "kind": "rule",
            "agreement": s.agreement,
            "version": s.version.isoformat(),
            "clause": s.clause,
            "rules": list(s.rules),
            "words": list(s.words),
            "message": s.message,
        }
        for s in stale(library)
    ]


def stale_notes(library: Library) -> list[dict[str, Any]]:
    """Notes written for a text that the clause no longer has."""
    if find_spec("corpus.notes") is None:
        return []
    from calculators.provisions import versions
    from corpus import notes

    return [
        {
            "kind": "note",
            "agreement": version.agreement.id,
            "version": version.effective.isoformat(),
            "clause": note.address,
            "rules": [],
            "words": [],
            "message": f"{version.agreement.id} {version.effective} 版 {note.address}: メモが書かれたときの条文と異なります。このメモは使われません。",
        }
        for version in versions(library)
        for note in notes.stale_notes(version)
    ]


def broken_files(library: Library) -> list[dict[str, Any]]:
    """What is wrong in the files that run across agreements, an unreadable file included."""
    from corpus import lists, silences, topics

    return [
        *_broken("topic", topics.FILE, topics.topic_problems, library),
        *_broken("list", lists.FILE, lists.list_problems, library),
        *_broken("silence", silences.FILE, silences.silence_problems, library),
    ]


def _broken(
    kind: str, file: str, problems: Callable[[Library], tuple[str, ...]], library: Library
) -> list[dict[str, Any]]:
    from corpus.errors import YakkanError

    try:
        messages = [f"{file} {problem}" for problem in problems(library)]
    except YakkanError as error:
        messages = [str(error)]
    empty = {"agreement": "", "version": "", "clause": "", "rules": [], "words": []}
    return [{"kind": kind, **empty, "message": message} for message in messages]
