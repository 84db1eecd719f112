"""A particle or word printed twice (当社はは), and a subject said twice in one clause."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.library import Version
from corpus.lint.finding import ERROR, INFO, WARNING, LintFinding, around, texts

CHECK = "doubled_words"
TITLE = "語の重複"

_PARTICLE = re.compile(
    r"(?<=[一-鿿ァ-ヺー）」])(は|を|が|に|で|へ)\1(?![ぁ-ん])|をを|がが(?!い)|、、|。。"
)
_WORD = re.compile(r"([一-鿿ァ-ヺー]{2,8}(?:な|の|は|を|が|に|で|と))\1")
_PAIR = re.compile(r"(または|又は|および|及び)(?=(?:に|を|が|は|へ|で)(?![ぁ-ん])|。)")
_SUBJECT = re.compile(r"(?<![一-鿿])(当社|弊社|契約者|申込者|契約申込者|利用者|会社|社員)は、?")
_OTHER = re.compile(
    r"[。\n（）()「」]|(?:者|社|員|れ|方)(?:[はが]|に対して、)|(?:ものとし|(?<!にあた)(?<!によ)(?<!際)[いきしちりみ]|かつ|また|なお)、"
)
_HAVING = re.compile(
    r"(?:^|[。、])((?:契約者|申込者|契約申込者|利用者|会員|社員)が、?[^。]*?の[一-鿿]{2,4}があった(?=とき|場合))"
)


def check(version: Version) -> Iterator[LintFinding]:
    """Doubled particles and words, a joiner with nothing after it, a subject told twice."""
    for clause, text in texts(version):
        for match in _PARTICLE.finditer(text):
            yield LintFinding(
                CHECK,
                clause.id,
                around(text, *match.span()),
                f"「{match[0]}」と重なっています。",
                ERROR,
            )
        for match in _WORD.finditer(text):
            yield LintFinding(
                CHECK,
                clause.id,
                around(text, *match.span()),
                f"「{match[1]}」が二度書かれています。",
                ERROR,
            )
        for match in _PAIR.finditer(text):
            yield LintFinding(
                CHECK,
                clause.id,
                around(text, *match.span()),
                f"「{match[1]}」のあとに並べる語がありません。",
                ERROR,
            )
        for match in _HAVING.finditer(text):
            if not re.search(r"[しちりきい]、|場合|とき|により", match[1]):
                message = "主語「…が」に「…があった」が続き、文が通りません。"
                yield LintFinding(CHECK, clause.id, match[1], message, WARNING)
        yield from _subjects(clause.id, text)


def _subjects(id: str, text: str) -> Iterator[LintFinding]:
    last: re.Match[str] | None = None
    for match in _SUBJECT.finditer(text):
        if (
            last is not None
            and last[1] == match[1]
            and not _OTHER.search(text, last.end(), match.start())
        ):
            quote = text[last.start() : match.end()]
            yield LintFinding(
                CHECK, id, quote, f"一つの文に主語「{match[1]}は」が二度あります。", INFO
            )
        last = match
