"""The packaged library and a short way to read a question."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.question import understand
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
