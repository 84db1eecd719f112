"""The house's own rules, checked like any other behaviour: style, types, one-way imports."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYTHON = [sys.executable, "-m"]


def _run(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    return done.stdout


@pytest.mark.slow
def test_every_file_is_linted_and_formatted() -> None:
    _run(*PYTHON, "ruff", "check", ".")
    _run(*PYTHON, "ruff", "format", "--check", ".")


@pytest.mark.slow
def test_every_type_holds() -> None:
    _run(*PYTHON, "mypy")


@pytest.mark.slow
def test_imports_point_one_way() -> None:
    _run(str(Path(sys.executable).parent / "lint-imports"))


def test_asking_loads_no_torch_and_no_langchain() -> None:
    code = (
        "import sys; from datetime import date; from assistant.assistant import Assistant;"
        "a = Assistant.open().ask('VPNの違約金はかかりますか', today=date(2026, 11, 25));"
        "assert a.citations[0].address == 'vpn:17.2', a;"
        "print([m for m in ('torch', 'langchain_core', 'langchain', 'streamlit') if m in sys.modules])"
    )
    assert _run(sys.executable, "-c", code).strip() == "[]"


def test_calculating_loads_nothing_heavy() -> None:
    code = (
        "import sys; from calculators.engine import calculate;"
        "calculate('min_term_end', 'sg', {'start_date': '2026-07-01'});"
        "print([m for m in ('torch', 'numpy', 'faiss', 'langchain_core', 'rich') if m in sys.modules])"
    )
    assert _run(sys.executable, "-c", code).strip() == "[]"


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    listed = _run("git", "ls-files", "*.py").split()
    long = [f for f in listed if len((ROOT / f).read_text(encoding="utf-8").splitlines()) > 400]
    assert long == []


def test_every_public_module_says_what_it_is_for() -> None:
    for name in _run("git", "ls-files", "*.py").split():
        text = (ROOT / name).read_text(encoding="utf-8")
        assert re.match(r'(#[^\n]*\n)*r?"""\S', text), name


def test_the_readme_names_both_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "<!-- main command -->" in readme
    assert "<!-- test command -->" in readme
