"""条文: the agreements as a readable tree, searchable, every clause addressable."""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY
from assistant.pages import blocks, clause_search, clause_text, components, markup, state
from corpus.errors import YakkanError

if TYPE_CHECKING:
    from assistant.pages.clause_search import Hit
    from corpus.address import Address
    from corpus.clause import Clause
    from corpus.library import Version

_AGREEMENT, _LINK, _WORDS = "read-agreement", "read-link", "read-words"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9_-]*:\S+")
#: longest address that a link may carry
_LONGEST = 60


def render() -> None:
    """Draw the page."""
    access.require(state.audience(), EVERYBODY)
    st.title("条文", anchor=False)
    st.html(clause_text.STYLE)
    opened = _from_link()
    version = _choose()
    if version is None:
        return
    words = st.text_input(
        "条文を探す（言葉を空白で区切る）",
        placeholder="例: 解約 通知、違約金、sg:18.1",
        max_chars=100,
        key=_WORDS,
    )
    query = (words or "").strip()
    if query:
        _results(query)
    here = str(opened) if opened is not None and opened.agreement == version.agreement.id else ""
    _tree(version, here, clause_search.words_of(query) if not _ADDRESS.fullmatch(query) else ())


def _from_link() -> Address | None:
    """The clause that the link names; it also chooses the agreement, once for each link."""
    raw = str(st.query_params.get("address", ""))[:_LONGEST]
    if not raw:
        return None
    try:
        clause = state.library().clause(raw, _day(str(st.query_params.get("version", ""))))
    except YakkanError as error:
        components.problem(str(error))
        return None
    if st.session_state.get(_LINK) != raw:
        st.session_state[_LINK] = raw
        st.session_state[_AGREEMENT] = clause.address.agreement
    return clause.address


def _day(raw: str) -> date | None:
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise YakkanError(
            f"リンクの版『{raw[:20]}』は日付として読めません。2026-06-01 の形で指定してください。"
        ) from None


def _open(address: str) -> None:
    """Open a clause that was found."""
    st.query_params["address"] = address
    st.session_state[_WORDS] = ""


def _leave() -> None:
    """Another agreement was chosen: the clause of the link is no longer meant."""
    st.query_params.clear()
    st.session_state.pop(_LINK, None)


def _choose() -> Version | None:
    library = state.library()
    if st.session_state.get(_AGREEMENT) not in library.ids:
        st.session_state[_AGREEMENT] = library.ids[0]
    id = str(
        st.pills(
            "規約",
            library.ids,
            format_func=lambda id: library.agreement(id).short,
            key=_AGREEMENT,
            on_change=_leave,
            required=True,
        )
    )
    days = sorted(library.agreement(id).versions, reverse=True)
    asked = str(st.query_params.get("version", ""))
    first = next((n for n, day in enumerate(days) if day.isoformat() == asked), 0)
    chosen = st.selectbox(
        "版（効力のある日）",
        days,
        index=first,
        format_func=lambda day: f"{day} 施行" + ("（最新）" if day == days[0] else ""),
        key=f"read-version-{id}",
    )
    return library.version(id, chosen) if chosen is not None else None


def _results(query: str) -> None:
    """What was found in every agreement, or the clause whose address was typed."""
    library = state.library()
    if _ADDRESS.fullmatch(query):
        try:
            clause = library.clause(query[:_LONGEST])
        except YakkanError as error:
            components.problem(str(error))
            return
        _hit_button(library.version(clause.address.agreement), clause, "")
        return
    found = clause_search.search([library.version(id) for id in library.ids], query)
    if not found:
        components.problem(
            f"『{query}』のすべての言葉を含む条文は見つかりません。言葉を減らすか、言い換えてください。"
        )
        return
    blocks.muted(
        f"{len(found)}件（3つの規約から、合うものから順に）"
        if len(library.ids) == 3
        else f"{len(found)}件"
    )
    for hit in found:
        _hit(hit, query)


def _hit(hit: Hit, query: str) -> None:
    _hit_button(hit.version, hit.clause, hit.excerpt, clause_search.words_of(query))


def _hit_button(
    version: Version, clause: Clause, excerpt: str, words: tuple[str, ...] = ()
) -> None:
    caption = f"（{clause.caption}）" if clause.caption else ""
    st.button(
        components.plain(f"{version.display(clause.address)}{caption}"),
        key=f"hit-{clause.id}",
        on_click=_open,
        args=(clause.id,),
        type="tertiary",
    )
    if excerpt:
        blocks.put(markup.block(clause_text.marked(excerpt, words), "yk-muted"))


def _tree(version: Version, opened: str, words: tuple[str, ...]) -> None:
    from corpus.notes import load_notes

    st.subheader(version.agreement.title, anchor=False)
    staff = access.sees_internal(state.audience())
    reading = clause_text.Reading(load_notes(version), staff, words, opened)
    blocks.muted(
        f"{version.effective} 施行。下線の言葉は定義へ、条番号は引用先の条へのリンクです。"
        "番地（例 sg:18.1）は、その条項を開くリンクです。"
    )
    for chapter, articles in groupby(top(version), key=lambda clause: clause.chapter):
        if chapter:
            st.subheader(components.plain(" ".join(chapter.split())), anchor=False)
        inner = "".join(clause_text.article(version, clause, reading) for clause in articles)
        st.html(markup.block(inner, "yk-tree"))
    if opened:
        _scroll(opened)


def top(version: Version) -> list[Clause]:
    """Articles, then supplementary provisions and appendices, each once."""
    return [
        clause
        for clause in version.clauses()
        if clause.level == "article" or (clause.address.parent is None or _alone(version, clause))
    ]


def _alone(version: Version, clause: Clause) -> bool:
    parent = clause.address.parent
    return parent is not None and version.get(parent) is None


def _scroll(address: str) -> None:
    """Bring the opened clause into view, once it is there."""
    target = json.dumps(clause_text.anchor(address))
    st.html(
        f"<script>(() => {{ let n = 0; const go = () => {{ const e = document.getElementById({target});"
        "if (e) e.scrollIntoView({block: 'center'}); else if (n++ < 40) setTimeout(go, 50); };"
        "setTimeout(go, 60); })();</script>",
        unsafe_allow_javascript=True,
    )
