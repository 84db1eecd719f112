"""What is said in a chat and asks for no clause: 「こんにちは」, 「おおきに」, 「要するに?」.

A remark is a text that is nothing else: 「こんにちは、解約したいです」 is a question. Most remarks
want a friendly word; some mean the last answer: once more in plain words, in short, or what else
there is. The rows are data, the first one that is said decides.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from assistant.understanding.folding import fold

Remark = Literal[
    "more", "gist", "unclear", "help", "anger", "thanks", "assent", "refusal", "farewell", "apology",
    "greeting", "waiting",
]  # fmt: skip

#: remarks that mean the last answer
ABOUT_ANSWER: frozenset[Remark] = frozenset({"more", "gist", "unclear"})

#: 「…してください」「…してもらえますか」, and how a question ends
_TELL = r"(?:(?:教えて|言って|話して|説明して|お願い(?:できますか|します|いたします)?|頼むわ?|して)?(?:ください|下さい|くれ(?:る|ます|ません|へん)?|ほしい(?:です)?|欲しい(?:です)?|(?:もらえ|いただけ|頂け)(?:る|ます|ません)?)?[やよなねか]*)"
_END = r"(?:です|でしょう|なん|やろ|や|かな|だろう|すか|って|か|ねん|の|ん)*"
_VERY = r"(?:よく|よう|さっぱり|全然|ぜんぜん|いまいち|いまひとつ|ちょっと|あまり|全く|まったく|もっと|もう少し|もうちょっと)?"
_MILD = r"(?:(?:ん|の)?(?:です|や|だ)?(?:けど|けども|けれど|が|から)|です|でした|ねん|わ|よ|なあ?)*"
#: (what a remark is, how it is said); where several are said, the one that stands first here
ROWS: tuple[tuple[Remark, str], ...] = (
    ("more", rf"(?:その)?(?:ほか|他)(?:に)?[はも]?(?:何か|なにか|なんか)?(?:注意(?:点|すること)は?)?(?:ある|あり|ない)?(?:ます|ません)?{_END}"),
    ("more", rf"(?:ほか|他)の(?:条項|条文|規定|決まり|定め)[はも]?(?:ある|あります)?{_END}"),
    ("more", r"[それこ]れ(?:だけ|で全部|ですべて)(?:です)?か?|それから|ほんで"),
    ("more", rf"もっと(?:ない|ある){_END}|{_VERY}(?:詳しく|くわしく){_TELL}|続き[はを]?{_TELL}"),
    ("gist", rf"(?:要するに|ようするに|つまり|結局|けっきょく|要は|まとめると|(?:一言|簡単|かんたん)[でに](?:言う|いう)と)は?(?:どう(?:いうこと|なる|したらいい|すればいい)|何|なに|なん)?{_END}"),
    ("gist", rf"(?:要約|まとめ)(?:して|て)?{_TELL}|(?:短く|手短に|簡潔に){_TELL}|結論(?:は|だけ|を|から)?{_TELL}"),
    ("unclear", rf"(?:今の|いまの|それ|その|言ってる|おっしゃる|書いてある|説明の?)?(?:意味|こと|説明|答え|回答|言葉|文章|内容|話)?[がはのも]?{_VERY}(?:わか|分か|判)(?:らん(?:かった)?|ら(?:ない|へん|なかった)|りません|り(?:にく|づら)い){_MILD}{_TELL}"),
    ("unclear", rf"意味不明(?:です)?|どういう(?:意味|こと){_END}|日本語で{_TELL}"),
    ("unclear", rf"{_VERY}(?:(?:簡単|かんたん)に|わかりやすく|分かりやすく|やさしく|易しく|噛み砕いて|かみくだいて|平たく|具体的に|(?:簡単な|やさしい|わかりやすい|易しい)言葉で){_TELL}"),
    ("unclear", rf"(?:もう一度|もういちど|もう一回|もっかい){_TELL}"),
    ("unclear", r"(?:難し|むずかし|ムズ)(?:い|かしい|すぎ(?:る|ます)|(?:くて|すぎて)(?:わか|分か)(?:らない|りません|らん))(?:です)?[ねなわ]?"),
    ("help", rf"(?:何|なに|なん)[がてをに]?(?:でき|聞け|答えられ|質問でき|教えてくれ)(?:る|ます){_END}"),
    ("help", rf"(?:何|なに|なん|どう)[がてをに]?(?:やって)?(?:聞けば|聞いたら|たずねたら|書けば|使えば|使ったら|入力すれば)(?:いい|ええ|よい){_END}"),
    ("help", rf"(?:この|こちらの)?(?:アプリ|チャット|画面|ツール|サイト|ボット)?の?使い(?:方|かた)(?:は|を|が(?:わから|分から)ない)?{_TELL}"),
    ("help", rf"ヘルプ|help|(?:助けて|たすけて)(?:ください)?|あなたは(?:誰|だれ|何){_END}|テスト|test"),
    ("help", rf"(?:質問|相談|聞きたいこと|ききたいこと|教えてほしいこと)[がは]?(?:(?:ある|あり|し)(?:ます|たい|ても?いい)?)?{_MILD}{_END}"),
    ("anger", rf"(?:(?:それ|そんなの?|これ)(?:は|って)?)?(?:あまりに(?:も)?|本当に|ほんまに|ほんと|まじで|めっちゃ)?(?:ひど(?:い|すぎ(?:る|ます)?)|酷(?:い|すぎ(?:る|ます)?)|最悪|最低|ありえ(?:ない|へん|ません)|有り得ない|おかしい|理不尽|むちゃくちゃ|めちゃくちゃ|(?:話|はなし)にならない|信じられ(?:ない|ません|へん))(?:話)?{_MILD}(?:だろう?|やろ|じゃ(?:ないか|ん)|でしょう?)?{_END}"),
    ("anger", rf"(?:ふざけ(?:るな|んな|てる|ないで)|なめてる|舐めてる|ばかにして?る|馬鹿にして?る|いい加減に(?:して|しろ|せえ)|納得(?:でき|いか|いき)(?:ない|ません|へん)|(?:腹|はら)(?:が)?(?:立つ|立った|たつ)|むかつく|ムカつく|もう(?:いやだ|嫌だ)|怒って(?:る|います)|使えない|役に立たない|(?:責任者|上司|人間)(?:を|に)(?:出せ|出して|代われ|代わって|かわって)){_TELL}{_MILD}{_END}"),
    ("thanks", r"(?:本当に|ほんまに|ほんとに|誠に|どうも|いつも|色々|いろいろ|大変)?(?:(?:ありがと|有難|有り難)う?(?:ございま(?:す|した))?|おおきに|あざっ?す|恐れ入ります|恐縮です)"),
    ("thanks", r"感謝(?:します|です|いたします)?|サンキュー|さんきゅー|thankyou|thanks|thx|(?:助か|たすか)(?:る|り(?:ます|ました)|った)(?:わ|です)?"),
    ("thanks", r"お世話(?:に)?(?:さま|様|なりました)(?:です|でした)?|どうも(?:です)?"),
    ("refusal", r"いいえ|いえ|いや|いら(?:ない|ん)(?:です|わ)?|結構です|大丈夫(?:です)?|もう(?:いい|ええ)(?:です|わ)?|(?:違|ちが)(?:う|います)[よわ]?|ちゃう(?:ねん|よ)?|そうじゃない(?:です)?|no"),
    ("assent", r"は[いー]+|ええ|うん|そう(?:です|なん(?:です)?|か|や|なの)?[ねなよか]?|せや[なね]?|ok(?:です)?|オッケー(?:です)?|オーケー|おけ|おっけー|りょ|りょーかい|yes"),
    ("assent", r"(?:了解|承知)(?:です|しました|いたしました|っす)?|かしこまりました|(?:よく|よう)?(?:わか|分か|判)(?:りました|った(?:わ|よ|です)?)|納得(?:です|しました)?"),
    ("assent", r"なるほど(?:です)?[ねな]?|(?:それで)?(?:お願い|おねがい)(?:します|いたします)?|よろしく(?:お願い(?:します|いたします|致します)|です)?ね?"),
    ("assent", r"へえ?ー?|ふうん|ふーん|ほう|ほお|いいです[ねよ]?|すごい(?:です)?ね?|確認(?:します|しました|できました)"),
    ("farewell", r"さよう?なら|バイバイ|ばいばい|じゃあね|では(?:また)?|また(?:来ます|きます|聞きます|今度)ね?|失礼(?:します|いたします|しました)|お疲れ(?:さま|様)?(?:です|でした)?|おやすみ(?:なさい)?|以上です|終わります|bye"),
    ("apology", r"(?:すみません|すいません|すんません|ごめん(?:なさい)?|申し訳(?:ない|ありません|ございません))(?:です|でした)?"),
    ("greeting", r"こんにち[はわ]|こんばん[はわ]|おはよう?(?:ございます)?|もしもし|はじめまして|初めまして|まいど|毎度|やあ|ハロー|hello|hi|hey|お世話になって(?:おり)?ます"),
    ("waiting", r"えっと|えーっ?と|あの[うー]?|ちょっと待って(?:ください)?|待って(?:ください)?|ほな|うーん|んー|あ|え"),
)  # fmt: skip
#: 「ｺﾝﾆﾁﾊ」 is said as well
_IN_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
#: a remark is no longer than this
LONGEST = 40
#: marks, faces and laughter around the words
_BESIDE = re.compile(r"[^\w]|[_ｗw笑]$|(?<=[。!?])[w笑]+")


def remark(text: str) -> Remark | None:
    """What kind of remark a text is, or None where it is more than that.

    >>> remark("ありがとうございました！"), remark("はい、わかりました。"), remark("ほかには？")
    ('thanks', 'assent', 'more')
    >>> remark("こんにちは、解約したいです") is None
    True
    """
    said = _BESIDE.sub("", fold(text).text.strip()).casefold()
    if not said or len(said) > LONGEST:
        return None
    return _said(said) or _said(said.translate(_IN_HIRAGANA))


#: remarks that people put before a question
_OPENING = ("greeting", "thanks", "farewell", "apology")
_SENTENCE_END = re.compile(r"[。.!！、,\n]+\s*")


def after_greeting(text: str) -> str:
    """The text without the greetings and thanks that it begins with, where more follows.

    >>> after_greeting("お世話になっております。解約したいです。"), after_greeting("こんにちは。")
    ('解約したいです。', 'こんにちは。')
    """
    left = text
    while match := _SENTENCE_END.search(left):
        if remark(left[: match.start()]) not in _OPENING or not left[match.end() :].strip():
            break
        left = left[match.end() :]
    return left


def _said(said: str) -> Remark | None:
    whole = next((kind for kind, row in _rows() if row.fullmatch(said)), None)
    return whole or _first_of_several(said)


def _first_of_several(said: str) -> Remark | None:
    """Of remarks in a row, the one whose row stands first; None where something else is said."""
    at, rows = 0, set()
    while at < len(said):
        match = _any().match(said, at)
        if match is None or not match[0]:
            return None
        rows.add(int((match.lastgroup or "r0")[1:]))
        at = match.end()
    return ROWS[min(rows)][0]


@cache
def _rows() -> tuple[tuple[Remark, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(row)) for kind, row in ROWS)


@cache
def _any() -> re.Pattern[str]:
    """Any one remark; which row it is stands in the name of the group."""
    return re.compile("|".join(f"(?P<r{at}>{row})" for at, (_, row) in enumerate(ROWS)))
