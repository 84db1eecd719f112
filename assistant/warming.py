"""What a new assistant is asked before its first user, so that nobody waits for what is read once.

A pattern is compiled, a calendar opened and a dictionary read when the first question needs it.
These talks go every way that questions go; what is answered is of no use.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.dialogue import Conversation

#: the day that the talks take place on
DAY = date(2026, 4, 1)
TALKS: tuple[tuple[str, ...], ...] = (
    ("こんにちは。SGをやめます。いつまでにどう届け出て、その月の料金と残った期間の分はどう扱われますか", "VPNだと？"),
    ("VPN装置の返却期限は4月10日で、返したのは4月25日、レンタル料は月6,000円です。損害金を計算して", "2台なら？"),
    ("MSPの料金8万円、期日3月31日、今日払うと遅延利息はいくらですか", "月末に払ったら？"),
    ("VPNを3年契約で去年の7月1日に始めました。月額9,000円(税込)で9月末に解約すると解約金は？",),
    ("3つの規約で準拠法の書き方を比べて",),
    ("マネージドセキュリテーパックとSGの、機器を壊したときの責任の違いは？",),
    ("VPNの第5条第1項には何が書いてありますか",),
    ("SGで契約者がしてはいけないことをすべて挙げて",),
    ("本契約という言葉の意味は？",),
    ("ポイントで払えますか",),
    ("MSPは電話で変更を申し込めばよいということで合っていますか",),
    ("保証はありますか",),
)  # fmt: skip


def talk(conversation: Conversation, turns: tuple[str, ...]) -> None:
    """Go through one talk."""
    for turn in turns:
        conversation.ask(turn, today=DAY)
