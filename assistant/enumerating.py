"""Questions that want all of a matter, and those that ask which agreement has it at all.

「VPNの免責条項をすべて挙げて」 is answered with every clause of the list (`corpus/lists.py`), and
「準拠法の定めがない規約はどれ」 with what each agreement has, or that it has none. A question is of
such a kind only where a name of the list is nearly all that it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.findings import Finding
from assistant.lookup import chosen_of
from assistant.question import Question
from assistant.recall import Asked, Recall
from corpus.lists import ClauseList

#: what asks for everything
_ALL = re.compile(
    r"(?:すべて|全て|全部|一覧(?:表)?|列挙|網羅(?:的)?|洗い出し?|漏れなく|もれなく|リスト(?:アップ|化)?)(?:を|に|で)?"
)
#: what asks which agreements have a provision and which have none
_WHICH = re.compile(
    r"(?:を|が|の)?(?:定め|規定|条項|条文)?(?:を|が|の)?(?:ない|無い|なし|ある|有る|あり|欠く|欠いている|欠けている|置いていない|置いている|持つ|持たない|含まない|定めていない|定めている|存在する|存在しない)の?(?:規約|契約|約款|もの|の)?(?:と(?:の)?(?:ない|ある)(?:規約|もの)?)?は?(?:どれ|どの規約|どちら|いずれ)"
    r"|(?:どの規約|どれ)に(?:は)?(?:定め|規定|条項)?が?(?:あ[りる]|な[いく])"
    r"|(?:を|が)?(?:欠く|ない|欠いている)(?:規約|約款)(?:は|を)?"
)
#: words that carry no matter of their own in such a question
_FILLER = re.compile(
    r"とその(?:期限|期間|内容|番号)|について|に関する|に関して|に関わる|における|として|条項番号(?:つき|付き)?|条文番号|番号|条項|条文|規定|規約|約款|定め(?:ている|られている)?|[3三](?:つの)?規約|各規約"
    r"|契約申込者|契約者|お客(?:様|さま)|当社|会社側?|オプテージ|それぞれ|比較(?:して|表)?|横並び|本規約|利用規約|側"
    r"|教えて|挙げて|あげて|示して|並べて|抜き出して|まとめて|出して|見せて|知りたい|確認したい|欲しい|ほしい|お願い(?:します|いたします)?|願います|ください|下さい|くれ|もらえますか|いただけますか"
    r"|(?:し|され)(?:てい)?(?:る|ます|た)|(?:あり|なり)ます|あります|ですか|でしょうか|です|ます|どんな|どのような|どういった|何|なに|どれ|事由|場合|内容|もの|こと|つき|付き"
    r"|[はがをのにでともへかねよ、。,.?!・()「」『』【】:：\s]"
)
#: characters that may be left over
_LEFT = 3


@dataclass(frozen=True, slots=True)
class Enumerated:
    """What is wanted: the list, and whether an agreement without provision is to be named."""

    of: ClauseList
    which: bool


def enumerated(text: str, lists: Iterable[ClauseList]) -> Enumerated | None:
    """The list that a folded text without agreement names wants all of, or None.

    The longest name that stands in the text is taken, the first list that has it.
    """
    every, which = bool(_ALL.search(text)), bool(_WHICH.search(text))
    named = [(name, one) for one in lists for name in one.names if name in text]
    for name, one in sorted(named, key=lambda pair: -len(pair[0])):
        if not (every or which or one.whole):
            continue
        left = _ALL.sub("", _WHICH.sub("", text.replace(name, "", 1)))
        if len(_FILLER.sub("", left)) <= (_LEFT if every or which else 0):
            return Enumerated(one, which)
    return None


def findings(
    recall: Recall, wanted: Enumerated, question: Question, seen: Asked
) -> tuple[Finding, ...]:
    """What each agreement meant has of the list, every clause in its order, or that it has none."""
    ids = [id for id in question.meant or tuple(recall.versions) if id in recall.versions]
    if wanted.which and len(ids) < 2:
        ids = list(recall.versions)
    told = [_finding(recall, wanted.of, id, seen) for id in ids if id in wanted.of.clauses]
    return tuple(told)


def _finding(recall: Recall, of: ClauseList, agreement: str, seen: Asked) -> Finding:
    version = recall.versions[agreement]
    held: Sequence[str] = [a for a in of.clauses[agreement] if version.get(a) is not None]
    if held:
        chosen = tuple(chosen_of(recall, version, address, 1.0) for address in held)
        return Finding(version, "answered", chosen)
    verdict = recall.judge(seen, agreement)
    checked = tuple(one.id for one in verdict.clauses[:2]) if verdict is not None else ()
    return Finding(version, "not_in_terms", subject=of.name, checked=checked)
