"""What each rule needs from a question: its inputs, and which roles may fill them.

Names are the rules' input names. A slot says where its value comes from (a date or sum by role, a
moment, the contract's years, a fact, a count); `optional` slots are filled when they can be and
never asked for. `only` limits a slot to agreements that have the input; `ahead` dates are
not yet past, so a year left out is the next one; a `whole_month` stands for its first day; inputs
named by `unless` make a slot needless. A `taxed` sum counts as the agreement counts its fees, an
`owed` one with tax.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Source = Literal["date", "moment", "amount", "term", "fact", "count", "month", "share", "line"]
#: whether an amount of this agreement is with or without consumption tax
TAX_INCLUSIVE: Mapping[str, bool] = {"sg": True, "vpn": False, "msp": False}


@dataclass(frozen=True, slots=True)
class Slot:
    """One input of a rule and where its value may come from."""

    name: str
    source: Source
    roles: tuple[str, ...] = ()
    optional: bool = False
    only: tuple[str, ...] = ()
    taxed: bool = False
    lone: bool = False
    ahead: bool = False
    unless: tuple[str, ...] = ()
    whole_month: bool = False
    owed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A rule's agreements, its slots, and the pairs of dates that must stand in order."""

    agreements: tuple[str, ...]
    slots: tuple[Slot, ...]
    ordered: tuple[tuple[str, str], ...] = ()
    derived: Mapping[str, str] = field(default_factory=dict)

    @property
    def judges(self) -> bool:
        """Whether a notice or claim that was made is judged."""
        return any(slot.name in ("notice_date", "claim_date") for slot in self.slots)

    def of(self, agreement: str) -> tuple[Slot, ...]:
        """The slots that `agreement` has."""
        return tuple(s for s in self.slots if not s.only or agreement in s.only)


ALL = ("sg", "vpn", "msp")
_START = Slot("start_date", "date", ("start", "rental_start", "range_from"))
_END = Slot("end_date", "date", ("end", "terminated", "cancelled", "range_to"))
_FEE = Slot(
    "monthly_fee", "amount", ("monthly", "fee_of_month", "principal"), taxed=True, lone=True
)
_TERM = Slot("term_years", "term", only=("vpn",))
_NOTICE = Slot("notice_date", "date", ("notice",), optional=True)
_EARLY = (
    _START, _TERM, _END, _FEE,
    Slot("rental_paid", "amount", ("rental_paid",), optional=True, only=("vpn",), taxed=True),
)  # fmt: skip

FORMS: Mapping[str, Form] = {
    "late_charge": Form(
        ALL,
        (
            Slot("principal", "amount", ("principal", "fee_of_month", "claim", "termination", "loss", "evaded", "monthly", "initial", "rental_paid"), lone=True, owed=True),
            Slot("due_date", "date", ("due",), unless=("days_late",)),
            Slot("paid_date", "date", ("paid", "actual"), unless=("days_late", "payments")),
        ),
        (("due_date", "paid_date"),),
    ),
    "evasion_surcharge": Form(
        ("sg", "msp"),
        (Slot("evaded_ex_tax", "amount", ("evaded", "principal", "monthly"), lone=True), Slot("supply_date", "month", ("supplied", "start", "event", "end"), lone=True)),
    ),
    "min_term_end": Form(ALL, (_START, _TERM)),
    "early_termination_charge": Form(ALL, _EARLY, (("start_date", "end_date"),)),
    "downgrade_difference": Form(
        ("sg", "vpn"),
        (
            _START, _TERM,
            Slot("change_date", "date", ("change", "range_from"), whole_month=True),
            Slot("old_fee", "amount", ("old", "monthly", "principal"), taxed=True, lone=True),
            Slot("new_fee", "amount", ("new", "monthly"), taxed=True),
        ),
        (("start_date", "change_date"),),
    ),
    "fee_proration": Form(
        ("vpn", "msp"),
        (_FEE, Slot("first_day", "date", ("range_from", "start", "rental_start")), Slot("last_day", "date", ("range_to", "end"))),
        (("first_day", "last_day"),),
    ),
    "first_invoice": Form(
        ("vpn",),
        (Slot("initial_fee", "amount", ("initial",), taxed=True), _FEE, Slot("start_date", "date", _START.roles, lone=True)),
    ),
    "suspension_fee": Form(
        ("sg",),
        (_FEE, Slot("suspended_from", "date", ("suspend_from", "range_from")), Slot("suspended_to", "date", ("range_to", "resumed"))),
        (("suspended_from", "suspended_to"),),
    ),
    "pre_start_cancellation_charge": Form(
        ("vpn",),
        (
            Slot("application_date", "date", ("applied",)),
            Slot("start_date", "date", ("start", "rental_start", "desired_start")),
            Slot("cancel_date", "date", ("cancelled", "end")),
            Slot("base", "amount", ("base", "principal", "monthly"), optional=True),
            Slot("rate", "share", optional=True),
        ),
        (("application_date", "start_date"),),
    ),
    "cause_termination_payment": Form(
        ("vpn",),
        (
            _START, _TERM, Slot("end_date", "date", ("terminated", "end")), _FEE,
            Slot("rental_paid", "amount", ("rental_paid",), optional=True, taxed=True),
            Slot("recovery_cost", "amount", ("recovery",)),
            Slot("further_damage", "amount", ("further", "damage"), optional=True),
        ),
        (("start_date", "end_date"),),
    ),
    "acceleration": Form(("msp",), (Slot("termination_date", "date", ("terminated", "end")), Slot("debts", "fact"))),
    "cancellation_notice_deadline": Form(
        ALL, (Slot("desired_end", "date", ("end", "terminated", "cancelled", "desired_start"), lone=True, ahead=True), _NOTICE)
    ),
    "expiry_notice_deadline": Form(("vpn",), (_START, _TERM, _NOTICE)),
    "change_notice_deadline": Form(("vpn",), (Slot("change_date", "date", ("change", "range_from", "desired_start"), lone=True, ahead=True, whole_month=True),)),
    "earliest_end_from_notice": Form(ALL, (Slot("notice_date", "date", ("notice", "applied"), lone=True),)),
    "renewal_schedule": Form(
        ("vpn",),
        (_START, _TERM, Slot("count", "count"), Slot("support_end", "date", ("support_end",), optional=True)),
    ),
    "support_end_check": Form(("vpn",), (_START, Slot("support_end", "date", ("support_end", "service_end")))),
    "earliest_start_date": Form(("vpn",), (Slot("acceptance_date", "date", ("accepted",), lone=True),)),
    "delivery_deadline": Form(
        ("vpn",),
        (Slot("rental_start", "date", ("rental_start", "start")), Slot("desired_start", "date", ("desired_start",))),
    ),
    "defect_notice_deadline": Form(("vpn",), (Slot("handed_over", "date", ("handed", "returned"), lone=True),)),
    "late_return_charge": Form(
        ("vpn",),
        (
            Slot("deadline", "date", ("return_due", "due")),
            Slot("returned", "date", ("returned", "actual")),
            Slot("monthly_rental", "amount", ("monthly", "principal"), taxed=True, lone=True),
        ),
        (("deadline", "returned"),),
    ),
    "equipment_loss_charge": Form(
        ("vpn", "msp"),
        (
            Slot("after_handover", "fact", only=("vpn",)),
            Slot("cause", "fact", only=("vpn",)),
            Slot("repairable", "fact", only=("vpn",)),
            Slot("substitute_price", "amount", ("substitute",), optional=True, only=("vpn",)),
            Slot("new_price", "amount", ("new_price",), optional=True, only=("vpn",)),
            Slot("repair_cost", "amount", ("repair",), optional=True, only=("vpn",)),
            Slot("at_fault", "fact", only=("msp",)),
            Slot("reinstall_cost", "amount", ("reinstall",), only=("msp",), taxed=True),
            Slot("handling_fee", "amount", ("handling",), only=("msp",), taxed=True),
            Slot("date", "date", ("damaged", "event"), only=("msp",), lone=True),
        ),
    ),
    "insurance_offset": Form(
        ("vpn",),
        (
            Slot("loss_charge", "amount", ("loss",)),
            Slot("termination_charge", "amount", ("termination",), optional=True),
            Slot("insurance_received", "amount", ("insurance",)),
            Slot("duties_performed", "fact"),
        ),
    ),
    "outage_reduction": Form(
        ("vpn",),
        (
            _FEE,
            Slot("notified_at", "moment", ("notified", "notice")),
            Slot("restored_at", "moment", ("restored",), unless=("lasted_hours",)),
            Slot("company_at_fault", "fact"),
        ),
        (("notified_at", "restored_at"),),
    ),
    "liability_cap": Form(
        ALL,
        (
            Slot("fault", "fact"),
            Slot("damage", "amount", ("damage", "claim", "loss")),
            Slot("fee_of_month", "amount", ("fee_of_month", "monthly", "principal"), only=("sg",), taxed=True),
            Slot("cause_date", "date", ("damaged", "event"), only=("msp",), lone=True),
            Slot("payments", "fact", only=("msp",)),
        ),
    ),
    "claim_deadline": Form(
        ("sg",),
        (Slot("damage_date", "date", ("damaged", "event"), lone=True), Slot("acknowledged_month", "month", ("acknowledged",), optional=True), Slot("claim_date", "date", ("notice", "inquired"), optional=True)),
    ),
    "service_end_notice": Form(
        ALL,
        (
            Slot("service_end", "date", ("service_end", "end"), lone=True, ahead=True),
            Slot("posted", "date", ("posted",), optional=True),
            Slot("individual_notice", "date", ("individual",), optional=True),
        ),
    ),
    "jurisdiction": Form(ALL, (Slot("claim", "amount", ("claim", "principal", "damage", "loss"), lone=True),)),
    "inquiry_answerable": Form(
        ("sg",),
        (Slot("asker", "fact"), Slot("event_date", "date", ("event", "damaged"), lone=True), Slot("inquiry_date", "date", ("inquired",))),
        (("event_date", "inquiry_date"),),
    ),
    "terms_version": Form(ALL, (Slot("event_date", "date", ("event", "start", "damaged", "applied"), lone=True),)),
}  # fmt: skip
