"""Silences: the packaged file is sound, and a broken one is reported, not raised."""

from pathlib import Path

import pytest

from corpus.errors import YakkanError
from corpus.library import Library
from corpus.silences import load_silences, silence_problems

FACTS = {
    *("amount", "rate", "date", "period", "deadline", "who", "where", "how", "whether"),
    *("list", "definition", "contact"),
}
ROW = """
[[silence]]
id = "card"
topic = "支払方法"
agreements = ["demo", "other"]
kind = "{kind}"
clause = "{clause}"
where = "{where}"
subject = "カードでの支払い"
checked = ["demo:1.1", "demo:9.9", "でたらめ"]
terms = ["カード"]
asks = ["how"]
questions = ["カードで払えますか"]
"""


def library_with(root: Path, silences: str) -> Library:
    version = root / "demo" / "2024-01-01"
    version.mkdir(parents=True)
    (root / "demo" / "agreement.toml").write_text('title = "見本規約"\n', encoding="utf-8")
    (version / "terms.txt").write_text("第1条（支払）\n1. 料金を支払います。\n", encoding="utf-8")
    (root / "silences.toml").write_text(silences, encoding="utf-8")
    return Library.load(root)


def test_the_packaged_silences_have_no_problem() -> None:
    assert silence_problems(Library.load()) == ()


def test_there_are_silences_of_all_three_kinds() -> None:
    kinds = {silence.kind for silence in load_silences(Library.load())}
    assert kinds == {"not_in_terms", "governed_elsewhere", "out_of_scope"}


def test_every_packaged_silence_names_a_near_clause_in_each_of_its_agreements() -> None:
    for silence in load_silences(Library.load()):
        for agreement in silence.agreements:
            assert 1 <= len(silence.checked_in(agreement)) <= 3, (silence.id, agreement)


def test_every_packaged_silence_has_words_and_enough_different_questions() -> None:
    for silence in load_silences(Library.load()):
        assert len(silence.questions) >= 9, silence.id
        assert len(set(silence.questions)) == len(silence.questions), silence.id
        assert silence.terms, silence.id
        assert set(silence.asks) <= FACTS, silence.id


def test_quotation_marks_are_kept_for_quotations() -> None:
    for silence in load_silences(Library.load()):
        assert not set("「」") & set(silence.subject + silence.where), silence.id


def test_no_question_belongs_to_two_silences_of_one_agreement() -> None:
    library = Library.load()
    for id in library.ids:
        silences = [s for s in load_silences(library) if id in s.agreements]
        questions = [question for silence in silences for question in silence.questions]
        assert len(questions) == len(set(questions)), id


def test_unknown_addresses_are_left_out_and_reported(tmp_path: Path) -> None:
    row = ROW.format(kind="governed_elsewhere", clause="demo:1.1", where="料金表")
    library = library_with(tmp_path, row)
    (silence,) = load_silences(library)
    assert silence.agreements == ("demo",)
    assert silence.checked == ("demo:1.1",)
    assert len(silence_problems(library)) == 2


@pytest.mark.parametrize(
    ("kind", "clause", "where"),
    [
        ("unheard_of", "", ""),
        ("governed_elsewhere", "", "料金表"),
        ("governed_elsewhere", "demo:1.1", ""),
    ],
)
def test_an_unfit_row_is_reported(tmp_path: Path, kind: str, clause: str, where: str) -> None:
    library = library_with(tmp_path, ROW.format(kind=kind, clause=clause, where=where))
    assert any(problem.startswith("card:") for problem in silence_problems(library))


def test_the_same_id_twice_is_reported_and_the_first_stands(tmp_path: Path) -> None:
    row = ROW.format(kind="not_in_terms", clause="", where="")
    library = library_with(tmp_path, row + row)
    assert len(load_silences(library)) == 1
    assert any("二度" in problem for problem in silence_problems(library))


def test_a_file_that_is_not_toml_is_an_error_for_the_user(tmp_path: Path) -> None:
    with pytest.raises(YakkanError, match=r"silences\.toml"):
        load_silences(library_with(tmp_path, "[[silence"))
