"""What a question wants to be told, against what a clause tells."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.lacking import KINDS, asked, told


def names(flags: np.ndarray) -> set[str]:
    return {kind.name for kind, flag in zip(KINDS, flags, strict=True) if flag}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("何時間以内に駆けつけてもらえますか", "hours"),
        ("届くまで何日ですか", "days"),
        ("月額はいくらですか", "sum"),
        ("返送先の住所を教えて", "place"),
        ("変更申込書の様式はありますか", "form"),
        ("担当者に資格は要りますか", "qualification"),
        ("英語版はありますか", "language"),
        ("報告は月に何回ですか", "frequency"),
        ("クレジットカードで払えますか", "means"),
        ("担当者は何人まで登録できますか", "count"),
        ("室温は何度まで大丈夫ですか", "count"),
    ],
)
def test_a_question_shows_what_it_wants(question: str, kind: str) -> None:
    assert kind in names(asked(question))


def test_a_question_about_who_and_whether_wants_none_of_these() -> None:
    assert not asked("修理はどちらの負担ですか").any()
    for text in (
        "何度も電話しました",
        "何人かやめました",
        "何人でも使えますか",
        "何度目の督促ですか",
    ):
        assert "count" not in names(asked(text))


def test_a_clause_tells_what_it_holds_and_lacks_the_rest() -> None:
    (flags,) = told(["契約者は、解約希望日の30日前までに当社所定の書面で通知します。"])
    assert {"days", "form"} <= names(flags)
    assert not {"sum", "language", "insurance"} & names(flags)


def test_no_text_has_no_rows() -> None:
    assert told([]).shape == (0, len(KINDS))
