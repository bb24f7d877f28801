"""What the tests of pages look with sees what it should, under a policy as strict as the portal's."""

import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Scheme, Watch
from tests.browser.viewing import SIZES, axe, shot

GOOD = "<h1>Hello</h1><p>Nothing is wrong.</p>"
SCREEN = '<meta name="viewport" content="width=device-width, initial-scale=1">'
PAGES = {
    "/": GOOD,
    "/unlabelled": f'{GOOD}<input type="text">',
    "/inline": f"{GOOD}<script>document.title = 'refused by the policy'</script>",
    "/broken": f'{GOOD}<script src="/broken.js"></script>',
    "/broken.js": "throw new Error('broken')",
    "/picture": f'{GOOD}<img src="/missing.png" alt="missing">',
}


class Site(BaseHTTPRequestHandler):
    """A few pages, each with one fault."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path, "")
        if not self.path.endswith(".js"):
            body = f'<!doctype html><html lang="en"><title>A page</title>{SCREEN}<main>{body}</main></html>'
        self.send_response(200 if self.path in PAGES or self.path == "/favicon.ico" else 404)
        self.send_header("Content-Type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("Content-Security-Policy", "default-src 'self'")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("viewport", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_is_seen_as_the_test_asks(
    page: Page, site: str, viewport: ViewportSize, scheme: Scheme
) -> None:
    page.goto(site)
    expect(page.get_by_role("heading", name="Hello")).to_be_visible()
    assert page.evaluate("window.innerWidth") == viewport["width"]
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
    assert shot(page, f"looking-{viewport['width']}-{scheme}").stat().st_size


def test_a_page_without_faults_passes_the_audit(page: Page, phone: Page, site: str) -> None:
    for screen in (page, phone):
        screen.goto(site)
        axe(screen)


def test_a_field_without_a_label_does_not(page: Page, site: str) -> None:
    page.goto(f"{site}/unlabelled")
    with pytest.raises(AssertionError, match="label"):
        axe(page)


@pytest.mark.parametrize(
    ("path", "trouble"),
    [
        ("/inline", "Content Security Policy"),
        ("/broken", "^script: broken"),
        ("/picture", "404.*missing.png"),
        ("/nowhere", "404.*nowhere"),
    ],
)
def test_what_goes_wrong_behind_the_users_back_is_told(
    page: Page, site: str, watch: Watch, path: str, trouble: str
) -> None:
    page.goto(f"{site}{path}")
    assert [each for each in watch.unexpected() if re.search(trouble, each)]
    watch.allow(trouble)
    assert watch.unexpected() == []
