"""The whole app in a process of its own, and a real browser in front of it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(Path(__file__).parent))  # browsing, load: whatever the import mode


@contextmanager
def serving(folder, *options, **env):
    """The app on a free port; yields its address. `folder` holds its journal and its log."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}"]
    settings = {"YAKKAN_JOURNAL": str(folder / "journal.db"), "YAKKAN_CONTACT": "サポート窓口"}
    with (folder / "app.log").open("w") as log:
        app = subprocess.Popen(
            [*command, "--server.address=localhost", *(o.format(port=port) for o in options)],
            cwd=ROOT,
            env=os.environ | settings | env,
            stdout=log,
            stderr=log,
        )
        try:
            yield _ready(f"http://localhost:{port}", app)
        finally:
            app.terminate()
            app.wait(20)


def _ready(url, app):
    for _ in range(300):
        assert app.poll() is None, "the app ended before it served"
        try:
            urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).read()
            return url
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the app does not serve")


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium: the system's, or Playwright's own."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    system = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    with playwright.sync_playwright() as started:
        try:
            opened = started.chromium.launch(executable_path=system, args=["--no-sandbox"])
        except playwright.Error as error:
            pytest.skip(f"no Chromium to start: {str(error).splitlines()[0]}")
        yield opened
        opened.close()


@pytest.fixture
def serve(tmp_path):
    """`with serve(**env) as url:` — the app for one test."""

    def start(*options, **env):
        return serving(tmp_path, *options, **env)

    return start


@pytest.fixture(scope="session")
def staff_app(tmp_path_factory):
    """The app for an agent, shared by tests that do not change settings."""
    with serving(tmp_path_factory.mktemp("app"), YAKKAN_AUDIENCE="agent") as url:
        yield url


@pytest.fixture
def page(browser):
    """A fresh visitor's page, 1280 px wide, in Japanese."""
    context = browser.new_context(
        locale="ja-JP",
        viewport={"width": 1280, "height": 900},
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(60_000)  # a machine may be busy
    yield context.new_page()
    context.close()
