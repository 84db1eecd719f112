"""The network that is trained is the one that runs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from evals.encoder import PROMPT, Encoder, padded, pooled  # noqa: E402
from evals.train_encoder import Asked, Training  # noqa: E402
from index.e5.model import E5, inside, model_path  # noqa: E402

TEXTS = ("解約の連絡期限は？", "装置を壊したら弁償ですか", "延滞利息の利率")


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    torch.manual_seed(1)
    return Encoder()


def vectors(encoder: Encoder, texts: tuple[str, ...]) -> np.ndarray:
    rows = [encoder.embeddings([t.id for t in encoder.tokens(text)]) for text in texts]
    states, real, taken = padded(rows, [np.ones(len(row), np.bool_) for row in rows])
    with torch.no_grad():
        found: np.ndarray = pooled(encoder(states, real), taken).numpy()
    return found


def likeness(left: np.ndarray, right: np.ndarray) -> float:
    return float((left * right).sum(axis=1).min())


def test_an_encoder_that_has_learnt_nothing_is_the_packages_model(encoder: Encoder) -> None:
    path = model_path()
    assert path is not None
    theirs = E5(path, adapter=None).encode(PROMPT, list(TEXTS))
    assert likeness(vectors(encoder, TEXTS), theirs) > 0.995


def test_what_was_learnt_runs_as_it_was_trained(encoder: Encoder, tmp_path: Path) -> None:
    path = model_path()
    assert path is not None
    before = vectors(encoder, TEXTS)
    with torch.no_grad():
        for product in encoder.products.values():
            if product.learns:
                product.up += 0.05 * torch.randn_like(product.up)
    trained = vectors(encoder, TEXTS)
    encoder.adapter().save(tmp_path / "a.npz")
    model = E5(path, adapter=tmp_path / "a.npz")
    assert likeness(trained, model.encode(PROMPT, list(TEXTS))) > 0.99
    assert likeness(before, trained) < 0.98
    tokens = encoder.tokens(TEXTS[0] + TEXTS[1])
    span = (0, len(TEXTS[0]))
    rows = [encoder.embeddings([t.id for t in tokens])]
    states, real, taken = padded(rows, [inside(tokens, len(PROMPT), [span])])
    with torch.no_grad():
        part = pooled(encoder(states, real), taken).numpy()
    assert likeness(part, model.views(PROMPT, [(TEXTS[0] + TEXTS[1], [[span]])])[0]) > 0.99


@pytest.mark.slow
def test_training_learns_what_it_is_shown_and_leaves_out_what_is_kept() -> None:
    torch.manual_seed(1)
    told = [f"{word}{end}" for end in ("は？", "について", "を教えて", "です", "の件") * 2
            for word in ("解約の期限", "装置の弁償", "延滞利息")]  # fmt: skip
    texts = [f"{text}{number}" for number, text in enumerate(told)]
    owners = np.array([number % 3 for number in range(len(texts))])
    encoder = Encoder()
    asked = Asked.of(texts, owners, 3, encoder.sizes.hidden)
    training = Training(encoder, {"sg": asked}, epochs=6)
    losses = [training.epoch() for _ in range(6)]
    assert losses[-1] < losses[0]
    assert any(np.abs(array).max() > 0 for name, array in encoder.adapter().arrays.items() if name.endswith("up"))  # fmt: skip
    assert not set(asked.seen) & set(asked.unseen)
    assert training.measure().startswith("sg ")
