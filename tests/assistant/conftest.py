"""One assistant for all tests: it holds no state of any session."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.settings import Settings


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    """The assistant over the packaged agreements, without a language model."""
    return Assistant.open(Settings())
