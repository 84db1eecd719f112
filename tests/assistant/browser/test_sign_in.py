"""Sign-in with a real local OIDC provider: each audience gets its pages and no others."""

from __future__ import annotations

import pytest
from browsing import ask, visit

pytestmark = pytest.mark.slow
PEOPLE = {
    "customer": "customer",
    "agent": "agent",
    "compliance": ["staff", "compliance"],
    "odd": "root",
}


@pytest.fixture
def provider():
    mock = pytest.importorskip("oidc_provider_mock", reason="the OIDC provider is not installed")
    people = [mock.User(sub=name, claims={"role": role}) for name, role in PEOPLE.items()]
    with mock.run_server_in_thread(user_claims=people) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def app(serve, provider, tmp_path):
    """The app where the claim `role` decides; the setting says compliance and must not count."""
    secrets = tmp_path / "secrets.toml"
    with serve(
        f"--secrets.files={secrets}", YAKKAN_AUDIENCE="compliance", YAKKAN_AUDIENCE_CLAIM="role"
    ) as url:
        secrets.write_text(
            f'[auth]\nredirect_uri = "{url}/oauth2callback"\ncookie_secret = "{"x" * 40}"\n'
            'client_id = "yakkan"\nclient_secret = "secret"\n'
            f'server_metadata_url = "{provider}/.well-known/openid-configuration"\n'
        )
        yield url


def sign_in(page, app, name):
    visit(page, app)
    page.get_by_role("button", name="担当者のサインイン").click()
    page.get_by_role("button", name=name, exact=True).click()
    page.get_by_role("button", name="サインアウト").wait_for()
    return page


def refused(page, app):
    page.goto(f"{app}/records?audience=compliance&role=compliance")
    page.get_by_role("alert").wait_for()
    assert "担当者専用です" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("heading", name="記録").count() == 0
    return page.get_by_role("link", name="記録").count() == 0


def test_nobody_is_staff_before_signing_in(app, page):
    assert refused(page, app)


@pytest.mark.parametrize("name", ["customer", "odd"])
def test_a_customer_or_an_unknown_claim_is_refused_staff_pages(app, page, name):
    assert refused(sign_in(page, app, name), app)
    assert "お客様向けの画面" in page.locator("body").inner_text()


@pytest.mark.parametrize(
    ("name", "label"), [("agent", "サポート担当"), ("compliance", "コンプライアンス担当")]
)
def test_staff_open_staff_pages_until_they_sign_out(app, page, name, label):
    sign_in(page, app, name)
    page.get_by_text(f"{label}向けの画面").wait_for()
    page.get_by_role("link", name="記録").click()
    page.get_by_role("heading", name="記録").wait_for()
    page.get_by_role("button", name="サインアウト").click()
    page.wait_for_url("**/end_session*")  # the provider asks whether to sign out there as well
    visit(page, app).get_by_role("button", name="担当者のサインイン").wait_for()
    assert refused(page, app)


def test_a_signed_in_customer_does_not_see_what_another_asked(app, browser):
    first, second = (browser.new_context(locale="ja-JP").new_page() for _ in range(2))
    ask(sign_in(first, app, "customer"), "秘密の解約の質問です")
    sign_in(second, app, "odd")
    assert "秘密" not in second.locator("body").inner_text()
    for page in (first, second):
        page.context.close()
