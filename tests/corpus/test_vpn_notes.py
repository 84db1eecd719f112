"""Notes to the VPN rental terms: complete, and never a number that the clause lacks."""

import re
import unicodedata

from corpus.library import Library
from corpus.notes import Note, all_notes
from corpus.topics import load_topics

NUMBER = re.compile(r"\d+(?:\.\d+)?")
GIVES = {
    *("amount", "rate", "date", "period", "deadline", "who", "where", "how", "whether"),
    *("list", "definition", "consequence", "exception", "contact"),
}


def notes() -> tuple[Note, ...]:
    return all_notes(Library.load().version("vpn"))


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(unicodedata.normalize("NFKC", text)))


def test_every_paragraph_and_item_has_a_note() -> None:
    version = Library.load().version("vpn")
    wanted = {c.id for c in version.clauses() if c.level in ("paragraph", "item", "suppl")}
    assert wanted <= {note.address for note in notes()}


def test_every_number_of_a_summary_stands_in_its_clause() -> None:
    version = Library.load().version("vpn")
    for note in notes():
        assert numbers(note.summary) <= numbers(version.clause(note.address).full_text), (
            note.address
        )


def test_summaries_leave_quotation_marks_to_quotations() -> None:
    assert not [note.address for note in notes() if set("「」") & set(note.summary)]


def test_every_note_has_eight_questions_at_least_and_no_question_has_two_notes() -> None:
    questions = [question for note in notes() for question in note.questions]
    assert len(questions) == len(set(questions))
    assert not [n.address for n in notes() if not 8 <= len(n.questions) <= 160]


def test_topics_and_kinds_of_fact_are_known() -> None:
    topics = {topic.id for topic in load_topics(Library.load())}
    for note in notes():
        assert set(note.topics) <= topics, note.address
        assert note.gives, note.address
        assert set(note.gives) <= GIVES, note.address
