"""Whether the terms name a statute: which clauses do, under its short or its full name."""

from __future__ import annotations

import re

from assistant.about_text.literal import holding
from assistant.about_text.reading import Said, asking
from assistant.about_text.showing import listed, shown
from assistant.findings import Finding
from corpus.clause import Clause
from corpus.definitions import own, own_texts
from corpus.library import Version

#: short names of Japanese statutes and how a text prints them in full
FULL_NAMES: dict[str, tuple[str, ...]] = {
    short: tuple(full)
    for line in """\
個人情報保護法 個人情報の保護に関する法律
個情法 個人情報の保護に関する法律
暴対法 暴力団員による不当な行為の防止等に関する法律 暴力団員等による不当な行為の防止等に関する法律
暴力団対策法 暴力団員による不当な行為の防止等に関する法律 暴力団員等による不当な行為の防止等に関する法律
風営法 風俗営業等の規制及び業務の適正化等に関する法律
風適法 風俗営業等の規制及び業務の適正化等に関する法律
独占禁止法 私的独占の禁止及び公正取引の確保に関する法律
独禁法 私的独占の禁止及び公正取引の確保に関する法律
下請法 下請代金支払遅延等防止法
取適法 製造委託等に係る中小受託事業者に対する代金の支払の遅延等の防止に関する法律
特商法 特定商取引に関する法律
特定商取引法 特定商取引に関する法律
外為法 外国為替及び外国貿易法
不正アクセス禁止法 不正アクセス行為の禁止等に関する法律
不競法 不正競争防止法
景表法 不当景品類及び不当表示防止法
景品表示法 不当景品類及び不当表示防止法
電帳法 電子計算機を使用して作成する国税関係帳簿書類の保存方法等の特例に関する法律
犯収法 犯罪による収益の移転防止に関する法律
プロバイダ責任制限法 特定電気通信役務提供者の損害賠償責任の制限及び発信者情報の開示に関する法律
PL法 製造物責任法
フリーランス法 特定受託事業者に係る取引の適正化等に関する法律
労基法 労働基準法
派遣法 労働者派遣事業の適正な運営の確保及び派遣労働者の保護等に関する法律
民訴法 民事訴訟法
刑訴法 刑事訴訟法
""".splitlines()
    for short, *full in (line.split(),)
}
#: statutes whose names are too short, or too plain, to be told by their last words
_SHORT = "|".join(
    (*FULL_NAMES, "民法", "商法", "刑法", "憲法", "会社法", "破産法", "著作権法", "特許法", "商標法", "意匠法", "仲裁法",
     "通則法", "番号法", "マイナンバー法", "電波法", "銀行法", "保険法", "労働法", "有線電気通信法", "GDPR", "CCPA")
)  # fmt: skip
#: what longer names of statutes end in
_ENDING = (
    r"(?:契約|事業|税|保護|防止|禁止|基準|取引|販売|規制|責任|処理|推進|振興|決済|署名|管理|営業|訴訟|再生|更生|貿易|派遣|"
    r"ポルノ禁止|借家|調停|執行|保全)法"
)
#: a statute as a text prints it: from the last break on
_IN_TEXT = re.compile(
    rf"(?:{_SHORT})|[一-鿿ァ-ヺー・]{{1,24}}{_ENDING}(?![一-鿿])"
    r"|(?<=[「（(])[一-鿿ぁ-ゖァ-ヺー・]{2,60}に関する法律"
)
_NAME = (
    rf"(?:{_SHORT}|[一-鿿ァ-ヺーA-Z・]{{1,24}}{_ENDING}|[一-鿿ぁ-ゖァ-ヺー・]{{2,60}}に関する法律)"
)
#: 「どんな法律が出てきますか」, 「法令を引用している条項」
_EVERY = asking(
    r"(?:どんな|どの|どのような)?(?:法律|法令)(?:の?名前?|の名称)?(?:が|を|に|は|への)*(?:規約に)?"
    r"(?:出てき|出てくる|引用|参照|言及|触れ|挙げ|登場|名指し)(?:され|して|て)*(?:いる|る)?(?:条項|条文|条|規定|箇所|ところ)?"
)
_PLACE = r"(?:第?[0-9]+条(?:の[0-9]+)*(?:第?[0-9]+項)?|〓)?(?:\([^()]*\))?"
_THE = rf"[「『]?(?P<name>{_NAME})[」』]?の?{_PLACE}"
#: 「電気通信事業法への言及」, 「消費税法を引用している条項」, 「民法は出てきますか」, 「下請法に関する条項」
_ROWS = tuple(
    asking(rf"{_THE}{core}")
    for core in (
        r"(?:との関係)?(?:の規定|の条文|の名前|という(?:語|言葉|名前|法律))?(?:が|は|って|も|への|に|の|を)*(?:どこかに|規約に)?(?:出てき|出て来|出てくる|言及|引用|参照|触れ|登場|明記|名前)(?:され|して|て)*(?:いる|る)?(?:条項|条|規定|箇所|ところ|規約)?",
        r"(?:に(?:関する|関連する|関して|ついて|基づく)|への|の|との関係の?)(?:の)?(?:言及|記載|対応)?(?:する)?(?:条項|規定|記載|定め|条文|言及|対応)",
        r"の(?:適用|遵守)?(?:について|は|が)?(?:規約に)?(?:は)?(?:記載|言及|明記)(?:され)?",
    )
)  # fmt: skip


def read(said: Said) -> tuple[Finding, ...]:
    """The clauses that name the statute, or a silence for each agreement; empty where none is
    asked for."""
    match = next((m for row in _ROWS if (m := row.fullmatch(said.rest))), None)
    if match is None and _EVERY.fullmatch(said.rest):
        return tuple(map(_every, said.held))
    if match is None:
        return ()
    name = match["name"]
    full = FULL_NAMES.get(name, ())
    words = (name, *full, *(printed.replace("及び", "および") for printed in full))
    found = []
    for version in said.held:
        kept = holding(version, words)
        title = version.agreement.title
        if kept:
            head = f"{title}で『{name}』の名が出てくるのは、次の{len(kept)}か所です。"
            found.append(listed(version, head, kept))
        else:
            lead = (
                f"{title}に、『{name}』を名指しする条項は見当たりません（全条文を検索しました）。"
            )
            found.append(shown(version, lead, status="not_in_terms"))
    return tuple(found)


def _every(version: Version) -> Finding:
    """The clauses that name any statute, with the names."""
    title = version.agreement.title
    named = [(c, _names(c)) for c in own(version)]
    names = list(dict.fromkeys(name for _, found in named for name in found))
    if not names:
        lead = f"{title}に、法律を名指しする条項は見当たりません（全条文を検索しました）。"
        return shown(version, lead, status="not_in_terms")
    told = "、".join(f"『{name}』" for name in names)
    head = f"{title}で名を挙げられている法律は、{told}です。"
    return listed(version, head, [clause for clause, found in named if found])


def _names(clause: Clause) -> list[str]:
    texts = (re.sub(r"[ 　\n]", "", text) for text, _ in own_texts(clause))
    return [match[0].strip("・") for text in texts for match in _IN_TEXT.finditer(text)]
