"""Word, Excel and HTML files of comparisons, made when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from assistant.pages import state

if TYPE_CHECKING:
    from corpus.comparison import Comparison
    from corpus.consequences import Consequence
    from corpus.topic_comparison import ComparedTopic

#: format → button and kind
FORMATS = {
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": ("HTML", "text/html"),
}


def topics(rows: Sequence[ComparedTopic], name: str) -> None:
    """Buttons for the topic comparison."""
    from corpus.export import topics as write

    library = state.library()
    _buttons(f"yakkan-topics-{name}", lambda format: write(rows, library, format))


def versions(
    compared: Comparison, entailed: Mapping[int, Sequence[Consequence]], name: str
) -> None:
    """Buttons for the 新旧対照表."""
    from corpus.export import comparison as write

    _buttons(f"yakkan-diff-{name}", lambda format: write(compared, format, entailed))


def _buttons(name: str, write: Callable[[str], bytes]) -> None:
    with st.container(horizontal=True):
        for format, (label, mime) in FORMATS.items():
            st.download_button(
                f"{label} で書き出す",
                partial(write, format),
                file_name=f"{name}.{format}",
                mime=mime,
                on_click="ignore",
                key=f"{name}-{format}",
            )
