"""Inputs that follow from what was said: 「契約して10か月」 gives a start, 「2/10開始」 a last day.

Each derivation is a small function for some rules; it fills only what is missing and says what it
took for granted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from assistant.question import Question
from assistant.understanding.calendar import month_end, shift, spoken
from assistant.understanding.contract_terms import (
    bare_term,
    dated_end,
    months_left,
    no_initial_fee,
)
from assistant.understanding.filling import Filling
from assistant.understanding.instalments import put_instalments
from assistant.understanding.lasting import hours_down, moment_from_hours, whose_fault
from assistant.understanding.relative import (
    day_from_delay,
    delay_alone,
    give,
    months_overdue,
    span_from_elapsed,
    suppose,
)

_LOST = re.compile(r"紛失|なくし|無くし|失くし|盗|滅失|全焼|燃え(?:て|た|尽き)|焼け")


def derive(rule: str, question: Question, filling: Filling) -> None:
    """Fill what follows from the question for `rule`; changes `filling` in place."""
    for step in _STEPS.get(rule, ()):
        step(question, filling)


def _rest_of_month(question: Question, filling: Filling) -> None:
    first, last = filling.dated.get("first_day"), filling.dated.get("last_day")
    if first is not None and "last_day" in filling.missing and "start" in first.roles:
        end = month_end(first.value.year, first.value.month)
        give(
            filling,
            "last_day",
            end.isoformat(),
            f"最後の日は、その月の末日（{spoken(end)}）としました。",
        )
    if last is not None and "first_day" in filling.missing and "end" in last.roles:
        start = last.value.replace(day=1)
        give(
            filling,
            "first_day",
            start.isoformat(),
            f"最初の日は、その月の初日（{spoken(start)}）としました。",
        )


def _within_month(question: Question, filling: Filling) -> None:
    """「2月分」 keeps to that month; a contract's own span is no range to prorate."""
    first, last = filling.dated.get("first_day"), filling.dated.get("last_day")
    if first is None or last is None:
        return
    if "range_from" in first.roles and "range_to" in last.roles:
        return
    months = [d for d in question.dates if d.mention.grain == "month" and "supplied" in d.roles]
    if len(months) == 1 and first.value <= months[0].value <= last.value:
        start = months[0].value
        end = min(last.value, month_end(start.year, start.month))
        filling.inputs |= {"first_day": start.isoformat(), "last_day": end.isoformat()}
    elif (last.value - first.value).days > LONGEST_RANGE:
        for name in ("first_day", "last_day"):
            del filling.inputs[name]
            filling.missing.append(name)


def _handed_over(question: Question, filling: Filling) -> None:
    if filling.inputs.get("cause") == "customer_fault":
        give(filling, "after_handover", True, "引渡しを受けた後のこととしました。")
    if filling.inputs.get("after_handover") is False:
        give(
            filling, "cause", "no_fault", "引渡し前の破損で、お客さまの責任ではないものとしました。"
        )
    if _LOST.search(question.plain):
        filling.inputs.pop("repairable", None)
        if "repairable" not in filling.missing and "cause" in filling.inputs:
            filling.missing.append("repairable")
        give(filling, "repairable", False, "機器が手元にないため、修理はできないものとしました。")


def _prices(question: Question, filling: Filling) -> None:
    """Ask for the price that the sum stands on, where none was said."""
    if "repairable" not in filling.inputs:
        return
    if filling.inputs["repairable"]:
        needed: tuple[str, ...] = () if "repair_cost" in filling.inputs else ("repair_cost",)
    else:
        given = {"substitute_price", "new_price"} & set(filling.inputs)
        needed = () if given else ("substitute_price", "new_price")
    filling.missing.extend(needed)


def _tax_kind(question: Question, filling: Filling) -> None:
    """The evaded sum counts without tax unless it was said to include it."""
    found = filling.summed.get("evaded_ex_tax")
    if found is None:
        return
    if found.mention.tax == "incl":
        filling.inputs["evaded_incl_tax"] = filling.inputs.pop("evaded_ex_tax")
    elif not found.mention.tax:
        filling.assumptions.append(
            f"免れた額{found.value:,}円は、規約の数え方に従い税抜の額としました。"
        )


def _inquiry_today(question: Question, filling: Filling) -> None:
    give(
        filling,
        "inquiry_date",
        question.today.isoformat(),
        f"問い合わせの日は今日（{spoken(question.today)}）としました。",
    )
    give(filling, "asker", "customer", "契約者ご本人からの問い合わせとしました。")


def _closed_days(question: Question, filling: Filling) -> None:
    """Days off of the customer; a closure without readable days is asked for."""
    from assistant.understanding.closures import closures

    handed = filling.dated.get("handed_over")
    if handed is None:
        return
    found = closures(question, handed.value)
    if found.only is not None:
        filling.inputs["closed_days"] = [day.isoformat() for day in found.only]
    if found.more:
        filling.inputs["also_closed"] = [day.isoformat() for day in found.days]
        told = "、".join(
            spoken(first) if first == last else f"{spoken(first)}から{spoken(last)}まで"
            for first, last in found.more
        )
        filling.assumptions.append(f"{told}を、契約者の休業日としました。")
    if found.unread:
        filling.missing.append("also_closed")
        filling.assumptions.append(f"『{found.unread}』の日付が読み取れませんでした。")


def _debts(question: Question, filling: Filling) -> None:
    """Every sum with the due date that stands nearest to it."""
    end = filling.dated.get("termination_date")
    days = [d for d in question.dates if d is not end and d.mention.grain == "day"]
    if not question.amounts or len(days) != len(question.amounts):
        return
    debts = [
        {"due_date": day.value.isoformat(), "amount": found.value}
        for day, found in zip(days, question.amounts, strict=True)
    ]
    filling.inputs["debts"] = debts
    filling.missing = [name for name in filling.missing if name != "debts"]


def _monthly_payments(question: Question, filling: Filling) -> None:
    """「毎月10日に33,000円」 as the payments of the last fourteen months before the cause."""
    match = _EVERY_MONTH.search(question.plain)
    cause = filling.dated.get("cause_date")
    if match is None or cause is None:
        return
    fees = [s for s in question.amounts if 0 <= s.mention.at[0] - match.end() <= 12]
    fees = fees or [s for s in question.amounts if s.roles.get("monthly", 0.0) >= MONTHLY]
    if len(fees) != 1:
        return
    first = cause.value.replace(day=1)
    months = [shift(first, -n) for n in range(14, -1, -1)]
    days = [
        min(month_end(m.year, m.month), m + timedelta(days=int(match["day"] or 31) - 1))
        for m in months
    ]
    filling.inputs["payments"] = [
        {"date": day.isoformat(), "amount": fees[0].value} for day in days if day < cause.value
    ]
    filling.missing = [name for name in filling.missing if name != "payments"]
    filling.supposed.add("payments")
    filling.assumptions.append(
        f"毎月{match['day'] + '日' if match['day'] else '末日'}に{fees[0].value:,}円を支払ってきたものとしました。"
    )


def _several_ends(question: Question, filling: Filling) -> None:
    """Several devices, several ends of support: a list."""
    ends = [d for d in question.dates if d.roles.get("support_end", 0) > SURE]
    others = {filling.inputs.get("start_date")}
    days = [d.value.isoformat() for d in ends if d.value.isoformat() not in others]
    if len(set(days)) > 1:
        filling.inputs["support_end"] = list(dict.fromkeys(days))
        filling.missing = [name for name in filling.missing if name != "support_end"]


def _year_paid(question: Question, filling: Filling) -> None:
    """「直近1年間に支払った料金は396,000円」 as one payment inside the year."""
    cause = filling.dated.get("cause_date")
    match = _YEAR_PAID.search(question.plain)
    sums = [s for s in question.amounts if match and 0 <= s.mention.at[0] - match.end() <= 3]
    if len(sums) != 1 or "payments" not in filling.missing:
        return
    caused = cause.value if cause else question.today
    if cause is None:
        note = (
            "原因の生じた日は今日としました。直近1年間の合計が分かっているため、額は変わりません。"
        )
        suppose(filling, "cause_date", caused.isoformat(), note)
    day = caused - timedelta(days=1)
    filling.inputs["payments"] = [{"date": day.isoformat(), "amount": sums[0].value}]
    filling.missing.remove("payments")
    filling.supposed.add("payments")
    filling.assumptions.append(
        f"直近1年間の支払額{sums[0].value:,}円を、まとめて1件として計算しました。"
    )


def _rate(question: Question, filling: Filling) -> None:
    """The rate and its base lie outside the terms: without them no sum."""
    filling.missing.extend(name for name in ("rate", "base") if name not in filling.inputs)


_YEAR_PAID = re.compile(
    r"(?:直近|過去|直前|前|この)の?(?:1年|12[かカヶ]月|一年)(?:間)?(?:に|で|の)?[^。]{0,20}?(?:支払|払|料金|利用料)[^。\d]{0,16}$|(?:直近|過去|直前)の?(?:1年|12[かカヶ]月|一年)(?:間)?[^。\d]{0,24}"
)
#: a role with a higher score is sure
SURE = 7.0
#: days; a longer span between contract dates is not taken for a range
LONGEST_RANGE = 62
_EVERY_MONTH = re.compile(r"毎月の?(?:(?P<day>[12]\d|3[01]|[1-9])日|(?:月末|末日?|晦日))に?")
#: the least score of a sum that is a month's fee
MONTHLY = 5.0


def _due_at_termination(question: Question, filling: Filling) -> None:
    """After a termination every debt of the one agreement with such a clause is due at once."""
    ended = [d for d in question.dates if d.roles.get("terminated", 0) >= 4]
    if question.meant != ("msp",) or len(ended) != 1 or not _TERMINATED.search(question.plain):
        return
    due = filling.inputs.get("due_date")
    if due is not None and ended[0].value.isoformat() < due:
        filling.inputs["due_date"] = ended[0].value.isoformat()
        filling.assumptions.append(
            f"解除により期限の利益を失い、{spoken(ended[0].value)}に支払期日が来たものとしました。"
        )


def _one_debt(question: Question, filling: Filling) -> None:
    """Debts with due dates of their own are no one debt: neither of them is taken for both."""
    dues = {d.value for d in question.dates if d.roles.get("due", 0.0) >= SURE}
    if len(dues) < 2 or len(question.amounts) < 2 or "due_date" not in filling.missing:
        return
    if filling.inputs.pop("principal", None) is not None:
        filling.missing.insert(0, "principal")
    filling.assumptions.append("期日の異なる請求は、1件ずつ計算します。")


_TERMINATED = re.compile(r"解除(?:さ|に|となっ)")
Step = Callable[[Question, Filling], None]
_STEPS: Mapping[str, tuple[Step, ...]] = {
    "early_termination_charge": (bare_term, span_from_elapsed, dated_end, months_left),
    "cause_termination_payment": (bare_term, span_from_elapsed),
    "downgrade_difference": (bare_term,),
    "min_term_end": (bare_term,),
    "expiry_notice_deadline": (bare_term,),
    "renewal_schedule": (bare_term,),
    "first_invoice": (no_initial_fee,),
    "fee_proration": (_rest_of_month, _within_month),
    "equipment_loss_charge": (_handed_over, _prices),
    "evasion_surcharge": (_tax_kind,),
    "inquiry_answerable": (_inquiry_today,),
    "defect_notice_deadline": (_closed_days,),
    "liability_cap": (_monthly_payments, _year_paid),
    "acceleration": (_debts,),
    "pre_start_cancellation_charge": (_rate,),
    "late_charge": (
        _one_debt,
        _due_at_termination,
        put_instalments,
        partial(day_from_delay, "due_date", "paid_date"),
        partial(delay_alone, "due_date", "paid_date"),
    ),
    "late_return_charge": (
        partial(day_from_delay, "deadline", "returned"),
        partial(months_overdue, "deadline", "returned"),
    ),
    "outage_reduction": (moment_from_hours, hours_down, whose_fault),
    "support_end_check": (_several_ends,),
}
