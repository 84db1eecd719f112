"""Wordings that mean the same, and words that any sentence about a clause may use.

Tables only: what parties are called, which spellings are folded, which words share a stem.
They hold for terms of service in general and name no agreement.
"""

from __future__ import annotations

import re

PROVIDER, CUSTOMER, USER, THIRD = "当社", "顧客", "ユーザー", "他人"
PARTY_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        CUSTOMER,
        r"(?:ご?契約者?申込者|ご?契約者(?:様|さま)?|お申込者|申込者|加入者|お客(?:様|さま)|あなた)(?!設備|先)",
    ),
    (USER, r"利用者(?:様|さま)?|ユーザ(?!ー)"),
    (THIRD, r"第三者"),
    (PROVIDER, r"当社|弊社|運営会社"),
)
PARTIES = (PROVIDER, CUSTOMER, USER, THIRD)
PARTY_WORDS = frozenset(PARTIES)

#: wordings with the same meaning; the right side is what the dictionary reads well
FOLDED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), folded)
    for pattern, folded in (
        (
            r"(?:なければ|なくては|ないと)(?:なりません|ならない|いけません|いけない|ならず)",
            "べきです",
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

#: words that any sentence about a clause may use without taking them from it
GENERAL = frozenset(
    stem(word)
    for line in (
        "場合 時 際 事 物 者 方 為 必要 内容 以下 次 規約 条項 条文 条 項 号 章",
        "本 記載 定め 定める 該当 当該 上記 下記 基づく 従う 関する 対する 契約",
        "サービス つまり 又 尚 但し 例外 其の その 此の この それ これ 其れ 此れ 旨",
        "等 など 通り 様 よう 形 何 どの 上 中 内 下 前記 点 様々 則る 拠る",
        "ついて 就く 於く 対し 沿う 是れ 又は 若しくは 及び 並びに 案内 説明 述べる",
        "成る ご 本件 付ける 含む 可能 事柄 取り扱い 対象 当たる",
    )
    for word in line.split()
)
