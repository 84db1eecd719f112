"""The network over candidates: eight bits, stored and read again, learning from questions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant import classifier
from assistant.classifier import BUCKETS, Classifier, Layer, hashed, inputs, mark_of

DIM = 4
RANDOM = np.random.default_rng(5)


def made() -> Classifier:
    hidden = RANDOM.normal(size=(BUCKETS + DIM, 8)).astype(np.float32)
    output = RANDOM.normal(size=(8, 3)).astype(np.float32)
    return Classifier(
        ("sg:1.1", "sg:2.1", "price"),
        Layer.rounded(hidden, np.zeros(8, np.float32)),
        Layer.rounded(output, np.ones(3, np.float32)),
        np.zeros(DIM, np.float32),
        np.ones(BUCKETS, np.float32),
    )


def test_eight_bits_keep_a_layer_to_half_a_percent_of_its_largest_weight() -> None:
    weights = RANDOM.normal(size=(20, 5)).astype(np.float32)
    row = np.where(RANDOM.random(20) < 0.5, RANDOM.normal(size=20), 0).astype(np.float32)
    bias = np.arange(5, dtype=np.float32)
    largest = float(np.abs(weights).max() * np.abs(row).sum())
    assert Layer.rounded(weights, bias).of(row[None])[0] == pytest.approx(
        row @ weights + bias, abs=0.005 * largest
    )


def test_a_layer_of_zeros_is_its_bias() -> None:
    layer = Layer.rounded(np.zeros((3, 2), np.float32), np.array([1, 2], np.float32))
    assert layer.of(np.ones((1, 3), np.float32)).tolist() == [[1.0, 2.0]]


def test_probabilities_of_all_candidates_add_up_to_one() -> None:
    told = made().log_probabilities(["解約したい", "返す"], np.ones((2, DIM), np.float32))
    assert told.shape == (2, 3)
    assert np.exp(told).sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_texts_asked_at_once_are_told_what_each_is_told_alone() -> None:
    one, texts = made(), ["解約したい", "返すときの送料", "返す"]
    vectors = RANDOM.normal(size=(3, DIM)).astype(np.float32)
    alone = [one.log_probabilities([t], v[None])[0] for t, v in zip(texts, vectors, strict=True)]
    assert one.log_probabilities(texts, vectors) == pytest.approx(np.stack(alone), abs=1e-4)


def test_what_is_read_again_says_the_same(tmp_path: Path) -> None:
    one = made()
    one.save(tmp_path / "classifier-sg.npz", mark_of(one.ids, "e5"))
    other = classifier.load("sg", one.ids, "e5", tmp_path)
    assert other is not None
    vectors = np.ones((1, DIM), np.float32)
    assert np.array_equal(
        other.log_probabilities(["返す"], vectors), one.log_probabilities(["返す"], vectors)
    )


def test_weights_for_other_candidates_or_another_embedder_are_not_used(tmp_path: Path) -> None:
    one = made()
    one.save(tmp_path / "classifier-sg.npz", mark_of(one.ids, "e5"))
    assert classifier.load("sg", one.ids[:2], "e5", tmp_path) is None
    assert classifier.load("sg", one.ids, "other", tmp_path) is None
    assert classifier.load("vpn", one.ids, "e5", tmp_path) is None


def test_a_damaged_file_is_not_used(tmp_path: Path) -> None:
    one = made()
    file = tmp_path / "classifier-sg.npz"
    one.save(file, mark_of(one.ids, "e5"))
    file.write_bytes(file.read_bytes()[:200])
    assert classifier.load("sg", one.ids, "e5", tmp_path) is None


def test_halves_of_a_layer_add_up_to_the_layer() -> None:
    dice = np.random.default_rng(2)
    layer = Layer.rounded(
        dice.normal(size=(6, 4)).astype(np.float32), dice.normal(size=4).astype(np.float32)
    )
    rows = dice.normal(size=(2, 6)).astype(np.float32)
    first, second = layer.split(2)
    added = first.of(rows[:, :2]) + second.of_all(rows[:, 2:])
    assert added == pytest.approx(layer.of(rows), abs=1e-5)


def test_hashed_signs_cannot_be_changed_by_one_reader_under_another() -> None:
    with pytest.raises(ValueError, match="read-only"):
        hashed("解約")[0] = 1.0


@pytest.mark.slow
def test_training_tells_two_candidates_apart() -> None:
    pytest.importorskip("torch")
    from evals.train_classifier import _fit

    texts = [*["返却の送料は誰が払う"] * 40, *["解約の期限はいつまで"] * 40]
    owners = np.repeat([0, 1], 40)
    centre = np.zeros(DIM, np.float32)
    told, vectors = np.stack([hashed(text) for text in texts]), np.zeros((80, DIM), np.float32)
    rows = inputs(told, vectors, centre)
    hidden, output = _fit(np.tile(rows, (2, 1)), np.tile(owners, 2), np.arange(80), 2)
    assert output.of(np.maximum(hidden.of(rows), 0)).argmax(axis=1).tolist() == owners.tolist()
