"""A permission among prohibitions, a prohibition among duties, an item of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import mode

from corpus.clause import Clause
from corpus.library import Version
from corpus.lint.finding import WARNING, LintFinding, own_clauses

CHECK = "prohibition_permission"
TITLE = "列挙の性質違い"

_LIST = re.compile(r"(?:次|以下|下記)(?:の|に掲げる)")
_BAN_HEAD = re.compile(
    r"(?:次|以下|下記)(?:の|に掲げる)(?:(?!該当し|満たさ)[^。])*?(?:行わない|しない|てはな|ってはな|できない|できません|出来ない|できないもの|禁止|禁じ)|禁止(?:行為|事項)"
)
_DUTY_HEAD = re.compile(r"遵守|守る|従う|留意")
_BANS = re.compile(r"(?:ない|しない|行わない|ならない|禁止)(?:もの)?[ 　]?(?:こと)?[。]?$")
_ALLOWS = re.compile(
    r"(?:できる|できます|認める|妨げない)(?:もの|こと)?(?:とし|とする)?(?:ます)?。?$"
)
_ACT = re.compile(r"(?:行為|こと|作成|複製|使用|利用)。?$")
_GROUND = re.compile(r"(?:とき|場合|者|事由|判明したとき)。?$")
_SENTENCE = re.compile(
    r"^(?:当社|弊社|会社|契約者|契約申込者|申込者|利用者|会員|甲|乙)は、.*(?:ます|ません|ものとします|ものとする|する|ない)。$",
    re.DOTALL,
)


def check(version: Version) -> Iterator[LintFinding]:
    """Items whose nature differs from that of their list."""
    for clause in own_clauses(version):
        items = [c for c in version.children(clause.address) if c.level in ("item", "subitem")]
        if len(items) >= 2 and _LIST.search(clause.text):
            yield from _kinds(clause, items)


def _kinds(head: Clause, items: list[Clause]) -> Iterator[LintFinding]:
    first = [_first(item.text) for item in items]
    if _BAN_HEAD.search(head.text):
        for item, words in zip(items, first, strict=True):
            if _ALLOWS.search(words):
                yield _finding(item, words, "禁止事項の中に、してよいことが挙げられています。")
    elif _DUTY_HEAD.search(head.text):
        bans = [bool(_BANS.search(words)) for words in first]
        if 0 < bans.count(False) < len(bans):
            for item, words, ban in zip(items, first, bans, strict=True):
                if (
                    not ban
                    and sum(bans) >= len(bans) / 2
                    and re.search(r"(?:作成|複製|利用|使用|コピー)。?$", words)
                ):
                    yield _finding(
                        item, words, "してはならないことの列挙に、してよい行為が挙げられています。"
                    )
    yield from _odd_sentence(items, first)


def _odd_sentence(items: list[Clause], first: list[str]) -> Iterator[LintFinding]:
    """A whole provision (当社は…ものとします。) as an item of a list of grounds or acts."""
    sentences = [bool(_SENTENCE.search(item.text)) for item in items]
    natures = [_nature(words) for words in first]
    if sum(sentences) != 1 or mode(natures) == "":
        return
    place = sentences.index(True)
    others = [n for at, n in enumerate(natures) if at != place]
    if all(n == others[0] != "" for n in others):
        item = items[place]
        yield _finding(
            item,
            _first(item.text),
            "事由や行為の列挙の中に、独立した項であるべき文が号として置かれています。",
        )


def _nature(words: str) -> str:
    if _GROUND.search(words):
        return "ground"
    return "act" if _ACT.search(words) else ""


def _first(text: str) -> str:
    """The first sentence of an item, without brackets at its end."""
    sentence = re.split(r"(?<=。)|\n", text.strip(), maxsplit=1)[0]
    return re.sub(r"[（(][^（()）]*[）)](?=。?$)", "", sentence).strip()


def _finding(item: Clause, words: str, message: str) -> LintFinding:
    quote = words if words in item.full_text else item.text[:40]
    return LintFinding(CHECK, item.id, quote, message, WARNING)
