"""Another agreement is data: its clauses and provisions, and no new code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from calculators.engine import Calculator
from calculators.errors import NotInTerms, StaleRule

TERMS = """クラウド保管サービス利用規約

2025年4月1日

第1条（解約）

1. 契約者は、解約を希望する日の2ヶ月前までに書面で通知するものとします。

第2条（解除）

1. 当社は、契約者が次の各号に該当する場合は、本契約を解除することがあります。
 - (1) 料金の支払いを30日以上遅延したとき。
 - (2) その他本規約に違反したとき。
"""

PROVISIONS = """
[[provision]]
rule = ["cancellation_notice_deadline", "earliest_end_from_notice", "contract_timeline"]
clause = "cloud:1.1"
words = ["解約を希望する日の2ヶ月前までに書面で通知する"]
months = 2
anchor = "day"
notice_form = "書面"

[[provision]]
rule = "termination_grounds"
clause = "cloud:2.1(1)"
words = ["料金の支払いを30日以上遅延したとき"]
fact = "long_arrears"
title = "30日以上の遅延"
decision = "may"
days_late = 30

[[provision]]
rule = "termination_grounds"
clause = "cloud:2.1"
words = ["本契約を解除することがあります"]
effect = "解除されることがあります。"
"""


@pytest.fixture
def calculator(tmp_path: Path) -> Calculator:
    from corpus.library import Library

    folder = tmp_path / "cloud" / "2025-04-01"
    folder.mkdir(parents=True)
    about = (
        'title = "クラウド保管サービス利用規約"\nshort = "クラウド保管"\nservice = "クラウド保管"\n'
    )
    (tmp_path / "cloud" / "agreement.toml").write_text(
        about + 'publisher = "例示株式会社"\norder = 4\naliases = []\n', encoding="utf-8"
    )
    (folder / "terms.txt").write_text(TERMS, encoding="utf-8")
    (folder / "provisions.toml").write_text(PROVISIONS, encoding="utf-8")
    return Calculator(Library.load(tmp_path))


def outputs(calculator: Calculator, rule: str, **inputs: Any) -> dict[str, Any]:
    return calculator.calculate(rule, "cloud", inputs).to_dict()["outputs"]


def test_two_months_notice_is_only_a_parameter(calculator: Calculator) -> None:
    found = outputs(calculator, "cancellation_notice_deadline", desired_end="2027-04-30")
    assert found == {"deadline": "2027-02-28", "safe": "2027-02-27"}
    assert outputs(calculator, "earliest_end_from_notice", notice_date="2027-02-28") == {
        "earliest_end": "2027-04-28",
        "safe": "2027-05-01",
    }


def test_its_grounds_are_matched_by_its_own_facts(calculator: Calculator) -> None:
    assert outputs(calculator, "termination_grounds", days_late=29, facts={})["decision"] == "no"
    found = outputs(calculator, "termination_grounds", days_late=30)
    assert (found["decision"], found["matched"]) == ("may", ["cloud:2.1(1)"])


def test_its_timeline_has_the_dates_it_has_clauses_for(calculator: Calculator) -> None:
    events = outputs(
        calculator, "contract_timeline", start_date="2027-01-01", desired_end="2027-04-30"
    )
    assert [event["date"] for event in events["events"]] == [
        "2027-01-01",
        "2027-02-28",
        "2027-04-30",
    ]


def test_what_it_does_not_say_is_not_computed(calculator: Calculator) -> None:
    with pytest.raises(NotInTerms):
        outputs(calculator, "jurisdiction", claim=1)


def test_changed_words_stop_its_rules(calculator: Calculator, tmp_path: Path) -> None:
    from corpus.library import Library

    terms = tmp_path / "cloud" / "2025-04-01" / "terms.txt"
    moved = tmp_path / "later"
    (moved / "cloud").mkdir(parents=True)
    (tmp_path / "cloud" / "agreement.toml").rename(moved / "cloud" / "agreement.toml")
    terms.parent.rename(moved / "cloud" / "2025-04-01")
    changed = moved / "cloud" / "2025-04-01" / "terms.txt"
    changed.write_text(TERMS.replace("2ヶ月前", "3ヶ月前"), encoding="utf-8")
    with pytest.raises(StaleRule):
        outputs(Calculator(Library.load(moved)), "contract_timeline", desired_end="2027-04-30")
