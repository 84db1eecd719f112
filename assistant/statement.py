"""One sentence, read for what it claims: its words, what it denies, who does it, its numbers.

Used to compare a language model's sentence with the clause sentences it says it stands on.
Morphology comes from the index's dictionary; wordings that mean the same are folded first, so
that 「不要です」 and 「必要ありません」 deny the same thing.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from assistant.numbers_in_text import quantities, whole_dates
from assistant.parties import FORMAL, Mention, Token, mentions
from assistant.same_words import FOLDED, PARTY_PATTERNS, PARTY_WORDS, PROVIDER, stem
from corpus.tokens import analyse

Key = tuple[object, str]

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
_CONTENT = frozenset({"名詞", "動詞", "形容詞", "形状詞", "副詞", "連体詞", "接頭辞"})
_DENYING_PREFIX = frozenset("未不無非")
_DIRECTIONS = ("以内", "以上", "以下", "未満", "超", "以降", "以後", "以前", "前", "後", "経過")
_MODES: dict[str, re.Pattern[str]] = {
    "may": re.compile(r"(?:こと|場合|もの)[がもは]あり?|可能性|おそれ|恐れ"),
    "can": re.compile(r"でき|可能|ことがあり?|場合があり?|られ"),
    "must": re.compile(r"べき|義務|必要があ|しなければ"),
    "only": re.compile(r"のみ|だけ|に限|しか|以外|を除|の場合を除"),
}


@dataclass(frozen=True, slots=True, eq=False)
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
    tokens = [(w.surface, w.pos1, w.pos2, w.lemma or w.surface) for w in analyse(folded)]
    words, where = _content(tokens)
    denied, near = _denials(tokens, where)
    numbers = _numbers(folded)
    return Statement(
        text=text,
        words=tuple(words),
        denied=Counter(where[i] for i in denied),
        near=near,
        maybe=_maybe(tokens, where),
        able=frozenset(_before(tokens, where, "出来る")),
        due=frozenset(_before(tokens, where, "べし")),
        joins=frozenset(_joins(tokens, where)),
        mentions=tuple(mentions(tokens, where, denied)),
        numbers=tuple(key for key, _after in numbers),
        directions=frozenset((key, _direction(after)) for key, after in numbers),
        bounds=frozenset(_bounds(tokens, where)),
        modes=frozenset(mode for mode, pattern in _MODES.items() if pattern.search(folded)),
    )


def _fold(text: str, names: tuple[str, ...]) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    for name in names:
        text = text.replace(name, PROVIDER)
    for party, pattern in PARTY_PATTERNS:
        text = re.sub(pattern, party, text)
    for wording, same in FOLDED:
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
        counts = kind in _CONTENT and detail != "数詞" and surface not in PARTY_WORDS
        if counts and lemma not in _LIGHT and lemma not in _NEGATIONS:
            where[i] = prefix + stem(lemma)
        prefix = ""
    return list(where.values()), where


def _denials(tokens: list[Token], where: dict[int, str]) -> tuple[list[int], frozenset[str]]:
    """Where the denied words stand, and those words with the ones shortly before them."""
    denied: list[int] = []
    near: set[str] = set()
    for i, (_surface, kind, _detail, lemma) in enumerate(tokens):
        if lemma not in _NEGATIONS or kind not in ("助動詞", "形容詞", "名詞"):
            continue
        before = [j for j in where if i - 12 <= j < i and where[j] not in FORMAL]
        denied += before[-1:]
        near.update(where[j] for j in before[-3:])
    return denied, frozenset(near)


def _maybe(tokens: list[Token], where: dict[int, str]) -> Counter[str]:
    """Words before 「ことがある」「場合がある」「おそれがある」「可能性がある」."""
    found: Counter[str] = Counter()
    for i in range(len(tokens) - 2):
        opening = tokens[i][3] in ("事", "場合", "恐れ", "可能性", "性")
        if opening and tokens[i + 1][0] in "がもは" and tokens[i + 2][3] in ("有る", "御座る"):
            before = [j for j in where if i - 6 <= j < i and where[j] not in FORMAL]
            found.update([where[before[-1]]] if before else [])
    return found


def _before(tokens: list[Token], where: dict[int, str], lemma: str) -> list[str]:
    """The content words that stand directly before the auxiliary `lemma`."""
    ends = [i for i, token in enumerate(tokens) if token[3] == lemma]
    found = [[w for j, w in where.items() if i - 6 <= j < i and w not in FORMAL] for i in ends]
    return [words[-1] for words in found if words]


_AND = frozenset({"及び", "且つ", "並びに"})
_OR = frozenset({"又は", "若しくは", "或いは"})


def _joins(tokens: list[Token], where: dict[int, str]) -> list[tuple[str, str, str]]:
    """Words that a conjunction joins, with its kind."""
    parties = {i: t[0] for i, t in enumerate(tokens) if t[0] in PARTY_WORDS}
    named = dict(sorted((where | parties).items()))
    found = []
    for i, (*_rest, lemma) in enumerate(tokens):
        beside = lemma == "と" and {i - 1, i + 1} <= parties.keys()
        kind = "and" if beside or lemma in _AND else "or" if lemma in _OR else ""
        left = [named[j] for j in named if j < i][-1:] if kind else []
        right = [named[j] for j in named if j > i][:1]
        found += [(left[0], kind, right[0])] if left and right else []
    return found


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
