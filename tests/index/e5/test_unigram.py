"""The unigram tokenizer on a vocabulary small enough to work out by hand."""

from __future__ import annotations

from index.e5.file import Vocabulary
from index.e5.unigram import Unigram

PIECES = ("<s>", "</s>", "<unk>", "▁", "解", "約", "解約", "▁解")
SCORES = (0.0, 0.0, 0.0, -2.0, -3.0, -3.0, -4.0, -4.5)


def tokenizer() -> Unigram:
    pieces = [p.encode() for p in PIECES]
    normal = {ord("\u3000"): " ", ord("㋿"): "令和"}
    return Unigram(Vocabulary(pieces, SCORES, 0, 1, 2, normal))


def cut(text: str) -> list[str]:
    return [PIECES[id] for id in tokenizer().ids(text)]


def test_the_likeliest_cut_is_taken() -> None:
    assert cut("解約") == ["▁", "解約"]  # -6.0 against -7.5 for ▁解 + 約 and -8.0 one by one


def test_a_character_that_is_in_no_piece_is_unknown() -> None:
    assert cut("解除") == ["▁解", "<unk>"]


def test_the_name_of_the_unknown_piece_is_text_like_any_other() -> None:
    assert "<unk>" in PIECES
    assert cut("<unk>") == ["▁", *["<unk>"] * 5]


def test_characters_take_their_normal_forms_and_blanks_fall_together() -> None:
    assert tokenizer().normalized("㋿\u3000 \u3000解") == "▁令和▁解"


def test_no_text_is_a_single_blank() -> None:
    assert cut("") == ["▁"]


def test_a_token_knows_the_characters_that_it_stands_for() -> None:
    text = "㋿　  解約"
    tokens = tokenizer().tokens(text)
    assert [(PIECES[t.id], text[t.start : t.end]) for t in tokens[-2:]] == [
        ("▁", "　"),
        ("解約", "解約"),
    ]
    assert [t.start for t in tokens] == sorted(t.start for t in tokens)
