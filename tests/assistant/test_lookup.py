"""Looking up part by part: when the whole question meets silence, and what counts as asking."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from assistant.assistant import Assistant
from assistant.judgement import Likely, Verdict
from assistant.lookup import Look, Piece, find
from assistant.recall import Asked
from corpus.silences import Silence

#: a silence that stands in no file
SILENT = Silence(
    "made-up", "作った沈黙", ("sg",), "not_in_terms", "", "", ("何か",), "何か", ("sg:1.1",)
)


def asked(text: str) -> Asked:
    none = np.zeros(1, np.float32)
    return Asked(text, (), none, none, none, none)


def verdict(silence: float, clauses: dict[str, float]) -> Verdict:
    likely = tuple(Likely(id, share) for id, share in clauses.items())
    return Verdict("sg", clauses, likely, {}, silence, (SILENT, silence))


@pytest.mark.parametrize(
    ("silence", "parts", "status"),
    [(0.55, 3, "answered"), (0.65, 3, "not_in_terms"), (0.55, 2, "not_in_terms")],
)
def test_many_things_asked_at_once_meet_silence_only_where_it_is_surer(
    assistant: Assistant, silence: float, parts: int, status: str
) -> None:
    """Parts that have their clauses, but none of them surely."""
    real = assistant.recall()
    told = {"全部": verdict(silence, {"sg:1.1": 1 - silence})}
    told |= {f"その{n}": verdict(0.2, {f"sg:{n + 10}.1": 0.8}) for n in range(parts)}

    def judge(question: Asked, agreement: str, *beside: Any) -> Verdict:
        return told[question.text]

    recall: Any = SimpleNamespace(judge=judge, versions=real.versions, notes=real.notes)
    look = Look(asked("全部"), tuple(Piece(asked(f"その{n}")) for n in range(parts)))
    found = find(recall, "sg", look)
    assert found is not None
    assert found.status == status
    if status == "answered":
        assert [c.clause.id for c in found.chosen] == ["sg:10.1", "sg:11.1", "sg:12.1"]
