"""What one browser session holds, and what all sessions share.

Shared (read-only): the settings, the assistant, the journal. Of one session: its
conversation, its turns and its id. Nothing of one session can reach another, because it is
kept in `st.session_state` only.
"""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import streamlit as st

from assistant import access
from assistant.answer import Answer
from assistant.settings import Audience, Settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from assistant.dialogue import Conversation
    from assistant.journal import Journal
    from corpus.library import Library

_TOKYO = ZoneInfo("Asia/Tokyo")
_KEY = "yakkan_session"
_PAGES = "yakkan_pages"


@dataclass(slots=True)
class Turn:
    """A question and its answer, with the record it was written to and the reader's opinion."""

    answer: Answer
    today: date
    record: int | None = None
    good: bool | None = None


@dataclass(slots=True)
class Session:
    """One person's conversation."""

    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    agreement: str | None = None
    as_of: date | None = None
    conversation: Conversation | None = None
    turns: list[Turn] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    replayed: str = ""
    today: date | None = None
    started: int = 0

    def restart(self) -> None:
        """Forget the conversation, keep the chosen agreement."""
        self.conversation, self.turns, self.pending, self.today = None, [], [], None
        self.as_of = None
        self.started += 1


def session() -> Session:
    """This browser session's conversation."""
    found: Session = st.session_state.setdefault(_KEY, Session())
    return found


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The operator's settings, read once."""
    return Settings.from_env()


@st.cache_resource(show_spinner=False)
def assistant() -> Assistant:
    """The assistant that all sessions share, ready to answer."""
    from assistant.assistant import Assistant

    opened = Assistant.open(settings())
    opened.recall(None)  # read the knowledge now rather than with the first question
    return opened


@st.cache_resource(show_spinner=False)
def library() -> Library:
    """The agreements, without the index: quick to open."""
    from corpus.library import Library

    return Library.load(settings().corpus)


@st.cache_resource(show_spinner=False)
def journal() -> Journal | None:
    """The journal, or None where the operator keeps none."""
    from assistant.journal import Journal, wanted

    if not wanted(settings()):
        return None
    opened = Journal.open(settings())
    opened.purge()
    return opened


@st.cache_resource(show_spinner=False)
def fingerprints() -> tuple[str, str]:
    """(corpus, index): what every answer of this process stands on."""
    from assistant.provenance import corpus_fingerprint, index_fingerprint

    return corpus_fingerprint(library()), index_fingerprint(assistant().searcher)


def warm() -> None:
    """Get ready to answer; what fails here is said when a question needs it.

    The page waits until all is open; beside it the assistant goes the ways that questions go.
    """
    try:
        fingerprints()
        one = assistant()
        one.prepare()
        threading.Thread(target=one.warm, daemon=True).start()
    except Exception as error:
        log_failure("opening the assistant", error)


def log_failure(what: str, error: Exception, *, trace: bool = False) -> None:
    """Note for the operator what a reader need not see; never what was asked."""
    shown = error if trace else None
    logging.getLogger("yakkan").warning("%s failed: %s", what, type(error).__name__, exc_info=shown)


def today() -> date:
    """The day in Japan; the page is where time comes in."""
    return datetime.now(_TOKYO).date()


def user() -> Mapping[str, Any] | None:
    """The verified claims of the signed-in user, or None."""
    if not settings().audience_claim or not getattr(st.user, "is_logged_in", False):
        return None
    claims: dict[str, Any] = st.user.to_dict()
    return claims


def signed_in() -> bool:
    """Whether somebody has signed in."""
    return user() is not None


def audience() -> Audience:
    """Who sits in front of this page, asked anew on every run."""
    return access.audience_of(settings(), user())


def keep_pages(pages: Mapping[str, Any]) -> None:
    """Remember this run's pages by address, for links between them."""
    st.session_state[_PAGES] = dict(pages)


def page(path: str) -> Any | None:
    """The page at `path`, or None if the app has none."""
    return st.session_state.get(_PAGES, {}).get(path)
