"""Lays a claimed sentence beside the nearest sentences of its sources and finds what differs.

Each comparison returns what differs, in words for the model that must repair it, or "".
`picked` are the source sentences nearest to the claim, the nearest first; `sources` all.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import combinations

from assistant.numbers_in_text import quantities
from assistant.statement import Key, Mention, Statement, read, sentences, stem

#: most source sentences that one claimed sentence may be put together from
MAX_PICKED = 3
#: a claim this close to a sentence must deny exactly what the sentence denies
CLOSE = 0.6
#: share of the words of an exception, and of a condition, that the reply must carry
EXCEPTION_CARRIED, CONDITION_CARRIED = 0.33, 0.25
#: a source sentence this near to the claim, against the nearest, may stand for it
AS_NEAR = 0.8

#: words that any sentence about a clause may use without taking them from it
GENERAL = frozenset(
    stem(word)
    for word in [
        "場合",
        "時",
        "際",
        "事",
        "物",
        "者",
        "方",
        "為",
        "必要",
        "内容",
        "以下",
        "次",
        "規約",
        "条項",
        "条文",
        "条",
        "項",
        "号",
        "章",
        "本",
        "記載",
        "定め",
        "定める",
        "該当",
        "当該",
        "上記",
        "下記",
        "基づく",
        "従う",
        "関する",
        "対する",
        "契約",
        "サービス",
        "つまり",
        "又",
        "尚",
        "但し",
        "例外",
        "其の",
        "その",
        "此の",
        "この",
        "それ",
        "これ",
        "其れ",
        "此れ",
        "旨",
        "等",
        "など",
        "通り",
        "様",
        "よう",
        "形",
        "何",
        "どの",
        "上",
        "中",
        "内",
        "下",
        "前記",
        "点",
        "様々",
        "則る",
        "拠る",
        "ついて",
        "就く",
        "於く",
        "対し",
        "沿う",
        "是れ",
        "又は",
        "若しくは",
        "及び",
        "並びに",
        "案内",
        "説明",
        "述べる",
        "成る",
        "ご",
        "本件",
        "付ける",
        "含む",
        "可能",
        "事柄",
        "取り扱い",
        "対象",
        "当たる",
    ]
)
_CONDITION = re.compile(
    r"([^、。（）()]{2,60}?)(?:とき|場合|際|たら|れば|なら(?:ば)?|限り)(?=[はにも、。でを]|$)"
)
_ONLY = r"(?<!ない)限(?:り|る|っ|ら)(?!で?は|で?あ)|のみ(?!なら)|だけ(?!で(?:は)?な)|しか"
#: exceptions inside a sentence: how they are printed, and what a reply may print for them
_EXCEPTIONS = {
    "を除く": (re.compile(r"([^、。（）()]{2,40}?)を除[きくい]"), re.compile(r"除[きくい]|以外")),
    "以外": (re.compile(r"([^、。（）()]{2,40}?)以外"), re.compile(r"除[きくい]|以外")),
    "のみ": (
        re.compile(r"([^、。（）()]{2,40}?)(?:に限[りるっ]|のみ(?!なら)|だけ(?!で(?:は)?な))"),
        re.compile(_ONLY),
    ),
}
_PROVISO_WORDS = re.compile(
    r"ただし|但し|除[きくい]|以外|例外|なければ|ない限り|を超え|この限り|場合(?:は|が|には)"
)
_ENDS_OPEN = re.compile(r"(?:こと|場合|可能性|おそれ)が(?:あり|ある)[^、。]*。?$")
#: units of numbers that name a place in the text
_PLACES = frozenset({"条", "項", "号", "章", ""})
_ODD = re.compile(
    r"半(?:年|月|額|分|日|期|数|時間)|[数何幾]?倍|全額|数[日週カヶか箇回円年月時分万千百十]\S?|"
    r"[〇零一二三四五六七八九十百千万0-9]+(?:割|分|厘|毛|・|点|倍)[〇零一二三四五六七八九十0-9割分厘]*|"
    r"(?:ひと|ふた|み|よ|いつ|む|なな|や|ここの|と)(?:つき|月|年)|"
    r"(?:明治|大正|昭和|平成|令和)\S{1,3}?年|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+|[壱弐参肆伍陸漆捌玖拾]+"
)


def odd_numerals(text: str) -> list[str]:
    """Numbers that are not printed as digits with a unit: 半年, 一割四分五厘, 令和8年, 数カ月.

    >>> odd_numerals("年一割四分五厘、半年ごと")
    ['一割四分五厘', '半年']
    """
    text = unicodedata.normalize("NFKC", text)
    found = [match[0] for match in _ODD.finditer(text)]
    rest = text
    for quantity in quantities(text):
        rest = rest.replace(quantity.printed, " ", 1)
    return found + [c for c in rest if unicodedata.category(c) in ("Nd", "No", "Nl")]


def unknown_words(
    said: Statement, sources: Iterable[Statement], places: Iterable[Statement], question: str
) -> list[str]:
    """Content words that neither the sources nor the clause's name nor a condition asked carry."""
    known = {word for source in (*sources, *places) for word in source.words}
    left = [word for word in said.words if word not in known and word not in GENERAL]
    if not left:
        return []
    asked = read(question).said & _condition_words(said.text)
    return [word for word in dict.fromkeys(left) if word not in asked]


def nearest(said: Statement, sources: Sequence[Statement]) -> list[Statement]:
    """The source sentences that carry the claim's words, the nearest first."""
    wanted = _own(said)
    ranked = sorted(sources, key=lambda s: _closeness(said, s), reverse=True)
    picked: list[Statement] = []
    carried: set[str] = set()
    for source in ranked:
        gain = (wanted & source.said) - carried
        if gain and len(picked) < MAX_PICKED and (not picked or len(gain) >= 1):
            picked.append(source)
            carried |= gain
        if wanted <= carried:
            break
    return picked


def turned_round(said: Statement, picked: Sequence[Statement], _all: Sequence[Statement]) -> str:
    """A word that is denied here and asserted there, or the other way round."""
    near = frozenset[str]().union(*(s.near for s in picked))
    denied = frozenset[str]().union(*(s.denied for s in picked))
    asserted = frozenset(w for s in picked for w, n in Counter(s.words).items() if n > s.denied[w])
    for word in said.denied:
        if word not in near:
            return word
    for word, times in Counter(said.words).items():
        if times > said.denied[word] and word in denied and word not in asserted:
            return word
    best = picked[0]
    if _closeness(said, best) >= CLOSE:
        return next(iter(_shared(said.denied - best.denied, best)), "") or next(
            iter(_shared(best.denied - said.denied, said)), ""
        )
    return ""


def _shared(denied: Counter[str], other: Statement) -> list[str]:
    return [word for word in denied if word in other.said]


#: roles that a party may have in the source for its role in the claim
_LIKE_ROLES = {
    "topic": ("topic", "agent"),
    "agent": ("topic", "agent"),
    "owner": ("owner", "topic", "agent"),
}


def swapped(said: Statement, picked: Sequence[Statement], sources: Sequence[Statement]) -> str:
    """A party in a role that the nearest like mention gives to another party."""
    mentions = [m for s in (*picked, *sources) for m in s.mentions]
    for mention in said.mentions:
        roles = _LIKE_ROLES.get(mention.role, (mention.role,))
        rivals = [m for m in mentions if m.role in roles]
        if not _fits(mention, rivals):
            return mention.party
    return ""


def _fits(mention: Mention, rivals: Sequence[Mention]) -> bool:
    if not rivals:
        return mention.role == "object"
    best = max(len(mention.words & m.words) for m in rivals)
    like = {m.party for m in rivals if len(mention.words & m.words) == best}
    return mention.party in like


def moved_number(said: Statement, picked: Sequence[Statement], _all: Sequence[Statement]) -> str:
    """A number used otherwise: not in these sentences, turned direction, order or repetition."""
    own = [key for key in said.numbers if key[1] not in _PLACES]
    for key in own:
        if not any(key in s.numbers for s in picked):
            return _printed(key)
        if own.count(key) > max(s.numbers.count(key) for s in picked):
            return _printed(key)
    directions = {pair for s in picked for pair in s.directions}
    for key, direction in said.directions:
        if key in own and (key, direction) not in directions:
            return f"{_printed(key)}{direction}"
    return _disordered(own, picked)


def _disordered(own: Sequence[Key], picked: Sequence[Statement]) -> str:
    """Two numbers of one unit in an order that no picked sentence has."""
    for first, second in combinations(own, 2):
        both = [s.numbers for s in picked if first in s.numbers and second in s.numbers]
        same_unit = first != second and first[1] == second[1]
        if same_unit and both and not any(_in_order(n, first, second) for n in both):
            return f"{_printed(first)}、{_printed(second)}"
    return ""


def _in_order(numbers: Sequence[Key], first: Key, second: Key) -> bool:
    return first in numbers[: len(numbers) - 1 - numbers[::-1].index(second)]


def moved_bound(said: Statement, picked: Sequence[Statement], _all: Sequence[Statement]) -> str:
    """A word with から or まで that the sentences have only with the other."""
    known = {pair for s in picked for pair in s.bounds}
    words = {word for word, _particle in known}
    for word, particle in said.bounds:
        if word in words and (word, particle) not in known:
            return f"{word}{particle}"
    return ""


def _other_modes(said: Statement, sources: Sequence[Statement]) -> str:
    """A word that one may do here and not there, or must do here and may do there."""
    able = {word for s in sources for word in (*s.able, *s.maybe)}
    due = {word for s in sources for word in s.due}
    for word in said.able:
        if word not in able and word not in said.denied:
            return f"{word}できる"
    return next((f"{w}しなければならない" for w in said.due if w in able and w not in due), "")


def changed_mode(said: Statement, picked: Sequence[Statement], sources: Sequence[Statement]) -> str:
    """A certainty, permission, duty or restriction that the nearest sentences do not have."""
    modes = frozenset[str]().union(*(s.modes for s in picked))
    for word in said.words:
        open_in = [s for s in picked if s.maybe[word]]
        only = word == said.words[-1] or all(s.words.count(word) == 1 for s in open_in)
        if open_in and only and not said.maybe[word]:
            return "ことがある"
    if _ENDS_OPEN.search(picked[0].text) and not said.modes & {"may", "can"}:
        return "ことがある"
    wrong = _other_modes(said, sources)
    if wrong:
        return wrong
    if "can" in said.modes and not modes & {"may", "can"}:
        return "できる"
    if "only" in said.modes and "only" not in modes:
        return "のみ"
    if "must" in said.modes and "must" not in modes and modes & {"may", "can"}:
        return "しなければならない"
    return ""


def rejoined(said: Statement, _picked: Sequence[Statement], sources: Sequence[Statement]) -> str:
    """Words joined by and that the sentences join by or, or the other way round."""
    known = {join for s in sources for join in s.joins}
    for left, kind, right in said.joins:
        other = (left, "or" if kind == "and" else "and", right)
        if (left, kind, right) not in known and (left == right or other in known):
            return f"{left}、{right}"
    return ""


def dropped(
    said: Statement,
    picked: Sequence[Statement],
    sources: Sequence[Statement],
    beside: str,
    question: str,
) -> str:
    """An exception or condition of the nearest sentence that the whole reply does not carry."""
    reply = read(beside.replace("\n", "。"))
    least = AS_NEAR * _closeness(said, picked[0])
    near = [s for s in sources if _closeness(said, s) >= least]
    for source in near:
        lost = _lost_exception(source, sources, reply)
        if lost:
            return lost
    told = _with_previous(said, beside)
    missing = [_lost_condition(source, told, read(question)) for source in near]
    return missing[0] if all(missing) and missing else ""


def _with_previous(said: Statement, beside: str) -> list[Statement]:
    """The claimed sentence and the one before it in the reply."""
    texts = sentences(beside)
    at = texts.index(said.text) if said.text in texts else 0
    return [*(read(text) for text in texts[max(0, at - 1) : at]), said]


def _lost_condition(source: Statement, told: Sequence[Statement], question: Statement) -> str:
    """A condition of `source` that neither the claim nor the question names, or ""."""
    named = [read(segment).said for one in told for segment in _conditions(one.text)]
    said = frozenset[str]().union(*(one.said for one in told))
    for segment in _conditions(source.text):
        wanted = _own(read(segment))
        distinct = wanted - read(source.text.replace(segment, "", 1)).said
        if not wanted or any(_share(wanted, words) >= CONDITION_CARRIED for words in named):
            continue
        if _share(wanted, question.said) >= CONDITION_CARRIED or _share(distinct, said) >= CLOSE:
            continue
        return segment
    return ""


def _share(wanted: Collection[str], words: frozenset[str]) -> float:
    return len(words.intersection(wanted)) / len(wanted) if wanted else 0.0


def _lost_exception(source: Statement, sources: Sequence[Statement], reply: Statement) -> str:
    """An exception of `source` that the reply has no words for, or "" ."""
    for name, (pattern, marker) in _EXCEPTIONS.items():
        segments = [match[1] for match in pattern.finditer(source.text)]
        if len(segments) > len(marker.findall(reply.text)):
            return f"{segments[0]}{name}"
        lost = [s for s in segments if not _carries(reply.said, s, EXCEPTION_CARRIED)]
        if lost:
            return f"{lost[0]}{name}"
    proviso = _proviso(source, sources)
    if proviso is None:
        return ""
    own = _own(proviso) - source.said
    numbers = {key for key in proviso.numbers if key[1] not in _PLACES} - set(source.numbers)
    said = len(own & reply.said) / len(own) >= EXCEPTION_CARRIED if own else True
    told = bool(numbers & set(reply.numbers)) if numbers else True
    return "" if said and told and _PROVISO_WORDS.search(reply.text) else proviso.text


def _proviso(source: Statement, sources: Sequence[Statement]) -> Statement | None:
    at = next((i for i, s in enumerate(sources) if s == source), -1)
    after = sources[at + 1] if 0 <= at < len(sources) - 1 else None
    return after if after is not None and after.text.startswith(("ただし", "但し")) else None


def _conditions(text: str) -> list[str]:
    return [match[1] for match in _CONDITION.finditer(text)]


def _condition_words(text: str) -> frozenset[str]:
    return frozenset(w for s in _conditions(text) for w in read(s).words)


def _carries(words: frozenset[str], segment: str, share: float) -> bool:
    wanted = _own(read(segment))
    return not wanted or _share(wanted, words) >= share


def _own(statement: Statement) -> set[str]:
    return {word for word in statement.words if word not in GENERAL}


def _closeness(left: Statement, right: Statement) -> float:
    """Shared words over all words (Jaccard), general words left out."""
    a, b = _own(left), _own(right)
    return len(a & b) / len(a | b) if a | b else 0.0


def _printed(key: Key) -> str:
    return f"{key[0]}{key[1]}"
