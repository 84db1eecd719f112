"""Follow-ups: 「3年契約だと？」, 「4/20に払ったら？」, 「VPNの場合は？」 change inputs of the last calculation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.question import Question

if TYPE_CHECKING:
    from assistant.calculation import CalculationRequest


def follow(question: Question, previous: CalculationRequest) -> CalculationRequest | None:
    """`previous` with what the follow-up changes, or None where it is no follow-up."""
    return None
