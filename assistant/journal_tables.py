"""The journal's one table, and how a database is opened for it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.pool import StaticPool

#: the setting that says "keep nothing"
OFF = "off"

metadata = MetaData()
entries = Table(
    "yakkan_journal",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
    Column("session", String(64), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("question", Text, nullable=False),
    Column("status", String(24), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("citations", Text, nullable=False),
    Column("calculations", Text, nullable=False),
    Column("versions", Text, nullable=False),
    Column("corpus", String(64), nullable=False),
    Column("index", String(64), nullable=False),
    Column("timings", Text, nullable=False),
    Column("good", Boolean, nullable=True),
    Column("reason", Text, nullable=False, default=""),
)


def connect(where: str = "") -> Engine:
    """An engine for `where`: a SQLAlchemy URL, a file path, "" for the user's data folder.

    `off` gives a table in memory. Creates the folder and the table where they are missing.
    """
    url = make_url(_url(where))
    if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, pool_pre_ping=True, **_pool(where))
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "connect", _durable)
    metadata.create_all(engine)
    return engine


def _pool(where: str) -> dict[str, Any]:
    """A table in memory needs its one connection to be kept."""
    if where != OFF:
        return {}
    return {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}


def _url(where: str) -> str:
    if where == OFF:
        return "sqlite://"
    if "://" in where:
        return where
    path = Path(where) if where else data_folder() / "journal.db"
    return f"sqlite:///{path.absolute()}"


def data_folder() -> Path:
    """Where this user's programs keep their data."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "yakkan"
    base = os.environ.get("LOCALAPPDATA" if sys.platform == "win32" else "XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "yakkan"


def _durable(connection: Any, _record: Any) -> None:
    """Write-ahead log, synced; readers never wait, a writer waits for another up to 10 s."""
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
