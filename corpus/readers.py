"""Reading an agreement's file into text: txt, md, html, docx and pdf, each by a library.

Headings become Markdown headings, lists Markdown lists, tables tab-separated rows, so that
one parser serves every format.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import YakkanError

if TYPE_CHECKING:
    from bs4 import Tag

#: largest file that is read, in bytes
MAX_BYTES = 20_000_000
SUFFIXES = (".txt", ".md", ".html", ".htm", ".docx", ".pdf")

_ENCODINGS = ("utf-8-sig", "cp932", "euc_jp", "utf-16")
_DROPPED = {"script", "style", "noscript", "template", "nav", "svg", "head"}
_BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "blockquote",
    "figure",
    "pre",
    "address",
    "form",
    "fieldset",
    "details",
    "summary",
}
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:p\.?\s*)?\d{1,4}(?:\s*[/／]\s*\d{1,4})?(?:\s*[-–—])?\s*(?:ページ)?\s*",
    re.IGNORECASE,
)


def read(path: Path) -> str:
    """The text of the file at `path`.

    Raises YakkanError where it is missing, too large, of another kind or damaged.
    """
    if not path.is_file():
        raise YakkanError(f"ファイル「{path}」がありません。パスを確かめてください。")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise YakkanError(
            f"「{path.name}」の形式（{suffix or '拡張子なし'}）は読めません。{' '.join(SUFFIXES)} のいずれかにしてください。"
        )
    if path.stat().st_size > MAX_BYTES:
        raise YakkanError(
            f"「{path.name}」が大きすぎます（上限 {MAX_BYTES // 1_000_000} MB）。ファイルを分けてください。"
        )
    try:
        text: str = _reader(suffix)(path)
    except YakkanError:
        raise
    except Exception as error:  # each library has its own errors for a damaged file
        raise YakkanError(
            f"「{path.name}」を読めません（{type(error).__name__}）。ファイルが壊れていないか確かめてください。"
        ) from error
    if not text.strip():
        raise YakkanError(
            f"「{path.name}」に文章がありません。画像だけの PDF ではないか確かめてください。"
        )
    return text


def _reader(suffix: str) -> Any:
    return {".html": _html_file, ".htm": _html_file, ".docx": _docx, ".pdf": _pdf}.get(
        suffix, plain
    )


def plain(path: Path) -> str:
    """A text file in UTF-8, Shift_JIS, EUC-JP or UTF-16, with its line ends as \\n."""
    raw = path.read_bytes()
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeError:
            continue
    raise YakkanError(
        f"「{path.name}」の文字コードを判別できません。UTF-8 で保存し直してください。"
    )


# -- HTML ------------------------------------------------------------------------------


def _html_file(path: Path) -> str:
    return html(plain(path))


def html(source: str) -> str:
    """The text of an HTML page, one block a line.

    >>> html("<h2>第1条 目的</h2><ol><li>一つ目<li>二つ目</ol><!-- 第2条 -->")
    '## 第1条 目的\\n\\n1. 一つ目\\n2. 二つ目\\n'
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(source, "lxml")
    text = "".join(_walk(soup.body or soup, 0))
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \xa0]+\n", "\n", text)).lstrip("\n")


def _walk(node: Tag, depth: int) -> Iterator[str]:
    from bs4.element import NavigableString, PreformattedString, Tag

    for child in node.children:
        if isinstance(child, PreformattedString):
            continue  # comments, doctypes, processing instructions
        if isinstance(child, NavigableString):
            yield re.sub(r"[ \t\r\n]+", " ", str(child)) if str(child).strip() else ""
        elif isinstance(child, Tag) and child.name not in _DROPPED:
            yield from _element(child, depth)


def _element(tag: Tag, depth: int) -> Iterator[str]:
    name = tag.name
    if name == "br":
        yield "\n"
    elif re.fullmatch(r"h[1-6]", name):
        yield f"\n{'#' * int(name[1])} {_inline(tag, depth)}\n"
    elif name in ("ol", "ul"):
        yield from _list(tag, depth)
    elif name == "dl":
        yield from _definitions(tag, depth)
    elif name == "table":
        yield from _table(tag, depth)
    elif name in _BLOCKS:
        yield "\n"
        yield "".join(_walk(tag, depth)).strip(" ")
        yield "\n"
    else:
        yield from _walk(tag, depth)


def _inline(tag: Tag, depth: int) -> str:
    return re.sub(r"\s*\n\s*", " ", "".join(_walk(tag, depth))).strip()


def _list(tag: Tag, depth: int) -> Iterator[str]:
    yield "\n"
    number = int(str(tag.get("start", "1"))) if str(tag.get("start", "1")).isdigit() else 1
    for entry in tag.find_all("li", recursive=False):
        body = "".join(_walk(entry, depth + 1)).strip()
        marked = re.match(r"[（(]?[0-9０-９一二三四五六七八九十①-⑳ア-ン]+[)）.．、]|[①-⑳]|第", body)
        mark = "" if marked else (f"{number}. " if tag.name == "ol" else "- ")
        yield f"{'    ' * depth}{mark}{body}\n"
        number += 1


def _definitions(tag: Tag, depth: int) -> Iterator[str]:
    yield "\n"
    term = ""
    for entry in tag.find_all(["dt", "dd"]):
        text = (
            "".join(_walk(entry, depth)).strip() if _opens_clause(term) else _inline(entry, depth)
        )
        if entry.name == "dt":
            if term:
                yield f"{term}\n"
            term = text
        else:
            yield (
                f"{term}\t{text}\n"
                if term and not _opens_clause(term)
                else (f"{term}\n{text}\n" if term else f"{text}\n")
            )
            term = ""
    if term:
        yield f"{term}\n"


def _opens_clause(term: str) -> bool:
    return bool(re.match(r"第\s*[0-9０-９一二三四五六七八九十百]+\s*[条章]", term))


def _table(tag: Tag, depth: int) -> Iterator[str]:
    yield "\n"
    for row in tag.find_all("tr"):
        cells = row.find_all(["th", "td"])
        yield "\t".join(_inline(cell, depth) for cell in cells) + "\n"


# -- Word ------------------------------------------------------------------------------


def _docx(path: Path) -> str:
    import docx

    from corpus.word_numbering import Numbering

    document = docx.Document(str(path))
    numbering = Numbering(document)
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += [
                "\t".join(cell.text.replace("\n", " ") for cell in row.cells) for row in block.rows
            ]
            continue
        style = (block.style.name or "") if block.style is not None else ""
        heading = re.match(r"(?:Heading|見出し)\s*(\d)", style)
        mark = numbering.mark(block)
        text = f"{mark}{block.text}"
        lines.append(f"{'#' * int(heading[1])} {text}" if heading and text.strip() else text)
        lines.append("")
    return "\n".join(lines)


# -- PDF -------------------------------------------------------------------------------


def _pdf(path: Path) -> str:
    import pypdf

    pages = [page.extract_text() or "" for page in pypdf.PdfReader(str(path)).pages]
    return "\n".join(_without_running_heads(pages))


def _without_running_heads(pages: list[str]) -> Iterator[str]:
    """Pages without page numbers and the lines that stand at the edge of most pages."""
    edges = Counter(line for page in pages for line in {*_edge(page)})
    running = {line for line, count in edges.items() if len(pages) >= 3 and count > len(pages) / 2}
    for page in pages:
        lines = page.splitlines()
        kept = [
            line for position, line in enumerate(lines)
            if not (position in (0, 1, len(lines) - 1, len(lines) - 2) and (line.strip() in running or _PAGE_NUMBER.fullmatch(line)))
        ]  # fmt: skip
        yield "\n".join(kept)


def _edge(page: str) -> list[str]:
    lines = [line.strip() for line in page.splitlines() if line.strip()]
    return lines[:1] + lines[-1:]
