"""The journal: every answer that was given, on which text it stood, and what people thought.

SQLAlchemy Core over any database that it speaks (SQLite in WAL mode by default). A question
is masked before it is written. One record is one transaction: a process that is killed while
writing loses at most the record it was writing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from assistant.journal_tables import OFF, connect, entries
from assistant.masking import mask
from corpus.errors import YakkanError

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.settings import Settings

#: longest reason or question that is kept, in characters
MAX_TEXT = 4_000


class JournalError(YakkanError):
    """The journal cannot be opened, read or written."""


def wanted(settings: Settings) -> bool:
    """Whether an app keeps a journal: yes, unless the operator says `off`."""
    return settings.journal != OFF


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: question (masked), answer, what it stood on, feedback."""

    id: int
    at: datetime
    session: str
    audience: str
    question: str
    status: str
    text: str
    origin: str
    citations: tuple[dict[str, Any], ...]
    calculations: tuple[dict[str, Any], ...]
    versions: dict[str, str]
    corpus: str
    index: str
    timings: dict[str, float]
    good: bool | None = None
    reason: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values."""
        return asdict(self) | {"at": self.at.isoformat()}


@dataclass(frozen=True, slots=True)
class Journal:
    """A journal of answers; `clock` says when a record is written."""

    engine: Engine
    retention_days: int = 365
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def open(cls, settings: Settings) -> Journal:
        """The journal at `settings.journal`: a SQLAlchemy URL, a file path, "" for the
        user's data folder, or "off" for one that is forgotten with the process.

        Raises JournalError where it cannot be opened.
        """
        try:
            return cls(connect(settings.journal), settings.retention_days)
        except (SQLAlchemyError, ImportError, OSError) as error:
            raise JournalError(
                f"記録を開けません（{type(error).__name__}）。YAKKAN_JOURNAL に "
                "sqlite:////path/journal.db や postgresql+psycopg://user@host/db の形の URL を指定し、"
                "書き込めることを確かめてください。"
            ) from error

    def record(
        self,
        answer: Answer,
        *,
        audience: str,
        session: str = "",
        corpus: str = "",
        index: str = "",
        now: datetime | None = None,
    ) -> int:
        """Write `answer` and return the record's id.

        `corpus` and `index` are fingerprints of the texts and of the index that were used.
        """
        row = _row(answer) | {
            "at": _utc(now or self.clock()),
            "session": session,
            "audience": audience,
            "corpus": corpus,
            "index": index,
        }
        with self._writing() as connection:
            key = connection.execute(entries.insert().values(row)).inserted_primary_key
        return int(key[0]) if key else 0

    def feedback(self, id: int, good: bool, reason: str = "") -> None:
        """Note what a reader thought of record `id`; the last opinion stands."""
        change = entries.update().where(entries.c.id == id)
        with self._writing() as connection:
            done = connection.execute(
                change.values(good=good, reason=mask(_clean(reason).strip())[:MAX_TEXT])
            )
            if done.rowcount != 1:
                raise JournalError(f"記録 {id} はありません。保存期間を過ぎた可能性があります。")

    def entries(
        self,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
        status: str = "",
        agreement: str = "",
        audience: str = "",
        good: bool | None = None,
        text: str = "",
        limit: int | None = None,
    ) -> tuple[Entry, ...]:
        """Records, newest first, that match every given filter (`until` is exclusive)."""
        query = select(entries).order_by(entries.c.at.desc(), entries.c.id.desc())
        query = _between(query, since, until)
        for column, value in (("status", status), ("audience", audience)):
            query = query.where(entries.c[column] == value) if value else query
        if good is not None:
            query = query.where(entries.c.good == good)
        if text:
            pattern = f"%{_literal(text)}%"
            query = query.where(
                entries.c.question.like(pattern, escape="\\")
                | entries.c.text.like(pattern, escape="\\")
            )
        if agreement:
            query = query.where(entries.c.versions.like(f'%"{_literal(agreement)}":%', escape="\\"))
        return self._read(query.limit(limit))

    def candidates(self) -> tuple[dict[str, Any], ...]:
        """Answers that were found bad, as candidates for the evaluation set.

        What the answer should have been is left open for a person to fill in.
        """
        return tuple(candidate(entry) for entry in self.entries(good=False))

    def purge(self, now: datetime | None = None) -> int:
        """Delete records older than the retention; returns how many."""
        edge = _utc(now or self.clock()) - timedelta(days=self.retention_days)
        with self._writing() as connection:
            return int(connection.execute(entries.delete().where(entries.c.at < edge)).rowcount)

    def count(self) -> int:
        """Number of records."""
        with self.engine.connect() as connection:
            return int(connection.execute(select(func.count()).select_from(entries)).scalar_one())

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()

    def _writing(self) -> Any:
        return self.engine.begin()

    def _read(self, query: Select[Any]) -> tuple[Entry, ...]:
        with self.engine.connect() as connection:
            return tuple(_entry(row) for row in connection.execute(query).mappings())


def candidate(entry: Entry) -> dict[str, Any]:
    """A record as an evaluation candidate: the question, what was said, what is to be judged."""
    return {
        "id": f"journal-{entry.id}",
        "question": entry.question,
        "given": {"status": entry.status, "citations": [c["id"] for c in entry.citations]},
        "versions": entry.versions,
        "reason": entry.reason,
        "status": "",
        "gold": [],
    }


def _row(answer: Answer) -> dict[str, Any]:
    line = answer.to_dict()
    cited = [c.to_dict() | {"hash": c.hash} for c in answer.citations]
    versions = {c.agreement: c.version for c in answer.citations}
    versions |= {str(r["agreement"]): str(r["version"]) for r in answer.calculations}
    return {
        "question": mask(_clean(answer.question))[:MAX_TEXT],
        "status": answer.status,
        "text": mask(_clean(answer.text)),
        "origin": answer.origin,
        "citations": _json(cited),
        "calculations": _json(line["calculations"]),
        "versions": _json(versions),
        "timings": _json(answer.timings),
    }


def _entry(row: Any) -> Entry:
    values = dict(row)
    for name in ("citations", "calculations"):
        values[name] = tuple(json.loads(values[name]))
    for name in ("versions", "timings"):
        values[name] = json.loads(values[name])
    return Entry(**values | {"at": _utc(values["at"])})


def _between(query: Select[Any], since: datetime | None, until: datetime | None) -> Select[Any]:
    query = query.where(entries.c.at >= _utc(since)) if since else query
    return query.where(entries.c.at < _utc(until)) if until else query


def _utc(at: datetime) -> datetime:
    """A moment in UTC; a moment without a zone is taken as UTC."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def _clean(text: str) -> str:
    """`text` without what a database refuses (NUL, half characters)."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")


def _literal(text: str) -> str:
    r"""`text` with the wildcards of LIKE taken literally.

    >>> _literal("50%_引き")
    '50\\%\\_引き'
    """
    for special in ("\\", "%", "_"):
        text = text.replace(special, "\\" + special)
    return text


def jsonl(rows: Iterable[dict[str, Any]]) -> str:
    """One JSON object a line."""
    return "".join(_json(row) + "\n" for row in rows)
