"""Questions that ask for several things, taken apart; questions that ask for one, left whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import segments


def parts(text: str) -> list[str]:
    return [part.text for part in segments.requests(text, without)]


def without(text: str) -> str:
    """A text without the two names that these tests use."""
    return text.replace("SG", "").replace("VPN", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("①停止の根拠 ②停止中の料金の扱い", ["停止の根拠", "停止中の料金の扱い"]),
        ("連絡、弁償、保険の扱いはどうなりますか。", ["連絡", "弁償", "保険の扱いはどうなりますか。"]),
        ("日割りと、払い遅れたときの利息を教えて", ["日割り", "払い遅れたときの利息を教えて"]),
        ("費用は誰持ちか、保守に含まれるか、両方お願いします。", ["費用は誰持ちか", "保守に含まれるか"]),
        ("予告期間・通知方法・免責を整理して。", ["予告期間", "通知方法", "免責を整理して。"]),
        ("誰が直してくれて、お金はいくらかかりますか", ["誰が直してくれて", "お金はいくらかかりますか"]),
        ("必要な書類／届け出の時期／差額を知りたい", ["必要な書類", "届け出の時期", "差額を知りたい"]),
        ("止まることはありますか。連絡はもらえますか。", ["止まることはありますか。", "連絡はもらえますか。"]),
    ],
)  # fmt: skip
def test_every_request_becomes_a_part(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "先週借りました。壊れたらいくらですか",
        "SG・VPNで遅延の利率を比べて",
        "お客様から「担当が変わった、住所も変わった」と連絡がありました。届け出は要りますか",
        "申込書に書くことは何ですか",
        "お世話になっております。解約の期限を教えてください。よろしくお願いいたします。",
    ],
)
def test_one_request_stays_whole(text: str) -> None:
    assert parts(text) == []


def test_the_scene_goes_with_what_follows_it() -> None:
    found = segments.requests("機器が盗まれました。弁償、保険の扱い、連絡先をまとめて教えて")
    assert {part.scene for part in found} == {"機器が盗まれました。"}


def test_a_short_part_says_little_and_a_long_one_enough() -> None:
    assert segments.says_little("免責を整理してください")
    assert not segments.says_little("解約した後の機器の返却方法")


@given(st.text(max_size=200))
def test_any_text_gives_few_parts_that_stand_in_it(text: str) -> None:
    found = segments.requests(text)
    assert len(found) <= segments.MAX_PARTS
    assert all(part.text in text for part in found)


def test_notes_before_an_arrow_only_set_the_scene() -> None:
    text = "MSP 審査\n・法人、設立2年\n・未払いの履歴あり\n→ 断れるか、いつまでに知らせるか"
    parts = segments.requests(text)
    assert [part.text for part in parts] == ["断れるか", "いつまでに知らせるか"]
    assert all("未払い" in part.scene for part in parts)


def test_another_answer_to_choose_is_no_part_of_its_own() -> None:
    assert segments.requests("変更は電話ですか？それとも書面ですか？") == ()


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("MSPの解約\n→ 手続き\n→ 違約金\n→ 機器の返却", 4),
        ("停止の根拠、停止中の料金、再開の手続き\n→ 以上3点お願いします", 3),
        ("電話ですか？それとも、書面ですか？", 0),
        ("解約はいつまでに言えばいいですか？または途中でやめたら違約金はいくらですか？", 2),
    ],
)
def test_a_list_of_things_and_questions_joined_by_or_stay_parts(text: str, parts: int) -> None:
    assert len(segments.requests(text)) == parts


def test_notes_behind_a_question_go_with_what_an_arrow_asks() -> None:
    text = "返却の期限はいつまでか\n・法人契約、設立2年\n→ 断れるか、いつ知らせるか"
    parts = segments.requests(text)
    assert [part.text for part in parts] == ["返却の期限はいつまでか", "断れるか", "いつ知らせるか"]
    assert "法人契約" in parts[1].scene
