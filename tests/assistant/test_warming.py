"""The talks that warm an assistant are questions like any other."""

from __future__ import annotations

import pytest

from assistant import warming
from assistant.assistant import Assistant
from assistant.settings import Settings


def test_the_talks_go_every_way_that_answers_go(assistant: Assistant) -> None:
    found = []
    for turns in warming.TALKS:
        conversation = assistant.conversation()
        found += [conversation.ask(turn, today=warming.DAY) for turn in turns]
    assert {"answered", "not_in_terms"} <= {answer.status for answer in found}
    rules = {row["rule"] for answer in found for row in answer.calculations}
    assert {"late_charge", "late_return_charge", "early_termination_charge"} <= rules


def test_no_language_model_is_asked_to_get_warm(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("asked a model")

    settings = Settings.from_env({"YAKKAN_JOURNAL": "off", "YAKKAN_MODEL": "openai:any"})
    one = Assistant(settings, assistant.library, assistant.searcher)
    monkeypatch.setattr("assistant.agent.polish", asked)
    monkeypatch.setattr("assistant.agent.connect", asked)
    one.warm()
