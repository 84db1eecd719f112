"""What a person does in front of the app, for browser tests."""

from __future__ import annotations

BOX = "規約について質問する"


def visit(page, url):
    """Open the app and wait until it can be used."""
    page.goto(url)
    page.get_by_placeholder(BOX).wait_for()
    settled(page)
    return page


def ask(page, question):
    """Type a question, press Enter, wait until its answer stands complete."""
    before = page.locator(".yk-ask").count()
    box = page.get_by_placeholder(BOX)
    box.fill(question)
    box.press("Enter")
    page.locator(".yk-ask").nth(before).wait_for()
    page.locator(".yk-text").nth(before).wait_for()
    page.get_by_role("button", name="役に立った", exact=True).last.wait_for()
    settled(page)
    return page


def settled(page):
    """Wait until the script has run to its end; what is pressed before that may be lost."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
