"""Opening a text as a version: an agreement of the library, a dated version, or a file.

A specification is `vpn` (the newest), `vpn@2024-02-20` (in force on that day) or the path
of a file. A file becomes a version that stands in no folder of the library.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from corpus.errors import YakkanError
from corpus.library import Agreement, Library, Version
from corpus.readers import SUFFIXES, read

_SPEC = re.compile(r"([A-Za-z][A-Za-z0-9_-]*)(?:@(.+))?")


class NotOpened(YakkanError):
    """A specification that names neither a version nor a readable file."""


def version_of_text(text: str, id: str = "text", effective: date = date.min) -> Version:
    """A version made of `text`, with no folder of notes or provisions beside it.

    >>> version_of_text("第1条（目的）\\n本規約は目的を定めます。").get("text:1.1").caption
    '目的'
    """
    folder = Path("/nonexistent")
    agreement = Agreement(id, id, id, (), "", (effective,), folder)
    version = Version(agreement, effective, text, folder)
    title = version.terms.title or id
    named = Agreement(id, title, title, (), "", (effective,), folder)
    return Version(named, effective, text, folder)


def open_version(spec: str, library: Library, id: str | None = None) -> Version:
    """The version that `spec` names; a file takes `id` as its agreement's id.

    Raises NotOpened, VersionNotHeld or the YakkanError of a file that cannot be read.
    """
    match = _SPEC.fullmatch(spec)
    if match and match[1] in library.ids:
        return library.version(match[1], _day(match[2], spec))
    path = Path(spec)
    if path.is_file():
        return version_of_text(read(path), id or _id_of(path))
    raise NotOpened(
        f"「{spec[:100]}」を開けません。規約の名前（{' / '.join(library.ids)}）、"
        f"「{library.ids[0]}@日付」、または {' '.join(SUFFIXES)} のファイルを指定してください。"
    )


def _day(printed: str | None, spec: str) -> date | None:
    if not printed:
        return None
    try:
        return date.fromisoformat(printed)
    except ValueError:
        raise NotOpened(
            f"「{spec[:100]}」の日付「{printed[:40]}」を読めません。"
            "2024-02-20 のように年-月-日で書いてください。"
        ) from None


def _id_of(path: Path) -> str:
    """An id for a file: the letters of its name."""
    plain = re.sub(r"[^A-Za-z0-9_-]", "", path.stem)
    return plain if plain[:1].isalpha() else "text"
