"""Where a word that a question quotes stands in the text: every place, counted."""

from __future__ import annotations

from assistant.about_text.literal import holding
from assistant.about_text.reading import Said, asking
from assistant.about_text.showing import listed, shown
from assistant.findings import Finding

_QUOTED = r"[「『“\"](?P<word>[^「」『』“”\"]{1,30})[」』”\"]"
_KIND = r"(?:という|との|って)?(?:語句?|言葉|用語|文言|単語|表現|期間|記載|字句|名称|文字)?"
_STANDS = (
    r"(?:出てくる|出てき(?:ます|て)|出て来る|登場する|使われている|使われる|用いられている|使っている|用いている|含む|含んでいる|含まれる|含まれている|"
    r"現れる|書かれている|書いてある|記載されている|記載のある|記載がある|定める|定めている|規定する|明記する|明記されている|"
    r"参照している|参照する|引用している|引用する|言及している|言及する|触れている)"
)
_WHERE = r"(?:条項|条文|条|項|規定|箇所|か所|ところ|場所|回数|規約)"
#: adverbs of time that a duty is asked for by
_ADVERB = r"(?:直ちに|速やかに|遅滞なく|あらかじめ|予め|事前に|即時に|直ぐに)"
_ROWS = tuple(
    asking(core)
    for core in (
        rf"{_QUOTED}{_KIND}(?:が|を|の|は|に)*{_STANDS}{_WHERE}",
        rf"{_QUOTED}{_KIND}(?:が|は)?(?:全部で|合計)?(?:何(?:回|度|か所|箇所|カ所)に?|いくつの条項に)(?:、)?(?:出てき|使われ|登場し|書かれ)(?:て|る)?",
        rf"{_QUOTED}{_KIND}(?:が|は)?(?:どこに|どの条(?:項|文)?に|どの規約に|規約に)(?:、)?(?:出てき|使われ|登場し|書かれ|書いて)(?:て|る)?",
        rf"{_QUOTED}(?:という|との|って)(?:語句?|言葉|用語|文言|単語|表現)(?:が|は)?(?:どこに|どの条(?:項|文)?に|どの規約に)",
        rf"[「『](?P<word>{_ADVERB})[」』][^「」『』〓。]{{0,10}}?(?:義務|事項|行為|条項|規定)",
        rf"(?P<word>[0-9]+(?:日|営業日|時間|年|[カヶケヵか箇]月)(?:間|以内|前)?)(?:という|との)(?:期間|期限|日数)?(?:が|を|の)*{_STANDS}{_WHERE}",
        rf"(?P<word>[^「」『』〓、。]{{2,20}}?)(?:という(?:語句?|言葉|用語|文言|単語|表現))(?:が|を|の|は)*{_STANDS}{_WHERE}",
        r"(?P<word>書面による(?:事前の)?(?:承諾|同意|許可))(?:が必要な|を要する|が要る|の必要な)(?:行為|場合|事項|条項)",
    )
)  # fmt: skip
#: a word without marks is looked up only where the text has it
_BARE = asking(
    rf"(?P<word>[^「」『』〓、。がをはにの]{{2,20}}?)(?:が|を)(?:出てくる|登場する|使われている|参照している|参照する|引用している){_WHERE}"
)


def read(said: Said) -> tuple[Finding, ...]:
    """Where the word stands, for each agreement; empty where no word is asked for."""
    match = next((m for row in _ROWS if (m := row.fullmatch(said.rest))), None)
    bare = None if match else _BARE.fullmatch(said.rest)
    word = (match or bare)["word"].strip() if match or bare else ""  # type: ignore[index]
    if not word or (bare and not any(holding(version, [word]) for version in said.held)):
        return ()
    found = []
    for version in said.held:
        kept = holding(version, [word])
        title = version.agreement.title
        if kept:
            head = f"{title}で『{word}』が出てくるのは、次の{len(kept)}か所です。"
            found.append(listed(version, head, kept))
        else:
            lead = f"{title}に、『{word}』という語は見当たりません（全条文を検索しました）。"
            found.append(shown(version, lead, status="not_in_terms"))
    return tuple(found)
