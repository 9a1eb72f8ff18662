"""Sign-in with a real OpenID Connect provider, and what each role reaches by menu, address and download link."""

import contextlib
import json
import socket
import subprocess
import sys
import time

import pytest

LOADED = 120_000
PEOPLE = {
    "viewer": "intern@studio.example",
    "producer": "lin@studio.example",
    "admin": "ada@studio.example",
    "nobody": "guest@elsewhere.example",
    "unverified": "mallory@studio.example",
}
PRODUCERS_PAGES = ("bid", "cost-report", "import", "rates")


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """An identity provider of its own process that knows five people; it asks nobody for a password."""
    port = free_port()
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for sub, address in PEOPLE.items():
        claims = {"sub": sub, "email": address, "email_verified": sub != "unverified"}
        command += ["--user-claims", json.dumps(claims)]
    with (tmp_path_factory.mktemp("provider") / "log").open("wb") as log:
        child = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        try:
            for _ in range(200):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                    break
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            child.terminate()
            child.wait(10)


@pytest.fixture(scope="module")
def address(provider, catalog, serve, tmp_path_factory):
    port = free_port()
    access = tmp_path_factory.mktemp("access") / "access.toml"
    access.write_text(f"""
[sign_in]
client_id = "shotledger"
client_secret = "swordfish"
server_metadata_url = "{provider}/.well-known/openid-configuration"
redirect_uri = "http://127.0.0.1:{port}/oauth2callback"
cookie_secret = "0123456789abcdef0123456789abcdef"

[roles]
admin = ["ada@studio.example"]
producer = ["lin@studio.example"]
viewer = ["*@studio.example"]
""")
    return serve(catalog, "--access", str(access), port=port)


@pytest.fixture(scope="module")
def signed_in(chromium, address):
    """Signs somebody in, in a browser of their own, and gives that browser's first window."""
    browsers = {}

    def enter(who: str):
        if who not in browsers:
            browsers[who] = chromium.new_context(viewport={"width": 1440, "height": 1000})
            page = browsers[who].new_page()
            page.goto(address)
            page.get_by_role("button", name="Sign in").click(timeout=LOADED)
            page.get_by_role("button", name=who, exact=True).click(timeout=LOADED)
            page.wait_for_url(f"{address}/**", timeout=LOADED)
            return page
        return browsers[who].pages[0]

    yield enter
    for browser in browsers.values():
        browser.close()


def refusal(page, path: str) -> str:
    page.goto(path)
    page.wait_for_selector(".sl-problems", timeout=LOADED)
    return page.locator(".sl-problems").inner_text()


def test_a_stranger_gets_a_sign_in_and_nothing_else(open_page, address):
    for path in ("", "bid?bid=B1&version=1", "shots?shot=anything", "methods"):
        page = open_page(f"{address}/{path}")
        page.get_by_role("button", name="Sign in").wait_for(timeout=LOADED)
        assert page.locator("[data-testid=stTopNavLink], .sl-card, .sl-table").count() == 0
        page.close()


@pytest.mark.parametrize("who", ["nobody", "unverified"])
def test_signed_in_without_a_role_sees_nothing(signed_in, who):
    page = signed_in(who)
    page.get_by_text("has no role here").wait_for(timeout=LOADED)
    assert page.locator(".sl-card, .sl-table").count() == 0


def test_a_viewer_reaches_the_executives_pages(signed_in, address):
    page = signed_in("viewer")
    page.goto(address)
    page.get_by_text(f"Signed in as {PEOPLE['viewer']}, viewer").wait_for(timeout=LOADED)
    page.wait_for_selector("h1", timeout=LOADED)
    assert page.locator(".sl-problems").count() == 0


@pytest.mark.parametrize("path", PRODUCERS_PAGES)
def test_a_viewer_is_refused_producers_pages_by_address_and_by_query(signed_in, address, path):
    for query in ("", "?bid=NEWSHOW&version=1&production=ALL&shot=anything"):
        said = refusal(signed_in("viewer"), f"{address}/{path}{query}")
        assert "for the role producer" in said
        assert signed_in("viewer").locator(".sl-card, .sl-table, [data-testid=stDataFrame]").count() == 0


def test_a_viewer_cannot_fetch_what_a_producer_was_offered(signed_in, address, open_page):
    producer, viewer = signed_in("producer"), signed_in("viewer")
    producer.goto(f"{address}/rates")
    producer.wait_for_selector('a[href^="/files/"]', timeout=LOADED)
    links = producer.locator('a[href^="/files/"]').evaluate_all("links => links.map(link => link.href)")
    assert links
    for link in links:
        assert producer.request.get(link).status == 200
        assert viewer.request.get(link).status == 404
    stranger = open_page(address)
    assert {stranger.request.get(link).status for link in links} == {404}


def test_a_forged_cookie_fetches_nothing(signed_in, address, chromium):
    producer = signed_in("producer")
    producer.goto(f"{address}/rates")
    producer.wait_for_selector('a[href^="/files/"]', timeout=LOADED)
    link = producer.locator('a[href^="/files/"]').first.evaluate("link => link.href")
    cookies = producer.context.cookies(address)
    forged = [
        {**cookie, "value": cookie["value"][:-4] + "AAAA"}
        for cookie in cookies
        if cookie["name"].startswith("_streamlit_user")
    ]
    assert forged
    with chromium.new_context() as other:
        other.add_cookies(forged)
        assert other.request.get(link).status == 404
        other.clear_cookies()
        other.add_cookies(cookies)
        assert other.request.get(link).status == 200


def test_a_viewer_sees_shots_and_none_of_their_money(signed_in, address):
    page = signed_in("viewer")
    page.goto(f"{address}/shots?sort=cost&order=down")
    page.wait_for_selector(".shots-table tbody tr", timeout=LOADED)
    assert page.locator("th button[data-ask=cost]").count() == 0
    assert page.locator("th[aria-sort]").inner_text().startswith("Shot")
    link = page.locator(".st-key-shots_foot a").get_attribute("href")
    everything = page.request.get(f"{address}{link}").text()
    assert "people_hours" in everything
    assert "cost" not in everything
    page.locator(".shots-table tbody th a").first.click()
    page.wait_for_selector(".sl-limits", timeout=LOADED)
    assert page.locator("[data-card=people_hours]").count() == 1
    assert page.locator("[data-card=cost], .shots-steps").count() == 0
    assert "is for producers" in page.locator(".stMain").inner_text()
