"""The runner asks as a person would: it tells neither the agreement nor the clause."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from assistant.answer import Answer, Citation
from corpus.errors import YakkanError
from corpus.library import Library
from evals import command, finish, runs, sections, suite
from evals.figures import Figure, Section


class Assistant:
    """Cites sg:27.1 whatever is asked, and remembers how it was asked."""

    def __init__(self):
        self.library = Library.load()
        self.asked = []

    def ask(self, question, agreement=None, today=None, as_of=None):
        self.asked.append((question, agreement, today))
        if not question:
            raise YakkanError("質問がありません。")
        quote = self.library.clause("sg:27.1").full_text
        citation = Citation("sg:27.1", quote, "sg", "2026-06-01", "", "")
        return Answer(question, "answered", "年14.5%です。", (citation,))

    def conversation(self, agreement=None, as_of=None):
        return self

    def search(self, question, agreement=None, k=10):
        return []


@pytest.fixture
def assistant():
    return Assistant()


def item(**changes):
    return {"id": "x", "question": "利率は？", "service": "sg", "gold": [["sg:27.1"]]} | changes


def test_the_agreement_is_not_told_unless_the_item_says_so(assistant):
    runs.questions(assistant, [item(), item(given_agreement="sg")], "questions")
    assert [agreement for _, agreement, _ in assistant.asked] == [None, "sg"]


def test_an_item_is_asked_on_its_own_day(assistant):
    runs.questions(assistant, [item(today="2027-01-30")], "questions")
    assert assistant.asked[0][2] == date(2027, 1, 30)


def test_a_user_error_is_an_outcome_and_stops_nothing(assistant):
    outcomes = runs.questions(assistant, [item(question=""), item()], "questions")
    assert [one.status for one in outcomes] == ["error", "answered"]


def test_every_turn_of_a_conversation_is_scored(assistant):
    turns = [
        {"user": "利率は？", "gold": [["sg:27.1"]]},
        {"user": "VPNは？", "gold": [["vpn:8.4"]]},
    ]
    outcomes = runs.conversations(assistant, [{"id": "c1", "turns": turns}])
    assert [(one.id, one.recall) for one in outcomes] == [("c1#1", 1.0), ("c1#2", 0.0)]


def test_a_grounded_answer_has_no_violation(assistant):
    outcomes = runs.questions(assistant, [item()], "questions")
    made = sections.ungrounded(outcomes, assistant.library)
    assert [figure.value for figure in made.figures] == [0, 0, 0]


def test_a_foreign_citation_is_a_violation(assistant):
    outcomes = runs.questions(assistant, [item(service="vpn")], "questions")
    made = sections.ungrounded(outcomes, assistant.library)
    assert {figure.name: figure.value for figure in made.figures}["grounding.foreign"] == 1


def test_articles_with_one_paragraph_are_known():
    single = runs.single_articles(Library.load())
    assert {"sg:26", "msp:24"} <= single
    assert not {"sg:4", "vpn:附則"} & single


def test_an_unknown_half_is_refused():
    with pytest.raises(YakkanError, match="both"):
        suite.a_half("both")


def test_a_fallen_figure_ends_with_exit_status_one(monkeypatch):
    monkeypatch.setattr(finish.baseline, "load", lambda: {"a@all": {"min": 0.9}})
    monkeypatch.setattr(
        suite, "lint_section", lambda: Section("s", "s", (Figure("a", "a", 0.5, 3),))
    )
    result = CliRunner().invoke(command.app, ["lint", "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["alarms"]


def test_citations_write_a_report(monkeypatch, assistant, tmp_path):
    monkeypatch.setattr(suite, "assistant", lambda: assistant)
    monkeypatch.setattr(suite, "load", lambda kind, half: (item(half="tune"),))
    monkeypatch.setattr(finish.baseline, "load", dict)
    result = CliRunner().invoke(command.app, ["citations", "--report", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "引用再現率" in (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "<svg" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_an_evaluation_that_cannot_run_is_an_alarm_and_loses_no_other(monkeypatch):
    monkeypatch.setattr(finish.baseline, "load", dict)

    def broken():
        raise YakkanError("壊れています。")

    monkeypatch.setattr(suite, "assistant", lambda: None)
    for name in ("citation_sections", "conversation_sections", "number_sections"):
        monkeypatch.setattr(suite, name, lambda one, half: [Section("s", "s", ())])
    monkeypatch.setattr(suite, "retrieval_sections", lambda one, half: [Section("r", "r", ())])
    monkeypatch.setattr(suite, "knowledge_sections", lambda one: [])
    monkeypatch.setattr(suite, "lying_sections", list)
    monkeypatch.setattr(suite, "lint_section", broken)
    result = CliRunner().invoke(
        command.app, ["all", "--json"], env={"YAKKAN_SAMPLES": "", "YAKKAN_BENCHMARKS": ""}
    )
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert len(found["sections"]) == 5
    assert "壊れています" in found["alarms"][0]


def test_a_benchmark_folder_becomes_one_section_a_set(tmp_path):
    place = tmp_path / "tiny"
    place.mkdir()
    texts = {"a": "契約を解約する場合の通知", "b": "料金の支払い期日と延滞"}
    lines = [json.dumps({"id": id, "text": text}) for id, text in texts.items()]
    (place / "corpus.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (place / "queries.jsonl").write_text(
        json.dumps({"id": "q", "text": "解約の通知"}), encoding="utf-8"
    )
    (place / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\ta\t1\n", encoding="utf-8")
    (made,) = suite.benchmark_sections(tmp_path)
    assert made.figures[0].name == "beir.tiny.hit@1"
    assert made.figures[0].value == 1.0
