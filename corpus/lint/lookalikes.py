"""Characters of another script that look right: 使用权, 關係, カ for 力, mixed pairs of brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from corpus.library import Version
from corpus.lint.finding import ERROR, INFO, LintFinding, around, texts

CHECK = "lookalikes"
TITLE = "字種の混在"

#: simplified or old forms → the form of present-day Japanese
FORMS = dict(zip(
    "权关书务东车贝见产变图团国处实对带应归录战户扩护报择报损换断无时显术机杂条来构标样欢残气污沟测济热独现画码离种称积穷签类级纪约纸线练组细终经结给统继绩续维缓缘职联节药营虚虽补装规视觉计订认讨让议记讲许论设证评识诉词译试话询该详语误说请读课调谈谢质贩贫购贷费资赏赔转轻软输还这进远违连迟选递遗邮郑释钟铁银链销锁错键长门问间闻阅队际险隐难集预领频题颜额风飞饭馆验鱼龙"
    "關係發權證會當國學經濟辯號與舊圓價變應實寫對爲澤獨賣讀廣擔據擧歸歷氣淺濕燒營狀畫盡禮稱竊粹絕繼續纖聲聽膽舍藝處螢觀觸譯豫轉辭遞邊鄉醫釋錢鐵關陷隨險雙雜靈顏顯餘驅驗體點黨齒龍廢拂拔擴滿潛獻壓圍壞奧姬實專將屆帶廳彈從德惡惱戀戰戲拜敕敍數晝曉條樂樓樣橫檢歐殘殼淚淨溪滯澁灣燈爐犧狹獸縣縱總臺萬蠻衞裝襃觸謠讓豐賴輕轉遙醉銳錄鎭雖靜",
    "権関書務東車貝見産変図団国処実対帯応帰録戦戸拡護報択報損換断無時顕術機雑条来構標様歓残気汚溝測済熱独現画碼離種称積窮簽類級紀約紙線練組細終経結給統継績続維緩縁職聯節薬営虚雖補装規視覚計訂認討譲議記講許論設証評識訴詞訳試話詢該詳語誤説請読課調談謝質販貧購貸費資賞賠転軽軟輸還這進遠違連遅選逓遺郵鄭釈鐘鉄銀鏈銷鎖錯鍵長門問間聞閲隊際険隠難集預領頻題顔額風飛飯館験魚竜"
    "関係発権証会当国学経済弁号与旧円価変応実写対為沢独売読広担拠挙帰歴気浅湿焼営状画尽礼称窃粋絶継続繊声聴胆舎芸処蛍観触訳予転辞逓辺郷医釈銭鉄関陥随険双雑霊顔顕余駆験体点党歯竜廃払抜拡満潜献圧囲壊奥姫実専将届帯庁弾従徳悪悩恋戦戯拝勅叙数昼暁条楽楼様横検欧残殻涙浄渓滞渋湾灯炉犠狭獣県縦総台万蛮衛装褒触謡譲豊頼軽転遥酔鋭録鎮雖静",
    strict=True,
))  # fmt: skip
_SAME = {old: new for old, new in FORMS.items() if old != new}
_FORM = re.compile(f"[{''.join(_SAME)}]")
_KATAKANA = re.compile(r"(?<=[ァ-ヺー])[一二口工力夕卜才八へべぺ―—−‐](?=[ァ-ヺー])")
#: katakana where a kanji or hiragana must be: 預金ロ座, 当社ヘ; 第二号ロ and イ又はロ are marks
_KANJI = re.compile(
    r"(?:(?<=[一-鿿])(?<!号)[ロエタ]|(?<=[一-鿿ぁ-ん])(?<![号項条])ヘ)(?=[一-鿿])(?![及又若並])"
)
_QUOTED = re.compile(r"「[^「」]*」")
_ALIEN = re.compile(r"[Ѐ-ӿͰ-Ͽ؀-ۿ가-힣�\ue000-\uf8ff]+")


def check(version: Version) -> Iterator[LintFinding]:
    """Characters that do not belong where they stand."""
    for clause, text in texts(version):
        for match in _FORM.finditer(text):
            yield LintFinding(
                CHECK, clause.id, around(text, *match.span(), 6),
                f"「{match[0]}」（U+{ord(match[0]):04X}）は「{_SAME[match[0]]}」の異体字・簡体字です。", ERROR,
            )  # fmt: skip
        for match in _KATAKANA.finditer(text):
            message = f"カタカナの中に「{match[0]}」（{_name(match[0])}）があります。"
            yield LintFinding(CHECK, clause.id, around(text, *match.span(), 6), message, ERROR)
        for match in _KANJI.finditer(text):
            message = f"漢字・ひらがなの中に、カタカナの「{match[0]}」があります。"
            yield LintFinding(CHECK, clause.id, around(text, *match.span(), 6), message, ERROR)
        for match in _ALIEN.finditer(text):
            if not re.search(r"[Α-ω]", match[0]):
                yield LintFinding(
                    CHECK,
                    clause.id,
                    around(text, *match.span(), 6),
                    f"日本語の文字ではない「{match[0]}」があります。",
                    ERROR,
                )
        yield from _brackets(clause.id, text)


def _name(character: str) -> str:
    name = unicodedata.name(character, "")
    return "漢字" if name.startswith("CJK") else "ひらがな" if name.startswith("HIRA") else "横線"


def _brackets(id: str, text: str) -> Iterator[LintFinding]:
    """A bracket opened full-width and closed half-width, or never closed."""
    open_at: list[int] = []
    readable = _QUOTED.sub(
        lambda quoted: "□" * len(quoted[0]), text
    )  # 「（その」 quotes half a bracket
    for at, character in enumerate(readable):
        if character in "（(":
            open_at.append(at)
        elif character in "）)" and open_at:
            start = open_at.pop()
            if (text[start] == "（") != (character == "）"):
                yield LintFinding(
                    CHECK, id, text[start : at + 1] if at - start < 120 else around(text, at, at + 1, 20),
                    f"括弧「{text[start]}」と「{character}」の全角・半角が揃っていません。", INFO,
                )  # fmt: skip
    for start in open_at:
        yield LintFinding(
            CHECK,
            id,
            around(text, start, start + 1, 20),
            f"「{text[start]}」が閉じていません。",
            ERROR,
        )
