"""Sentences that break off and words that lost characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from corpus.library import Version
from corpus.lint.finding import ERROR, INFO, WARNING, LintFinding, own_clauses, texts
from corpus.tokens import analyse

CHECK = "cut_off"
TITLE = "文の途切れ・脱字"

_ENDS_OPEN = re.compile(r"(?:[、，]|ものと|ものとし|および|及び|または|又は|かつ|並びに|ならびに)$")
_VERB_END = re.compile(
    r"(?:ます|ません|ました|です|する|できる|いう|よる|ある|ない|とき|場合|こと|行為)$"
)
#: a pattern of lost characters, what is missing
_LOST: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"(?:であ|にあ)(?:とき|場合)(?=[。、])"), "「る」などの字が抜けています。", ERROR),
    (re.compile(r"(?:と|もの)する(?=$|\n)|ものする。|ことする。|ことできる|ことでき(?:ない|ませ)"), "助詞（と・が）が抜けています。", ERROR),
    (re.compile(r"を(?:希望|予定)する[0-9０-９一二三四五六七八九十]+[ 　]?(?:日|か月|ヶ月|カ月|カ月|週間)前"), "起算する日（「日の」など）が抜けています。", ERROR),
    (re.compile(r"(?:てい|でい)(?:ものと|とき|場合)|されいる|されてる|ことします"), "字が抜けています。", ERROR),
    (re.compile(r"[ァ-ヺー一-鿿](?:または|又は|もしくは|若しくは)[ァ-ヺー]+(?:接続|利用|使用|設置)する(?=[ァ-ヺ])"), "助詞（に・を・の）が抜けています。", WARNING),
)  # fmt: skip
_BARE = re.compile(r"[一-鿿]る(?=とき|場合|もの|こと|者)")
_RUN_ON = re.compile(r"(?:事項|とき|もの|こと|場合|行為)(なお|また|ただし|この場合)(?=、)")
_STOPPED = re.compile(r"(?:限り|ものとし|とし|あり|ません|ます)、(ただし)、")
_POLITE = re.compile(r"(?:ます|ません|ました|です|でした)。")
_PLAIN_STYLE = re.compile(r"[^。\n]{0,14}(?:する|できる|ある|ない|とする|いう|よる)。")


def check(version: Version) -> Iterator[LintFinding]:
    """Sentences without an end, words without a character, a lost full stop."""
    for clause, text in texts(version):
        for pattern, message, severity in _LOST:
            for match in pattern.finditer(text):
                yield LintFinding(CHECK, clause.id, match[0], message, severity)
        for match in _BARE.finditer(text):
            if _is_broken(text, match.end()):
                quote = text[max(0, match.start() - 3) : match.end() + 2]
                yield LintFinding(
                    CHECK,
                    clause.id,
                    quote,
                    "名詞のすぐあとに「る」があり、字が抜けています。",
                    ERROR,
                )
        for match in _RUN_ON.finditer(text):
            message = f"「{match[1]}」の前の文が閉じていません（句点か語が抜けています）。"
            yield LintFinding(CHECK, clause.id, match[0], message, ERROR)
        for match in _STOPPED.finditer(text):
            yield LintFinding(
                CHECK, clause.id, match[0], "「ただし」の前の文が閉じていません。", WARNING
            )
    yield from _open_ends(version)
    yield from _missing_stops(version)
    yield from _styles(version)


def _is_broken(text: str, end: int) -> bool:
    """Whether the る that ends at `end` hangs on a noun (以外る), by morphological analysis."""
    pieces = analyse(text[max(0, end - 16) : end + 2])
    at = 0
    for before, piece in pairwise(pieces):
        at += len(before.surface)
        if piece.surface == "る" and at == min(end, 16) - 1:
            return before.pos1 == "名詞"
    return False


def _open_ends(version: Version) -> Iterator[LintFinding]:
    for clause in own_clauses(version):
        if version.children(clause.address) and clause.level != "suppl":
            continue
        last = clause.text.rstrip().rsplit("\n", 1)[-1]
        if _ENDS_OPEN.search(last):
            quote = last[-24:]
            yield LintFinding(CHECK, clause.id, quote, "文が途中で終わっています。", ERROR)


def _missing_stops(version: Version) -> Iterator[LintFinding]:
    """An item without 。 among siblings that have it; a paragraph that ends in a verb without."""
    for clause in own_clauses(version):
        items = [c for c in version.children(clause.address) if c.level in ("item", "subitem")]
        ends = [i.text.rstrip().endswith(("。", "」", "）", ")", ">")) for i in items if i.text]
        if len(ends) >= 3 and sum(ends) >= 0.75 * len(ends):
            for item in items:
                if (
                    item.text
                    and not version.children(item.address)
                    and not item.text.rstrip().endswith(("。", "」", "）", ")", ">"))
                ):
                    message = "ほかの号と違い、句点がありません。"
                    yield LintFinding(CHECK, item.id, item.text.rstrip()[-20:], message, INFO)
    yield from _unstopped(version)


def _unstopped(version: Version) -> Iterator[LintFinding]:
    """A paragraph without 。 in a text whose paragraphs have it."""
    ends = [
        (clause, clause.text.rstrip())
        for clause in own_clauses(version)
        if clause.level == "paragraph" and clause.text and not version.children(clause.address)
    ]
    stopped = sum(text.endswith("。") for _, text in ends)
    if len(ends) < 10 or stopped < 0.9 * len(ends):
        return
    for clause, text in ends:
        last = text.rsplit("\n", 1)[-1]
        if last != text or len(last) < 12:
            continue  # a list in lines, a heading
        if re.search(r"[。．.：:」』）)>＞|]$", last) or "\t" in last or _ENDS_OPEN.search(last):
            continue
        whole = _VERB_END.search(last)
        message = "文末に句点がありません。" if whole else "文が途中で終わっています。"
        yield LintFinding(CHECK, clause.id, last[-20:], message, INFO if whole else ERROR)


def _styles(version: Version) -> Iterator[LintFinding]:
    """A sentence in である style in a text that is otherwise in です・ます."""
    sentences = [(clause, text) for clause, text in texts(version)]
    polite = sum(len(_POLITE.findall(text)) for _, text in sentences)
    plain = [
        (clause, match)
        for clause, text in sentences
        if clause.level in ("paragraph", "suppl")
        for match in _PLAIN_STYLE.finditer(_unbracketed(text))
    ]
    if polite < 20 or len(plain) > 0.1 * polite:
        return
    for clause, match in plain:
        quote = match[0] if match[0] in clause.full_text else match[0][-6:]
        yield LintFinding(
            CHECK,
            clause.id,
            quote,
            "この文だけ「です・ます」でなく「する・である」で終わっています。",
            INFO,
        )


def _unbracketed(text: str) -> str:
    """The text with what stands in brackets blanked."""
    previous = None
    while previous != text:
        previous, text = (
            text,
            re.sub(r"[（(][^（()）]*[）)]|「[^「」]*」", lambda m: "\n" * len(m[0]), text),
        )
    return text
