"""A party named where another must be meant, or a party's name that is no name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from corpus.definitions import definitions
from corpus.library import Version
from corpus.lint.finding import ERROR, INFO, WARNING, LintFinding, around, texts

CHECK = "wrong_party"
TITLE = "当事者の取り違え"

_PARTY = re.compile(r"(?:者|社|会員|ユーザー?|甲|乙|お客[様さ]ま?|省|法人)$")
_ROLE = "契約者|申込者|利用者|会員|加入者|使用者|申請者|当社|弊社|会社|甲|乙"
_JOINED = re.compile(rf"(?<![一-鿿])(?:{_ROLE})(?:{_ROLE})(?!名)")
_BAN = re.compile(
    r"^(?:(?P<lead>[^。、]{0,40}?[、])?)?(?P<party>[一-鿿ァ-ヺー]{2,10})は、?[^。]*?(?:てはならない|できない|できません|行わない|しない|ないものと|ならないものと|させない|いたしません)[^。]*。"
    r"[ 　\n]*(?:ただし|但し)、?(?P<but>[^。]*?)(?P<consent>の(?:書面による)?(?:事前の|事前承諾|書面の)?[^。、]{0,10}(?:承諾|同意|許可|承認))"
)
_TO_ITSELF = re.compile(
    rf"(?<![一-鿿])(?P<party>{_ROLE})は、?(?P<between>[^。]*?)(?<![一-鿿の])(?P=party)(?:に対し、?|に対して、?|に)(?P<act>[^。、にはが]{{0,16}}?(?:支払|通知|提出|返還|返却|届け出|届出|申し出|交付|報告|連絡|請求))"
)
_OTHER_SUBJECT = re.compile(r"(?:者|社|人|員|省|甲|乙|丙)[はが]|から|より|場合|とき")


def check(version: Version) -> Iterator[LintFinding]:
    """Two names run together, a ban that its own party may lift, a second name for a party."""
    terms = {d.term for d in definitions(version)}
    for clause, text in texts(version):
        for match in _JOINED.finditer(text):
            half = len(match[0]) // 2
            doubled = match[0][:half] == match[0][half:]
            if match[0] not in terms and not doubled and not _is_compound(match[0], terms):
                message = f"「{match[0]}」は当事者の名前が続けて書かれています。"
                yield LintFinding(CHECK, clause.id, match[0], message, ERROR)
        yield from _own_consent(clause.id, text)
        yield from _to_itself(clause.id, text)
    yield from _second_names(version)


def _is_compound(word: str, terms: set[str]) -> bool:
    """契約申込者 is one name: 契約 is no party by itself; 当社会員 likewise where defined."""
    return any(word in term for term in terms)


def _own_consent(id: str, text: str) -> Iterator[LintFinding]:
    """「Xは、…してはならない。ただし、Xの承諾を受けた場合は」: the other party's consent is meant."""
    match = _BAN.search(text)
    if match is None:
        return
    party, granted = match["party"], re.split(r"[、，]", match["but"])[-1].strip()
    if granted and (granted.endswith(party) or party.endswith(granted)) and granted:
        quote = around(text, match.start("but"), match.end("consent"), 0)
        message = f"「{party}」に対する禁止を「{granted}」自身の承諾で解いています。相手方の承諾の意味か確かめてください。"
        yield LintFinding(CHECK, id, quote, message, ERROR)


def _to_itself(id: str, text: str) -> Iterator[LintFinding]:
    """「契約者は、料金を契約者に支払う」: payer and payee are one."""
    for match in _TO_ITSELF.finditer(text):
        if not _OTHER_SUBJECT.search(match["between"]):
            message = f"「{match['party']}」が「{match['party']}」に対して行うことになっています。相手方を確かめてください。"
            quote = text[match.start() : match.end()]
            yield LintFinding(CHECK, id, quote, message, WARNING)


def _second_names(version: Version) -> Iterator[LintFinding]:
    """契約者 beside the defined 契約申込者: one party, two names."""
    defined = {d.term: d for d in definitions(version) if _PARTY.search(d.term)}
    if not defined:
        return
    counted: Counter[str] = Counter()
    first: dict[str, tuple[str, str]] = {}
    names = re.compile(rf"(?<![一-鿿])(?:契約)?(?:{_ROLE})(?![一-鿿])")
    for clause, text in texts(version):
        for match in names.finditer(text):
            counted[match[0]] += 1
            first.setdefault(match[0], (clause.id, around(text, *match.span(), 8)))
    for term, definition in defined.items():
        for name, count in counted.items():
            if name not in defined and name != term and _same_party(name, term):
                where, quote = first[name]
                message = f"「{name}」（{count}か所）は定義語「{term}」（{definition.address}）と同じ当事者のようです。呼び方を揃えてください。"
                yield LintFinding(CHECK, where, quote, message, INFO)


def _same_party(name: str, term: str) -> bool:
    """契約者 and 契約申込者, 申込者 and 契約申込者; not 当社."""
    if name in ("当社", "弊社", "会社", "甲", "乙"):
        return False
    return (
        0 < len(term) - len(name) <= 2
        and name[0] == term[0]
        and name[-1] == term[-1]
        and name[:2] == term[:2]
    )
