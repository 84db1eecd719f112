"""記録: the journal of questions and answers, for staff only: filters, export, candidates."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import streamlit as st

from assistant import access
from assistant.access import AUDIENCE_LABELS, STAFF
from assistant.answer import STATUS_LABELS
from assistant.journal import Entry, Journal, candidate, jsonl
from assistant.journal_export import as_csv
from assistant.pages import components, markup, state

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKYO = ZoneInfo("Asia/Tokyo")
_STAGES = {"total": "合計", "search": "検索", "plan": "判断", "compose": "作文"}
#: records on one screen; the export holds all that match
SHOWN = 50
_OPINIONS: Mapping[str, bool | None] = {"すべて": None, "良い": True, "悪い": False}
_MARKS = {True: "［良］", False: "［悪］", None: ""}


def render() -> None:
    """Draw the page; refuses anybody who is not staff before anything is read."""
    access.require(state.audience(), STAFF)
    st.title("記録", anchor=False)
    journal = state.journal()
    if journal is None:
        components.problem(
            "記録は取られていません。残すには、環境変数 YAKKAN_JOURNAL から off を外してください。"
        )
        return
    found = _filtered(journal)
    st.html(markup.block(f"{len(found)}件", "yk-muted"))
    if not found:
        st.html(markup.block("条件に合う記録はありません。期間や言葉を変えてください。"))
        return
    _exports(found)
    for entry in found[:SHOWN]:
        _entry(journal, entry)
    if len(found) > SHOWN:
        st.html(
            markup.block(f"新しい{SHOWN}件を表示しています。全件は書き出しに入ります。", "yk-muted")
        )


def _filtered(journal: Journal) -> tuple[Entry, ...]:
    today = state.today()
    with st.container(horizontal=True):
        since = st.date_input("この日から", value=today - timedelta(days=30), format="YYYY-MM-DD")
        until = st.date_input("この日まで", value=today, format="YYYY-MM-DD")
        status = st.selectbox(
            "判定", ("", *STATUS_LABELS), format_func=lambda s: STATUS_LABELS.get(s, "すべて")
        )
        opinion = st.selectbox("評価", tuple(_OPINIONS))
    words = st.text_input("言葉で探す（質問と回答）", max_chars=100)
    with st.container(horizontal=True):
        agreement = st.selectbox(
            "規約", ("", *state.library().ids), format_func=lambda id: id.upper() or "すべて"
        )
        audience = st.selectbox(
            "利用者", ("", *AUDIENCE_LABELS), format_func=lambda a: AUDIENCE_LABELS.get(a, "すべて")
        )
    return journal.entries(
        since=_midnight(since),
        until=_midnight(until, 1),
        status=status or "",
        agreement=agreement or "",
        audience=audience or "",
        good=_OPINIONS[opinion or "すべて"],
        text=(words or "").strip(),
    )


def _midnight(day: object, later: int = 0) -> datetime | None:
    """The beginning of `day` in Japan, `later` days after it; None where no day is chosen."""
    if not isinstance(day, date):
        return None
    return datetime(day.year, day.month, day.day, tzinfo=_TOKYO) + timedelta(days=later)


def _exports(found: tuple[Entry, ...]) -> None:
    bad = [candidate(entry) for entry in found if entry.good is False]
    with st.container(horizontal=True):
        _download("CSV で書き出す", as_csv(found), "yakkan-records.csv", "text/csv")
        _download(
            "JSONL で書き出す",
            jsonl(entry.to_dict() for entry in found),
            "yakkan-records.jsonl",
            "application/jsonl",
        )
        if bad:
            _download(
                f"悪い回答{len(bad)}件を評価候補にする",
                jsonl(bad),
                "yakkan-candidates.jsonl",
                "application/jsonl",
            )


def _download(label: str, text: str, name: str, mime: str) -> None:
    st.download_button(label, text, file_name=name, mime=mime, on_click="ignore")


def _entry(journal: Journal, entry: Entry) -> None:
    at = entry.at.astimezone(_TOKYO)
    head = f"{_MARKS[entry.good]} {at:%m-%d %H:%M} {_short(entry.question)}".strip()
    with st.expander(components.plain(head)):
        st.html(markup.block(escape(entry.question), "yk-ask"))
        st.html(markup.text(entry.text))
        st.html(markup.table(("項目", "内容"), _facts(entry)))
        if entry.good is False:
            _make_candidate(entry)
        else:
            _mark_bad(journal, entry)


def _short(question: str) -> str:
    line = " ".join(question.split())
    return line if len(line) <= 40 else line[:39] + "…"


def _facts(entry: Entry) -> list[tuple[str, str]]:
    rows = [
        ("番号", str(entry.id)),
        ("日時", f"{entry.at.astimezone(_TOKYO):%Y-%m-%d %H:%M:%S}"),
        ("利用者", AUDIENCE_LABELS.get(entry.audience, entry.audience)),  # type: ignore[call-overload]
        ("判定", STATUS_LABELS.get(entry.status, entry.status)),
        ("作成", {"rules": "規則", "model": "言語モデル"}.get(entry.origin, entry.origin)),
        ("引用", "、".join(f"{c['id']}（{c['hash']}）" for c in entry.citations)),
        ("版", "、".join(f"{a.upper()} {v}" for a, v in entry.versions.items())),
        ("本文の指紋", entry.corpus),
        ("索引の指紋", entry.index),
        ("所要時間", _timings(entry)),
        ("理由", entry.reason),
    ]
    return [row for row in rows if row[1]]


def _timings(entry: Entry) -> str:
    named = ((_STAGES.get(stage, stage), taken) for stage, taken in entry.timings.items())
    return "、".join(f"{name} {taken * 1000:.0f}ミリ秒" for name, taken in named)


def _make_candidate(entry: Entry) -> None:
    with st.form(f"candidate-{entry.id}", border=True):
        status = st.selectbox(
            "正しい判定",
            tuple(STATUS_LABELS),
            index=None,
            format_func=STATUS_LABELS.__getitem__,
            placeholder="選んでください",
        )
        gold = st.text_input("正しい条項（空白で区切る）", placeholder="例: sg:18.1 vpn:8.4")
        if not st.form_submit_button("評価候補を作る"):
            return
    row = candidate(entry) | {"status": status or "", "gold": _groups(gold or "")}
    components.copy_block("評価候補をコピー", jsonl([row]).strip(), f"made-{entry.id}")


def _groups(words: str) -> list[list[str]]:
    """Addresses as gold groups; each must be a clause that is held (raises YakkanError)."""
    held = state.library()
    return [[str(held.clause(word).address)] for word in words.split()]


def _mark_bad(journal: Journal, entry: Entry) -> None:
    with st.form(f"bad-{entry.id}", border=False):
        reason = st.text_input("この回答のよくない点", max_chars=1_000)
        if st.form_submit_button("悪い回答として印を付ける"):
            journal.feedback(entry.id, False, reason or "")
            st.rerun()
