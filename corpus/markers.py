"""Stage 2 of the parser: what a line may begin with, as one table of patterns.

A `Marker` says which kind of clause the line could open, its number and where its text
begins. Whether it really opens one depends on what stands around it; the parser decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.lines import Line
from corpus.numerals import CIRCLED, IROHA, KATAKANA, NUMERAL_CHARS, to_int

_N = rf"[{NUMERAL_CHARS}]+(?:[ 　]?[0-9０-９]+)?"
_GAP = r"[ \t　\xa0]"
_OF = rf"(?:{_GAP}*の{_GAP}*[{NUMERAL_CHARS}]+)*"
_B = r"(?:\*\*|__)?"

_DIVISION = re.compile(
    rf"{_B}第{_GAP}*({_N}){_GAP}*(編|章|節|款){_OF}{_B}(?:{_GAP}*[:：]?{_GAP}*)(?=\S|$)"
)
_ARTICLE = re.compile(rf"{_B}第{_GAP}*({_N}){_GAP}*条({_OF}){_B}")
_PAREN = re.compile(rf"{_GAP}*[（(]([^（）()]*(?:[（(][^（）()]*[）)][^（）()]*)*)[）)]{_B}")
#: what follows a mention of an article inside a sentence, never a heading
_MENTION = re.compile(
    r"[、。，,．]|[にのをがはでともや](?![^\n]{0,12}$)|および|及び|または|又は|ならびに|並びに|若しくは|もしくは|各号|各項|第|から|まで|ただし書|本文|に|の|を|が|は"
)
_SUPPLEMENTARY = re.compile(
    rf"{_B}[\[［（(【〔]?{_GAP}*附{_GAP}*則{_GAP}*[\]］）)】〕]?{_B}(?={_GAP}|$|[（(：:])"
)
_APPENDIX = re.compile(
    rf"{_B}[\[［【〔]?(?:別{_GAP}*[表紙]|別記|様式){_GAP}*(?:第?{_GAP}*({_N}))?{_GAP}*[\]］】〕]?{_B}(?={_GAP}|$|[（(：:])"
)
_NOTE = re.compile(
    rf"[（(]{_GAP}*注{_GAP}*[0-9０-９]*{_GAP}*[）)]|※{_GAP}*注?[0-9０-９]*[:：]?|注{_GAP}*[0-9０-９]*[:：．.]|【注】"
)
_END = re.compile(rf"(?:以{_GAP}*上|[（(]以{_GAP}*上[）)])[。]?")
_CAPTION = re.compile(
    r"[（(【]([^（）()【】]{1,60}(?:[（(][^（）()]*[）)])?[^（）()【】]{0,30})[）)】]"
)
_TABLE = re.compile(r"\|.*\||[^\t]+\t.*")

_PLAIN = re.compile(rf"([0-9０-９]+)(?:([.．、)）]){_GAP}*|{_GAP}+)(?=\S|$)")
_KOU = re.compile(rf"第{_GAP}*({_N}){_GAP}*([項号])(?:{_GAP}+|[：:．.]{_GAP}*)(?=\S)")
_ITEMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("paren", re.compile(rf"[（(]{_GAP}*([0-9０-９]+){_GAP}*[）)]{_GAP}*(?=\S|$)")),
    (
        "paren_kanji",
        re.compile(rf"[（(]{_GAP}*([一二三四五六七八九十]+){_GAP}*[）)]{_GAP}*(?=\S|$)"),
    ),
    ("circled", re.compile(rf"([{CIRCLED}]){_GAP}*(?=\S|$)")),
    (
        "kanji",
        re.compile(rf"([一二三四五六七八九十]{{1,3}})(?:[.．、]{_GAP}*|{_GAP}+|(?=「))(?=\S)"),
    ),
    ("paren_kana", re.compile(rf"[（(]{_GAP}*([{KATAKANA}]){_GAP}*[）)]{_GAP}*(?=\S|$)")),
    ("iroha", re.compile(rf"([{IROHA[:14]}])(?:[.．、)）]{_GAP}*|{_GAP}+)(?=\S)")),
    ("katakana", re.compile(rf"([{KATAKANA}])(?:[.．、)）]{_GAP}*|{_GAP}+)(?=\S)")),
    ("roman", re.compile(rf"[（(]?(i{{1,3}}|iv|v|vi{{1,3}}|ix|x|[ⅰ-ⅹ])[)）.]{_GAP}*(?=\S)")),
    ("alpha", re.compile(rf"[（(]?([a-z])[)）.．]{_GAP}*(?=\S)")),
)
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


@dataclass(frozen=True, slots=True)
class Marker:
    """What a line could open. `at` is where its text begins in `Line.text`.

    kind: division, article, suppl, appendix, note, end, caption, table, number, item;
    style: how the mark is printed (paren, circled, kanji, …; for divisions 編 章 節 款);
    number: its value (0 where it has none); branch: "の2"; caption, caption_at: a printed
    caption and its start.
    """

    kind: str
    style: str = ""
    number: int = 0
    branch: str = ""
    printed: str = ""
    at: int = 0
    caption: str = ""
    caption_at: int = -1


def division(line: Line) -> Marker | None:
    """第1章 総則, 第二節 …; a sentence that begins with one is no heading."""
    match = _DIVISION.match(line.text)
    if match is None or (number := to_int(match[1])) is None:
        return None
    title = line.text[match.end() :]
    if (
        title.endswith("。")
        or re.match(r"[のにをがは、]", title)
        or (len(title) > 50 and not line.heading)
    ):
        return None
    return Marker(
        "division", match[2], number, printed=match[0], at=match.end(), caption=title.strip("*_ 　")
    )


def article(line: Line) -> Marker | None:
    """第5条（…）, **第１条**　…, ### 第25条の2　深夜業; not 「第41条（…）、第44条…」."""
    match = _ARTICLE.match(line.text)
    if match is None or (number := to_int(match[1])) is None:
        return None
    branch = "".join(f"の{to_int(part)}" for part in re.findall(rf"[{NUMERAL_CHARS}]+", match[2]))
    at, caption, caption_at = match.end(), "", -1
    if paren := _PAREN.match(line.text, at):
        caption, caption_at, at = paren[1].strip(), paren.start(), paren.end()
    rest = line.text[at:]
    if not line.heading and _MENTION.match(rest):
        return None
    if not caption and rest and not line.heading and not re.match(rf"{_GAP}", rest):
        return None
    text_at = at + len(rest) - len(rest.lstrip(" 　\t\xa0"))
    rest = line.text[text_at:]
    if rest and not caption and (line.heading or (len(rest) <= 30 and "。" not in rest)):
        return Marker(
            "article", "", number, branch, match[0], len(line.text), rest.strip("*_ 　"), text_at
        )
    return Marker("article", "", number, branch, match[0], text_at, caption, caption_at)


def simple(line: Line) -> Marker | None:
    """附則, 別表, （注）, 以上, a caption on a line of its own, a table row."""
    text = line.text
    if (match := _SUPPLEMENTARY.match(text)) and len(text) <= 60:
        return Marker("suppl", printed=match[0], at=match.end())
    if (match := _APPENDIX.match(text)) and len(text) <= 40 and not text.endswith("。"):
        return Marker(
            "appendix", number=to_int(match[1] or "") or 0, printed=match[0], at=match.end()
        )
    if match := _NOTE.match(text):
        return Marker("note", printed=match[0], at=match.end())
    if _END.fullmatch(text):
        return Marker("end", printed=text, at=len(text))
    if match := _CAPTION.fullmatch(text.strip("*_")):
        return Marker("caption", printed=text, at=len(text), caption=match[1].strip())
    if _TABLE.fullmatch(text):
        return Marker("table")
    return None


def number(line: Line) -> Marker | None:
    """「2 」「２．」「1. 」「第2項 」: a paragraph, or an item where the text counts so."""
    if match := _KOU.match(line.text):
        kind, value = ("number", "kou") if match[2] == "項" else ("item", "gou"), to_int(match[1])
        return (
            None
            if value is None
            else Marker(*kind, value, printed=match[0].strip(), at=match.end())
        )
    match = _PLAIN.match(line.text)
    if match is None or len(match[1]) > 3:
        return None
    style = "dot" if match[2] else "space"
    return Marker("number", style, int(match[1]), printed=match[0].strip(), at=match.end())


def item(line: Line) -> tuple[Marker, ...]:
    """Every way to read the line as an item: (1) ① 一 ア イ i a."""
    found = []
    for style, pattern in _ITEMS:
        if match := pattern.match(line.text):
            value = _ordinal(style, match[1])
            if value:
                found.append(Marker("item", style, value, printed=match[0].strip(), at=match.end()))
    return tuple(found)


def _ordinal(style: str, printed: str) -> int:
    if style in ("katakana", "paren_kana"):
        return KATAKANA.index(printed) + 1
    if style == "iroha":
        return IROHA.index(printed) + 1
    if style == "alpha":
        return ord(printed) - ord("a") + 1
    if style == "roman":
        return _ROMAN.index(printed) + 1 if printed in _ROMAN else ord(printed) - ord("ⅰ") + 1
    return to_int(printed) or 0
