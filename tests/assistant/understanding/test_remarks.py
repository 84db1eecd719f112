"""What is said in a chat and asks for no clause."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understanding.remarks import ROWS, remark


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("こんにちは", "greeting"),
        ("おはようございます！", "greeting"),
        ("ｺﾝﾆﾁﾊ", "greeting"),
        ("hello", "greeting"),
        ("ありがとう", "thanks"),
        ("ありがとうございました😊", "thanks"),
        ("おおきに、助かったわ", "thanks"),
        ("なるほど、わかりました！ありがとう", "thanks"),
        ("はい", "assent"),
        ("ＯＫ", "assent"),
        ("了解です", "assent"),
        ("わかりました", "assent"),
        ("はい、お願いします", "assent"),
        ("いいえ", "refusal"),
        ("大丈夫です", "refusal"),
        ("すみません", "apology"),
        ("失礼します", "farewell"),
        ("こんにちは、質問があります", "help"),
        ("何ができますか", "help"),
        ("使い方を教えて", "help"),
        ("意味がわからん", "unclear"),
        ("もっと簡単に説明して", "unclear"),
        ("かみくだいて教えてください", "unclear"),
        ("すみません、よくわからないんですけど", "unclear"),
        ("ほかには?", "more"),
        ("他に何かありますか？", "more"),
        ("もう少し詳しく教えてください", "more"),
        ("要するに?", "gist"),
        ("つまりどういうこと？", "gist"),
        ("要約して", "gist"),
        ("ふざけるな", "anger"),
        ("それはひどい！", "anger"),
        ("ひどすぎる。責任者を出せ", "anger"),
        ("納得できません", "anger"),
        ("ほんまにありえへんわ", "anger"),
    ],
)
def test_a_remark_is_known_by_its_kind(text, kind):
    assert remark(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "こんにちは、解約したいです",
        "やめたい",
        "お金返して",
        "大丈夫ですか",
        "いくら？",
        "VPNは？",
        "違約金",
        "他に必要な書類は？",
        "どうすればいい？",
        "料金がわからない",
        "ひどい故障です",
        "解約できないのはおかしい",
        "機器が使えない",
        "請求がおかしい",
        "契約書の意味がわからない",
        "終わりはいつ？",
        "第18条",
        "？？？",
        "",
    ],
)
def test_what_asks_for_something_is_no_remark(text):
    assert remark(text) is None


@given(
    st.lists(
        st.sampled_from(["はい", "あ", "ん", "です", "わからん", "して", "か", "な", "の", "x"])
    )
)
def test_a_remark_is_known_at_once(parts):
    started = time.perf_counter()
    remark("".join(parts))
    assert time.perf_counter() - started < 0.5


def test_every_kind_has_its_words():
    from assistant.understanding.remarks import ABOUT_ANSWER
    from assistant.wording import REMARKS

    assert {kind for kind, _ in ROWS} - ABOUT_ANSWER | {"about"} == set(REMARKS)
