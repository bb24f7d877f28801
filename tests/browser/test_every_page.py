"""Every page there is, as somebody it is for: it opens, fits the screen, and shuts nobody out.

A new page is looked at without anybody remembering it; what it names is made in `tests/portal/objects.py`.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.browser.conftest import Scheme, Watch, visitor, watched
from tests.browser.serving import points_served, served
from tests.browser.viewing import DESKTOP, PHONE, grave_faults
from tests.law.conftest import Objects, laid_out
from tests.law.test_tenancy import OPENED_ELSEWHERE, name_of, pages, tenant_of
from tests.law.visits import address_of
from tests.portal import database
from tests.portal.market import TwoTenants
from utfall.portal.access import Kind, Role, all_pages

SESSION: Final[str] = settings.SESSION_COOKIE_NAME
WHOLE: Final = b"<!doctype html>"
"""How a page begins; what does not is a part of one, a picture or a file."""
OPEN: Final = ("/", "/account/login/", "/sign-up/?as=publisher", "/account/password/reset/")
"""Pages for whoever is not signed in."""

TURNS: Final = 4
"""Tests that share the pages between them, so that none of them alone is the longest."""
PATIENCE_MS: Final = 60_000
STALE: Final = "status of 401"
"""What the page before still asked for when its visitor was gone; whoever is signed in is never told this."""
WIDEST: Final = """async width => {
  const drawn = new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const late = new Promise((done) => setTimeout(done, 500));
  await Promise.race([Promise.all([document.fonts.ready, drawn]), late]);
  if (document.documentElement.scrollWidth <= width) return '';
  const beyond = [...document.querySelectorAll('body *')].filter(
    (one) => one.getBoundingClientRect().right > width + 1 && getComputedStyle(one).position !== 'fixed');
  if (!beyond.length && document.documentElement.scrollWidth <= width + 1) return '';
  const named = (one) => [one.tagName.toLowerCase(), ...one.classList].join('.');
  return document.documentElement.scrollWidth + ' pixels, by ' + beyond.slice(0, 5).map(named).join(', ');
}"""
"""What makes a page wider than the screen, once it is drawn with its own letters; nothing where it fits, or
lacks less than a whole pixel.
"""


class Visit(NamedTuple):
    """A page to look at, and whose session opens it."""

    name: str
    address: str
    session: str


@pytest.fixture
def site() -> Iterator[tuple[str, TwoTenants, Objects]]:
    """Where the portal answers, its market, and everything in it."""
    market, objects = laid_out()
    with served() as address:
        yield address, market, objects
    database.leave()


@pytest.fixture
def viewport(turn: int) -> ViewportSize:
    """A desktop and a phone by turns."""
    return PHONE if turn % 2 else DESKTOP


@pytest.fixture
def context(chromium: Browser, viewport: ViewportSize, scheme: Scheme) -> Iterator[BrowserContext]:
    """A visitor to whom every creative is a point, for no edge runs here that would show any."""
    with points_served() as proxy, visitor(chromium, viewport, scheme, proxy=proxy) as context:
        yield context


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(TURNS))
def test_every_page_opens_fits_and_is_accessible(
    context: BrowserContext, site: tuple[str, TwoTenants, Objects], viewport: ViewportSize, turn: int
) -> None:
    """Half of the pages open on a desktop and half on a phone; then each is put on the other screen."""
    address, market, objects = site
    other = DESKTOP if viewport is PHONE else PHONE
    found: list[str] = []
    context.set_default_timeout(PATIENCE_MS)
    visits = list(visits_of(market, objects, turn))
    assert len(visits) > len(all_pages()) // (3 * TURNS), "most of what is registered is a page"
    watch = Watch()
    with watched(context, watch) as page:
        for number, visit in enumerate(visits):
            scheme: Scheme = "dark" if number % 2 else "light"
            page.goto("about:blank")  # what the last page still asks for, it asks while signed in
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.set_viewport_size(viewport)
            faults = [*looked_at(page, address, visit), *beyond(page, viewport), *grave_faults(page)]
            page.set_viewport_size(other)
            faults += beyond(page, other)
            faults += [trouble for trouble in watch.troubles if STALE not in trouble]
            watch.troubles.clear()
            found += [f"{visit.name} ({scheme}): {fault}" for fault in faults]
    assert not found, "\n".join(found)


def visits_of(market: TwoTenants, objects: Objects, turn: int) -> Iterator[Visit]:
    """A turn's share of the pages, by the first (or last) kind of organisation each opens for, as its owner.

    All turns count the same pages, so that their shares make up the whole.
    """
    clients = {kind: signed_in(market, kind) for kind in Kind}
    for path in OPEN[turn::TURNS]:
        yield Visit(path, path, "")
    readable = [page for page in pages(objects) if "GET" in page.methods]
    for page in readable[turn::TURNS]:
        if name_of(page) in OPENED_ELSEWHERE:
            continue
        for kind in sorted(page.kinds, reverse=bool(turn % 2)):
            path = f"/{tenant_of(market, kind).slug}/{address_of(page.route, objects.own)}"
            if opens(clients[kind], path):
                yield Visit(f"{name_of(page)} as {kind}", path, clients[kind].cookies[SESSION].value)
                break


def signed_in(market: TwoTenants, kind: Kind) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(get_user_model().objects.get(pk=tenant_of(market, kind).users[Role.OWNER]))
    return client


def opens(client: Client, path: str) -> bool:
    """Whether there is a whole page. That each opens for somebody is law of its own (test_tenancy.py)."""
    answer = client.get(path)
    return not answer.streaming and answer.status_code == 200 and WHOLE in answer.content[:200].lower()


def looked_at(page: Page, site: str, visit: Visit) -> Iterator[str]:
    """Opens a page; tells what it answers where that is no page."""
    page.context.clear_cookies()
    if visit.session:
        page.context.add_cookies([{"name": SESSION, "value": visit.session, "url": site}])
    answer = page.goto(f"{site}{visit.address}")
    if answer is None or answer.status != 200:
        yield f"answers {answer.status if answer else 'nothing'}"


def beyond(page: Page, screen: ViewportSize) -> Iterator[str]:
    """What of a page lies beyond the edge of a screen."""
    wide = page.evaluate(WIDEST, screen["width"])
    if wide:
        yield f"wider than the screen: {wide}"
