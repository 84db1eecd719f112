"""Deadlines that contradict each other: one act, two different times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.clause import Clause
from corpus.library import Version, place
from corpus.lint.finding import INFO, WARNING, LintFinding, own_clauses
from corpus.numerals import to_int

CHECK = "deadlines"
TITLE = "期限の矛盾"

_N = r"[0-9０-９一二三四五六七八九十]+"
_WHEN = re.compile(
    rf"(?P<anchor>[一-鿿ァ-ヺーご]{{2,14}}?(?:日|月))?(?:の)?[ 　]?(?:(?P<number>{_N})[ 　]?(?P<unit>日|週間|[ヶヵカケか箇]月|年)(?P<side>前まで|以内|前)|(?P<eve>前日まで)|(?P<day>まで(?:（[^（）]*当日を含む[^（）]*）)?に))"
)
_ACTS = "引渡|引き渡|納入|返還|返却|通知|届け出|申し出|支払|解約|更新|開示|提出|交付|報告|承諾|払い戻|請求|提供"
_ACT = re.compile(_ACTS)
_LATE = re.compile(r"(返還|返却|支払|引渡)[^。]{0,40}遅延[^。]{0,20}(その期限の翌日)")
_AT_ONCE = re.compile(r"直ちに[^。]{0,30}?(返還|返却|支払|引渡)")
_SENTENCE = re.compile(r"[^。\n]+。?")
_SAME = {"引き渡": "引渡", "納入": "引渡", "返却": "返還", "申し出": "届け出"}
_ANCHORS = {
    "レンタル開始日": "開始日",
    "ご利用開始希望日": "開始日",
    "利用開始日": "開始日",
    "サービスの提供開始日": "開始日",
    "提供開始日": "開始日",
    "解約希望日": "終了日",
    "希望日": "終了日",
    "満了": "終了日",
}


@dataclass(frozen=True, slots=True)
class _Deadline:
    clause: Clause
    words: str
    who: str
    act: str
    about: str
    anchor: str
    when: str


def check(version: Version) -> Iterator[LintFinding]:
    """Pairs of clauses that give one act of one party two deadlines."""
    grouped: defaultdict[tuple[str, ...], list[_Deadline]] = defaultdict(list)
    for clause in own_clauses(version):
        for deadline in _in_clause(clause):
            key = (deadline.who, deadline.act, deadline.about, deadline.anchor)
            grouped[key].append(deadline)
    for (who, act, about, _), found in grouped.items():
        for one, other in pairwise(found):
            if one.when != other.when and one.clause.id != other.clause.id:
                message = (
                    f"{who}の「{about}{act}」の期限が、{place(one.clause.address)}では「{one.words}」、"
                    f"ここでは「{other.words}」です。どちらによるか分かりません。"
                )
                yield LintFinding(CHECK, other.clause.id, other.words, message, WARNING)
    yield from _undated(version)
    yield from _mixed(version)


def _mixed(version: Version) -> Iterator[LintFinding]:
    """解約を希望する月の1カ月前 and 当該希望日 in one sentence: from which day is it counted?"""
    for clause in own_clauses(version):
        for sentence in _SENTENCE.finditer(clause.text):
            month = re.search(r"(?:を希望する|希望の|希望)月の?[^、。]{0,12}前", sentence[0])
            if month and re.search(r"希望日", sentence[0]):
                message = "期限は「希望する月」から数え、効力は「希望日」に生じます。どの日から数えるか分かりません。"
                yield LintFinding(CHECK, clause.id, month[0], message, WARNING)


def _in_clause(clause: Clause) -> Iterator[_Deadline]:
    for sentence in _SENTENCE.finditer(clause.text):
        words = sentence[0]
        who = re.search(r"(当社|弊社|契約者|契約申込者|申込者|利用者|会社|会員)は", words)
        for match in _WHEN.finditer(words):
            anchor = _anchor(words, match)
            act = _ACT.search(words, match.end())
            about = re.search(r"([一-鿿ァ-ヺー]{4,12})を", words)
            if who and act and anchor and act.start() - match.end() < 60:
                when = _when(match)
                shown = words[match.start() : match.end()].strip()
                name = _SAME.get(act[0], act[0])
                thing = about[1] if about else ""
                yield _Deadline(clause, shown, who[1], name, thing, anchor, when)


def _anchor(words: str, match: re.Match[str]) -> str:
    """What the deadline is counted from: a known day by its kind, another as printed."""
    before = words[: match.end()].rstrip("までに")
    printed = match["anchor"] or ""
    for name, kind in _ANCHORS.items():
        if name in printed or before.endswith(name):
            return kind
    return printed if match["number"] and len(printed) >= 3 else ""


def _when(match: re.Match[str]) -> str:
    if match["eve"]:
        return "-1日"
    if match["day"]:
        return "-0日"
    unit = re.sub(r"[ヶヵカケ箇]月", "か月", match["unit"])
    return f"-{to_int(match['number'])}{unit}"


def _undated(version: Version) -> Iterator[LintFinding]:
    """A charge for passing 期限 where the act itself must be done 直ちに: no day to count from."""
    duties: dict[str, tuple[Clause, str]] = {}
    for clause in own_clauses(version):
        for match in _LATE.finditer(clause.text):
            other, words = duties.get(match[1], (clause, ""))
            if words and other.address.article != clause.address.article:
                message = (
                    f"「{match[2]}」から数えますが、{place(other.address)}は「{words}」とするだけで"
                    "期限の日を定めていません。"
                )
                yield LintFinding(CHECK, clause.id, match[2], message, INFO)
        for found in _AT_ONCE.finditer(clause.text):
            duties[found[1]] = (clause, found[0])
