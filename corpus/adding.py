"""Taking a new agreement, or a new version of one, into the library's folder."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.dates import dates_in
from corpus.errors import YakkanError
from corpus.library import PACKAGED
from corpus.parser import parse
from corpus.readers import plain, read
from corpus.terms import Terms

_ID = re.compile(r"[a-z][a-z0-9_-]{0,30}")


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: the version's folder and the parsed text with its problems."""

    id: str
    effective: date
    folder: Path
    terms: Terms


def add(
    file: Path, id: str, *, title: str = "", effective: date | None = None, root: Path | None = None,
    force: bool = False,
) -> Added:  # fmt: skip
    """Put `file` into `<root>/<id>/<effective>/terms.txt`; raises YakkanError, changing nothing.

    effective: else the latest date that the 附則 or the title page names. A text in which no
    article is found is refused unless `force`; a version that is there is never overwritten.
    """
    if not _ID.fullmatch(id):
        raise YakkanError(
            f"規約の id「{id[:40]}」は使えません。英小文字で始まる英数字（例 gateway）にしてください。"
        )
    text = plain(file) if file.suffix.lower() in (".txt", ".md") and file.is_file() else read(file)
    terms = parse(text)
    if not terms.articles and not force:
        raise YakkanError(
            f"「{file.name}」に条（第1条…）が見つかりません。規約の本文か確かめてください。"
            "それでも追加する場合は --force を付けてください。"
        )
    day = effective or _effective(terms)
    if day is None:
        raise YakkanError(
            f"「{file.name}」から効力日を読み取れません。--effective 2026-06-01 の形で指定してください。"
        )
    folder = (root or PACKAGED) / id / day.isoformat()
    if folder.exists():
        raise YakkanError(
            f"規約「{id}」の {day} の版は既にあります。別の効力日か id を指定してください。"
        )
    _write(folder, file, text, title or terms.title or id)
    return Added(id, day, folder, terms)


def _effective(terms: Terms) -> date | None:
    """The latest date of the 附則, else the latest on the title page."""
    found = [day for node in terms.supplementary for day in dates_in(node.full_text)]
    if not found:
        front = "\n".join(
            terms.source[a:b] for (a, b), kind in terms.furniture if kind == "front matter"
        )
        found = dates_in(front)
    return max(found, default=None)


def _write(folder: Path, file: Path, text: str, title: str) -> None:
    """Write the version whole or not at all."""
    partial = folder.with_name(folder.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    if file.suffix.lower() in (".txt", ".md"):
        shutil.copyfile(file, partial / "terms.txt")
    else:
        (partial / "terms.txt").write_text(text, encoding="utf-8")
        shutil.copyfile(file, partial / f"source{file.suffix.lower()}")
    meta = folder.parent / "agreement.toml"
    if not meta.exists():
        import tomlkit

        meta.write_text(
            tomlkit.dumps({"title": title, "short": title, "aliases": [title]}), encoding="utf-8"
        )
    partial.rename(folder)
