"""Twenty people asking in the same moment: no error, no leak, nobody waits long."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from load import all_at_once

pytestmark = pytest.mark.slow
#: p95 is under 3 s on two idle cores; a busy machine is given more
LONGEST = 10


def test_twenty_people_asking_at_once_get_their_own_answers(staff_app, record_property):
    pytest.importorskip("websockets", reason="websockets is not installed")
    questions = [f"{number}番です。VPNの解約について教えてください" for number in range(20)]
    with ThreadPoolExecutor(1) as apart:  # Playwright's own loop runs in this thread
        apart.submit(asyncio.run, all_at_once(staff_app, questions[:1])).result()
        taken, pages = apart.submit(asyncio.run, all_at_once(staff_app, questions)).result()
    for question, page in zip(questions, pages, strict=True):
        assert f'yk-ask">{question}<' in page
        assert page.count('yk-ask">') == 1
        assert 'class="yk yk-text"' in page
        assert 'role="alert"' not in page
    p95 = sorted(taken)[18]
    record_property("p95", p95)
    assert p95 < LONGEST
