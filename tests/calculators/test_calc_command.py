"""The command line draws its options from the rule and never shows a traceback."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.commands.calc import app, options
from calculators import registry
from calculators.errors import CalculationError, InputError, MissingInput, NotInTerms

LATE = ["late_charge", "--agreement", "sg", "--principal", "55000", "--due-date", "2026-12-28"]


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))  # type: ignore[return-value]


def _json(*arguments: str) -> Any:
    return json.loads(_run(*arguments, "--json").stdout)


def test_one_case_is_computed_from_its_options() -> None:
    result = _json(*LATE, "--paid-date", "2027-01-31")
    assert result["value"] == 721
    assert result["citations"][0]["id"] == "sg:27.1"


def test_a_person_reads_the_working_and_the_clause() -> None:
    text = _run(*LATE, "--paid-date=2027-01-31").stdout
    assert "遅延損害金: 721円" in text
    assert "55,000円 × 14.5% × 33日 ÷ 365日 = 721円  [sg:27.1]" in text
    assert "「契約者は、利用契約に基づく金銭支払債務について" in text


def test_a_rule_of_one_agreement_needs_no_agreement() -> None:
    options = ["--monthly-fee", "55,000円", "--suspended-from", "2028-02-10"]
    assert _json("suspension_fee", *options, "--suspended-to", "2028-02-29")["value"] == 55000


def test_a_flag_may_stand_alone_and_a_list_may_be_json() -> None:
    specs = registry.rule("equipment_loss_charge").specs()
    assert options(specs, ["--at-fault", "--date", "2027-01-01"]) == {
        "at_fault": True,
        "date": "2027-01-01",
    }
    specs = registry.rule("late_charge").specs()
    assert options(specs, ["--payments", '[{"date": "2027-01-01", "amount": 1}]']) == {
        "payments": [{"date": "2027-01-01", "amount": 1}]
    }


def test_a_repeated_list_option_adds_up() -> None:
    specs = registry.rule("support_end_check").specs()
    got = options(specs, ["--support-end", "2027-01-01", "--support-end", "2028-01-01"])
    assert got == {"support_end": ["2027-01-01", "2028-01-01"]}


@pytest.mark.parametrize(
    ("arguments", "field"),
    [
        (["late_charge"], "agreement"),
        (["late_charge", "--agreement", "zzz"], "agreement"),
        (["zzz", "--agreement", "sg"], "rule"),
        ([], "rule"),
        (LATE, "paid_date"),
        ([*LATE, "--paid-date", "2027-02-30"], "paid_date"),
        ([*LATE, "--paid-date", "2027-01-31", "--zzz", "1"], "zzz"),
        ([*LATE, "--paid-date", "2027-01-31", "--principal", "1"], "principal"),
        ([*LATE, "--paid-date"], "paid_date"),
        ([*LATE, "stray"], "stray"),
        (["evasion_surcharge", "--agreement", "vpn"], "agreement"),
        (["--input", "/nowhere/in.jsonl"], "input"),
    ],
)
def test_what_is_wrong_is_named(arguments: list[str], field: str) -> None:
    plain, as_json = _run(*arguments), _run(*arguments, "--json")
    assert isinstance(plain.exception, CalculationError)
    assert plain.exception.field == field
    assert as_json.exit_code == 2
    assert json.loads(as_json.stdout)["error"]["field"] == field


def test_one_debt_is_compared_under_every_agreement() -> None:
    debt = ["--principal", "110000", "--due-date", "2027-12-31", "--paid-date", "2028-03-01"]
    rows = _json("late_charge", "--agreement", "all", *debt)
    assert [(row["agreement"], row["value"]) for row in rows] == [
        ("sg", 2621),
        ("vpn", 2684),
        ("msp", 2621),
    ]
    assert "（vpn 2024-02-20 版）" in _run("late_charge", "--agreement", "all", *debt).stdout


def test_each_agreement_is_given_what_it_asks_for_and_says_what_it_misses() -> None:
    contract = ["--start-date", "2027-01-01", "--end-date", "2027-06-30", "--monthly-fee", "1000"]
    rows = _json("early_termination_charge", "--agreement", "all", *contract)
    assert [row.get("value") for row in rows] == [6000, None, 6000]
    assert rows[1]["error"]["field"] == "term_years"
    both = _json("early_termination_charge", "--agreement", "all", *contract, "--term-years", "1")
    assert [row["value"] for row in both] == [6000, 6000, 6000]
    wrong = _run("early_termination_charge", "--agreement", "all", *contract, "--zzz", "1")
    assert isinstance(wrong.exception, CalculationError)
    assert wrong.exception.field == "zzz"


def test_errors_have_their_own_types() -> None:
    assert isinstance(_run(*LATE).exception, MissingInput)
    assert isinstance(_run(*LATE, "--paid-date", "x").exception, InputError)
    silent = _run("late_return_charge", "--agreement", "msp").exception
    assert isinstance(silent, NotInTerms)
    assert silent.checked == ("msp:15.7",)


def test_the_list_shows_every_rule_and_one_rule_shows_its_inputs() -> None:
    text = _run("--list").stdout
    assert all(name in text for name in registry.names())
    one = _run("--list", "late_charge").stdout
    assert "--due-date" in one
    assert "*--payments" in one


def test_a_file_is_computed_and_bad_lines_set_the_exit_status(tmp_path: Path) -> None:
    case = {"rule": "late_charge", "agreement": "sg", "inputs": {"principal": 1}}
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps({"id": "a", **case}) + "\n", encoding="utf-8")
    done = _run("--input", str(source), "--output", str(target))
    assert done.exit_code == 1
    assert json.loads(target.read_text(encoding="utf-8"))["error"]["field"] == "due_date"
    assert json.loads(_run("--input", str(source)).stdout)["id"] == "a"


def _loaded_by(*arguments: str) -> set[str]:
    script = (
        "import sys; sys.argv = ['yakkan', *sys.argv[1:]]\n"
        "from assistant.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stdout.splitlines()[-1].split())


def test_a_calculation_loads_nothing_heavy_and_no_other_rule() -> None:
    loaded = _loaded_by("calc", *LATE, "--paid-date", "2027-01-31", "--json")
    heavy = {"numpy", "faiss", "torch", "langchain_core", "rich", "streamlit", "pandas", "fugashi"}
    assert not heavy & loaded
    rules = {name for name in loaded if name.startswith("calculators.rules.")}
    assert rules == {"calculators.rules.late_charge"}
