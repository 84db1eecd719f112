"""One sentence, read for what it claims: its words, what it denies, who does it, its numbers.

Used to compare a language model's sentence with the clause sentences it says it stands on.
Morphology comes from the index's dictionary; wordings that mean the same are folded first, so
that 「不要です」 and 「必要ありません」 deny the same thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.numbers_in_text import quantities, whole_dates

Key = tuple[object, str]

PROVIDER, CUSTOMER, USER, THIRD = "当社", "顧客", "ユーザー", "他人"
_PARTIES: tuple[tuple[str, str], ...] = (
    (
        CUSTOMER,
        r"(?:ご?契約者?申込者|ご?契約者(?:様|さま)?|お申込者|申込者|加入者|お客(?:様|さま)|あなた)(?!設備|先)",
    ),
    (USER, r"利用者(?:様|さま)?|ユーザ(?!ー)"),
    (THIRD, r"第三者"),
    (PROVIDER, r"当社|弊社|運営会社"),
)
PARTIES = (PROVIDER, CUSTOMER, USER, THIRD)
_PARTY_WORDS = frozenset(PARTIES)

#: wordings with the same meaning; the right side is what the dictionary reads well
_FOLDED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        (
            r"(?:なければ|なくては|ないと)(?:なりません|ならない|いけません|いけない|ならず)",
            "るべきです",
        ),
        (r"[このそ]の限りで?に?は?(?:ありません|ない|なく|あらず)", "例外です"),
        (r"(?:だけで|のみで)(?:は)?なく|のみならず", "及び"),
        (r"[やむ止]むを得(?:ない|ず)", "不可避の"),
        (r"不要", "必要ない"),
        (r"(?:する|の)?必要が?は?ありません", "必要ない"),
        (r"要しない|要しません", "必要ない"),
        (r"不可能?(?!抗)(?!避)", "できない"),
        (r"できかね(?:る|ます)", "できない"),
        (r"かもしれ(?:ない|ません)", "可能性がある"),
        (r"[カヶヵケ箇か]月", "カ月"),
        (r"または|又は|もしくは|若しくは|あるいは", "或いは"),
        (r"および|ならびに|並びに|[か且]つ(?=、|[一-鿿])", "及び"),
        (r"支払い?日", "支払いの日"),
    )
)
_NEGATIONS = frozenset({"ない", "ず", "ぬ", "まい", "無い", "無し"})
_LIGHT = frozenset(
    [
        "為る",
        "居る",
        "有る",
        "成る",
        "出来る",
        "頂く",
        "致す",
        "下さる",
        "御座る",
        "得る",
        "行う",
        "見る",
        "来る",
        "置く",
        "仕舞う",
        "言う",
        "因る",
        "拠る",
        "依る",
    ]
)
#: nouns that only carry a clause; what is denied stands before them
_FORMAL = frozenset({"事", "物", "訳", "者", "可能"})
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接頭辞"})
_DENYING_PREFIX = frozenset("未不無非")
_DIRECTIONS = ("以内", "以上", "以下", "未満", "超", "以降", "以後", "以前", "前", "後", "経過")
_MODES: dict[str, re.Pattern[str]] = {
    "may": re.compile(r"(?:こと|場合|もの)[がもは]あり?|可能性|おそれ|恐れ"),
    "can": re.compile(r"でき|可能|ことがあり?|場合があり?|られ"),
    "must": re.compile(r"べき|義務|必要があ|しなければ"),
    "only": re.compile(r"のみ|だけ|に限|しか|以外|を除|の場合を除"),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """A party in its role (topic, agent, recipient, source, owner, object) and the words it goes with."""

    party: str
    role: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as it is compared.

    denied: words directly denied; near: those with their object; maybe: words that only may
    happen (することがある); able, due: words that one can (できる) or must do; joins: (word, and/or, word).
    """

    text: str
    words: tuple[str, ...]
    denied: Counter[str]
    near: frozenset[str]
    maybe: Counter[str]
    able: frozenset[str]
    due: frozenset[str]
    joins: frozenset[tuple[str, str, str]]
    mentions: tuple[Mention, ...]
    numbers: tuple[Key, ...]
    directions: frozenset[tuple[Key, str]]
    bounds: frozenset[tuple[str, str]]
    modes: frozenset[str]

    @property
    def said(self) -> frozenset[str]:
        """The content words as a set."""
        return frozenset(self.words)


def sentences(text: str) -> list[str]:
    """Sentences of `text`; a full stop inside brackets ends nothing, ただし begins a new one.

    >>> sentences("払います（税は除きます。）。ただし、免除する。")
    ['払います（税は除きます。）。', 'ただし、免除する。']
    """
    parts, start, depth = [], 0, 0
    for i, char in enumerate(text):
        depth = max(0, depth + (char in "（(「『") - (char in "）)」』"))
        if char == "\n" or (char in "。！？!?" and not depth):
            parts.append(text[start : i + 1])
            start, depth = i + 1, 0
        elif not depth and i > start and text.startswith(("ただし、", "但し、"), i):
            parts.append(text[start:i])
            start = i
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


@lru_cache(maxsize=4096)
def read(text: str, names: tuple[str, ...] = ()) -> Statement:
    """The statement that `text` makes; `names` are what the provider is called.

    >>> read("返却は不要です。").denied
    Counter({'必要': 1})
    >>> [(m.party, m.role) for m in read("当社は契約者に通知します。").mentions]
    [('当社', 'topic'), ('顧客', 'recipient')]
    """
    folded = _fold(text, names)
    tokens = [(w.surface, w.feature.pos1, w.feature.pos2, _lemma(w)) for w in _tagger()(folded)]
    words, where = _content(tokens)
    denied, near = _denials(tokens, where)
    numbers = _numbers(folded)
    return Statement(
        text=text,
        words=tuple(words),
        denied=denied,
        near=near,
        maybe=_maybe(tokens, where),
        able=frozenset(_before(tokens, where, "出来る")),
        due=frozenset(_before(tokens, where, "べし")),
        joins=frozenset(_joins(tokens, where)),
        mentions=tuple(_mentions(tokens, where, denied)),
        numbers=tuple(key for key, _after in numbers),
        directions=frozenset((key, _direction(after)) for key, after in numbers),
        bounds=frozenset(_bounds(tokens, where)),
        modes=frozenset(mode for mode, pattern in _MODES.items() if pattern.search(folded)),
    )


Token = tuple[str, str, str, str]


def _fold(text: str, names: tuple[str, ...]) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for name in names:
        text = text.replace(name, PROVIDER)
    for party, pattern in _PARTIES:
        text = re.sub(pattern, party, text)
    for wording, same in _FOLDED:
        text = wording.sub(same, text)
    return text


def _content(tokens: list[Token]) -> tuple[list[str], dict[int, str]]:
    """Content words in order, and the word at each token index; parties are no content."""
    where: dict[int, str] = {}
    prefix = ""
    for i, (surface, kind, detail, lemma) in enumerate(tokens):
        if kind == "接頭辞":
            prefix = surface if surface in _DENYING_PREFIX else ""
            continue
        counts = kind in _CONTENT and detail != "数詞" and surface not in _PARTY_WORDS
        if counts and lemma not in _LIGHT and lemma not in _NEGATIONS:
            where[i] = prefix + stem(lemma)
        prefix = ""
    return list(where.values()), where


def stem(lemma: str) -> str:
    """The part of a lemma that a noun and its verb share (支払い, 支払う → 支払).

    >>> stem("申し込む"), stem("サービス-service"), stem("すべて")
    ('申込', 'サービス', '全')
    """
    lemma = lemma.split("-")[0]
    core = re.sub(r"[ぁ-ゖ]", "", lemma)
    return _SAME.get(core or lemma, core or lemma)


#: words that say the same in any agreement
_SAME: dict[str, str] = {
    spelling: first
    for first, *others in (
        line.split()
        for line in """\
通知 連絡 知 報 報告 周知
支払 払 支払
解約 辞
機器 装置 機械
決定 決
全 全部 すべて
返却 返 返還
開始 始
終了 終 満了
承諾 承認
変更 変 改
遅延 遅 延滞
損害 被害
責任 責
使用 使 利用
理由 事由
提出 出
負担 負
停止 止
請求 求
申込 申 申請
保証 担保
委託 任
定 規定
他 外
対 向
""".splitlines()
    )
    for spelling in (first, *others)
}


def _denials(tokens: list[Token], where: dict[int, str]) -> tuple[Counter[str], frozenset[str]]:
    denied: Counter[str] = Counter()
    near: set[str] = set()
    for i, (_surface, kind, _detail, lemma) in enumerate(tokens):
        if lemma not in _NEGATIONS or kind not in ("助動詞", "形容詞", "名詞"):
            continue
        before = [j for j in where if i - 12 <= j < i and where[j] not in _FORMAL]
        if before:
            denied[where[before[-1]]] += 1
            near.update(where[j] for j in before[-3:])
    return denied, frozenset(near)


def _maybe(tokens: list[Token], where: dict[int, str]) -> Counter[str]:
    """Words before 「ことがある」「場合がある」「おそれがある」「可能性がある」."""
    found: Counter[str] = Counter()
    for i in range(len(tokens) - 2):
        opening = tokens[i][3] in ("事", "場合", "恐れ", "可能性", "性")
        if opening and tokens[i + 1][0] in "がもは" and tokens[i + 2][3] in ("有る", "御座る"):
            before = [j for j in where if i - 6 <= j < i and where[j] not in _FORMAL]
            found.update([where[before[-1]]] if before else [])
    return found


def _before(tokens: list[Token], where: dict[int, str], lemma: str) -> list[str]:
    """The content words that stand directly before the auxiliary `lemma`."""
    ends = [i for i, token in enumerate(tokens) if token[3] == lemma]
    found = [[w for j, w in where.items() if i - 6 <= j < i and w not in _FORMAL] for i in ends]
    return [words[-1] for words in found if words]


_AND = frozenset({"及び", "且つ", "並びに"})
_OR = frozenset({"又は", "若しくは", "或いは"})


def _joins(tokens: list[Token], where: dict[int, str]) -> list[tuple[str, str, str]]:
    """Words that a conjunction joins, with its kind."""
    parties = {i: t[0] for i, t in enumerate(tokens) if t[0] in _PARTY_WORDS}
    named = dict(sorted((where | parties).items()))
    found = []
    for i, (*_rest, lemma) in enumerate(tokens):
        beside = lemma == "と" and {i - 1, i + 1} <= parties.keys()
        kind = "and" if beside or lemma in _AND else "or" if lemma in _OR else ""
        left = [named[j] for j in named if j < i][-1:] if kind else []
        right = [named[j] for j in named if j > i][:1]
        found += [(left[0], kind, right[0])] if left and right else []
    return found


_ROLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("agent", ("が",)),
    ("topic", ("は", "も")),
    ("recipient", ("に", "へ", "宛")),
    ("source", ("から", "より")),
    ("owner", ("の",)),
    ("object", ("を",)),
)
#: how many words after a party in a role belong with it
_REACH = {"agent": 3, "recipient": 3, "source": 3, "owner": 2, "object": 3}
_JOINING = frozenset(
    {"と", "や", "及び", "又は", "若しくは", "並びに", "・", "、", "または", "および"}
)


def _mentions(tokens: list[Token], where: dict[int, str], denied: Collection[str]) -> list[Mention]:
    """The parties with their roles; a denied word counts as another word."""
    where = {i: f"¬{word}" if word in denied else word for i, word in where.items()}
    roles = {i: _role(tokens, i + 1) for i, token in enumerate(tokens) if token[0] in _PARTY_WORDS}
    found = []
    for i, role in roles.items():
        until = next(
            (j for j, r in roles.items() if j > i + 4 and r == role == "topic"), len(tokens)
        )
        after = [w for j, w in where.items() if i < j < until and w not in _FORMAL]
        words = after[:1] + after[-3:] if role == "topic" else after[: _REACH.get(role, 0)]
        if role:
            found.append(Mention(tokens[i][0], role, frozenset(words)))
    return found


#: how many words after a party in a role belong with it
_REACH = {"agent": 3, "recipient": 3, "source": 3, "owner": 2, "object": 3}
_JOINING = frozenset(
    {"と", "や", "及び", "又は", "若しくは", "並びに", "・", "、", "または", "および"}
)


def _mentions(tokens: list[Token], where: dict[int, str], denied: Collection[str]) -> list[Mention]:
    """The parties with their roles; a denied word counts as another word."""
    where = {i: f"¬{word}" if word in denied else word for i, word in where.items()}
    found = []
    for i, (surface, *_rest) in enumerate(tokens):
        role = _role(tokens, i + 1) if surface in _PARTY_WORDS else ""
        if role:
            after = [where[j] for j in where if j > i]
            words = after[:1] + after[-3:] if role == "topic" else after[: _REACH[role]]
            found.append(Mention(surface, role, frozenset(words)))
    return found


def _role(tokens: list[Token], i: int) -> str:
    """Role of the party that ends before token `i`; joined parties share the last one's role."""
    depth = 0
    while i < len(tokens):
        surface, kind, _detail, lemma = tokens[i]
        depth += (surface == "(") - (surface == ")")
        if not depth and surface != ")" and lemma not in _JOINING and surface not in _PARTY_WORDS:
            owned = "owner" if kind == "名詞" else ""
            return next((role for role, particles in _ROLES if surface in particles), owned)
        i += 1
    return ""


def _bounds(tokens: list[Token], where: dict[int, str]) -> list[tuple[str, str]]:
    """Words that begin or end a span: (翌日, から), (前日, まで)."""
    return [
        (word, tokens[i + 1][0].replace("より", "から"))
        for i, word in where.items()
        if i + 1 < len(tokens) and tokens[i + 1][0] in ("から", "まで", "より")
    ]


def _numbers(text: str) -> list[tuple[Key, str]]:
    """Keys of the numbers of `text` in order with the characters that follow each."""
    found: list[tuple[Key, str]] = [(q.key, "") for q in whole_dates(text)]
    at = 0
    for quantity in quantities(text):
        start = text.find(quantity.printed, at)
        at = start + len(quantity.printed) if start >= 0 else at
        found.append((quantity.key, text[at : at + 4]))
    return found


def _direction(after: str) -> str:
    return next((d for d in _DIRECTIONS if after.lstrip("間の(をが").startswith(d)), "")


def _lemma(word: Any) -> str:
    return str(word.feature.lemma or word.surface)


@lru_cache(maxsize=1)
def _tagger() -> Any:
    from index.tokenizer import tagger

    return tagger()
