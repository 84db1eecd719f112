"""The covers relation and the figures built on it, with the arithmetic in sight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.abstention import abstention
from evals.metrics.covers import covers, group_covered, inside
from evals.metrics.grounding import false_brackets, false_numbers, numbers
from evals.metrics.intervals import bootstrap
from evals.metrics.numbers import outcome
from evals.metrics.precision import citation_precision, precision_counts
from evals.metrics.recall import citation_recall, full_recall
from evals.metrics.retrieval import covering_qrels, group_ndcg, ndcg, reciprocal_rank

SINGLE = frozenset({"sg:18", "sg:26"})

addresses = st.builds(
    lambda article, paragraph, item, sub: f"sg:{article}.{paragraph}{item}{sub if item else ''}",
    st.integers(1, 45),
    st.integers(1, 12),
    st.sampled_from(["", "(1)", "(2)", "(12)"]),
    st.sampled_from(["", "①", "②"]),
)


@given(addresses)
def test_every_clause_covers_itself_and_its_paragraph_covers_it(id):
    paragraph = id.split("(")[0]
    assert covers(id, id)
    assert covers(paragraph, id)


@given(addresses, addresses)
def test_inside_is_never_mutual(one, other):
    assert not (inside(one, other) and inside(other, one))


@given(addresses)
def test_clauses_of_different_agreements_never_cover_each_other(id):
    assert not covers(id.replace("sg:", "vpn:"), id)


@pytest.mark.parametrize(
    ("cited", "gold", "expected"),
    [
        ("sg:18.1", "sg:18.1(2)①", True),  # the paragraph that holds the gold sub-item
        ("sg:18.1(2)", "sg:18.1(2)①", False),  # an item is no paragraph
        ("sg:18.1(2)①", "sg:18.1(2)", True),  # lies inside
        ("sg:18.1(1)", "sg:18.1(12)", False),
        ("sg:1.1", "sg:1.12", False),
        ("sg:18", "sg:18.1", True),  # one paragraph: the article is the paragraph
        ("sg:18", "sg:18.1(2)", True),
        ("sg:4", "sg:4.2", False),  # two paragraphs: too vague
        ("sg:4.2", "sg:4", True),  # lies inside the gold article
        ("vpn:附則.9", "vpn:附則", True),
        ("vpn:附則", "vpn:附則.9", False),
        ("sg:25の2.1", "sg:25の2", True),
        ("sg:25の2.1", "sg:25", False),
    ],
)
def test_covers_follows_the_definition(cited, gold, expected):
    assert covers(cited, gold, SINGLE) is expected


def test_any_id_of_a_group_covers_it():
    assert group_covered(["sg:4.2"], ["sg:9.1", "sg:4.2"])


def test_recall_is_groups_covered_over_groups():
    gold = [["sg:27.1"], ["vpn:8.4"]]
    assert citation_recall(["vpn:8.4", "msp:1.1"], gold) == 0.5
    assert full_recall(["vpn:8.4"], gold) is False
    assert full_recall([], []) is None


def test_precision_counts_acceptable_clauses_as_relevant():
    counts = precision_counts(["sg:27.1", "sg:27.2", "sg:1.1"], [["sg:27.1"]], ["sg:27.2"])
    assert counts == (2, 3)
    assert citation_precision([counts, (0, 1)]) == 0.5
    assert citation_precision([]) is None


def test_an_answer_that_is_an_accepted_alternative_does_not_count_against_recall():
    found = abstention([("answered", ["governed_elsewhere", "answered"])])
    assert found.recall is None


def test_kind_accuracy_looks_only_at_declined_unanswerable_questions():
    rows = [("not_in_terms", ["governed_elsewhere"]), ("out_of_scope", ["out_of_scope"])]
    assert abstention(rows).kind == 0.5


def test_a_number_where_an_input_is_missing_is_wrong_however_plausible():
    answer = {"status": "answered", "calculations": [{"outputs": {"amount": 1}}], "missing": []}
    assert outcome([], ["paid_date"], answer) == "wrong"


def test_a_wrong_output_beside_a_right_one_is_wrong():
    expect = [{"rule": "r", "agreement": "sg", "expected": {"a": 1, "b": 2}}]
    answer = {"calculations": [{"rule": "r", "agreement": "sg", "outputs": {"a": 1, "b": 3}}]}
    assert outcome(expect, [], answer) == "wrong"


def test_asking_for_an_input_that_is_given_is_no_right_answer():
    expect = [{"rule": "r", "agreement": "sg", "expected": {"a": 1}}]
    assert outcome(expect, [], {"status": "needs_input", "missing": ["x"]}) == "asked"


def test_ndcg_of_a_perfect_ranking_is_one_and_of_none_is_zero():
    assert ndcg(["a", "b"], {"a": 2, "b": 1}) == 1.0
    assert ndcg(["x"], {"a": 1}) == 0.0


def test_reciprocal_rank_beyond_the_cutoff_is_zero():
    assert reciprocal_rank(["x"] * 10 + ["a"], {"a": 1}) == 0.0


def test_a_group_gains_only_once():
    gains = covering_qrels(["sg:27.1", "sg:27.1"], [["sg:27.1"]])
    assert gains == [1, 0]
    assert group_ndcg(gains, 1) == 1.0


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_an_interval_lies_within_the_values(values):
    low, high = bootstrap(values, rounds=50)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9


def test_numbers_are_compared_without_width_commas_or_blanks():
    assert numbers("昭和 6 3 年、１，２３４円") == ["63", "1234"]


def test_a_number_written_in_kanji_is_a_source():
    assert false_numbers("30日以内です。", ["三十日以内"]) == []
    assert false_numbers("31日以内です。", ["三十日以内"]) == ["31"]


def test_brackets_within_brackets_are_one_quotation():
    text = "「別に定める「契約料金表」による」"
    assert false_brackets(text, ["別に定める「契約料金表」による"]) == []
