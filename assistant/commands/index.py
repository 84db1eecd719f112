"""`yakkan index`: build the search index ahead of time, or say what state it is in."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.errors import YakkanError

if TYPE_CHECKING:
    from index.building import Status
    from index.search import Searcher

app = typer.Typer(add_completion=False, no_args_is_help=True)


def open_searcher() -> Searcher:
    """The searcher that the environment's settings describe."""
    from assistant.settings import Settings
    from corpus.library import Library
    from index.search import Searcher

    settings = Settings.from_env()
    library = Library.load(settings.corpus)
    return Searcher.open(library, store=settings.index, embedder=settings.embedder)


@app.command(help="検索索引を作成します（足りない分だけ埋め込みます）。")
def build(
    ship: Annotated[
        bool, typer.Option("--ship", help="パッケージに同梱する索引 (index/data) を作り直す")
    ] = False,
) -> None:
    """Build what is missing; with `--ship`, rewrite the files inside the package."""
    from index import building

    searcher = open_searcher()
    if ship:
        try:
            files = building.ship(searcher)
        except OSError as error:
            raise YakkanError(
                f"同梱する索引を書き込めません（{error}）。"
                "書き込めるソースの場所で実行するか、--ship を外してください。"
            ) from None
        typer.echo("\n".join(f"{f}  {f.stat().st_size / 1e6:.1f} MB" for f in files))
    else:
        building.build(searcher)
        typer.echo(_told(building.status(searcher)))


@app.command(help="検索索引の状態を示します（何も書き込みません）。")
def status(
    as_json: Annotated[bool, typer.Option("--json", help="JSON で出力")] = False,
) -> None:
    """Say whether the first search has to build or embed anything."""
    from index import building

    found = building.status(open_searcher())
    if as_json:
        told = {
            "ready": found.ready,
            "agreements": list(found.agreements),
            "documents": found.documents,
            "texts": found.texts,
            "words": found.words,
            "notice": found.notice,
            "missing": found.missing,
            "embedder": found.embedder,
            "store": str(found.store),
        }
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        typer.echo(_told(found))


def _told(found: Status) -> str:
    places = {"packaged": "同梱の索引を使用", "store": f"{found.store} の索引を使用"}
    words = places.get(found.words) or f"未作成（{found.notice or '索引がありません'}）"
    vectors = "すべてあり" if not found.missing else f"{found.missing:,}件が未作成"
    advice = (
        "" if found.ready else "\n初回の検索が遅くなります。yakkan index build で作成できます。"
    )
    return (
        f"規約: {'、'.join(found.agreements)}\n条文: {found.documents:,}件\n"
        f"語の索引: {words}\n"
        f"ベクトル: {found.texts:,}件のうち{vectors}（{found.embedder}）{advice}"
    )
