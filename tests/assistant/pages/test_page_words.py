"""The pure parts of the pages: shelves, choices, links, values in words, what-if, bulk tables."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.pages import bulk_table, calculation_links, catalogue, choices, saying, scenarios
from calculators import registry
from calculators.engine import Calculator
from calculators.inputs import InputSpec

CALCULATOR = Calculator()
PAIRS = [
    (rule.name, agreement)
    for rule in registry.rules()
    for agreement in registry.agreements(rule.name, CALCULATOR.library)
]


def test_every_rule_stands_on_one_shelf():
    rules = registry.rules()
    shelved = [rule.name for _, listed in catalogue.shelves(rules) for rule in listed]
    assert sorted(shelved) == sorted(rule.name for rule in rules)


@pytest.mark.parametrize("rule", registry.rules(), ids=lambda rule: rule.name)
def test_a_rule_is_found_by_its_title_and_each_of_its_words(rule):
    rules = registry.rules()
    for words in (rule.title, *rule.synonyms):
        assert rule in catalogue.search(rules, words), words


@given(st.text(max_size=40))
def test_whatever_is_searched_for_gives_a_list(words):
    assert isinstance(catalogue.search(registry.rules(), words), list)


@pytest.mark.parametrize(("rule", "agreement"), PAIRS)
def test_every_choice_is_called_something_japanese(rule, agreement):
    provisions = CALCULATOR.prepare(rule, agreement).basis.provisions
    for spec in CALCULATOR.specs(rule, agreement):
        for code, words in choices.of(spec, provisions).items():
            assert words
            assert words == code if code.isupper() or " " in code else not words.isascii(), code


@pytest.mark.parametrize("rule", registry.rules(), ids=lambda rule: rule.name)
def test_every_example_is_said_without_code_words(rule):
    for example in rule.examples:
        result = CALCULATOR.calculate(rule.name, example.agreement, example.inputs).to_dict()
        words = saying.all_words(result)
        for name, value in result["outputs"].items():
            if saying.is_table(value):
                heads, _cells = saying.table(value, words)
                assert not any(head.isascii() for head in heads), heads
            else:
                said = saying.say(value, result["output_units"][name], words)
                assert not any(part.isalpha() and part.islower() and part.isascii() for part in said.split("、")), said  # fmt: skip


@given(st.integers(0, 10**12), st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.booleans())
def test_a_link_carries_the_inputs_exactly(amount, day, flag):
    specs = (
        InputSpec("principal", "元本", "円", "yen", True),
        InputSpec("due_date", "期日", "", "date", True),
        InputSpec("waived", "免除", "", "flag", True),
        InputSpec("facts", "事実", "", "list", True),
    )
    inputs = {"principal": amount, "due_date": day, "waived": flag, "facts": ["a,b", "c"]}
    query = urlsplit(calculation_links.link("http://h/calculate", "r", "sg", inputs)).query
    params = {name: values[0] for name, values in parse_qs(query).items()}
    carried = calculation_links.read(params, specs)
    assert carried.problems == ()
    assert carried.values == inputs | {"due_date": day.isoformat()}


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=60), max_size=5))
def test_whatever_a_link_says_only_declared_inputs_come_in(params):
    specs = CALCULATOR.specs("late_charge", "sg")
    carried = calculation_links.read(params, specs)
    assert carried.values.keys() <= {spec.name for spec in specs}


def test_the_grace_of_ten_days_is_a_jump():
    given_inputs = {
        "principal": 55000,
        "due_date": date(2026, 12, 28),
        "paid_date": date(2027, 1, 31),
    }
    days = scenarios.days(date(2026, 12, 28), date(2027, 2, 20))
    points = scenarios.points(CALCULATOR, "late_charge", "msp", given_inputs, days, "paid_date")
    said = scenarios.jump(points, "円")
    assert said.startswith("2027年1月7日は0円、2027年1月8日は")
    sg = scenarios.points(CALCULATOR, "late_charge", "sg", given_inputs, days, "paid_date")
    assert scenarios.jump(sg, "円") == ""


def test_the_charge_falls_with_the_month_and_ends_with_the_term():
    given_inputs = {
        "start_date": date(2026, 7, 15),
        "end_date": date(2027, 2, 10),
        "monthly_fee": 55000,
    }
    months = scenarios.month_ends(date(2026, 7, 15), date(2027, 8, 1))
    points = scenarios.points(
        CALCULATOR, "early_termination_charge", "sg", given_inputs, months, "end_date"
    )
    values = [point.value for point in points]
    assert values == sorted(values, reverse=True)
    assert values[-1] == 0


@given(st.lists(st.lists(st.text(max_size=10), min_size=1, max_size=4), max_size=4))
def test_no_cell_of_a_written_table_begins_a_formula(rows):
    import csv
    import io

    text = bulk_table.as_csv(rows).decode("utf-8-sig")
    for row in csv.reader(io.StringIO(text)):
        assert not any(cell[:1] in ("=", "+", "-", "@") for cell in row)


@given(st.binary(max_size=300))
def test_whatever_is_uploaded_is_read_or_refused_in_words(data):
    specs = CALCULATOR.specs("late_charge", "sg")
    try:
        cases = bulk_table.read("x.csv", data, specs)
    except bulk_table.UnusableFile:
        return
    assert all(case.inputs.keys() <= {spec.name for spec in specs} for case in cases)
