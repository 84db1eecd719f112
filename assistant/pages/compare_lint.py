"""点検: defects of an agreement or of an uploaded file, as a table and a CSV."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from assistant.pages import blocks, bulk_table, compare_markup, compare_versions, markup, state
from corpus.lint import checks, lint

if TYPE_CHECKING:
    from corpus.library import Version
    from corpus.lint import LintFinding

SEVERITIES = {"error": "誤り", "warning": "注意", "info": "参考"}
_FILE = ""


def draw() -> None:
    """Choose what is checked and what is shown, then the findings."""
    library = state.library()
    chosen = st.pills(
        "点検する規約",
        (*library.ids, _FILE),
        format_func=lambda id: library.agreement(id).short if id else "ファイルを選ぶ",
        default=library.ids[0],
        required=True,
        key="lint-agreement",
    )
    version = (
        library.version(str(chosen))
        if chosen
        else compare_versions.from_file("規約のファイル（5MB まで）", "text", "lint-file")
    )
    if version is None:
        blocks.muted("ファイルを選ぶと点検します。ファイルは保存しません。")
        return
    shown = st.multiselect(
        "程度",
        tuple(SEVERITIES),
        default=list(SEVERITIES),
        format_func=SEVERITIES.__getitem__,
        placeholder="程度を選んでください",
    )
    found = [finding for finding in lint(version) if finding.severity in shown]
    _show(version, found, linked=bool(chosen))


def _show(version: Version, found: list[LintFinding], *, linked: bool) -> None:
    counts = "、".join(
        f"{name} {sum(f.severity == key for f in found)}件" for key, name in SEVERITIES.items()
    )
    blocks.muted(f"{len(found)}件（{counts}）")
    if not found:
        st.html('<div class="yk">指摘はありません。</div>')
        return
    titles = {check.name: check.title for check in checks()}
    st.download_button(
        "CSV で書き出す",
        as_csv(found, titles),
        file_name=f"yakkan-lint-{version.agreement.id}.csv",
        mime="text/csv",
        on_click="ignore",
    )
    st.html(table(found, titles, linked=linked))


def as_csv(found: list[LintFinding], titles: dict[str, str]) -> bytes:
    """The findings as a CSV file."""
    rows = [
        (f.clause, SEVERITIES[f.severity], titles.get(f.check, f.check), f.message, f.quote)
        for f in found
    ]
    return bulk_table.as_csv([("条項", "程度", "検査", "指摘", "文言"), *rows])


def table(found: list[LintFinding], titles: dict[str, str], *, linked: bool) -> str:
    """The findings as a table; clauses of a file lead nowhere."""
    head = "".join(f'<th scope="col">{n}</th>' for n in ("条項", "程度", "検査", "指摘と文言"))
    body = "".join(_row(finding, titles, linked=linked) for finding in found)
    return markup.block(
        f'<div class="yk-scroll"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(finding: LintFinding, titles: dict[str, str], *, linked: bool) -> str:
    at = compare_markup.link(finding.clause) if linked else escape(finding.clause)
    return (
        f"<tr><td>{at}</td><td>{SEVERITIES[finding.severity]}</td>"
        f"<td>{escape(titles.get(finding.check, finding.check))}</td>"
        f'<td>{escape(finding.message)}<div class="yk-muted">『{escape(finding.quote)}』</div></td></tr>'
    )
