"""問い合わせへの回答: will an inquiry be answered (sg:38.2)?

Only the customer's inquiries are answered; one about an event a month or more ago may go
unanswered. `answerable` is False in both cases, the warning says which.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from calculators.inputs import Day, Inputs
from calculators.periods import clip_months
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule


class Inquiry(Inputs):
    """Who asks, about an event of which day, and when."""

    ordered: ClassVar = (("event_date", "inquiry_date"),)

    asker: Literal["customer", "user", "other"] = Field(
        title="問い合わせる人", description="customer=契約者、user=利用者、other=その他"
    )
    event_date: Day = Field(title="事象のあった日")
    inquiry_date: Day = Field(title="問い合わせの日")


def compute(basis: Basis, inputs: Inquiry) -> Outcome:
    """Whether the asker is the customer and the event is less than a month old."""
    months = basis.integer("months")
    limit = clip_months(inputs.inquiry_date, -months)
    customer, recent = inputs.asker == "customer", inputs.event_date > limit
    return Outcome(
        outputs={"answerable": customer and recent},
        steps=(
            Step("問い合わせる人", "契約者からの問い合わせか", customer, basis.clause),
            Step("1か月前の日", f"{inputs.inquiry_date} の{months}か月前", limit, basis.clause),
            Step("事象の新しさ", f"{inputs.event_date} が {limit} より後か", recent, basis.clause),
        ),
        assumptions=(
            "問い合わせの内容によっては、回答できない場合があります。",
            f"問い合わせ窓口と営業時間は規約の外で定められます（{basis.where('hours_elsewhere')}）。",
        ),
        warnings=_why(customer, recent, months),
        said="回答の対象です。"
        if customer and recent
        else "回答の対象にならないことがあります。"
        if customer
        else "回答の対象ではありません。",
    )


def _why(customer: bool, recent: bool, months: int) -> tuple[str, ...]:
    if not customer:
        return ("契約者からの問い合わせに対してのみ回答すると定められています。",)
    if not recent:
        return (
            f"{months}か月以上前の事象なので、回答できない場合があります（回答しないとは限りません）。",
        )
    return ()


RULE = Rule(
    name="inquiry_answerable",
    title="問い合わせに回答されるか",
    group="許可・費用・窓口",
    synonyms=("問い合わせ", "昔の障害", "ログの調査", "回答してもらえる", "サポート", "先月の件"),
    inputs=Inquiry,
    outputs=(
        Output(
            "answerable", "回答の対象か", words={"true": "対象です", "false": "対象になりません"}
        ),
    ),
    reading="契約者からの、1か月前の日より後の事象についての問い合わせ。",
    compute=compute,
    examples=(
        Example(
            "sg",
            {"asker": "customer", "event_date": "2027-02-28", "inquiry_date": "2027-03-27"},
            {"answerable": True},
        ),
        Example(
            "sg",
            {"asker": "customer", "event_date": "2027-02-28", "inquiry_date": "2027-03-28"},
            {"answerable": False},
            "ちょうど1か月前",
        ),
        Example(
            "sg",
            {"asker": "user", "event_date": "2027-03-20", "inquiry_date": "2027-03-27"},
            {"answerable": False},
        ),
    ),
    checked={"vpn": ("vpn:24.3", "vpn:24.5"), "msp": ("msp:6.3",)},
)
