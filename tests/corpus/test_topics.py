"""Topics: the packaged table is sound, and its numbers stand in the cited clauses."""

import re
import unicodedata
from pathlib import Path

from corpus.library import Library
from corpus.topics import Topic, load_topics, topic_problems

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(unicodedata.normalize("NFKC", text)))


def filled(library: Library) -> list[tuple[Topic, str]]:
    return [(t, a) for t in load_topics(library) for a in t.cells if not t.silent_in(a)]


def test_the_packaged_topics_have_no_problem() -> None:
    assert topic_problems(Library.load()) == ()


def test_every_packaged_topic_has_a_cell_for_every_agreement() -> None:
    library = Library.load()
    for topic in load_topics(library):
        assert tuple(topic.cells) == library.ids, topic.id
        assert topic.name, topic.id
        assert topic.synonyms, topic.id


def test_every_number_of_a_summary_stands_in_its_clauses() -> None:
    library = Library.load()
    for topic, agreement in filled(library):
        cell = topic.cells[agreement]
        assert cell is not None
        text = "".join(library.clause(address).full_text for address in cell.clauses)
        assert numbers(cell.summary) <= numbers(text), (topic.id, agreement)


def test_clauses_belong_to_the_agreement_of_their_cell() -> None:
    for topic, agreement in filled(Library.load()):
        cell = topic.cells[agreement]
        assert cell is not None
        assert all(a.startswith(f"{agreement}:") for a in cell.clauses), (topic.id, agreement)


def test_quotation_marks_are_kept_for_quotations() -> None:
    for topic, agreement in filled(Library.load()):
        cell = topic.cells[agreement]
        assert cell is not None
        assert not set("「」") & set(cell.summary), (topic.id, agreement)


def test_no_provision_is_told_apart_from_not_looked_at() -> None:
    (grace,) = (t for t in load_topics(Library.load()) if t.id == "late_charge_grace")
    assert grace.silent_in("sg")
    assert not grace.silent_in("msp")
    assert not grace.silent_in("unknown")


def library_with(root: Path, topics: str) -> Library:
    version = root / "demo" / "2024-01-01"
    version.mkdir(parents=True)
    (root / "demo" / "agreement.toml").write_text('title = "見本規約"\n', encoding="utf-8")
    (version / "terms.txt").write_text("第1条（支払）\n1. 料金を支払います。\n", encoding="utf-8")
    (root / "topics.toml").write_text(topics, encoding="utf-8")
    return Library.load(root)


def test_an_added_agreement_that_no_topic_mentions_is_not_complained_about(tmp_path: Path) -> None:
    library = library_with(tmp_path, '[[topic]]\nid = "a"\nname = "支払い"\nsg = false\n')
    assert topic_problems(library) == ()
    assert dict(load_topics(library)[0].cells) == {}


def test_a_missing_cell_and_an_unknown_clause_are_reported(tmp_path: Path) -> None:
    library = library_with(
        tmp_path,
        '[[topic]]\nid = "a"\nname = "支払い"\n[topic.demo]\nclauses = ["demo:9.9"]\nsummary = "要約"\n'
        '[[topic]]\nid = "b"\nname = "解約"\n',
    )
    problems = topic_problems(library)
    assert any("demo:9.9" in problem for problem in problems)
    assert any(problem.startswith("b:") for problem in problems)
