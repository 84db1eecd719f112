"""計算, 契約タイムライン, 条文, 条項比較 in a real browser: with the keyboard, at 390 px, axe-core."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.slow
LATE = (
    "calculate?rule=late_charge&agreement=msp&principal=55000"
    "&due_date=2026-12-28&paid_date=2027-01-31"
)
PAGES = {
    "計算の一覧": "calculate",
    "計算": LATE,
    "タイムライン": "timeline?agreement=msp&start_date=2027-03-10",
    "条文": "clauses?address=vpn:8.4",
    "条項比較": "compare",
}
_ENGLISH = re.compile(r"[A-Za-z]{4,}")
#: words of the agreements themselves, names, and formats
_OWN = {"Secure", "Gateway", "Excel", "Word", "HTML", "https", "http"}


def opened(page, base, path):
    """Open a page at its address and wait until it stands."""
    page.goto(f"{base}/{path}")
    page.locator("h1").wait_for()
    page.locator(".yk-foot").wait_for()
    page.wait_for_timeout(600)
    return page


def test_a_calculation_is_done_with_the_keyboard_alone(staff_app, page):
    opened(page, staff_app, "calculate?rule=late_charge&agreement=sg")
    page.get_by_label("未払いの元本（円）").focus()
    page.keyboard.type("55000")
    page.keyboard.press("Tab")
    page.wait_for_timeout(700)
    for day in ("20261228", "20270131"):
        _to_year(page)
        page.keyboard.type(day, delay=40)
        page.keyboard.press("Tab")
        page.wait_for_timeout(700)
    page.keyboard.press("Tab")  # a date is taken when it is left
    page.locator(".yk-total", has_text="721円").wait_for()


def _to_year(page, most=6):
    """Press Tab until a year has the focus."""
    for _ in range(most):
        label = page.evaluate("document.activeElement.getAttribute('aria-label') || ''")
        if label.endswith("の年"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("no date was reached")


def test_a_changed_amount_changes_the_result(staff_app, page):
    opened(page, staff_app, LATE)
    page.locator(".yk-total", has_text="721円").wait_for()
    page.get_by_label("未払いの元本（円）").fill("110000")
    page.keyboard.press("Enter")
    page.locator(".yk-total", has_text="1,442円").wait_for()


def test_what_if_shows_the_jump_at_the_end_of_the_grace(staff_app, page):
    opened(page, staff_app, LATE)
    page.get_by_role("radio", name="条件を変える").click()
    page.locator("canvas, svg.marks").first.wait_for()
    page.get_by_text("2027年1月7日は0円").wait_for()


def test_the_clause_of_an_address_is_in_view_and_a_reference_leads_to_its_article(staff_app, page):
    opened(page, staff_app, "clauses?address=vpn:8.4")
    page.wait_for_function(
        "(() => { const r = document.querySelector('.yk-here').getBoundingClientRect();"
        "return r.top >= 0 && r.bottom <= innerHeight; })()"
    )
    page.locator("details[open] a.yk-ref", has_text="第4条").first.click()
    page.wait_for_function("document.querySelector('#c-vpn-4').closest('details').open")
    assert page.url.endswith("#c-vpn-4")


def test_a_clause_that_was_found_opens_with_enter(staff_app, page):
    opened(page, staff_app, "clauses")
    page.get_by_label("条文を探す（言葉を空白で区切る）").fill("違約金")
    page.keyboard.press("Enter")
    hit = page.get_by_role("button", name="第17条第2項")
    hit.wait_for()
    hit.focus()
    page.keyboard.press("Enter")
    page.locator("#c-vpn-17-2.yk-here").wait_for()


def test_a_topic_is_compared_side_by_side(staff_app, page):
    opened(page, staff_app, "compare")
    page.get_by_label("論点を探す（ふだんの言葉で）").fill("遅延損害金")
    page.keyboard.press("Enter")
    page.locator(".yk-side").nth(2).wait_for()
    assert page.locator(".yk-side mark").count()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_nothing_is_clipped_and_axe_finds_nothing_serious(staff_app, browser, path):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-core is not installed"
    )
    for width, scheme in ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")):
        context = browser.new_context(
            locale="ja-JP", color_scheme=scheme, viewport={"width": width, "height": 900}
        )
        page = opened(context.new_page(), staff_app, path)
        wide = page.evaluate(
            "[...document.querySelectorAll('main, .yk, main button, main p')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 2 && getComputedStyle(e).display != 'inline'"
            " && getComputedStyle(e).overflowX == 'visible').map(e => e.outerHTML.slice(0, 120))"
        )
        assert wide == [], (width, scheme)
        found = axe.Axe().run(page).response["violations"]
        serious = [
            (v["id"], [n["html"][:160] for n in v["nodes"]][:3])
            for v in found
            if v["impact"] in ("serious", "critical")
        ]
        assert serious == [], (width, scheme)
        context.close()


@pytest.mark.parametrize("path", [PAGES["計算の一覧"], PAGES["計算"], PAGES["タイムライン"]])
def test_no_english_and_no_markdown_is_left_over(staff_app, page, path):
    opened(page, staff_app, path)
    seen = page.locator("body").inner_text()
    icons = page.locator("[data-testid=stIconMaterial]").all_inner_texts()
    drawn = {part for icon in icons for part in _ENGLISH.findall(icon)}
    assert set(_ENGLISH.findall(seen)) - drawn - _OWN == set()
    assert "**" not in seen
    assert ":material" not in seen


@pytest.mark.parametrize(
    ("name", "size", "said"),
    [
        ("a.csv", 6_000_000, "ファイルが大きすぎます（6,000,000バイト）。"),
        ("a.csv", 22_000_000, "ファイルが大きすぎます。5MBまでのファイルを選んでください。"),
        ("a.png", 10, "この種類のファイルは読めません。"),
    ],
    ids=["beyond our bound", "beyond Streamlit's", "of another kind"],
)
def test_a_file_that_cannot_be_taken_is_refused_in_japanese(
    staff_app, page, tmp_path, name, size, said
):
    (tmp_path / name).write_bytes(b"1" * size)
    opened(page, staff_app, "calculate?rule=late_charge&agreement=sg")
    page.get_by_text("まとめて計算").first.click()
    page.locator("input[type=file]").first.set_input_files(tmp_path / name)
    page.get_by_text(said).first.wait_for()
