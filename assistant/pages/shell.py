"""The frame around every page: the table of pages, navigation, sign-in, the foot.

A page is one row of `PAGES` and one module with a `render()`. The row says who may open it;
the frame asks before the page is drawn, and a staff page asks once more itself.
"""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from assistant import access
from assistant.access import EVERYBODY, STAFF
from assistant.pages import components, state, style
from assistant.settings import Audience
from corpus.errors import YakkanError

TITLE = "約款アシスタント"
_NO_SIGN_IN = "yakkan_no_sign_in"
FAILED = (
    "うまく表示できませんでした。ページを読み込み直してください。"
    "繰り返すときは、画面下の窓口へお知らせください。"
)


@dataclass(frozen=True, slots=True)
class PageRow:
    """One page: module in `assistant.pages`, Japanese title, address, who may open it."""

    module: str
    title: str
    path: str
    audiences: frozenset[Audience]
    icon: str


#: every page, in the order of the navigation; the first is where the app opens
PAGES: tuple[PageRow, ...] = (
    PageRow("chat", "質問", "ask", EVERYBODY, ":material/chat:"),
    PageRow("calculate", "計算", "calculate", EVERYBODY, ":material/calculate:"),
    PageRow("timeline", "契約タイムライン", "timeline", EVERYBODY, ":material/event:"),
    PageRow("reader", "条文", "clauses", EVERYBODY, ":material/menu_book:"),
    PageRow("compare", "条項比較", "compare", STAFF, ":material/compare_arrows:"),
    PageRow("records", "記録", "records", STAFF, ":material/history:"),
)


def run() -> None:
    """Draw the app: one run of the script."""
    st.set_page_config(page_title=TITLE, page_icon="📖", layout="centered")
    style.apply()
    try:
        audience = state.audience()
        pages = {row.path: _page(row, audience) for row in PAGES}
    except YakkanError as error:
        components.problem(str(error))
        return
    state.keep_pages(pages)
    current = st.navigation(list(pages.values()))
    _sidebar(audience)
    current.run()
    components.foot(state.settings().contact)
    state.warm()  # after the page is painted, so that the first answer is quick


def _page(row: PageRow, audience: Audience) -> st.Page:
    """The page of `row`; one that `audience` may not open is not listed and only refuses."""
    shown = access.may_open(audience, row.audiences)
    return st.Page(
        _guarded(row),
        title=row.title,
        icon=row.icon,
        url_path=row.path,
        default=row is PAGES[0],
        visibility="visible" if shown else "hidden",
    )


def _guarded(row: PageRow) -> Callable[[], None]:
    """A page function that checks the audience anew and turns errors into sentences."""

    def draw() -> None:
        try:
            access.require(state.audience(), row.audiences)
            importlib.import_module(f"assistant.pages.{row.module}").render()
        except YakkanError as error:
            components.problem(str(error))
        except Exception:  # a reader gets a sentence, the operator the trace
            logging.getLogger("yakkan").exception("page %s failed", row.path)
            components.problem(FAILED)

    return draw


def _sidebar(audience: Audience) -> None:
    with st.sidebar:
        components.sidebar_title(TITLE, access.AUDIENCE_LABELS[audience])
        if not state.settings().audience_claim:
            return
        if state.signed_in():
            st.button("サインアウト", on_click=st.logout, width="stretch")
        else:
            st.button("担当者のサインイン", on_click=_sign_in, width="stretch")
        if _NO_SIGN_IN in st.session_state:
            components.problem(st.session_state.pop(_NO_SIGN_IN))


def _sign_in() -> None:
    """Go to the identity provider; an operator's mistake in its settings is a sentence."""
    try:
        st.login()
    except Exception as error:
        state.log_failure("sign-in", error)
        st.session_state[_NO_SIGN_IN] = (
            "サインインの設定がありません。管理者は .streamlit/secrets.toml の [auth] を確認してください。"
            "ご質問はサインインせずに続けられます。"
        )
