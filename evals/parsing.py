"""Evaluates the parser on sample texts whose counts of chapters, articles, … are known.

The samples are a folder with a `truth.json`: file name -> {"chapters", "articles",
"paragraphs": {"第７条": 3}, "items": {"第７条第1項": 7}, "fusoku": "yes|no"}. The parser is asked
through `yakkan corpus parse FILE --json`, as anyone else would.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus.errors import YakkanError
from evals.figures import Failure, Figure, Section, averaged

_PLACE = re.compile(r"第(\d+)条(?:の(\d+))?\s*(?:第?\(?(\d+)項\)?)?")


def place(key: str) -> tuple[str, int]:
    """Article number and paragraph (1 where none is named) of a key of truth.json.

    >>> place("第７条第3項"), place("第２条(1項)"), place("第25条の2")
    (('7', 3), ('2', 1), ('25の2', 1))
    """
    found = _PLACE.match(unicodedata.normalize("NFKC", key))
    if found is None:
        raise YakkanError(f"truth.json の「{key}」を読めません。第7条第3項 の形で書いてください。")
    article = found[1] + (f"の{found[2]}" if found[2] else "")
    return article, int(found[3] or 1)


def checks(parsed: Mapping[str, Any], truth: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """(what, expected, found) for everything that truth says of one file."""
    articles = {str(one["number"]): one for one in parsed["articles"]}
    yield "章", truth["chapters"], len(parsed.get("chapters", []))
    yield "条", truth["articles"], len(parsed["articles"])
    yield "附則", truth["fusoku"] == "yes", bool(parsed.get("supplementary"))
    for key, count in truth["paragraphs"].items():
        found = articles.get(place(key)[0], {})
        yield f"{key}の項", count, len(found.get("paragraphs", []))
    for key, count in truth["items"].items():
        article, number = place(key)
        paragraphs = articles.get(article, {}).get("paragraphs", [])
        items = paragraphs[number - 1].get("items", []) if len(paragraphs) >= number else []
        yield f"{key}の号", count, len(items)


def section(folder: Path) -> Section:
    """Parse every sample and compare; the figure is the share of counts that are right."""
    truth = _truth(folder)
    groups: dict[str, tuple[Figure, ...]] = {}
    failures, values = [], []
    for name, expected in truth.items():
        rows = list(checks(parse(folder / name), expected))
        right = [float(want == found) for _, want, found in rows]
        values += right
        groups[name] = (averaged(f"parser.{name}", "一致率", right),)
        failures += [
            Failure(name, what, str(want), str(found), "数が合わない")
            for what, want, found in rows
            if want != found
        ]
    figures = (averaged("parser.counts", "構造の一致率", values),)
    return Section("parser", "構文解析", figures, {"set": groups}, tuple(failures))


def _truth(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / "truth.json"
    if not path.is_file():
        raise YakkanError(
            f"「{folder}」に truth.json がありません。--samples か環境変数 YAKKAN_SAMPLES で"
            "見本のフォルダを指定してください。"
        )
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return found


def parse(path: Path) -> dict[str, Any]:
    """What `yakkan corpus parse FILE --json` prints; raises YakkanError if it fails."""
    found: dict[str, Any] = command(["corpus", "parse", str(path), "--json"])
    return found


def command(arguments: list[str], env: Mapping[str, str] | None = None) -> Any:
    """The JSON that a `yakkan` command prints, run in this process."""
    from click.testing import CliRunner

    from assistant.cli import root

    result = CliRunner().invoke(root, arguments, env=env)
    try:
        return json.loads(result.stdout)
    except ValueError:
        raise YakkanError(
            f"yakkan {' '.join(arguments)} が JSON を返しません: {result.exception or result.output[:200]}"
        ) from None
