"""Text and rule cannot drift apart: a changed number stops exactly the rules standing on it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from assistant.commands.check import app
from calculators import registry
from calculators.engine import Calculator
from calculators.errors import StaleRule
from calculators.provisions import Provision, load_provisions, stale
from calculators.result import jsonable
from corpus.library import Library

ORIGINAL = Library.load()
DIGIT = re.compile(r"[0-9０-９]")
OTHER = str.maketrans("0123456789０１２３４５６７８９", "1234567891１２３４５６７８９１")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the agreements that a test may change."""
    target = tmp_path / "agreements"
    shutil.copytree(ORIGINAL.root, target)
    return target


def _terms(root: Path, agreement: str) -> Path:
    return next((root / agreement).glob("*/terms.txt"))


def _spread(words: str) -> re.Pattern[str]:
    """The words as they may stand in the printed text, across its line breaks."""
    return re.compile(r"\s*".join(re.escape(char) for char in words if not char.isspace()))


def _change(root: Path, agreement: str, words: str) -> None:
    """Change the first number of `words` wherever they stand."""
    path = _terms(root, agreement)
    text = path.read_text(encoding="utf-8")
    changed, count = _spread(words).subn(
        lambda found: DIGIT.sub(lambda d: d[0].translate(OTHER), found[0], count=1), text
    )
    assert count
    path.write_text(changed, encoding="utf-8")


def _examples() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for rule in registry.rules():
        for example in rule.examples:
            yield rule.name, example.agreement, jsonable(dict(example.inputs))


def _numbered() -> Iterator[Any]:
    """Each provision and the first of its words that has a number."""
    for agreement in ORIGINAL.ids:
        seen = set()
        for provision in load_provisions(ORIGINAL.version(agreement).folder):
            words = next((w for w in provision.words if DIGIT.search(w)), None)
            if words and (provision.clause, words) not in seen:
                seen.add((provision.clause, words))
                yield pytest.param(
                    agreement, provision, words, id=f"{provision.clause}-{words[:20]}"
                )


@pytest.mark.parametrize(("agreement", "provision", "words"), list(_numbered()))
def test_changing_a_number_stops_exactly_the_rules_standing_on_it(
    copy: Path, agreement: str, provision: Provision, words: str
) -> None:
    _change(copy, agreement, words)
    library = Library.load(copy)
    stopped = {rule for found in stale(library) for rule in found.rules}
    assert set(provision.rules) <= stopped
    assert {found.agreement for found in stale(library)} == {agreement}
    calculator, before = Calculator(library), Calculator(ORIGINAL)
    for rule, example_agreement, inputs in _examples():
        if example_agreement == agreement and rule in stopped:
            with pytest.raises(StaleRule):
                calculator.calculate(rule, example_agreement, inputs)
        else:
            same = before.calculate(rule, example_agreement, inputs).outputs
            assert calculator.calculate(rule, example_agreement, inputs).outputs == same


def test_a_changed_rate_is_reported_with_the_words_and_refused(copy: Path) -> None:
    path = _terms(copy, "sg")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("年 14.5% の割合", "年 14.6% の割合"), encoding="utf-8")
    library = Library.load(copy)
    found = stale(library)
    assert [(f.clause, f.rules, f.words) for f in found] == [
        ("sg:27.1", ("late_charge",), ("年 14.5% の割合",))
    ]
    inputs = {"principal": 1000, "due_date": "2027-01-31", "paid_date": "2027-03-31"}
    with pytest.raises(StaleRule, match=r"年 14\.5% の割合") as caught:
        Calculator(library).calculate("late_charge", "sg", inputs)
    assert caught.value.changed == (("sg:27.1", "年 14.5% の割合"),)
    assert Calculator(library).calculate("late_charge", "msp", inputs).outputs["amount"] > 0


def test_check_lists_what_is_stale_and_exits_with_one(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _change(copy, "vpn", "年率14.6%の遅延利息")
    monkeypatch.setenv("YAKKAN_CORPUS", str(copy))
    told = CliRunner().invoke(app, [])
    assert told.exit_code == 1
    assert "vpn:8.4" in told.stdout
    assert "late_charge" in told.stdout


def test_a_new_version_computes_with_its_own_provisions(copy: Path) -> None:
    """A later version with another rate is a folder with its own numbers, and no code."""
    old = _terms(copy, "vpn").parent
    new = old.parent / "2030-04-01"
    shutil.copytree(old, new)
    for name, before, after in (
        ("terms.txt", "年率14.6%", "年率3.0%"),
        ("provisions.toml", "年率14.6%", "年率3.0%"),
        ("provisions.toml", 'rate = "0.146"', 'rate = "0.030"'),
    ):
        path = new / name
        path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    calculator = Calculator(Library.load(copy))
    inputs = {"principal": 365_000, "due_date": "2031-01-31", "paid_date": "2031-02-10"}
    assert calculator.calculate("late_charge", "vpn", inputs).outputs["amount"] == 300
    earlier = calculator.calculate("late_charge", "vpn", {**inputs, "as_of": "2029-01-01"})
    assert earlier.outputs["amount"] == 1460
    assert earlier.version == ORIGINAL.version("vpn").effective


def test_a_fourth_agreement_with_a_late_charge_is_only_a_provision(copy: Path) -> None:
    folder = copy / "new" / "2026-01-01"
    folder.mkdir(parents=True)
    (copy / "new" / "agreement.toml").write_text(
        'title = "新サービス利用規約"\norder = 9\n', encoding="utf-8"
    )
    (folder / "terms.txt").write_text(
        "新サービス利用規約\n\n第1条（遅延損害金）\n\n"
        "契約者は、支払期日の翌日から支払いの日の前日まで、年10.0%の割合の遅延損害金を支払うものとします。\n",
        encoding="utf-8",
    )
    (folder / "provisions.toml").write_text(
        '[[provision]]\nrule = "late_charge"\nclause = "new:1.1"\nwords = ["年10.0%の割合"]\n'
        'rate = "0.100"\nlast_day = "eve"\nyear = "open"\n',
        encoding="utf-8",
    )
    library = Library.load(copy)
    assert registry.agreements("late_charge", library) == ("sg", "vpn", "msp", "new")
    inputs = {"principal": 365_000, "due_date": "2027-01-31", "paid_date": "2027-02-11"}
    result = Calculator(library).calculate("late_charge", "new", inputs)
    assert result.outputs == {"amount": 1000, "days": 10}
    assert result.citations[0].id == "new:1.1"
