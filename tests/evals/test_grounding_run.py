"""No attack of a lying model is shown; most honest paraphrases are."""

from __future__ import annotations

import pytest

from corpus.library import Library
from evals.attacks import attacks
from evals.grounding_run import run
from evals.lies import LIES

pytest.importorskip("langchain_openai", reason="yakkan[llm] is not installed")


def test_the_same_seed_gives_the_same_attacks() -> None:
    library = Library.load()
    one, two = attacks(library), attacks(library)
    assert [(a.kind, a.case.address, a.told) for a in one] == [
        (a.kind, a.case.address, a.told) for a in two
    ]


def test_there_are_enough_attacks_of_every_kind_of_lie() -> None:
    found = attacks(Library.load())
    assert len(found) >= 200
    assert set(LIES) <= {a.kind for a in found}
    assert {a.case.address.split(":")[0] for a in found} == set(Library.load().ids)


def test_no_lie_is_the_truth() -> None:
    for attack in attacks(Library.load()):
        assert attack.told not in (
            attack.case.summary,
            attack.case.sentence,
        ) or attack.kind.startswith("clause_")


def test_forty_attacks_show_nothing_ungrounded() -> None:
    figures = run(limit=40)
    assert figures["attacks"] == 40
    assert figures["shown"] == 0, figures["examples"]
    assert figures["honest_accepted"] / figures["honest"] >= 0.7


@pytest.mark.slow
def test_all_attacks_show_nothing_ungrounded() -> None:
    figures = run()
    assert figures["attacks"] >= 200
    assert figures["shown"] == 0, figures["examples"]
    assert figures["honest_accepted"] / figures["honest"] >= 0.7
