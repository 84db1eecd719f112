"""版の比較: two versions, or a version and an uploaded file, as a table of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from assistant.pages import blocks, compare_markup, components, downloads, state, uploaded
from corpus.change_classes import NAMES
from corpus.comparison import compare
from corpus.consequences import Consequence, consequences, summary
from corpus.errors import YakkanError
from corpus.export.table import KINDS
from corpus.readers import SUFFIXES
from corpus.silences import load_silences
from corpus.topics import load_topics

if TYPE_CHECKING:
    from corpus.comparison import Change, Comparison
    from corpus.library import Version

#: changes shown on the screen; the exports hold all
SHOWN = 100
_FILE = "ファイルを選ぶ"


def draw() -> None:
    """Choose both sides, then what changed and what it entails."""
    library = state.library()
    id = str(
        st.pills(
            "規約",
            library.ids,
            format_func=lambda id: library.agreement(id).short,
            default=library.ids[0],
            required=True,
            key="diff-agreement",
        )
    )
    old_column, new_column = st.columns(2)
    with old_column:
        old = side("旧", id, 0)
    with new_column:
        new = side("新", id, len(library.agreement(id).versions))
    if old is None or new is None:
        blocks.muted("両方を選ぶと、新旧対照表を作ります。ファイルは保存しません。")
        return
    _show(compare(old, new))


def side(title: str, agreement: str, first: int) -> Version | None:
    """One side: a version that is held, or a file."""
    library = state.library()
    held = {day.isoformat(): day for day in library.agreement(agreement).versions}
    days = (*held, _FILE)
    chosen = st.selectbox(
        f"{title}の版",
        days,
        index=min(first, len(days) - 1),
        format_func=lambda day: f"{day} 施行（収録）" if day in held else day,
        key=f"diff-{title}-{agreement}",
    )
    if chosen in held:
        return library.version(agreement, held[str(chosen)])
    return from_file(
        f"{title}の規約のファイル（5MB まで）", agreement, f"diff-file-{title}-{agreement}"
    )


def from_file(label: str, agreement: str, key: str) -> Version | None:
    """A file as a version; None where none is chosen or it cannot be used."""
    given = st.file_uploader(label, type=[s.lstrip(".") for s in SUFFIXES], key=key)
    if given is None:
        return None
    try:
        return uploaded.version(given.name, given.getvalue(), agreement)
    except YakkanError as error:
        components.problem(str(error))
        return None


def _show(compared: Comparison) -> None:
    entailed = consequences(compared, library=state.library())
    substantive = st.checkbox("実質的な変更だけを表示する", key="diff-substantive")
    kept = [
        (number, change)
        for number, change in enumerate(compared.changes)
        if change.substantive or not substantive
    ]
    many = sum(change.substantive for change in compared.changes)
    blocks.muted(f"変更 {len(compared.changes)}件（うち実質的な変更 {many}件）")
    if not kept:
        st.html('<div class="yk">変更はありません。</div>')
    else:
        downloads.versions(compared, entailed, compared.old.agreement.id)
    titled = _titled(entailed)
    for number, change in kept[:SHOWN]:
        st.html(_change(change, titled.get(number, ())))
    if len(kept) > SHOWN:
        blocks.muted(f"はじめの{SHOWN}件を表示しています。全件は書き出しに入ります。")


def _change(change: Change, entailed: tuple[Consequence, ...]) -> str:
    kind = KINDS[change.kind] + (f"・{KINDS[change.also]}" if change.also else "")
    classes = "、".join(NAMES[name] for name in change.classes)
    if not change.substantive:
        classes += "（形式）"
    return compare_markup.change(change, kind, classes, summary(entailed))


def _titled(
    entailed: Mapping[int, tuple[Consequence, ...]],
) -> dict[int, tuple[Consequence, ...]]:
    """The consequences with Japanese names where they have a code's; the names are read once."""
    names = {kind: _names(kind) for kind in {one.kind for row in entailed.values() for one in row}}
    return {
        number: tuple(replace(one, name=names[one.kind].get(one.name, one.name)) for one in row)
        for number, row in entailed.items()
    }


def _names(kind: str) -> dict[str, str]:
    """What rules, topics and silences are called, by id."""
    if kind == "rule":
        from calculators import registry

        return {rule.name: rule.title for rule in registry.rules()}
    if kind == "topic":
        return {topic.id: topic.name for topic in load_topics(state.library())}
    if kind == "silence":
        return {silence.id: silence.subject for silence in load_silences(state.library())}
    return {}
