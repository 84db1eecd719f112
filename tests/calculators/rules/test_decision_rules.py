"""The decision rules follow their tables, say why, and ask only for what matters."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from calculators.engine import calculate
from calculators.errors import InputError, MissingInput, NotInTerms

PROTOCOLS = ["PING", "SNMP", "SNMP Trap", "SMTP", "HTTP", "HTTPS", "SYSLOG", "DNS", "NTP", "SSH"]


def outputs(rule: str, agreement: str, **inputs: Any) -> dict[str, Any]:
    return calculate(rule, agreement, inputs).to_dict()["outputs"]


@pytest.mark.parametrize(
    ("line", "eligible"),
    [
        ({"line": "office_eo"}, True),
        ({"line": "internet_office", "course": 2, "maintenance_class": 2}, True),
        ({"line": "internet_office", "course": 2, "maintenance_class": 1}, False),
        ({"line": "internet_office", "course": 1, "maintenance_class": 2}, False),
        ({"line": "internet_office", "maintenance_class": 1}, False),
        ({"line": "ip_network", "ip_type": 1, "ip_item": "128kbps"}, True),
        ({"line": "ip_network", "ip_type": 2, "ip_item": "１２８ kbps"}, False),
        ({"line": "ip_network", "ip_type": 2, "ip_item": "1Mbps"}, True),
        ({"line": "other"}, False),
        ({"line": "other", "special_approval": True}, True),
        ({"line": "other_carrier", "special_approval": True}, False),
    ],
)
def test_msp_takes_the_lines_of_its_note(line: dict[str, Any], eligible: bool) -> None:
    found = outputs("line_eligibility", "msp", **line)
    assert found["eligible"] is eligible
    assert found["reasons"]


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        ({"line": "internet_office"}, ["course", "maintenance_class"]),
        ({"line": "internet_office", "course": 2}, ["maintenance_class"]),
        ({"line": "ip_network"}, ["ip_type", "ip_item"]),
        ({"line": "ip_network", "ip_type": 2}, ["ip_item"]),
    ],
)
def test_a_line_is_asked_about_only_what_decides(line: dict[str, Any], missing: list[str]) -> None:
    with pytest.raises(MissingInput) as asked:
        outputs("line_eligibility", "msp", **line)
    assert [field.name for field in asked.value.fields] == missing


def test_vpn_may_refuse_another_carriers_line() -> None:
    assert outputs("line_eligibility", "vpn", line="other_carrier")["eligible"] is False
    assert outputs("line_eligibility", "vpn", line="office_eo")["eligible"] is True


def test_the_environment_is_ready_with_all_ten_protocols() -> None:
    ready = {"reachable": True, "space": True, "power": True, "earthed_outlet": True}
    assert outputs("environment_check", "msp", **ready, protocols=PROTOCOLS)["ready"] is True
    blocked = [name for name in PROTOCOLS if not name.startswith("SNMP")]
    found = outputs("environment_check", "msp", **ready, protocols=blocked)
    assert found == {"ready": False, "missing": ["SNMP", "SNMP Trap"]}


def test_what_is_missing_comes_in_the_order_of_the_clause() -> None:
    nothing = {"reachable": False, "space": False, "power": False, "earthed_outlet": False}
    found = outputs("environment_check", "msp", **nothing, protocols=[])
    assert found["missing"] == ["reachable", *PROTOCOLS, "space", "power", "earthed_outlet"]


def test_protocols_are_known_in_any_spelling() -> None:
    ready = {"reachable": True, "space": True, "power": True, "earthed_outlet": True}
    spelled = [name.lower().replace(" ", "-") for name in PROTOCOLS]
    assert outputs("environment_check", "msp", **ready, protocols=spelled)["ready"] is True


def test_monitoring_needs_every_condition_of_the_clause() -> None:
    lines = ("office_eo", "internet_office", "ip_network", "other", "other_carrier")
    for chosen, rented, first, address, line in product(
        (True, False), (True, False), (True, False), ("fixed", "dynamic", "private"), lines
    ):
        covered = address == "fixed" or (address == "dynamic" and line in lines[:2])
        found = outputs(
            "monitoring_scope",
            "vpn",
            chosen=chosen,
            rented=rented,
            first_router=first,
            address=address,
            line=line,
        )
        assert found["monitored"] is (chosen and rented and first and covered)


@pytest.mark.parametrize(
    ("work", "performed", "requested", "approved", "bearer"),
    [
        ("repair", "onsite", True, True, "company"),
        ("repair", "onsite", False, False, "company"),
        ("repair", "sendback", True, True, "customer"),
        ("utilities", "onsite", False, False, "customer"),
        ("data_change", "onsite", True, True, "customer"),
        ("data_change", "onsite", True, False, "not_done"),
        ("damage_repair", "onsite", True, True, "customer"),
        ("unknown_vulnerability", "onsite", False, True, "not_done"),
    ],
)
def test_the_company_repairs_and_the_customer_pays_for_the_rest(
    work: str, performed: str, requested: bool, approved: bool, bearer: str
) -> None:
    found = outputs(
        "maintenance_cost_bearer",
        "vpn",
        work=work,
        contracted="onsite",
        performed=performed,
        requested=requested,
        approved=approved,
    )
    assert found["bearer"] == bearer


def test_an_unknown_work_names_the_ten_exclusions() -> None:
    case = {"contracted": "onsite", "performed": "onsite", "requested": True, "approved": True}
    with pytest.raises(InputError, match="data_change") as refused:
        outputs("maintenance_cost_bearer", "vpn", work="painting", **case)
    assert refused.value.field == "work"


@pytest.mark.parametrize(
    ("agreement", "act", "decision"),
    [
        ("sg", "port_scan", "conditional"),
        ("sg", "再販売", "no"),
        ("sg", "own_business_use", "yes"),
        ("vpn", "レンタル物件の転貸", "no"),
        ("vpn", "software_copy", "no"),
        ("vpn", "company_assign_rights", "conditional"),
        ("msp", "handling_by_others", "no"),
        ("msp", "assign_rights", "conditional"),
    ],
)
def test_an_act_is_known_by_its_name_or_in_japanese(
    agreement: str, act: str, decision: str
) -> None:
    assert outputs("permission", agreement, act=act)["decision"] == decision


def test_a_permission_cites_only_its_own_clauses() -> None:
    result = calculate("permission", "vpn", {"act": "sublease"})
    assert [quote.id for quote in result.citations] == ["vpn:12.4", "vpn:14.1"]


def test_an_act_without_a_row_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="port_scan"):
        outputs("permission", "sg", act="juggling")


@pytest.mark.parametrize(
    ("asker", "inquiry", "answerable"),
    [
        ("customer", "2027-03-27", True),
        ("customer", "2027-03-28", False),
        ("user", "2027-03-01", False),
    ],
)
def test_only_the_customer_is_answered_and_only_within_a_month(
    asker: str, inquiry: str, answerable: bool
) -> None:
    found = outputs(
        "inquiry_answerable", "sg", asker=asker, event_date="2027-02-28", inquiry_date=inquiry
    )
    assert found == {"answerable": answerable}


def test_an_inquiry_before_the_event_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        outputs(
            "inquiry_answerable",
            "sg",
            asker="customer",
            event_date="2027-03-01",
            inquiry_date="2027-02-01",
        )
    assert refused.value.field == "inquiry_date"


@pytest.mark.parametrize(
    ("agreement", "claim", "court"),
    [
        ("sg", 1_400_000, "大阪簡易裁判所"),
        ("sg", 1_400_001, "大阪地方裁判所"),
        ("msp", 0, "大阪簡易裁判所"),
        ("vpn", 1, "大阪地方裁判所"),
    ],
)
def test_the_court_follows_from_the_amount(agreement: str, claim: int, court: str) -> None:
    assert outputs("jurisdiction", agreement, claim=claim) == {"court": court}


@pytest.mark.parametrize(
    ("agreement", "day", "version"),
    [
        ("vpn", "2024-02-19", "unknown"),
        ("vpn", "2024-02-20", "2024-02-20"),
        ("vpn", "2000-01-01", "unknown"),
        ("sg", "2026-05-31", "unknown"),
        ("msp", "2024-02-27", "2024-02-27"),
    ],
)
def test_the_version_of_a_day_is_known_only_where_its_text_is_held(
    agreement: str, day: str, version: str
) -> None:
    assert outputs("terms_version", agreement, event_date=day) == {"version": version}


def test_an_unheld_version_is_named_by_its_date() -> None:
    result = calculate("terms_version", "vpn", {"event_date": "2023-10-01"})
    assert any("2023-09-01" in warning for warning in result.warnings)


@pytest.mark.parametrize(
    ("rule", "silent"),
    [
        ("environment_check", ("sg", "vpn")),
        ("monitoring_scope", ("sg", "msp")),
        ("inquiry_answerable", ("vpn", "msp")),
        ("line_eligibility", ("sg",)),
    ],
)
def test_a_rule_is_silent_where_no_clause_is_and_says_what_was_checked(
    rule: str, silent: tuple[str, ...]
) -> None:
    for agreement in silent:
        with pytest.raises(NotInTerms) as refused:
            outputs(rule, agreement)
        assert refused.value.checked


def test_the_fixed_values_of_an_output_are_worded_for_readers() -> None:
    judged = calculate(
        "cancellation_notice_deadline",
        "sg",
        {"desired_end": "2027-06-15", "notice_date": "2027-05-20"},
    ).to_dict()
    assert judged["output_words"]["judgement"][judged["outputs"]["judgement"]]
    for act in ("own_business_use", "resale", "port_scan", "ddos_test"):
        found = calculate("permission", "sg", {"act": act}).to_dict()
        assert found["output_words"]["decision"][found["value"]]


def test_outputs_without_fixed_values_have_no_words() -> None:
    assert calculate("jurisdiction", "vpn", {"claim": 1}).to_dict()["output_words"] == {}
