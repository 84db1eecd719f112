"""`yakkan corpus`: list, show, parse and add agreements; the compliance commands join here."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from corpus.errors import YakkanError

if TYPE_CHECKING:
    from corpus.address import Address
    from corpus.clause import Clause
    from corpus.library import Library, Version

app = typer.Typer(add_completion=False, no_args_is_help=True)


def library() -> Library:
    """The library of the operator's folder, or the packaged one."""
    from assistant.settings import Settings
    from corpus.library import Library

    return Library.load(Settings.from_env().corpus)


def day(raw: str | None, option: str = "--as-of") -> date | None:
    """A date option; raises YakkanError for anything but YYYY-MM-DD."""
    if raw is None:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise YakkanError(
            f"{option} の値「{raw}」は日付として読めません。2026-12-31 の形で指定してください。"
        ) from None


@app.command("list", help="収録している規約と版を一覧します。")
def list_agreements(as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Every agreement with its versions."""
    rows = [_agreement_row(version) for id in library().ids for version in library().versions(id)]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        typer.echo(
            f"{row['id']:<6}{row['effective']}  {row['title']}"
            f"（{row['chapters']}章 {row['articles']}条 {row['paragraphs']}項）"
        )


def _agreement_row(version: Version) -> dict[str, Any]:
    articles = version.articles()
    return {
        "id": version.agreement.id,
        "title": version.agreement.title,
        "effective": version.effective.isoformat(),
        "chapters": len(version.terms.chapters),
        "articles": len(articles),
        "paragraphs": sum(len(version.children(a.address)) for a in articles),
        "hash": version.hash,
    }


@app.command(help="条項を、規約の文言のまま表示します。例: yakkan corpus show 'sg:18.1(2)①'")
def show(
    address: Annotated[
        str, typer.Argument(help="条項の番地 (sg:18.1、『SG 第18条第1項』も可) または規約 (sg)")
    ],
    as_of: Annotated[str | None, typer.Option(help="この日に効力のある版")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """One clause word for word, or the table of contents of an agreement."""
    held = library()
    if address.lower() in held.ids:
        _contents(held.version(address.lower(), day(as_of)), as_json)
        return
    version, clauses = _addressed(held, address, day(as_of))
    if as_json:
        rows = [_clause_row(version, clause) for clause in clauses]
        typer.echo(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False, indent=2))
        return
    for clause in clauses:
        caption = f"（{clause.caption}）" if clause.caption else ""
        typer.echo(
            f"{version.display(clause.address)}{caption}  [{clause.id} / {version.effective} 版]"
        )
        typer.echo(clause.full_text)


def _addressed(held: Library, text: str, as_of: date | None) -> tuple[Version, list[Clause]]:
    """The clauses at an address as stored (sg:18.1) or as printed (「SG 第18条第1項」).

    「附則」 alone is all of them. Raises what the library raises for what there is not.
    """
    from corpus.address import SUPPLEMENTARY, Address, AddressError

    try:
        at = Address.parse(text)
    except AddressError:
        at = _as_printed(held, text)
    known = at.agreement.lower()
    at = replace(at, agreement=known if known in held.ids else at.agreement)
    version = held.version(at.agreement, as_of)
    if at.article == SUPPLEMENTARY and at.paragraph is None:
        every = [c for c in version.clauses() if c.level == "suppl"]
        return version, [c for c in every if c.address.article == SUPPLEMENTARY] or [
            version.clause(at)
        ]
    return version, [version.clause(at)]


def _as_printed(held: Library, text: str) -> Address:
    """The one clause that a text names as it is printed; raises AddressError otherwise."""
    from assistant.question import understand
    from corpus.address import Address

    read = understand(text, today=date.min, library=held)
    if len(read.meant) != 1 or len(read.mentions) != 1:
        return Address.parse(text)  # says how an address is written
    one = read.mentions[0]
    return Address(read.meant[0], one.article, one.paragraph, one.item, one.subitem)


def _clause_row(version: Version, clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "display": version.display(clause.address),
        "caption": clause.caption,
        "chapter": clause.chapter,
        "level": clause.level,
        "text": clause.text,
        "full_text": clause.full_text,
        "version": version.effective.isoformat(),
        "hash": clause.hash,
        "line": clause.line,
    }


def _contents(version: Version, as_json: bool) -> None:
    rows = [_clause_row(version, c) for c in version.clauses()]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    typer.echo(f"{version.agreement.title}（{version.effective} 版）")
    chapter = ""
    for clause in version.articles():
        if clause.chapter != chapter:
            chapter = clause.chapter
            typer.echo(chapter)
        typer.echo(f"  {clause.marker}（{clause.caption}）  {clause.id}")
    supplementary = [clause for clause in version.clauses() if clause.level == "suppl"]
    for number, clause in enumerate(supplementary):
        if not number:
            typer.echo("附則")
        typer.echo(f"  {version.display(clause.address)}  {clause.id}")


@app.command(help="規約のファイルを解析します（txt / md / html / docx / pdf）。")
def parse(
    file: Annotated[Path, typer.Argument(help="規約のファイル")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Parse a file and report what was odd; nothing is stored."""
    from corpus.parser import parse as parse_text
    from corpus.readers import read

    terms = parse_text(read(file))
    if as_json:
        typer.echo(json.dumps(terms.to_dict(), ensure_ascii=False, indent=2))
    else:
        _summary(terms)
    if not terms.articles:
        raise typer.Exit(1)


def _summary(terms: Any) -> None:
    paragraphs = sum(len(a.of("paragraph")) for a in terms.articles)
    typer.echo(
        f"{terms.title or '（表題なし）'}: {len(terms.chapters)}章 {len(terms.articles)}条 {paragraphs}項 "
        f"附則{len(terms.supplementary)}"
    )
    for problem in terms.problems:
        typer.echo(f"  注意 {problem.line}行目: {problem.message} {problem.text[:40]}")


@app.command(help="規約のファイルを収録します。")
def add(
    file: Annotated[Path, typer.Argument(help="規約のファイル (txt / md / html / docx / pdf)")],
    id: Annotated[str, typer.Option(help="規約の id（英小文字）")],
    title: Annotated[str, typer.Option(help="規約の表題（省略時は本文から）")] = "",
    effective: Annotated[str | None, typer.Option(help="効力日（省略時は附則から）")] = None,
    force: Annotated[bool, typer.Option(help="条が見つからなくても収録する")] = False,
) -> None:
    """Store a new agreement or version and say what was odd in it."""
    from assistant.settings import Settings
    from corpus.adding import add as add_file

    added = add_file(
        file,
        id,
        title=title,
        effective=day(effective, "--effective"),
        root=Settings.from_env().corpus,
        force=force,
    )
    typer.echo(f"収録しました: {added.id} {added.effective} 版")
    _summary(added.terms)


@app.command(help="メモ（notes.toml）に条文のハッシュを記入します（空欄のものだけ）。")
def stamp(agreement: Annotated[str, typer.Argument(help="規約の id")]) -> None:
    """Tie freshly written notes to the text that they were written for."""
    from corpus.notes import stamp as stamp_notes

    version = library().version(agreement)
    typer.echo(f"{agreement}: {stamp_notes(version)} 件に記入しました。")


def _register_desk() -> None:
    """The compliance commands (diff, compare, lint, export, as-of)."""
    from assistant.commands import corpus_desk

    corpus_desk.register(app)


_register_desk()
