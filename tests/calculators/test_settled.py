"""What some inputs already settle, whatever the others are."""

from __future__ import annotations

import pytest

from calculators import registry
from calculators.engine import Calculator

CALCULATOR = Calculator()


def settled(rule, agreement, **inputs):
    found = CALCULATOR.settle(rule, agreement, inputs)
    return None if found is None else found.value


def test_nothing_is_due_after_the_term_whatever_the_fee():
    given = {"start_date": "2024-04-01", "end_date": "2026-12-31"}
    assert settled("early_termination_charge", "sg", **given) == 0


def test_the_longest_term_counts_where_it_was_chosen():
    given = {"start_date": "2024-04-01", "end_date": "2026-12-31"}
    assert settled("early_termination_charge", "vpn", **given) is None
    assert settled("early_termination_charge", "vpn", **given, term_years=1) == 0
    assert settled("early_termination_charge", "vpn", **{**given, "start_date": "2023-12-01"}) == 0


def test_a_rise_costs_nothing_whenever_it_is():
    assert settled("downgrade_difference", "sg", old_fee=50000, new_fee=60000) == 0
    assert settled("downgrade_difference", "sg", old_fee=50000, new_fee=40000) is None


@pytest.mark.parametrize(
    "inputs", [{}, {"start_date": "x", "end_date": "y"}, {"start_date": "2026-04-01"}]
)
def test_too_little_settles_nothing(inputs):
    assert settled("early_termination_charge", "msp", **inputs) is None


def test_what_is_settled_agrees_with_the_whole_calculation():
    for rule in registry.rules():
        for example in rule.examples if rule.settled else ():
            found = CALCULATOR.settle(rule.name, example.agreement, example.inputs)
            whole = CALCULATOR.calculate(rule.name, example.agreement, example.inputs)
            assert found is None or found.value == whole.value
