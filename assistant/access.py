"""Who sees what: audiences, how a sign-in becomes one, and which pages each may open.

Pure: no web framework here. An audience comes from the operator's setting on a trusted
network, or from a claim of a signed-in user. Nothing a browser sends (address, upload,
form) reaches these functions, so nothing of that kind can widen what is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.settings import AUDIENCES, Audience, Settings
from corpus.errors import YakkanError

#: everybody; people of the operator's staff
EVERYBODY: frozenset[Audience] = frozenset(AUDIENCES)
STAFF: frozenset[Audience] = frozenset({"agent", "compliance"})

#: what an audience is called on the screen
AUDIENCE_LABELS: dict[Audience, str] = {
    "customer": "お客様",
    "agent": "サポート担当",
    "compliance": "コンプライアンス担当",
}


class Refused(YakkanError):
    """A page or action that the present audience may not use."""


def audience_of(settings: Settings, user: Mapping[str, Any] | None) -> Audience:
    """The audience of the person in front of the page.

    Without `settings.audience_claim` the network is trusted and the setting decides. With
    it, sign-in decides: `user` is the verified claims (None: not signed in). A missing,
    unknown or malformed claim is a customer.

    >>> audience_of(Settings(audience="agent"), None)
    'agent'
    >>> audience_of(Settings(audience="agent", audience_claim="role"), {"role": "compliance"})
    'compliance'
    >>> audience_of(Settings(audience="agent", audience_claim="role"), None)
    'customer'
    """
    if not settings.audience_claim:
        return settings.audience
    return _from_claim((user or {}).get(settings.audience_claim))


def _from_claim(value: Any) -> Audience:
    """The audience named by a claim: a word, or the strongest known word of a list."""
    words = value if isinstance(value, list | tuple) else [value]
    named = [audience for audience in AUDIENCES if audience in words]
    return named[-1] if named else "customer"


def may_open(audience: Audience, audiences: frozenset[Audience]) -> bool:
    """Whether `audience` is among those that a page is for."""
    return audience in audiences


def require(audience: Audience, audiences: frozenset[Audience]) -> None:
    """Raise Refused unless `audience` is among `audiences`."""
    if not may_open(audience, audiences):
        raise Refused(
            "このページは担当者専用です。ご質問は「質問」のページからどうぞ。"
            "担当者の方は、担当者のアカウントでサインインしてください。"
        )


def sees_internal(audience: Audience) -> bool:
    """Whether internal notes, checked clauses and timings may be shown.

    >>> sees_internal("customer"), sees_internal("agent")
    (False, True)
    """
    return audience in STAFF
