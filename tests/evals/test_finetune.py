"""Fine-tuning a tiny model, and our metrics against those of sentence-transformers."""

import json

import pytest

from corpus.errors import YakkanError
from evals import finetune
from evals.finetune import Pair

TEXTS = {
    f"sg:{number}.1": f"{word}に関する定めです。"
    for number, word in enumerate(
        [
            "料金",
            "解約",
            "損害",
            "設備",
            "通知",
            "秘密",
            "委託",
            "裁判",
            "期間",
            "申込",
            "停止",
            "終了",
        ],
        1,
    )
}
#: how people say it, sharing no character with the clause
WORDS = [
    "おかね", "やめる", "べんしょう", "きかい", "しらせ", "ないしょ",
    "したうけ", "うったえ", "しばり", "はじめる", "とめる", "おわる",
]  # fmt: skip


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    """A two-layer BERT with a character vocabulary, random weights, saved to a folder."""
    transformers = pytest.importorskip("transformers")
    models = pytest.importorskip("sentence_transformers.models")
    sentence_transformers = pytest.importorskip("sentence_transformers")
    torch = pytest.importorskip("torch")
    torch.manual_seed(7)
    torch.set_num_threads(1)
    folder = tmp_path_factory.mktemp("tiny")
    characters = sorted(
        {c for text in TEXTS.values() for c in text} | set("".join(WORDS) + "はどう？何ですか")
    )
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *characters]
    vocabulary += [f"##{character}" for character in characters]
    (folder / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    tokenizer = transformers.BertTokenizer(str(folder / "vocab.txt"), do_lower_case=False)
    config = transformers.BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    transformers.BertModel(config).save_pretrained(folder / "bert")
    tokenizer.save_pretrained(folder / "bert")
    word = models.Transformer(str(folder / "bert"), max_seq_length=48)
    pooling = models.Pooling(32)
    sentence_transformers.SentenceTransformer(modules=[word, pooling], device="cpu").save(
        str(folder / "model")
    )
    return str(folder / "model")


def pairs():
    asked = ("は？", "はどう？", "は何ですか？")
    return [
        Pair(f"{word}{tail}", clause)
        for word, clause in zip(WORDS, TEXTS, strict=True)
        for tail in asked
    ]


def write(path, rows):
    lines = [json.dumps({"question": r.question, "clause": r.clause}) for r in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_split_keeps_every_pair_and_shares_no_question():
    training, held = finetune.split(pairs())
    assert len(training) + len(held) == len(pairs())
    assert not {p.question for p in training} & {p.question for p in held}


@pytest.mark.slow
def test_fine_tuning_reports_figures_before_and_after_and_saves_the_model(tiny, tmp_path):
    path = write(tmp_path / "pairs.jsonl", pairs())
    before, after = finetune.run(path, tiny, tmp_path / "out", epochs=20, rate=1e-3, texts=TEXTS)
    assert before.keys() == after.keys() == {"hit_1", "hit_5", "ndcg_10", "mrr_10"}
    assert all(0 <= value <= 1 for value in (*before.values(), *after.values()))
    assert after["mrr_10"] > before["mrr_10"]
    again = finetune.figures(finetune.load_model(str(tmp_path / "out")), pairs(), TEXTS)
    assert again["mrr_10"] > before["mrr_10"]


@pytest.mark.slow
def test_our_metrics_agree_with_the_evaluator_of_sentence_transformers(tiny):
    from sentence_transformers.evaluation import InformationRetrievalEvaluator

    model = finetune.load_model(tiny)
    asked = {p.question: finetune.PROMPTS["query"] + p.question for p in pairs()}
    corpus = {id: finetune.PROMPTS["passage"] + text for id, text in TEXTS.items()}
    evaluator = InformationRetrievalEvaluator(
        queries=asked,
        corpus=corpus,
        relevant_docs={p.question: {p.clause} for p in pairs()},
        accuracy_at_k=[1, 5],
        mrr_at_k=[10],
        ndcg_at_k=[10],
        name="x",
    )
    theirs = evaluator(model)
    ours = finetune.figures(model, pairs(), TEXTS)
    names = {
        "hit_1": "x_cosine_accuracy@1",
        "hit_5": "x_cosine_accuracy@5",
        "ndcg_10": "x_cosine_ndcg@10",
        "mrr_10": "x_cosine_mrr@10",
    }
    for mine, other in names.items():
        assert ours[mine] == pytest.approx(theirs[other], abs=1e-6)


@pytest.mark.slow
def test_too_few_pairs_are_a_user_error(tiny, tmp_path):
    path = write(tmp_path / "pairs.jsonl", pairs()[:1])
    with pytest.raises(YakkanError, match="少なすぎます"):
        finetune.run(path, tiny, tmp_path / "out", texts=TEXTS)
