"""What is left of a question when the names of agreements and of clauses are taken out.

The readers of this package know a question about the text only where these words, and nothing
but words that any request may hold, are what is said: an ordinary question is none of theirs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.question import Question
from corpus.library import Version
from corpus.mentions import Mention

#: stands for a clause that the question names
CLAUSE = "〓"
#: words that ask to be told or shown, and say nothing of what
_ASKING = (
    r"(?:すべて|全て|全部|ぜんぶ|一覧表?|一覧化|列挙|リスト(?:アップ)?|時系列|順番?|番号|付き|形|箇条書き|"
    r"挙げ|あげ|教え|見せ|示し|出し|書き出|並べ|まとめ|抜き出|探し|調べ|知りたい|見たい|読みたい|確認|たい|"
    r"ました|ましょう|した|する|いる|います|ほしい|欲しい|ください|下さい|くれ|もらえ|いただけ|頂け|ます|ません|"
    r"お願い|願い|です|でしょう|でした|存在|ある|あり|あれば|ご教示|ご提示|何|なに|どれ|どこ|どう|"
    r"なの|こと|ところ|箇所|規約|約款|という|を|は|が|に|の|で|と|も|か|て|つ|し|い|き|ね|よ|ん|って|"
    r"[、。,.?!:;・「」『』()\s]|…)*"
)
_ALL = re.compile(
    r"(?:[3三]つ?の?規約|各規約|全規約|(?:すべて|全て)の規約|規約ごと|規約別)(?:に|で|の|を|から|それぞれ)*"
    r"|それぞれ(?:に|で|の|を)*"
)
_LEADING = re.compile(
    r"^(?:、|。|\s|では|には|での|における|において|について|に関して|でいう|にいう|の|は|で|に|が|を)*"
    r"(?:(?:利用)?規約|約款)?"
    r"(?:、|。|\s|では|には|での|における|において|について|に関して|でいう|にいう|上の|中の|の|は|で|に|が|を)*"
)


@dataclass(frozen=True, slots=True)
class Said:
    """A question about the text as its readers see it.

    rest: folded words with every named clause as CLAUSE and the names of agreements left out;
    mentions: the clauses, in order; words: as they are typed; meant: ids of the agreements it is about; named: whether it
    says which.
    """

    rest: str
    mentions: tuple[Mention, ...]
    words: tuple[str, ...]
    meant: tuple[str, ...]
    named: bool
    versions: Mapping[str, Version]

    @property
    def held(self) -> tuple[Version, ...]:
        """The versions it is about."""
        return tuple(self.versions[id] for id in self.meant if id in self.versions)


def said(question: Question, versions: Mapping[str, Version]) -> Said:
    """The question with its names taken out."""
    names = () if question.carried else question.agreements.named
    spans = [(*name.span, "") for name in names]
    spans += [(*mention.span, CLAUSE) for mention in question.mentions]
    rest = unicodedata.normalize("NFKC", _replaced(question.text, spans))
    rest = _LEADING.sub("", _ALL.sub("", rest)).strip()
    meant = question.meant or _of_mentions(question.mentions) or tuple(versions)
    words = tuple(question.text[slice(*mention.span)] for mention in question.mentions)
    return Said(rest, question.mentions, words, meant, bool(question.meant), versions)


def _of_mentions(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.agreement for m in mentions if m.agreement))


def _replaced(text: str, spans: Iterable[tuple[int, int, str]]) -> str:
    """`text` with every span replaced; of spans that overlap the longest counts."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(set(spans), key=lambda s: s[0] - s[1]):
        if not any(span[0] < end and start < span[1] for start, end, _ in kept):
            kept.append(span)
    pieces, last = [], 0
    for start, end, word in sorted(kept):
        pieces += [text[last:start], word]
        last = end
    return "".join([*pieces, text[last:]])


def asking(core: str) -> re.Pattern[str]:
    """A pattern for a whole question that says `core` and otherwise only asks.

    >>> bool(asking("附則").fullmatch("附則をすべて見せてください。"))
    True
    >>> bool(asking("附則").fullmatch("附則の効力は契約者に及びますか"))
    False
    """
    return re.compile(rf"{_ASKING}(?:{core}){_ASKING}")


#: longer texts tell a case and ask about it
LONGEST = 80
_CONNECTED = r"(?:と|や|及び|および|、|から|の|\s)*"
_TEXT = asking(
    rf"{CLAUSE}(?:{_CONNECTED}{CLAUSE})*\s*(?:\([^()]{{1,40}}\))?"
    r"(?:全文|原文|条文|本文|文言|文面|テキスト|内容|中身|規定|定め|条項|各項|各号|細目|細分|全項|全体|"
    r"まるごと|そのまま|比較|比べ|書いて|書かれ|られ|規定され|引用|表示|読ませ|見る|読む|だけ|具体的|詳しく|詳細|"
    r"何|なに|どんな|こと|って|の|で|に|は|を|が|、|て|い)*"
)


def shows_text(question: Question, versions: Mapping[str, Version]) -> bool:
    """Whether a question names clauses and asks for nothing but their text.

    「SG第15条」, 「第24条の全文」, 「第34条はありますか」; not 「第15条の禁止事項」.
    """
    rest = said(question, versions).rest
    return len(rest) <= LONGEST and bool(_TEXT.fullmatch(rest))


def letters(text: str) -> str:
    """`text` without widths, case, spaces and the spellings of カ月, to be compared literally.

    >>> letters("３０ 日、１ヶ月"), letters("Forti Gate")
    ('30日、1カ月', 'fortigate')
    """
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).casefold()
    return re.sub(r"(?<=[0-9一二三四五六七八九十])[ヶケヵか箇](?=月)", "カ", text)
