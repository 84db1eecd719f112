"""監視サービスの対象: is this device monitored (vpn:4.4)?

A chain of conditions, each a row: the first one that fails is the reason. A dynamic global
address is covered only on the two lines the clause names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from calculators.inputs import Flag, Inputs
from calculators.provisions import Basis
from calculators.result import Outcome, Step
from calculators.rule import Example, Output, Rule
from calculators.rules._lines import HELP, LINES, Line


class Device(Inputs):
    """The device, its place in the network, its address and its line."""

    chosen: Flag = Field(title="監視サービスを申し込んだか")
    rented: Flag = Field(title="レンタル物件か")
    first_router: Flag = Field(title="回線に接続される1つ目のルータ機能を有する機器か")
    address: Literal["fixed", "dynamic", "private"] = Field(
        title="WAN側のアドレス",
        description="fixed=固定グローバル、dynamic=動的グローバル、private=プライベート",
    )
    line: Line = Field(title="利用する回線", description=HELP)


def compute(basis: Basis, inputs: Device) -> Outcome:
    """Whether every condition holds, and the reasons where one does not."""
    named: list[str] = list(basis.params["dynamic_lines"])
    checks = tuple(_checks(inputs, named))
    reasons = [failure for _, _, met, failure in checks if not met]
    steps = tuple(
        Step(label, expression, met, basis.clause) for label, expression, met, _ in checks
    )
    monitored = not reasons
    return Outcome(
        outputs={"monitored": monitored, "reasons": reasons or ["監視の条件をすべて満たします。"]},
        steps=steps,
        assumptions=("監視は、疎通の確認と、疎通不可の検知・復旧時の通知をいいます。",),
    )


def _checks(inputs: Device, named: list[str]) -> Iterator[tuple[str, str, bool, str]]:
    """Label, what is looked at, whether it holds, and the reason if not."""
    yield (
        "監視サービスの申込み",
        "申込みの有無",
        inputs.chosen,
        "監視サービスを申し込んでいません。",
    )
    yield "レンタル物件", "レンタル物件かどうか", inputs.rented, "レンタル物件ではありません。"
    yield (
        "1つ目のルータ",
        "回線に接続される1つ目のルータ機能を有する機器か",
        inputs.first_router,
        "回線に接続される1つ目のルータではありません。",
    )
    lines = "・".join(LINES[line] for line in named)
    covered = inputs.address == "fixed" or (inputs.address == "dynamic" and inputs.line in named)
    yield (
        "WAN側のアドレス",
        f"固定グローバル、または{lines}の動的グローバル",
        covered,
        "プライベートアドレスは対象ではありません。"
        if inputs.address == "private"
        else f"動的グローバルアドレスは{lines}をご利用の場合に限り対象です。",
    )


RULE = Rule(
    name="monitoring_scope",
    title="監視サービスの対象かどうか",
    group="申込みと利用条件",
    synonyms=("監視", "死活監視", "監視対象", "動的IP", "固定IP", "2台目のルータ"),
    inputs=Device,
    outputs=(Output("monitored", "監視の対象か"), Output("reasons", "理由")),
    reading="1つ目のルータの固定グローバルアドレス。動的グローバルアドレスは2つの回線に限ります。",
    compute=compute,
    examples=(
        Example(
            "vpn",
            {
                "chosen": True,
                "rented": True,
                "first_router": True,
                "address": "dynamic",
                "line": "office_eo",
            },
            {"monitored": True},
        ),
        Example(
            "vpn",
            {
                "chosen": True,
                "rented": True,
                "first_router": True,
                "address": "dynamic",
                "line": "ip_network",
            },
            {"monitored": False},
        ),
        Example(
            "vpn",
            {
                "chosen": True,
                "rented": True,
                "first_router": False,
                "address": "fixed",
                "line": "other",
            },
            {"monitored": False},
        ),
    ),
    checked={"sg": ("sg:37.1",), "msp": ("msp:4.3(3)",)},
)
