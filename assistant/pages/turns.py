"""One question and its answer on the screen: the answer first, then what it stands on."""

from __future__ import annotations

import time
from collections.abc import Callable
from html import escape

import streamlit as st

from assistant import access, rendering
from assistant.answer import SILENT, Answer
from assistant.pages import blocks, completing, components, markup, state
from assistant.pages.state import Turn

#: pieces an answer is streamed in, and the pause between two (seconds)
_PIECES, _PAUSE = 12, 0.012
_OPINIONS = (
    ("役に立った", ":material/thumb_up:", True),
    ("役に立たなかった", ":material/thumb_down:", False),
)
_REASONS = (
    "条文が違う",
    "計算が違う",
    "質問の意味を取り違えている",
    "わかりにくい",
    "足りない",
    "その他",
)


def asked(question: str) -> None:
    """The question, as typed."""
    st.html(markup.block(escape(question), "yk-ask"))


def answered(turn: Turn, key: str, *, stream: bool, latest: bool, link: str) -> Answer | None:
    """The answer of `turn`; everything is open in the `latest`, folded in earlier ones.

    Returns the answer completed by the form for what is missing, once that is sent.
    """
    answer = turn.answer
    _plain(answer, stream=stream)
    if latest:
        done = completing.form(answer, key, turn.today)
        _ground(answer, key)
        _feedback(turn, key)
        _copies(answer, key, link)
        return done
    with st.expander(f"条文と計算（条文{len(answer.citations)}件）", key=f"{key}-fold"):
        _ground(answer, key)
        _copies(answer, key, link)
    return None


def _plain(answer: Answer, *, stream: bool) -> None:
    if answer.carried:
        words = f"引き継いだ内容: {'、'.join(answer.carried)}"
        st.html(markup.block(escape(words), "yk-muted"))
    # a greeting answered, or a question back, needs no label: its sentence says it
    only_talk = answer.status == "needs_input" and not (answer.missing or answer.citations)
    if answer.status != "answered" and not only_talk:
        st.html(markup.badge(answer))
    staff = access.sees_internal(state.audience())
    words = rendering.for_staff(answer) if staff else answer.text
    _streamed(words) if stream else st.html(markup.text(words))
    if answer.where:
        st.html(markup.block(f"確認先: <strong>{escape(answer.where)}</strong>"))
    if answer.status in SILENT and not staff:
        contact = escape(state.settings().contact)
        st.html(markup.block(f"人に相談する: {contact}", "yk-muted"))


def _streamed(words: str) -> None:
    """Write `words` piece by piece; every piece is escaped whole."""
    slot, size = st.empty(), max(len(words) // _PIECES, 8)
    for end in range(size, len(words), size):
        slot.html(markup.text(words[:end]))
        time.sleep(_PAUSE)
    slot.html(markup.text(words))


def _ground(answer: Answer, key: str) -> None:
    titles = {r["rule"]: str(r.get("title", "計算結果")) for r in answer.calculations}
    for result in answer.calculations:
        components.calculation(result, titles[result["rule"]])
    staff = access.sees_internal(state.audience())
    for warning in (*answer.warnings, *(answer.remarks if staff else ())):
        st.html(markup.block(escape(warning), "yk-warning"))
    _open_points(answer, key)
    for number, citation in enumerate(answer.citations):
        components.clause(citation, f"{key}-clause-{number}")
    if answer.looked and staff:
        with st.expander(f"確認した条項（{len(answer.looked)}件）", key=f"{key}-checked"):
            for number, citation in enumerate(answer.looked):
                components.clause(citation, f"{key}-looked-{number}")


def _open_points(answer: Answer, key: str) -> None:
    """Assumptions and other readings: folded, but their number is on the lid."""
    count = len(answer.assumptions) + len(answer.alternatives)
    if not count:
        return
    parts = [
        f"{name}{size}件"
        for name, size in (
            ("前提", len(answer.assumptions)),
            ("別の読み方", len(answer.alternatives)),
        )
        if size
    ]
    with st.expander("・".join(parts), key=f"{key}-open"):
        blocks.put(markup.bullets("前提にしたこと", answer.assumptions))
        blocks.put(
            markup.bullets("別の読み方", markup.readings(answer.alternatives, _unit(answer)))
        )


def _unit(answer: Answer) -> str:
    """The unit of the sums, where they all have the same one."""
    units = {str(result.get("unit") or "") for result in answer.calculations}
    return units.pop() if len(units) == 1 else ""


def _feedback(turn: Turn, key: str) -> None:
    if turn.record is None:
        return
    with st.container(horizontal=True, gap="small"):
        for label, icon, good in _OPINIONS:
            st.button(
                label,
                icon=icon,
                key=f"{key}-{good}",
                type="primary" if turn.good is good else "secondary",
                on_click=_note(turn, good),
            )
    if turn.good is False:
        _reason(turn, key)


def _note(turn: Turn, good: bool) -> Callable[[], None]:
    def note() -> None:
        journal = state.journal()
        if journal is not None and turn.record is not None:
            journal.feedback(turn.record, good)
            turn.good = good

    return note


def _reason(turn: Turn, key: str) -> None:
    with st.form(f"{key}-reason", border=True):
        kind = st.selectbox(
            "どこがよくありませんでしたか", _REASONS, index=None, placeholder="選んでください"
        )
        words = st.text_area("補足（任意）", max_chars=1_000, height=80)
        if not st.form_submit_button("送る"):
            return
    journal = state.journal()
    if journal is not None and turn.record is not None:
        journal.feedback(turn.record, False, "。".join(part for part in (kind, words) if part))
        st.html(markup.block("ありがとうございます。担当者が確認します。", "yk-muted"))


def _copies(answer: Answer, key: str, link: str) -> None:
    """The texts that may be taken away; replies and records are the staff's."""
    texts = [("顧客向けの文面", rendering.customer(answer, state.settings().contact))]
    if access.sees_internal(state.audience()):
        texts += [("返信文", rendering.reply(answer)), ("記録", rendering.record(answer))]
    texts.append(("この回答へのリンク", link))
    with st.expander("コピーする", key=f"{key}-copies"):
        for number, (label, words) in enumerate(texts):
            components.copy_block(f"{label}をコピー", words, f"{key}-copy-{number}")
