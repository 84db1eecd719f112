"""The packaged library and a short way to read a question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.calculation import requests
from assistant.question import understand
from assistant.understanding.following import follow
from corpus.library import Library

TODAY = date(2027, 1, 10)


@pytest.fixture(scope="session")
def library():
    return Library.load()


@pytest.fixture(scope="session")
def read(library):
    def reading(text, today=TODAY, context=None):
        return understand(text, today=today, library=library, context=context)

    return reading


@pytest.fixture(scope="session")
def requested(read):
    """The calculations that a text wants after `previous`, as a conversation finds them."""

    def requesting(text, previous=None, **options):
        question = read(text, **options)
        followed = follow(question, previous) if previous is not None else None
        return (followed,) if followed is not None else requests(question)

    return requesting
