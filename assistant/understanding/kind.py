"""What kind of answer a question wants, and what it asks for.

Kinds: lookup, calculate_own (its own number or date), rule_itself (how a sum is made), compare,
define, list, timeline, whether (yes or no). Asks: amount, date, period, who, where, how,
whether, which. Both are read from tables of patterns.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal[
    "lookup", "calculate_own", "rule_itself", "compare", "define", "list", "timeline", "whether"
]
Ask = Literal["amount", "date", "period", "who", "where", "how", "whether", "which"]

ASKS: tuple[tuple[Ask, re.Pattern[str]], ...] = (
    ("amount", re.compile(r"いくら|幾ら|なんぼ|おいくら|何円|なん円|何万|何日分|金額|見積|見込額|総額|合計|概算|試算|算出|費用|請求額|賠償額|減額(?!され(?:る|ます)か)|負担額|支払額|差額|割引額|上限|(?:料金|利息|損害金|違約金|解約金|割増金|手取り|相当額|レンタル料|弁償代|残額|額|利子|延滞料|精算金|税込|請求)(?:は|を|も|が|って|の金額)?(?:\?|$|。|教え|計算|出し|知り|お願い|確認|いかほど|どれ|どの(?:くらい|ぐらい|程度)|求め|ご教示|ください)|(?:損害金|利息|違約金|解約金|割増金|差額|日割り?|キャンセル料|弁償代|総額|合計|金額|料金|費用|請求額|支払額|相当額|減額|利子|精算)[^。]{0,48}(?:知り|教え|計算|出し|願|ほしい|欲しい|比べ|確認|ください|くれ|求め|ご教示|示し|並べ)|(?:日割り?|キャンセル料|利子|延滞金|延滞料|利息|損害金)(?:は|って|だと|なら)?(?:\?|$)|月の?分(?:は|って|だと)?(?:\?|$)|どれ(?:くらい|ぐらい|だけ)|どの(?:くらい|ぐらい|程度)|(?:を|の)計算|計算し|いかほど|払うことに|払えばい|払う計算")),
    ("date", re.compile(r"いつ|末日|満了|どの日|何日(?!分|間)|何月|期限|締め?切|〆切?|最短|最速|最終日|(?:いちばん|一番|もっとも|最も)(?:早|遅)|早くて|遅くとも|デッドライン|リミット|日付|日は(?:\?|$|。)|満了日|更新日|終了日|解約日|までに(?:出|言|通知|連絡|申|すれば|行)|スケジュール|カレンダー|何年何月|(?:期限|締切|日付|日|満了|更新日|終わり|区切り)[^。]{0,14}(?:教え|知り|並べ|一覧|お願い|願|出し|リスト|示し)")),
    ("period", re.compile(r"何(?:日間|か月|ヶ月|カ月|年|週間|時間)|期間は|どの(?:くらい|ぐらい)の期間|残り(?:何|期間)|日数")),
    ("who", re.compile(r"誰|だれ|どちら(?:が|の負担|持ち)|どっち(?:が|の負担|持ち)|どなた")),
    ("where", re.compile(r"どこ|どちらに|何に書|裁判所|窓口|管轄")),
    ("how", re.compile(r"どう(?:すれば|やって|したら|なり|なる|計算)|どのように|方法|手順|手続き?|何をすれば|やり方")),
    ("which", re.compile(r"どの|どれ|どんな|何が|なに|何(?:を|の|です|か)|選べる|一覧|すべて|全て|条件")),
    ("whether", re.compile(r"(?:ますか|ですか|でしょうか|ませんか|ますよね|ですよね|の\?|か\?|るの|ある\?|いい\?|[えけれ]る\?|かな|大丈夫|可能|間に合)")),
)  # fmt: skip

_RULE_ITSELF = re.compile(
    r"どう(?:やって)?(?:計算|決ま|算出)|(?:計算|算出|算定)(?:の)?(?:方法|式|ルール|根拠|の仕方|のしかた|の考え方)|どのように(?:計算|算出|決ま|算定)|何(?:条|項)|第何条|条文(?:は|を|の)|根拠(?:は|条|と)|何%|何パーセント|年率|利率|率は(?!\s*[\d一二三四五六七八九])|仕組み|"
    r"規約(?:では|に)どう|どういう(?:計算|ルール|決まり)|ルール(?:は|を教え|について)|決まり(?:は|を)|数え方|起算"
)
_OWN = re.compile(
    r"(?:私|わたし|うち|当社|弊社|自社|こちら|この|わが社|お客(?:様|さま)|僕|俺)の?(?:場合|ケース)(?:は|だと|、|に|の|では)?|この(?:ケース|条件|内容)(?:で|だと)|うち(?:は|だと)(?:いくら|いつ)|(?:私|うち|当社|弊社|自社|こちら|僕)の(?:違約金|解約金|解約料|解約期限|遅延損害金|延滞利息|割増金|最低利用期間|契約期間|満了日|差額|請求額)(?:は|って|いくら|いつ|を|の)"
)
#: whether something has to be paid at all, and words that ask how much all the same
_DUE = re.compile(
    r"(?:払わ|支払わ)(?:な(?:あかん|きゃ|くちゃ|くては|ければ|いと)|んと|ない(?:と|で))"
    r"|(?:払う|支払う|払い|支払い)(?:が)?(?:必要|義務|こと(?:に|は)(?:なり|なる|あり|ある))"
    r"|(?:払う|支払う|かかる|取られる|請求される|発生する)(?:の|ん(?:です|でしょう))か?\?"
    r"|(?:かかり|取られ|請求され|発生し)ます(?:か|よね)"
)
_HOW_MUCH = re.compile(
    r"いくら|幾ら|なんぼ|何円|なん円|何万|何割|金額|総額|合計|概算|試算|見積|計算|算出|どれ(?:くらい|ぐらい|だけ)|どの(?:くらい|ぐらい|程度)"
)
#: the system is told to compute, and not only asked how much it is
_COMPUTE = re.compile(
    r"(?:計算|試算|算出|見積)(?:もり)?(?:を)?(?:して|し(?:たい|てほしい)|お願い|頼|願|もって|もらえ|してもらえ)|見積もって|(?:金額|料金|額|利息|損害金|違約金|解約金|割増金)を(?:出して|求めて|はじいて)"
)
_COMPARE = re.compile(
    r"比べ|比較|違い|差は|どちらが(?:高|安|早|長)|並べ|同じ(?:です|\?|なの)|それぞれ|横並び"
)
_DEFINE = re.compile(
    r"とは(?:何|なに|どう|\?|$)|の意味|の定義|って何(?!を|か月|日|円)|とは$|何のこと|どういう意味"
)
_LIST = re.compile(
    r"一覧|すべて(?:挙|教|列)|全て(?:挙|教|列)|全部(?:教|挙|知)|列挙|リスト|洗い出|挙げて|いくつ"
)
_TIMELINE = re.compile(
    r"タイムライン|スケジュール(?:を|表|全体)|時系列|全体の流れ|日程表|年表|カレンダー"
)
_ROWS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("timeline", _TIMELINE), ("rule_itself", _RULE_ITSELF), ("compare", _COMPARE),
    ("define", _DEFINE), ("list", _LIST),
)  # fmt: skip


def asks_of(text: str) -> tuple[Ask, ...]:
    """What the folded text asks for, every kind that it shows.

    >>> asks_of("遅延損害金はいくらですか")
    ('amount', 'whether')
    """
    return tuple(ask for ask, pattern in ASKS if pattern.search(text))


def kind_of(text: str, asks: tuple[Ask, ...], *, own_numbers: bool) -> Kind:
    """The kind of the folded text; `own_numbers` where it holds dates, sums or a case.

    >>> kind_of("遅延損害金はどう計算しますか", ("how",), own_numbers=False)
    'rule_itself'
    """
    if wants_own(text) or (
        own_numbers and {"amount", "date"} & set(asks) and not _DEFINE.search(text)
    ):
        return "timeline" if _TIMELINE.search(text) and own_numbers else "calculate_own"
    for kind, pattern in _ROWS:
        if pattern.search(text):
            return kind
    return "whether" if asks == ("whether",) else "lookup"


def wants_own(text: str) -> bool:
    """Whether the writer asks for their own case in so many words (「私の場合いくら」)."""
    return bool(_OWN.search(text))


def computes(text: str) -> bool:
    """Whether the text tells to compute.

    >>> computes("SGの遅延損害金を計算してください"), computes("遅延損害金はどう計算しますか")
    (True, False)
    """
    return bool(_COMPUTE.search(text)) and not about_rule(text)


def about_rule(text: str) -> bool:
    """Whether the question is about the rule itself (「どう計算しますか」)."""
    return bool(_RULE_ITSELF.search(text))


def about_duty(text: str) -> bool:
    """Whether it asks if a sum is due at all, and not how much.

    >>> about_duty("差額を払わなあかんの?"), about_duty("差額はいくら払わなあかんの?")
    (True, False)
    """
    return bool(_DUE.search(text)) and not _HOW_MUCH.search(text)
