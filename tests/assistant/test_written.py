"""Each written text is held once, and what is not among the nearest counts as the last of them."""

from __future__ import annotations

import numpy as np
import pytest

from assistant import written
from assistant.assistant import Assistant
from assistant.written import Written


def _embedded(texts: list[str]) -> np.ndarray:
    dice = np.random.default_rng(len(texts))
    vectors = dice.normal(size=(len(texts), 8))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float16)


def test_a_text_that_is_written_twice_is_held_once() -> None:
    held = Written.of(["解約", "弁償", "解約"], _embedded)  # type: ignore[arg-type]
    assert held.vectors.shape == (2, 8)
    assert held.places(["弁償", "解約", "弁償"]).tolist() == [1, 0, 1]
    with pytest.raises(KeyError):
        held.places(["保守"])


def test_nothing_written_gives_no_cosines() -> None:
    none = Written.of([], lambda _: np.zeros((0, 8), np.float16))
    assert none.cosines(np.ones((2, 8), np.float32)).shape == (2, 0)
    assert none.places([]).shape == (0,)


def test_texts_beyond_the_nearest_count_as_the_last_of_these(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(written, "NEAREST", 3)
    held = Written.of([f"質問{n}" for n in range(20)], _embedded)  # type: ignore[arg-type]
    asked = held.vectors_of(np.array([4]))
    exact = (asked @ held.vectors.astype(np.float32).T)[0]
    found = held.cosines(asked)[0]
    told = np.sort(exact)[-3:]
    assert found == pytest.approx(np.maximum(exact, told[0]), abs=1e-2)
    assert found.argmax() == 4


def test_every_question_of_every_field_and_of_the_search_is_held_once(
    assistant: Assistant,
) -> None:
    recall = assistant.recall()
    field = recall.fields["sg"]
    rows = recall.written.rows
    assert [rows[text] for text in field.texts] == field.places.tolist()
    assert set(recall._shelf.questions) <= rows.keys()
    assert len(recall.written.vectors) == len(rows)
