"""Order of the tests: the browser comes last in every worker.

Playwright keeps an event loop running in its process until the session ends, and an
asynchronous test that came after it there would refuse to start a second one.
"""

from __future__ import annotations

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything that drives a browser goes to the end; the rest keeps its order."""
    items.sort(key=lambda item: "browser" in item.path.parts)
