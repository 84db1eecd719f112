"""論点: one topic across agreements, the clauses side by side, differing figures marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from assistant.pages import blocks, catalogue, compare_markup, components, downloads, state
from corpus.topic_comparison import compare_topics
from corpus.topics import load_topics

if TYPE_CHECKING:
    from corpus.topics import Topic

_ALL = "すべての論点（一覧）"


def draw() -> None:
    """Search, choose, compare, take away."""
    library = state.library()
    words = st.text_input(
        "論点を探す（ふだんの言葉で）", placeholder="例: 違約金、支払期限", max_chars=60
    )
    found = matching(load_topics(library), words or "")
    if not found:
        components.problem(
            "その言葉に合う論点はありません。別の言葉にするか、空にして一覧から選んでください。"
        )
        return
    names = {topic.id: topic.name for topic in found}
    options = ("", *names) if not (words or "").strip() else tuple(names)
    chosen = st.selectbox(
        f"論点（{len(names)}件）", options, format_func=lambda id: names.get(id, _ALL)
    )
    agreements = st.multiselect(
        "比べる規約",
        library.ids,
        default=list(library.ids),
        format_func=lambda id: library.agreement(id).short,
        placeholder="規約を選んでください",
    )
    if not agreements:
        components.problem("比べる規約を一つ以上選んでください。")
        return
    rows = compare_topics(library, str(chosen) if chosen else None, agreements)
    titles = {id: library.agreement(id).short for id in agreements}
    blocks.muted("規約によって違う数値に印を付けています。")
    if chosen:
        st.html(compare_markup.topic(rows[0], titles))
    else:
        st.html(compare_markup.overview(rows, titles))
    downloads.topics(rows, str(chosen or "all"))


def matching(topics: tuple[Topic, ...], words: str) -> list[Topic]:
    """The topics whose name or everyday words hold `words`; all where it is empty."""
    wanted = catalogue.fold(words)
    if not wanted:
        return list(topics)
    named = (
        (topic, [catalogue.fold(n) for n in (topic.name, *topic.synonyms)]) for topic in topics
    )
    return [topic for topic, known in named if any(wanted in n or n in wanted for n in known if n)]
