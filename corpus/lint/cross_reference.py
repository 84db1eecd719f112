"""References that name nothing, another clause than their caption says, or themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from corpus.address import Address
from corpus.clause import Clause
from corpus.library import Version, place
from corpus.lint.finding import ERROR, WARNING, LintFinding, around
from corpus.references import Reference, all_references

CHECK = "cross_reference"
TITLE = "条番号の引用"


def check(version: Version) -> Iterator[LintFinding]:
    """Every reference of `version` that does not point where it says."""
    for clause, reference in all_references(version):
        if not reference.external:
            found = _judge(clause, reference, version)
            if found is not None:
                yield LintFinding(
                    CHECK, clause.id, around(clause.full_text, *reference.span, 0), *found
                )


def _judge(clause: Clause, reference: Reference, version: Version) -> tuple[str, str] | None:
    return (
        _missing(clause, reference, version)
        or _caption(reference, version)
        or _itself(clause, reference)
    )


def _missing(clause: Clause, reference: Reference, version: Version) -> tuple[str, str] | None:
    printed = reference.printed
    if reference.kind == "items":
        # a list in the clause's own lines is no item of its own
        if reference.targets or clause.text.count("\n") >= 2 or "各項" in printed:
            return None
        return f"「{printed}」とありますが、号が一つもありません。", ERROR
    if reference.kind == "same" or (reference.kind == "suppl" and not reference.targets):
        return None
    if not reference.targets:
        return f"「{printed}」の指す条項がありません。", ERROR
    missing = reference.missing(version)
    if not missing or reference.kind == "suppl":
        return None
    return f"「{printed}」の指す{place(missing[0])}はありません。", ERROR


def _caption(reference: Reference, version: Version) -> tuple[str, str] | None:
    if not reference.caption or not reference.targets:
        return None
    target = version.get(f"{reference.targets[0].agreement}:{reference.targets[0].article}")
    if target is None or not target.caption or _plain(target.caption) == _plain(reference.caption):
        return None
    named = _by_caption(version).get(_plain(reference.caption))
    hint = f"「{reference.caption}」は{place(named)}です。" if named else ""
    message = f"「{reference.printed}」とありますが、{place(target.address)}の見出しは「{target.caption}」です。{hint}"
    return message, ERROR if named else WARNING


@lru_cache(maxsize=8)
def _by_caption(version: Version) -> dict[str, Address]:
    return {_plain(a.caption): a.address for a in reversed(version.articles())}


def _itself(clause: Clause, reference: Reference) -> tuple[str, str] | None:
    """第5条 said inside article 5, 第2項 said inside paragraph 2: 本条, 本項 is meant."""
    if reference.kind not in ("article", "paragraph", "item") or not reference.targets:
        return None
    for target in reference.targets:
        if target == clause.address or (
            target.article == clause.address.article
            and target.paragraph == clause.address.paragraph
            and target.item is None
            and target.paragraph is not None
            and clause.address.item is None
        ):
            return f"「{reference.printed}」は自分自身を指しています。", WARNING
    if (
        reference.targets[0].level == "article"
        and reference.targets[0].article == clause.address.article
    ):
        return (
            f"「{reference.printed}」は自分の条を指しています（本条の意味か確かめてください）。",
            WARNING,
        )
    return None


def _plain(caption: str) -> str:
    return re.sub(r"\s", "", caption)
