"""Lists: the packaged file is sound, and a broken one is told and not raised."""

import shutil
from pathlib import Path

from corpus.library import PACKAGED, Library
from corpus.lists import list_problems, load_lists


def test_the_packaged_lists_have_no_problem() -> None:
    assert list_problems(Library.load()) == ()


def test_every_packaged_list_tells_of_every_agreement_in_the_order_of_its_clauses() -> None:
    library = Library.load()
    order = {id: [str(c.address) for c in library.version(id).clauses()] for id in library.ids}
    lists = [one for one in load_lists(library) if one.whole]
    assert lists
    for one in lists:
        assert set(one.clauses) == set(library.ids), one.id
        for id, clauses in one.clauses.items():
            assert sorted(clauses, key=order[id].index) == list(clauses), (one.id, id)


def test_no_two_lists_share_a_name() -> None:
    names = [name for one in load_lists(Library.load()) if one.whole for name in one.names]
    assert len(names) == len(set(names))


def test_topics_serve_as_lists_that_need_to_be_asked_for_as_a_whole() -> None:
    law = next(one for one in load_lists(Library.load()) if one.id == "governing_law")
    assert law.clauses["vpn"] == ()
    assert law.clauses["sg"] == ("sg:44.1",)
    assert not law.whole


def test_what_is_wrong_in_an_operators_file_is_told(tmp_path: Path) -> None:
    root = shutil.copytree(PACKAGED, tmp_path / "agreements")
    (root / "lists.toml").write_text(
        '[[list]]\nid = "a"\nname = "甲"\nnames = []\nsg = { clauses = ["sg:99.1"] }\nvpn = 3\n',
        encoding="utf-8",
    )
    told = "\n".join(list_problems(Library.load(root)))
    assert "names" in told
    assert "sg:99.1" in told
    assert "clauses の表か false" in told
