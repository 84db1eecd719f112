"""One term defined twice, or one abbreviation given to two things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from corpus.definitions import Definition, definitions
from corpus.library import Version
from corpus.lint.finding import WARNING, LintFinding, around, texts

CHECK = "double_definition"
TITLE = "二重の定義"

_GLOSS = re.compile(
    r"(?P<term>[一-鿿ァ-ヺー]{2,14})（(?P<text>[^（）]{6,60})）(?=と(?:な|し)|をい)"
)


def check(version: Version) -> Iterator[LintFinding]:
    """Terms with two definitions that may hold at the same place."""
    by_term: defaultdict[str, list[Definition]] = defaultdict(list)
    for definition in definitions(version):
        by_term[re.sub(r"\s", "", definition.term)].append(definition)
    for term, found in by_term.items():
        articles = {d.address.article for d in found}
        for second in found[1:]:
            if (second.local or found[0].local) and len(articles) > 1:
                continue
            quote = version.clause(second.address).full_text[slice(*second.span)]
            message = (
                f"「{term}」は{found[0].address}でも定義されています。どちらの意味か分かりません。"
            )
            yield LintFinding(CHECK, str(second.address), quote, message, WARNING)
    yield from _glossed(version, by_term)


def _glossed(version: Version, by_term: dict[str, list[Definition]]) -> Iterator[LintFinding]:
    """契約期間（サービスの提供開始日より、…）となります: a defined term explained anew."""
    for clause, text in texts(version):
        for match in _GLOSS.finditer(text):
            for definition in by_term.get(match["term"], ()):
                if definition.address != clause.address and "以下" not in match["text"]:
                    message = f"「{match['term']}」を改めて説明していますが、{definition.address}で定義しています。"
                    yield LintFinding(
                        CHECK, clause.id, around(text, *match.span(), 0), message, WARNING
                    )
