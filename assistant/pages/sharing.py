"""Links that carry a conversation: `?q=…&q=…&agreement=…&as_of=…&today=…`, pure text.

A link is input from anybody: what it carries is bounded, checked and never decides who may
see what.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode, urlsplit, urlunsplit

from assistant.settings import MAX_QUESTION

#: most questions that a link replays
MAX_REPLAY = 10


@dataclass(frozen=True, slots=True)
class Shared:
    """What a link asks for."""

    questions: tuple[str, ...] = ()
    agreement: str | None = None
    as_of: date | None = None
    today: date | None = None
    problems: tuple[str, ...] = ()


def link(base: str, shared: Shared) -> str:
    """The address that asks `shared` again, on the page at `base`.

    >>> link("http://h/ask?x=1", Shared(("解約",), "sg", date(2026, 7, 1)))
    'http://h/ask?q=%E8%A7%A3%E7%B4%84&agreement=sg&as_of=2026-07-01'
    """
    pairs = [("q", question) for question in shared.questions[-MAX_REPLAY:]]
    pairs += [("agreement", shared.agreement)] if shared.agreement else []
    for name, day in (("as_of", shared.as_of), ("today", shared.today)):
        pairs += [(name, day.isoformat())] if day else []
    scheme, host, path, _query, _fragment = urlsplit(base)
    return urlunsplit((scheme, host, path, urlencode(pairs), ""))


def read(
    questions: Sequence[str], agreement: str, as_of: str, today: str, known: Collection[str]
) -> Shared:
    """What a link's parameters ask for; `known` are the agreements' ids.

    A part that cannot be used is left out and named in `problems`.
    """
    problems: list[str] = []
    asked = [question.strip() for question in questions if question.strip()]
    if len(asked) > MAX_REPLAY or any(len(q) > MAX_QUESTION for q in asked):
        problems.append(
            f"リンクの質問が長すぎます。{MAX_QUESTION}字以内の質問{MAX_REPLAY}件までを再現します。"
        )
    if agreement and agreement not in known:
        problems.append(
            f"リンクの規約『{agreement[:20]}』は収録していません。{' / '.join(known)} から選んでください。"
        )
    return Shared(
        tuple(q[:MAX_QUESTION] for q in asked[:MAX_REPLAY]),
        agreement if agreement in known else None,
        _day(as_of, "版の基準日", problems),
        _day(today, "質問した日", problems),
        tuple(problems),
    )


def _day(raw: str, title: str, problems: list[str]) -> date | None:
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        problems.append(
            f"リンクの{title}『{raw[:20]}』は日付として読めません。2026-12-31 の形で指定してください。"
        )
        return None
