"""The calculations as people look for them: shelves of rules, and a search by everyday words.

Pure: from the rules' declarations to lists; nothing here knows a rule by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from calculators.rule import Rule

#: shelves in the order people ask, each with the groups that rules declare
SHELVES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("やめる・解約する", ("解約", "解約と通知の期限")),
    ("支払いと料金", ("料金", "料金の遅れ")),
    ("契約期間・更新・変更", ("契約期間", "契約期間と更新", "契約内容の変更")),
    ("障害・損害・機器", ("障害・賠償", "損害と責任", "機器", "引渡しと検収")),
    ("申し込む・使う", ("申込みと利用条件", "許可・費用・窓口")),
    ("止められる・解除される", ("停止と解除",)),
)
#: share of a query's letter pairs that a rule's words must have
_NEAR = 0.34


def shelves(rules: Iterable[Rule]) -> list[tuple[str, list[Rule]]]:
    """The rules by shelf; groups that no shelf names come last, under their own names."""
    known = {group: shelf for shelf, groups in SHELVES for group in groups}
    order = list(known)
    found: dict[str, list[Rule]] = {shelf: [] for shelf, _ in SHELVES}
    for rule in sorted(rules, key=lambda r: order.index(r.group) if r.group in known else 99):
        found.setdefault(known.get(rule.group, rule.group), []).append(rule)
    return [(shelf, listed) for shelf, listed in found.items() if listed]


def search(rules: Iterable[Rule], words: str) -> list[Rule]:
    """The rules that `words` may mean, best first; all where `words` is empty."""
    listed = list(rules)
    wanted = fold(words)
    if not wanted:
        return listed
    scored = [(_score(rule, wanted), rule) for rule in listed]
    best = sorted((s for s in scored if s[0] > 0), key=lambda s: -s[0])
    return [rule for score, rule in best if score >= best[0][0] / 3]


def fold(words: str) -> str:
    """Letters that are compared: one width, one case, no spaces or marks.

    >>> fold("違約金は、ＩＤ ごと？")
    '違約金はidごと'
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", words).lower())


def _score(rule: Rule, wanted: str) -> float:
    """How well a rule fits: whole everyday words first, then shared letter pairs."""
    near = max(_one(word, wanted) for word in _words(rule))
    if near > 0:
        return near
    shared = len(_pairs(wanted) & _all_pairs(rule)) / max(len(_pairs(wanted)), 1)
    return shared if shared >= _NEAR else 0


def _one(word: str, wanted: str) -> float:
    if word == wanted:
        return 4.0
    if len(wanted) > 1 and wanted in word:
        return 2.0 + len(wanted) / len(word)
    if len(word) > 1 and word in wanted:
        return 1.0 + min(len(word) / len(wanted), 1) * 2
    return 0.0


def _words(rule: Rule) -> tuple[str, ...]:
    return tuple(fold(word) for word in (rule.title, *rule.synonyms, *_output_titles(rule)))


def _output_titles(rule: Rule) -> tuple[str, ...]:
    return tuple(output.title for output in rule.outputs[:1])


def _all_pairs(rule: Rule) -> frozenset[str]:
    titles = (fold(spec.title) for spec in rule.specs())
    return frozenset(pair for word in (*_words(rule), *titles) for pair in _pairs(word))


def _pairs(word: str) -> frozenset[str]:
    return frozenset(word[i : i + 2] for i in range(len(word) - 1))
