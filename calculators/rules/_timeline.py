"""The dates of a contract as a table: which rule gives them, from which facts, under which label.

`contract_timeline` walks the table; a new date rule is a new row.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple


class Mark(NamedTuple):
    """An output of a rule as an event: its kind and label, and the output that is its safe day."""

    output: str
    kind: str
    label: str
    safe: str = ""


class Source(NamedTuple):
    """A date rule: its inputs by name (from a fact, the first of several, or fixed) and marks."""

    rule: str
    inputs: Mapping[str, str]
    marks: tuple[Mark, ...]
    optional: Mapping[str, str] = {}
    fixed: Mapping[str, Any] = {}


#: the columns of an event and its kinds, for readers
COLUMNS = {
    "date": "日付",
    "label": "できごと",
    "kind": "種類",
    "clause": "条項",
    "safe": "どの読み方でもよい日",
    "given": "わかっている事実",
    "possible": "この日から",
    "deadline": "期限",
    "end": "満了",
}

GIVEN = (
    Mark("acceptance_date", "given", "契約申込の承諾"),
    Mark("start_date", "given", "サービス提供開始"),
    Mark("handed_over", "given", "引渡し"),
    Mark("support_end", "given", "サポート終了"),
    Mark("change_date", "given", "契約内容の変更"),
    Mark("notice_date", "given", "解約通知の到達"),
    Mark("desired_end", "given", "解約希望日"),
    Mark("due_date", "given", "支払期日"),
    Mark("damage_date", "given", "損害の発生"),
    Mark("service_end", "given", "サービスの終了"),
)

#: alternatives of a fact are separated by "|": the first that is known is used
SOURCES = (
    Source(
        "earliest_start_date",
        {"acceptance_date": "acceptance_date"},
        (Mark("earliest", "possible", "提供開始日として指定できる最初の日", "safe"),),
    ),
    Source(
        "delivery_deadline",
        {"rental_start": "rental_start|start_date", "desired_start": "desired_start|start_date"},
        (Mark("deadline", "deadline", "レンタル物件の引渡しの期限"),),
    ),
    Source(
        "defect_notice_deadline",
        {"handed_over": "handed_over"},
        (Mark("deadline", "deadline", "欠陥の通知の期限"),),
        {"closed_days": "closed_days"},
    ),
    Source(
        "min_term_end",
        {"start_date": "start_date"},
        (Mark("end", "end", "最低利用期間の満了"),),
        {"term_years": "term_years"},
    ),
    Source(
        "expiry_notice_deadline",
        {"start_date": "rental_start|start_date", "term_years": "term_years"},
        (Mark("deadline", "deadline", "満了で終える申し出の期限", "safe"),),
    ),
    Source(
        "renewal_schedule",
        {"start_date": "rental_start|start_date", "term_years": "term_years", "count": "count"},
        (
            Mark("ends", "end", "自動更新の期間の終わり"),
            Mark("last_end", "end", "サポート終了日までに延長できる最後の日"),
        ),
        {"support_end": "support_end"},
    ),
    Source(
        "change_notice_deadline",
        {"change_date": "change_date"},
        (Mark("deadline", "deadline", "契約内容の変更の届出の期限"),),
    ),
    Source(
        "earliest_end_from_notice",
        {"notice_date": "notice_date"},
        (Mark("earliest_end", "possible", "届いた通知で解約できる最初の日", "safe"),),
    ),
    Source(
        "cancellation_notice_deadline",
        {"desired_end": "desired_end"},
        (
            Mark("deadline", "deadline", "解約通知の期限", "safe"),
            Mark("latest", "deadline", "解約通知の期限（最も緩い読み方）"),
        ),
    ),
    Source(
        "late_charge",
        {"due_date": "due_date", "paid_date": "due_date"},
        (Mark("grace_end", "deadline", "延滞利息がかからない最後の支払日"),),
        fixed={"principal": 0},
    ),
    Source(
        "claim_deadline",
        {"damage_date": "damage_date"},
        (Mark("deadline", "deadline", "損害の申し出の期限"),),
    ),
    Source(
        "service_end_notice",
        {"service_end": "service_end"},
        (
            Mark("deadline", "deadline", "サービス終了の通知の期限（当社）"),
            Mark(
                "latest_web_posting", "deadline", "サービス終了を掲載だけで知らせる最後の日（当社）"
            ),
        ),
    ),
)

#: without a wished day: the notice that ends the contract with its minimum term
AT_TERM_END = Source(
    "cancellation_notice_deadline",
    {"desired_end": "term_end"},
    (
        Mark("deadline", "deadline", "最低利用期間の満了で終える解約通知の期限", "safe"),
        Mark("latest", "deadline", "最低利用期間の満了で終える解約通知の期限（最も緩い読み方）"),
    ),
)
