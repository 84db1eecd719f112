"""「第7条のレンタル期間」 where article 7 says nothing of a レンタル期間; 「前項による遅延」 likewise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.address import Address
from corpus.library import Version, place
from corpus.lint.finding import WARNING, LintFinding, around
from corpus.references import all_references

CHECK = "referenced_word"
TITLE = "引用先にない語"

#: a name made of katakana and kanji is a thing of this agreement, not a legal notion
_NAME = r"(?P<word>[ァ-ヺー]{3,}[一-鿿]{2,})"
_DEFINED = re.compile(rf"(?:に|で)(?:定める|定められた|規定する|規定された|いう)[ 　]?{_NAME}")
_OF = re.compile(rf"の[ 　]?{_NAME}")
_BY = re.compile(r"による[ 　]?(?P<word>(?:[ァ-ヺー]{3,}|[一-鿿]{2,}))(?=[やをがはにのと、])")
#: words that sum up what the other clause says; a clause need not contain them
_SUMMARY = re.compile(
    r"規定|事由|場合|事項|方法|責任|事象|義務|範囲|通知|措置|行為|条件|手続|業務|内容|目的|要件|基準|期限|権利|請求|制限|各号|各項|趣旨|承諾|届出|申出|対象|同意|効力|処分|処理|対応|表示|利用|停止|終了|届け出|変更|中止|解除|解約|実施|指定|決定|提供|支払|支給|休暇|金額|金銭"
)


def check(version: Version) -> Iterator[LintFinding]:
    """A thing that is said to stand in another clause and does not."""
    for clause, reference in all_references(version):
        if reference.external or reference.kind not in ("article", "paragraph", "previous", "next"):
            continue
        after = clause.full_text[reference.span[1] : reference.span[1] + 40]
        match = _DEFINED.match(after) or _BY.match(after) or _OF.match(after)
        if match is None or _SUMMARY.search(match["word"]) or not reference.targets:
            continue
        if _stands(version, reference.targets, match["word"]):
            continue
        start, end = reference.span[0], reference.span[1] + match.end()
        message = (
            f"「{match['word']}」は、引用先の{place(reference.targets[0])}に見当たりません。"
            "引用先か用語を確かめてください。"
        )
        yield LintFinding(
            CHECK, clause.id, around(clause.full_text, start, end, 0), message, WARNING
        )


def _stands(version: Version, targets: tuple[Address, ...], word: str) -> bool:
    for target in targets:
        found = version.get(target)
        if found is None or word in found.full_text or word in found.caption:
            return True
        core = re.sub(r"(?:額|等|及|又)$", "", word)
        if core in found.full_text:
            return True
    return False
