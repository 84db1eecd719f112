"""The sets are valid, name existing clauses, and ask about every article."""

import json

import pytest

from corpus.errors import YakkanError
from corpus.library import Library
from evals import sets

KINDS = ("questions", "silence", "conversations", "number_questions")


@pytest.mark.parametrize("kind", KINDS)
def test_every_item_is_valid_and_ids_are_unique(kind):
    items = sets.load(kind)
    assert items
    assert len({item["id"] for item in items}) == len(items)


@pytest.mark.parametrize("kind", ["questions", "silence", "conversations"])
def test_every_clause_that_a_set_names_exists(kind):
    library = Library.load()
    own = [item for item in sets.load(kind) if item["origin"] == "own"]
    unknown = [id for id in sets.ids(own) if library.version(id.split(":")[0]).get(id) is None]
    assert unknown == []


def test_own_questions_ask_every_article_at_least_twice():
    library = Library.load()
    asked: dict[str, int] = {}
    for item in sets.load("questions"):
        if item["origin"] == "own":
            for article in {id.split(".")[0] for group in item["gold"] for id in group}:
                asked[article] = asked.get(article, 0) + 1
    articles = {
        f"{id}:{clause.address.article}"
        for id in library.ids
        for clause in library.version(id).articles()
        if not clause.address.article.startswith("附則")
    }
    assert {article for article in articles if asked.get(article, 0) < 2} == set()


def test_own_sets_are_as_large_as_promised():
    own = {
        kind: sum(item["origin"] == "own" for item in sets.load(kind))
        for kind in ("questions", "silence", "conversations")
    }
    assert own["questions"] >= 300
    assert own["silence"] >= 100
    assert own["conversations"] >= 40


def test_own_questions_have_every_type_and_persona():
    own = [item for item in sets.load("questions") if item["origin"] == "own"]
    assert {item["type"] for item in own} == sets.TYPES - {"silence"}
    assert {item["persona"] for item in own} == sets.PERSONAS


def test_own_questions_repeat_no_given_question():
    given = {item["question"] for item in sets.load("questions") if item["origin"] == "given"}
    own = {item["question"] for item in sets.load("questions") if item["origin"] == "own"}
    assert given & own == set()


@pytest.mark.parametrize("kind", KINDS)
def test_the_halves_are_disjoint_and_complete(kind):
    tune, held, every = (
        {item["id"] for item in sets.load(kind, half)} for half in ("tune", "held_out", "all")
    )
    assert tune | held == every
    assert tune & held == set()


def test_a_broken_line_is_reported_with_its_number(tmp_path):
    (tmp_path / "questions.jsonl").write_text('{"id": "a"\n', encoding="utf-8")
    with pytest.raises(YakkanError, match="1 行目"):
        sets.load("questions", folder=tmp_path)


def test_an_item_without_gold_is_reported_with_its_id(tmp_path):
    line = json.dumps({"id": "a1", "question": "?"})
    (tmp_path / "questions.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(YakkanError, match="a1"):
        sets.load("questions", folder=tmp_path)


def test_an_unknown_kind_is_refused():
    with pytest.raises(YakkanError, match="poems"):
        sets.load("poems")
