"""Defined terms that are never used, used but never defined, or said in several words."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from corpus.definitions import Definition, definitions, uses
from corpus.library import Version
from corpus.lint.finding import INFO, WARNING, LintFinding, around, texts
from corpus.lint.statutes import edit_distance

CHECK = "definitions"
TITLE = "定義語"

#: 本X that every agreement may say of itself without a definition
_OWN = frozenset(
    [
        "本規約",
        "本約款",
        "本規程",
        "本規則",
        "本規定",
        "本契約",
        "本条",
        "本項",
        "本号",
        "本章",
        "本節",
        "本文",
        "本人",
        "本体",
        "本社",
        "本店",
        "本日",
        "本質",
        "本来",
        "本件",
        "本数",
        "本書",
        "本則",
        "本邦",
        "本国",
        "本条項",
        "本会",
        "本旨",
        "本籍",
        "本拠",
        "本給",
        "本俸",
        "本採用",
        "本部",
        "本法",
        "本定款",
    ]
)
_THIS = re.compile(r"(?<![一-鿿基資見日標])本[ 　]?(?:[ァ-ヺー]{3,}(?:[一-鿿]{1,6})?|[一-鿿]{2,8})")
_CUT = re.compile(r"[及並又若]|条項|各[号項]|[等上中内外]$")
_ITSELF = re.compile(r"本[一-鿿ァ-ヺー]{1,6}(?:規約|約款|規程|規則|ポリシー|定款|契約)$")
_COMPOUND = re.compile(r"[一-鿿ァ-ヺー]{4,}")
_NOUN_ENDS = re.compile(
    r"(?:サービス|ソフトウェア|機器|物件|物品|設備|料金|期間|契約|業務|費用|データ|申込書|利用者|契約者|申込者)$"
)


def check(version: Version) -> Iterator[LintFinding]:
    """Unused terms, undefined terms and rival words for one defined thing."""
    known = definitions(version)
    places = uses(version, known)
    yield from _unused(version, known, {term: len(found) for term, found in places.items()})
    yield from _undefined(version, {d.term for d in known})
    yield from _rivals(version, known)


def _unused(
    version: Version, known: tuple[Definition, ...], counts: dict[str, int]
) -> Iterator[LintFinding]:
    for definition in known:
        if not counts[definition.term]:
            quote = version.clause(definition.address).full_text[slice(*definition.span)]
            message = f"定義した「{definition.term}」が、ほかのどこにも使われていません。"
            yield LintFinding(CHECK, str(definition.address), quote, message, WARNING)


def _undefined(version: Version, terms: set[str]) -> Iterator[LintFinding]:
    """本X, where X is named as if it had been defined, at its first place."""
    plain = {_squeeze(term) for term in terms}
    seen: set[str] = set()
    for clause, text in texts(version):
        for match in _THIS.finditer(text):
            printed = _CUT.split(match[0])[0]
            word = _squeeze(printed)
            if word in seen or len(word) < 3 or _is_known(word, plain):
                continue
            seen.add(word)
            yield LintFinding(
                CHECK, clause.id, printed, f"「{printed}」は定義されていません。", WARNING
            )


def _is_known(word: str, terms: set[str]) -> bool:
    """Defined, a word of its own, the text's name for itself, or 本 before a defined term."""
    if any(word.startswith(known) for known in terms | _OWN) or word[1:] in terms:
        return True
    return bool(_ITSELF.match(word)) and not terms & {"本規約", "本約款", "本規程"}


def _rivals(version: Version, known: tuple[Definition, ...]) -> Iterator[LintFinding]:
    """Words that come very near a defined term, as レンタル物品 beside レンタル物件."""
    terms = {_squeeze(d.term): d for d in known if len(_squeeze(d.term)) >= 5}
    counted: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    for clause, text in texts(version):
        for match in _COMPOUND.finditer(text):
            counted[match[0]] += 1
            first.setdefault(match[0], (clause.id, around(text, *match.span(), 0)))
    by_start: defaultdict[str, list[str]] = defaultdict(list)
    for word in counted:
        by_start[word[:3]].append(word)
    for term, definition in terms.items():
        for word in by_start[term[:3]]:
            if word not in terms and counted[word] <= 2 and _near(word, term):
                where, quote = first[word]
                message = f"「{word}」は、定義語「{definition.term}」（{definition.address}）と同じものを指すようです。用語を揃えてください。"
                yield LintFinding(CHECK, where, quote, message, INFO)


def _near(word: str, term: str) -> bool:
    """One word for the same thing: the same head or the same end, little between."""
    if word.startswith(term) or term.startswith(word):
        return False
    distance = edit_distance(word, term)
    same_end = _NOUN_ENDS.search(term)
    if same_end and word.endswith(same_end[0]) and distance <= 2 and len(term) >= 8:
        return True
    return distance == 1 and len(word) == len(term) and len(term) >= 5


def _squeeze(word: str) -> str:
    return re.sub(r"\s", "", word)
