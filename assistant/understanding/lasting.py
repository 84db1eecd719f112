"""How long an outage lasted: 「通知の50時間後に復旧」, 「73時間使えなかった」, 「丸3日」."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from assistant.question import Dated, Question
from assistant.understanding.calendar import spoken
from assistant.understanding.facts import open_speaker
from assistant.understanding.filling import Filling
from assistant.understanding.relative import give, is_rough

_AFTER = re.compile(r"\s*(?:後|で(?:復旧|直)|かかって)")
_DOWN = re.compile(
    r"\s*(?:間)?(?:も|ほど)?(?:、|連続で|続けて|にわたり|にわたって)?(?:全面的に|まったく|全く|完全に|ずっと)?(?:の?(?:全面)?(?:使用不能|停止|障害|不通|ダウン)|使え|使用でき|利用でき|止ま|つなが|繋が|落ち|動か|続)"
)
_DOWN_BEFORE = re.compile(
    r"(?:停止|障害|使用不能|不通|ダウン)(?:していた)?(?:の)?(?:時間|期間)?(?:は|が|:)?(?:連続(?:で)?|丸|まる)?\s*$|連続\s*$"
)
_WHOLE_DAYS = re.compile(r"(?:丸|まる)\s*$")
#: roles of a day on which an outage may begin
_BEGINS = ("notified", "notice", "damaged", "event", "range_from", "suspend_from")


def moment_from_hours(question: Question, filling: Filling) -> None:
    """The time of recovery from the notice and 「N時間後」."""
    known = filling.inputs.get("notified_at")
    if known is None or "restored_at" not in filling.missing:
        return
    for period in question.periods:
        if period.unit != "時間" or is_rough(question, period):
            continue
        if _AFTER.match(question.plain, period.at[1]):
            moment = datetime.fromisoformat(known) + timedelta(hours=period.count)
            note = f"復旧は、通知の{period.count}時間後の{spoken(moment.date())}{moment:%H:%M}としました。"
            give(filling, "restored_at", moment.isoformat(timespec="minutes"), note)
            return


def hours_down(question: Question, filling: Filling) -> None:
    """`lasted_hours` where only a length is told; its day is enough, since whole units count."""
    hours = _hours(question)
    if hours is None or "restored_at" not in filling.missing:
        return
    filling.inputs["lasted_hours"] = hours
    filling.missing.remove("restored_at")
    filling.assumptions.append(f"通知から復旧まで{hours}時間としました。")
    day = _first_day(question)
    if day is not None:
        note = f"通知は{spoken(day.value)}としました。時刻は減額の額を変えません。"
        give(filling, "notified_at", f"{day.value.isoformat()}T00:00", note)


def _hours(question: Question) -> int | None:
    found = set()
    for period in question.periods:
        before = question.plain[max(0, period.at[0] - 14) : period.at[0]]
        whole_days = period.unit == "日" and _WHOLE_DAYS.search(before)
        if is_rough(question, period) or not (period.unit == "時間" or whole_days):
            continue
        if whole_days or _DOWN.match(question.plain, period.at[1]) or _DOWN_BEFORE.search(before):
            found.add(period.count * (1 if period.unit == "時間" else 24))
    return found.pop() if len(found) == 1 else None


def _first_day(question: Question) -> Dated | None:
    days = [d for d in question.dates if d.mention.grain == "day"]
    if len(days) != 1 or not any(role in days[0].roles for role in _BEGINS):
        return None
    return days[0]


def whose_fault(question: Question, filling: Filling) -> None:
    """Say who was meant where the blamed firm is called as both parties call themselves."""
    firm = open_speaker(question.plain)
    if firm and filling.inputs.get("company_at_fault") is True:
        filling.assumptions.append(f"『{firm}』は、サービスを提供する会社のことと読みました。")
