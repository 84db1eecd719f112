"""Index files are whole or absent: damage is noticed, named and repaired, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from index_fakes import Counting, write_agreement

from corpus.library import Library
from index import building, storage
from index.search import Searcher
from index.vectors import VectorCache


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    storage.write(tmp_path / "a.npz", {"x": np.arange(3)}, "mark")
    loaded = storage.read(tmp_path / "a.npz", "mark")
    assert loaded.arrays is not None
    assert loaded.arrays["x"].tolist() == [0, 1, 2]


def test_a_foreign_fingerprint_is_not_believed(tmp_path: Path) -> None:
    storage.write(tmp_path / "a.npz", {"x": np.arange(3)}, "mark")
    loaded = storage.read(tmp_path / "a.npz", "another")
    assert loaded.arrays is None
    assert "別の" in loaded.reason


@pytest.mark.parametrize("kept", [0, 1, 10, 100, -1])
def test_a_truncated_file_reads_as_absent_with_the_reason(tmp_path: Path, kept: int) -> None:
    path = tmp_path / "a.npz"
    storage.write(path, {"x": np.arange(1000)}, "mark")
    path.write_bytes(path.read_bytes()[:kept])
    loaded = storage.read(path, "mark")
    assert loaded.arrays is None
    assert "壊れ" in loaded.reason


@settings(deadline=None)
@given(place=st.integers(0, 400), byte=st.integers(0, 255))
def test_a_flipped_byte_never_crashes_the_reader(
    tmp_path_factory: pytest.TempPathFactory, place: int, byte: int
) -> None:
    path = tmp_path_factory.mktemp("flip") / "a.npz"
    storage.write(path, {"x": np.arange(50)}, "mark")
    data = bytearray(path.read_bytes())
    data[place % len(data)] = byte
    path.write_bytes(bytes(data))
    storage.read(path, "mark")


def test_a_failed_write_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.npz"
    storage.write(path, {"x": np.arange(3)}, "mark")

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        storage.write(path, {"x": np.arange(9)}, "mark")
    assert storage.read(path, "mark").arrays is not None
    assert [p.name for p in tmp_path.iterdir()] == ["a.npz"]


@given(st.lists(st.text(alphabet="あいう漢字abc", min_size=1), max_size=20))
def test_words_pack_and_unpack(words: list[str]) -> None:
    assert storage.unpack_words(storage.pack_words(words)) == words


def test_a_text_is_embedded_once_over_two_runs(tmp_path: Path, counting: Counting) -> None:
    VectorCache(counting, tmp_path, None).get(["解約", "料金"], "passage")
    again = VectorCache(counting, tmp_path, None)
    again.get(["料金", "解約", "解約"], "passage")
    assert again.embedded == 0
    again.get(["解約"], "query")
    assert again.embedded == 1, "a question and a passage are embedded differently"


def test_two_processes_keep_each_others_vectors(tmp_path: Path, counting: Counting) -> None:
    one, other = VectorCache(counting, tmp_path, None), VectorCache(counting, tmp_path, None)
    one.get(["解約"], "passage")
    other.get(["料金"], "passage")
    assert VectorCache(counting, tmp_path, None).missing(["解約", "料金"], "passage") == 0


def test_damaged_vectors_are_embedded_anew(tmp_path: Path, counting: Counting) -> None:
    VectorCache(counting, tmp_path, None).get(["解約"], "passage")
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:40])
    again = VectorCache(counting, tmp_path, None)
    again.get(["解約"], "passage")
    assert again.embedded == 1
    assert VectorCache(counting, tmp_path, None).missing(["解約"], "passage") == 0


def test_a_store_that_cannot_be_written_still_answers(tmp_path: Path, library: Library) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    searcher = Searcher(library, Counting(), blocked / "store", packaged=None)
    assert searcher.search("解約")


def test_a_changed_clause_embeds_only_itself(tmp_path: Path, root: Path) -> None:
    store = tmp_path / "store"
    Searcher(Library.load(root), Counting(), store, packaged=None).shelf()
    moved = tmp_path / "changed"
    write_agreement(moved, "aa", "電話利用規約", "電話")
    terms = write_agreement(moved, "bb", "回線利用規約", "カイセン")
    terms.write_text(terms.read_text().replace("料金は料金表", "料金は別表"))
    model = Counting()
    searcher = Searcher(Library.load(moved), model, store, packaged=None)
    shelf = searcher.shelf()
    assert len(model.asked) == 1
    assert "別表" in model.asked[0]
    assert (shelf.source, "別の規約" in shelf.notice) == ("built", True)


def test_an_unchanged_index_is_loaded_and_ranks_the_same(tmp_path: Path, library: Library) -> None:
    built = Searcher(library, Counting(), tmp_path, packaged=None)
    loaded = Searcher(library, Counting(), tmp_path, packaged=None)
    assert (built.shelf().source, loaded.shelf().source) == ("built", "store")
    assert built.search("違約金の請求") == loaded.search("違約金の請求")


def test_a_damaged_index_is_noticed_and_rebuilt(tmp_path: Path, library: Library) -> None:
    Searcher(library, Counting(), tmp_path, packaged=None).shelf()
    (words,) = tmp_path.glob("words-*.npz")
    words.write_bytes(words.read_bytes()[:200])
    shelf = Searcher(library, Counting(), tmp_path, packaged=None).shelf()
    assert (shelf.source, "壊れ" in shelf.notice) == ("built", True)
    assert Searcher(library, Counting(), tmp_path, packaged=None).shelf().source == "store"


def test_shipped_data_serve_without_embedding_or_writing(tmp_path: Path, library: Library) -> None:
    shipped, store = tmp_path / "data", tmp_path / "store"
    building.ship(Searcher(library, Counting(), None, packaged=None), shipped)
    model = Counting()
    searcher = Searcher(library, model, store, packaged=shipped)
    assert building.status(searcher).ready
    assert searcher.shelf().source == "packaged"
    assert searcher.search("解約")
    assert len(model.asked) == 1, "only the question itself is embedded"
    assert not store.exists()


def test_shipping_again_leaves_no_old_index_and_all_else(tmp_path: Path, library: Library) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("words-old.npz", "vectors-old.npz", "e5-adapter.npz"):
        (data / name).write_bytes(b"")
    files = building.ship(Searcher(library, Counting(), None, packaged=None), data)
    assert set(data.iterdir()) == {*files, data / "e5-adapter.npz"}


def test_building_makes_the_state_ready(tmp_path: Path, library: Library) -> None:
    searcher = Searcher(library, Counting(), tmp_path, packaged=None)
    before = building.status(searcher)
    building.build(searcher)
    after = building.status(searcher)
    assert (before.ready, before.missing > 0) == (False, True)
    assert (after.ready, after.words) == (True, "store")


def test_the_packaged_index_fits_the_packaged_agreements() -> None:
    state = building.status(Searcher.open(Library.load()))
    assert state.words == "packaged", state.notice
    assert state.missing == 0, "run: yakkan index build --ship"
