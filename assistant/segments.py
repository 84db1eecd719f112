"""Splitting a question that asks for several things into its parts.

「手続きと、払うお金、機器の返却費用を教えて」 asks three things that stand in three clauses.
Enumeration marks come first; else sentences are split into coordinated phrases. A phrase that
only sets the scene (〜ですが、〜した場合) asks for nothing but is read along with what follows;
one that says nothing of its own (「VPNの件です」「お願いします」) is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

MAX_PARTS = 6
#: a part of so few characters of its own means nothing without its surroundings
SHORT = 6

_ENUMERATED = re.compile(r"[①-⑳]|(?:^|(?<=[\s、。:：]))[（(]?[1-9１-９][)）.．]\s*")
#: words that name another answer to what was just asked, and nothing else to be told
_ALTERNATIVE = r"(?:それとも|あるいは|もしくは|または)"
_SENTENCE = re.compile(r"(?<=[。？?！!\n])(?!\s*それとも)")
#: notes that come to a question: 「・未払いの履歴あり\n→ 断れるか」
_ARROW = re.compile(r"^\s*(?:→|⇒|->)\s*")
_QUOTED = re.compile(r"「[^「」]*」|『[^『』]*』|（[^（）]*）|\([^()]*\)")
_DOT = re.compile(r"[・/／](?=[一-鿿ぁ-ん])")
_COORDINATE = re.compile(
    rf"(?:(?<!こ)と、|(?<!それとも)(?<!または)(?<!あるいは)(?<!もしくは)、(?!{_ALTERNATIVE})(?:また(?!は)|さらに|あわせて|それと|それから|そして|あと|あとは|および|及び|ならびに|並びに)?"
    r"|や、|(?<=か)と(?=[^、。いか]{4,})|および|及び|ならびに|並びに)"
)
#: いつまでに言えばよくて、残りはどうなる: an asking word before a comma that joins
_ASKED_AND = re.compile(
    r"(?:何|いつ|いくら|なんぼ|誰|だれ|どこ|どの|どちら|どう)[^、。]{1,16}[てで](?P<mark>、)"
)
#: words that stand before what is asked for
_LEAD = re.compile(
    r"^(?:あと|それから|それと(?!も)|また|さらに|そして|ちなみに|あわせて|加えて|次に)(?:は|、)?"
)
#: words by which any question asks, and which are about nothing
_FILLER = re.compile(
    r"(?:の|を|に|は|が|も|と|で)?(?:それぞれ|まとめて|一覧で|順に|順番に|条項ごとに|条文(?:番号)?(?:つき|付き)?(?:で|も)?|"
    r"あわせて|合わせて|念のため|詳しく|以上|至急|質問|該当(?:箇所|条項)?|ついて|関して|関する定め|この|[2-5２-５二三四五](?:点|つ)|全部|すべて|全て|"
    r"教えて|知りたい|聞きたい|確認(?:したい|させて)?|整理(?:したい|して)?|説明(?:したい|して)?|案内(?:したい)?|比べ(?:たい|て)|比較(?:したい|して)?|"
    r"並べて|示して|答え(?:よ|て)|挙げて|お願い(?:します|いたします)?|(?:て|で)?ください|下さい|ほしい|欲しい|"
    r"どうぞ|よろしく|お世話になって|話|件|方|場合|違い|差(?![一-鿿])|ですか|です|でしょうか|んですけど|ますか|ます|か|サービス|規約|契約|条項|見たい|したい|いただけますか|どう(?:なり|なる|なって)|いますか)"
)
#: an ending that asks
_ASKED = re.compile(
    r"(?:か|かな|かを?[^、。]{0,8}(?:聞|問|知り|確認|教)[^、。]{0,8}|の|のん|っけ|でしょう|やろ(?:か|う)?|んや|よね|ねん|んかな)[。、…？?！!]*$|[？?]|"
    r"(?:どこ|いつ|どう|どんな|何(?:を|日|か月|年|回|時)|いくら|なんぼ|誰)[^、。]{0,20}$|"
    r"(?:教え|知りたい|聞きたい|確認|整理|説明|案内|まとめ|お願い|示し?て?|答え|挙げて|ください|下さい|ほしい|欲しい|について|に関して|比べ)[^。、]{0,12}[。、]?$"
)
#: an ending that names a thing (保険の扱い、料金も)
_NAMED = re.compile(
    r"(?:[一-鿿々ァ-ヶーA-Za-z）)]|[一-鿿][きりみけせげぎえち]|[扱払違使]い|知らせ|こと|もの|の(?=も))(?:も|を|まで|とか)?[。、]?$"
)
#: an ending that sets the scene
_SCENE = re.compile(
    r"(?:場合(?:の|に|は)?|とき(?:の|に|は)?|際(?:の|に|は)?|時|お客様です|お客さまです|として|について(?:は|ですが)?|に関して|に関し|は)[。、]?$"
)
#: 割増金と遅延損害金: two nouns in a row
_NOUNS = re.compile(r"(?<=[一-鿿ァ-ヶーA-Za-z）)])と(?=[一-鿿ァ-ヶ])")
_GATHERED = re.compile(
    r"それぞれ|まとめて|あわせて|合わせて|併せて|セットで|両方|(?:全部|すべて|全て)(?=知|教|挙|示|お願|確認|$)|一式|整理|一覧|ならびに|並びに|および|及び"
    r"|[2-5２-５二三四五](?:点|つ)|さらに|また、|(?<=[一-鿿ァ-ヶー）かりいみき])と、|順に|順番|流れ|ごとに|案内|(?:^|[。、])(?:あと|それから)"
)

#: a sentence that only asks whether what was said before it is so, or may be told
_ONLY_WHETHER = re.compile(
    r"^(?:と|って|そう|その(?:まま|よう)|この(?:まま|よう)|これ|それ|こう)?(?:に|で|を|は|って)?(?:お客(?:様|さま)に)?"
    r"(?:ご?(?:案内|回答|説明|返事|返答)(?:を)?(?:して)?|お?伝え(?:して)?|言って)も?(?:いい|よい|良い|よろしい|ええ|OK|大丈夫|問題ない|差し支えない|構わない|かまわない)"
    r"(?:です|でしょう|ん)?(?:か|の|かな|よね)?[?？。]*$"
    r"|^(?:これ|それ|この(?:認識|理解|案内))?(?:で|って|は)?(?:合って|あって|おうて)(?:い)?(?:る|ます|はる)(?:か|よね|の)?[?？。]*$"
    r"|^(?:これ|それ)?(?:って|は|で)?(?:正しい|間違いない|間違ってない|本当|ほんま|事実)(?:です|でしょう|ん)?(?:か|よね|の|かな)?[?？。]*$",
    re.IGNORECASE,
)

Names = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing asked for, and the words that set the scene for it ("" where there are none)."""

    text: str
    scene: str = ""


def requests(text: str, without: Names = str) -> tuple[Part, ...]:
    """The parts of a question that asks for several things; nothing where it asks for one.

    without: takes the names of agreements out of a text, so that 「SG・VPN」 is no part.

    >>> [part.text for part in requests("①停止の根拠 ②停止中の料金の扱い")]
    ['停止の根拠', '停止中の料金の扱い']
    >>> requests("機器が盗まれました。弁償、保険の扱い、連絡先をまとめて教えて")[1]
    Part(text='保険の扱い', scene='機器が盗まれました。')
    >>> [part.text for part in requests("いつまでに言えばいいかと、残りのお金がどうなるか教えて")]
    ['いつまでに言えばいいか', '残りのお金がどうなるか教えて']
    >>> requests("先週借りました。壊れたらいくらですか")
    ()
    >>> requests("お客様が利率は14.5%と言っています。案内していいですか？")
    ()
    >>> requests("・法人、設立2年\\n・未払いの履歴あり\\n→ 断れるか、該当箇所")
    ()
    """
    found = enumerated(text)
    if found:
        return tuple(Part(part, _head(text, found[0])) for part in found)
    gathered = bool(_GATHERED.search(text))
    parts: list[Part] = []
    scene, pointed = "", False
    for sentence in sentences(text):
        if _ONLY_WHETHER.match(sentence):
            continue
        if _ARROW.search(sentence):
            at, sentence = text.find(sentence), _ARROW.sub("", sentence)
            if not pointed and _asks_something(sentence, without):
                asked = [part for part in parts if asks(part.text)]
                notes = "".join(part.text for part in parts if part not in asked)
                parts, scene = asked, scene + notes if asked else text[:at]
            pointed = True
        pieces, before = _pieces(sentence, gathered, without)
        parts += [Part(piece, f"{scene}{before}") for piece in pieces]
        scene += "" if pieces else sentence
    asking = sum(bool(_ASKED.search(part.text)) for part in parts)
    if len(parts) >= (2 if gathered or asking >= 2 else 3):
        return tuple(parts[:MAX_PARTS])
    return ()


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of `text`, without empty ones.

    >>> sentences("解約したい。いつまでですか？")
    ('解約したい。', 'いつまでですか？')
    >>> sentences("電話ですか？それとも書面ですか？送料は？")
    ('電話ですか？それとも書面ですか？', '送料は？')
    """
    return tuple(part.strip() for part in _SENTENCE.split(text) if part.strip())


def enumerated(text: str) -> tuple[str, ...]:
    """The parts after ①②③ or (1)(2)(3), or nothing where fewer than two are marked.

    >>> enumerated("整理したい。①停止の根拠 ②停止中の料金 ③解除の3点")
    ('停止の根拠', '停止中の料金', '解除の3点')
    """
    parts = [part.strip(" 　、。") for part in _ENUMERATED.split(text)[1:]]
    parts = [part for part in parts if len(part) >= 2]
    return tuple(parts[:MAX_PARTS]) if len(parts) >= 2 else ()


def coordinated(sentence: str, *, listed: bool = False) -> tuple[str, ...]:
    """The coordinated phrases of a sentence; what stands in brackets or quotes stays whole.

    listed: split at dots (予告・方法) and between two nouns (割増金と遅延損害金) as well.

    >>> coordinated("手続きと、払うお金、機器の返却費用を教えてください")
    ('手続き', '払うお金', '機器の返却費用を教えてください')
    >>> coordinated("いつまでに言えばよくて、残りの料金はどうなりますか")
    ('いつまでに言えばよくて', '残りの料金はどうなりますか')
    """
    hidden = _QUOTED.sub(lambda match: "＿" * len(match[0]), sentence)
    marks = [match.span() for match in _COORDINATE.finditer(hidden)]
    marks += [match.span("mark") for match in _ASKED_AND.finditer(hidden)]
    if listed:
        marks += [m.span() for m in (*_DOT.finditer(hidden), *_NOUNS.finditer(hidden))]
    pieces, last = [], 0
    for start, end in sorted(marks):
        pieces.append(sentence[last:start])
        last = max(last, end)
    pieces.append(sentence[last:])
    led = (_LEAD.sub("", piece.strip(" 　")) for piece in pieces)
    return tuple(piece for piece in led if piece)


def _pieces(sentence: str, gathered: bool, without: Names) -> tuple[tuple[str, ...], str]:
    """What one sentence asks for, and the scene that it sets before."""
    phrases = coordinated(sentence, listed=gathered or len(_DOT.findall(sentence)) >= 2)
    if not (_NAMED.search(sentence) or any(_ASKED.search(phrase) for phrase in phrases)):
        return (), ""
    last = len(phrases) - 1
    wanted = [
        phrase
        for at, phrase in enumerate(phrases)
        if _asks(phrase, last=at == last) and says_something(phrase, without)
    ]
    return tuple(wanted), _head(sentence, wanted[0]) if wanted else ""


def _asks_something(sentence: str, without: Names) -> bool:
    """Whether a sentence asks by its wording, and about something."""
    return any(map(asks, coordinated(sentence))) and says_something(sentence, without)


def _asks(phrase: str, *, last: bool) -> bool:
    """Whether a phrase asks, or names a thing to be told about."""
    if not last and _SCENE.search(phrase):
        return False
    return bool(_ASKED.search(phrase) or _NAMED.search(phrase))


def asks(piece: str) -> bool:
    """Whether a phrase asks by its wording.

    >>> asks("いつまでに言えばいいか"), asks("保険の扱い"), asks("3年契約")
    (True, False, False)
    """
    return bool(_ASKED.search(piece))


def says_something(piece: str, without: Names = str) -> bool:
    """Whether a phrase is about something, names of agreements and asking words aside.

    >>> says_something("保険の扱い"), says_something("お願いします。"), says_something("3点を整理して")
    (True, False, False)
    """
    return len(_own(piece, without)) >= 2


def says_little(piece: str, without: Names = str) -> bool:
    """Whether a phrase needs its surroundings to be understood.

    >>> says_little("費用はどちら持ちか"), says_little("解約した後の機器の返却方法")
    (False, False)
    >>> says_little("通知の時期"), says_little("免責を整理してください")
    (True, True)
    """
    return len(_own(piece, without)) <= SHORT


def _own(piece: str, without: Names) -> str:
    return re.sub(r"[\W_]|[ぁ-ん]$", "", _FILLER.sub("", without(piece)))


def _head(text: str, first: str) -> str:
    """What stands before the first part."""
    at = text.find(first)
    return text[:at] if at > 0 else ""
