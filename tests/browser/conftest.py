"""Debian's Chromium, driven through pages as a person would. What goes wrong on a page fails its test.

    def test_the_first_page(page: Page, watch: Watch, site: str) -> None:
        page.goto(site)
        axe(page)

A test chooses its screen by parametrising `viewport`, and its theme by `scheme`. What it provokes on
purpose it names: `watch.allow("404")`.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Literal

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.browser.viewing import DESKTOP, PHONE
from tools.look import launch

Scheme = Literal["light", "dark"]
PATIENCE_MS = 30_000
"""A page that takes longer is broken; nothing is measured by it."""
ECHOES: Final = ("htmx:afterRequest,", "htmx:sendError,", "htmx:sendAbort,")
"""What htmx says of a request that got no answer; the request itself is judged by `Watch.failed`."""
expect.set_options(timeout=PATIENCE_MS)


class Watch:
    """Everything that goes wrong on a page behind the user's back."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self.allowed: list[re.Pattern[str]] = []

    def allow(self, pattern: str) -> None:
        """Expect trouble whose description matches, such as "404" or "status 422"."""
        self.allowed.append(re.compile(pattern))

    def follow(self, page: Page) -> None:
        page.on("console", self.heard)
        page.on("pageerror", lambda error: self.note("script", str(error)))
        page.on("requestfailed", lambda request: self.failed(page, request))

    def heard(self, message: ConsoleMessage) -> None:
        """Note what the browser calls an error: a refused script, an answer of 400 and above."""
        if message.type == "error" and not message.text.startswith(ECHOES):
            self.note("console", f"{message.text} ({message.location['url']})")

    def failed(self, page: Page, request: Request) -> None:
        """Note a request that got no answer. Those that a new page or a download cut short are no trouble."""
        if origin(request.url) == origin(page.url) and request.failure != "net::ERR_ABORTED":
            self.note("request", f"{request.method} {request.url}: {request.failure}")

    def note(self, kind: str, words: str) -> None:
        self.troubles.append(f"{kind}: {words}")

    def unexpected(self) -> list[str]:
        return [each for each in self.troubles if not any(pattern.search(each) for pattern in self.allowed)]


def origin(address: str) -> str:
    return "/".join(address.split("/", 3)[:3])


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module: while it runs, so does an event loop, which other tests must not meet.

    Django takes that loop for a reason to refuse its database in tests that seed it from here.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def viewport() -> ViewportSize:
    return DESKTOP


@pytest.fixture
def scheme() -> Scheme:
    return "light"


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def context(chromium: Browser, viewport: ViewportSize, scheme: Scheme) -> Iterator[BrowserContext]:
    """A visitor of their own: no cookies, and the screen that the test asks for."""
    with visitor(chromium, viewport, scheme) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """A page on a desktop, or on the screen that `viewport` says."""
    with watched(context, watch) as page:
        yield page


@pytest.fixture
def phone(chromium: Browser, scheme: Scheme, watch: Watch) -> Iterator[Page]:
    """A page on a phone, beside `page`: another visitor."""
    with visitor(chromium, PHONE, scheme) as context, watched(context, watch) as page:
        yield page


@contextmanager
def visitor(
    browser: Browser, viewport: ViewportSize, scheme: Scheme, locale: str = "en-GB", proxy: str = ""
) -> Iterator[BrowserContext]:
    touches = viewport["width"] <= PHONE["width"]
    context = browser.new_context(
        viewport=viewport,
        color_scheme=scheme,
        has_touch=touches,
        is_mobile=touches,
        reduced_motion="reduce",
        locale=locale,
        proxy={"server": proxy, "bypass": "localhost"} if proxy else None,
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@contextmanager
def watched(context: BrowserContext, watch: Watch) -> Iterator[Page]:
    """A page whose troubles, and those of the windows it opens, fail the test once it is done."""
    context.on("page", watch.follow)
    page = context.new_page()
    yield page
    # Closing waits for the browser, so that what it had to tell by now is heard.
    page.close()
    unexpected = watch.unexpected()
    assert unexpected == []
