"""Click a link, buy in the demo's shop, and see both in the live debugger with verdict and receipt.

Everything is real: the edge, a settler that settles as it comes, the portal, the shop, and two browsers.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import Scheme, Watch
from tests.browser.serving import served
from tests.browser.viewing import DESKTOP, PHONE, axe, shot
from tests.portal import database
from tests.portal.market import Side, TwoTenants
from tests.portal.tracking.settled import market_of
from tests.ports import free_port
from tests.scenarios.running_edge import Edge, running
from utfall.demo import ShopConfig, serve
from utfall.events import Conversion
from utfall.portal.access import Role
from utfall.portal.people.models import User
from utfall.portal.tracking.snippets import Place, consent_snippets, snippets
from utfall.terms import Market
from utfall.workers.settle import SettlerConfig, run_settler
from utfall.workers.signing import verify_receipt

settings: Any = django_settings


@dataclass
class Town:
    """A portal, an edge with a settler behind it, a shop, and the two sides of the market."""

    portal: str
    shop: str
    edge: Edge
    market: TwoTenants

    @property
    def side(self) -> Side:
        return self.market.a

    def link(self) -> str:
        """The tracking link of the publisher that leads to the shop."""
        return f"http://127.0.0.1:{self.edge.config.port}/c/shop"

    def sign_in(self, page: Page, user: int) -> None:
        client = Client()
        client.force_login(User.objects.get(pk=user))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": self.portal}])


def terms_of(side: Side, shop: str) -> Market:
    """The side's terms, with one link that leads to the shop."""
    market = market_of(side)
    (link,) = market.links
    leading = msgspec.structs.replace(link, key="shop", destination=f"{shop}/")
    return msgspec.structs.replace(market, links=(leading,))


@contextmanager
def settling(edge: Edge, book: Path) -> Iterator[None]:
    """A settler that settles as it comes."""
    stop = threading.Event()
    config = SettlerConfig(
        journal_dir=Path(edge.config.journal_dir),
        book_path=book,
        snapshots_dir=Path(edge.config.snapshots_dir),
        keys_dir=Path(edge.config.keys_dir),
        interval_ms=50,
    )
    thread = threading.Thread(target=run_settler, args=(config, stop), daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join()


@contextmanager
def selling(config: ShopConfig) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=serve, args=(config, stop), daemon=True)
    thread.start()
    yield
    stop.set()
    thread.join()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    market = database.fresh_market()
    edge_port, shop_port = free_port(), free_port()
    shop = f"http://localhost:{shop_port}"
    before = settings.SITE
    book = tmp_path / "book.sqlite3"
    config = ShopConfig(
        market.a.advertiser.number, f"http://127.0.0.1:{edge_port}", language="en", port=shop_port
    )
    with running(tmp_path, edge_port, market=terms_of(market.a, shop)) as edge:
        settings.SITE = msgspec.structs.replace(
            before,
            journal_dir=edge.config.journal_dir,
            book_path=str(book),
            public_url=f"http://127.0.0.1:{edge_port}",
            keys_dir=edge.config.keys_dir,
        )
        with settling(edge, book), selling(config), served() as portal:
            yield Town(portal, shop, edge, market)
    if str(book) in connections.settings:
        connections[str(book)].close()
    settings.SITE = before
    database.leave()


def buy(page: Page, town: Town) -> str:
    """Follow the publisher's link, agree, buy boots; the order's reference."""
    page.goto(town.link())
    page.get_by_role("button", name="Yes, you may").click()
    page.get_by_role("button", name="Add to basket: Hiking boot Sarek").click()
    page.get_by_role("link", name="To the checkout").click()
    axe(page)
    page.get_by_label("E-mail").fill("eva@example.com")
    page.get_by_role("button", name="Buy (pays nothing)").click()
    expect(page.locator("[data-verdict]")).to_contain_text("accepted · clicks that came along: 1")
    return page.locator(".thanks p").first.inner_text().split()[1]


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_a_click_and_an_order_are_seen_with_verdict_and_receipt(
    page: Page, phone: Page, town: Town, viewport: ViewportSize, scheme: Scheme
) -> None:
    advertiser = town.side.advertiser
    town.sign_in(page, advertiser.users[Role.OWNER])
    page.goto(f"{town.portal}/{advertiser.slug}/tracking/debugger/")
    expect(page.get_by_text("Nothing was ever heard").or_(page.get_by_text("Listening"))).to_be_visible()
    axe(page)
    order = buy(phone, town)
    call = page.locator("[data-call]", has_text=order)
    expect(call).to_contain_text("Commission pending")
    followed = page.locator("[data-call]", has=page.locator(".call-kind", has_text="Click"))
    expect(followed).to_contain_text("Accepted")
    call.locator("summary").click()
    expect(call).to_contain_text(f"{town.side.publisher.name} earned the order {order}")
    expect(call).to_contain_text("SEK 151.92".replace(" ", "\u202f"))
    axe(page)
    shot(page, f"tracking-debugger-{viewport['width']}-{scheme}")
    call.get_by_role("link", name="Receipt").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Commission pending")
    page.get_by_text("What that proves").click()
    axe(page)
    shot(page, f"tracking-receipt-{viewport['width']}-{scheme}")
    assert verified(page), "what is downloaded verifies with the key that is downloaded"


def verified(page: Page) -> bool:
    """Take the receipt and the key away as a person does, and verify the one with the other."""
    taken = []
    for name in ("Download with proof", "Download the public key"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        taken.append(download.value.path().read_bytes())
    return verify_receipt(msgspec.json.decode(taken[0]), taken[1]) == []


def test_the_publisher_sees_its_click_and_what_it_earned(page: Page, phone: Page, town: Town) -> None:
    publisher = town.side.publisher
    town.sign_in(page, publisher.users[Role.VIEWER])
    page.goto(f"{town.portal}/{publisher.slug}/tracking/debugger/")
    order = buy(phone, town)
    earned = page.locator("[data-call]", has_text=order)
    expect(earned).to_contain_text("Commission pending")
    earned.locator("summary").click()
    expect(earned).to_contain_text("The arithmetic")
    expect(earned).not_to_contain_text("Network fee")
    axe(page)


def test_a_test_order_is_sent_and_arrives_and_pausing_holds_the_rest(page: Page, town: Town) -> None:
    advertiser = town.side.advertiser
    town.sign_in(page, advertiser.users[Role.DEVELOPER])
    page.goto(f"{town.portal}/{advertiser.slug}/tracking/debugger/")
    page.get_by_role("button", name="Send it").click()
    expect(page.locator("#sent")).to_contain_text("It appears below within a second.")
    expect(page.locator("[data-call]")).to_contain_text("Moves no money")
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-watch-words]")).to_have_text("Paused")
    town.edge.get(f"/s2s/{advertiser.number}?order=WRONG&amount=1,5&currency=SEK")
    page.wait_for_timeout(1000)
    expect(page.locator("[data-call]")).to_have_count(1)
    page.get_by_role("button", name="Go on").click()
    wrong = page.locator("[data-call]", has_text="WRONG")
    expect(wrong).to_contain_text("A field has the wrong type, length or value.")
    wrong.locator("summary").click()
    expect(wrong).to_contain_text("Correct the field named in the verdict.")
    page.get_by_label("Verdict").select_option("refused")
    expect(page.locator("[data-call]")).to_have_count(1)
    page.get_by_label("Verdict").select_option("")
    expect(page.locator("[data-call]")).to_have_count(2)
    town.edge.get(f"/s2s/{advertiser.number}?order=AFTER&amount=1&currency=SEK")
    expect(page.locator("[data-call]", has_text="AFTER")).to_be_visible()


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_set_up_can_be_used_by_everybody(
    page: Page, town: Town, viewport: ViewportSize, scheme: Scheme
) -> None:
    advertiser = town.side.advertiser
    town.sign_in(page, advertiser.users[Role.OWNER])
    for name, path in (("setup", ""), ("snippets", "snippets/"), ("platforms", "snippets/?tab=platforms")):
        page.goto(f"{town.portal}/{advertiser.slug}/tracking/{path}")
        axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} is {wide} px too wide"
        shot(page, f"tracking-{name}-{viewport['width']}-{scheme}")


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_the_shop_can_be_used_by_everybody(
    page: Page, town: Town, viewport: ViewportSize, scheme: Scheme
) -> None:
    page.goto(town.shop)
    axe(page)
    shot(page, f"shop-{viewport['width']}-{scheme}")
    page.get_by_role("button", name="No, thanks").click()
    expect(page.get_by_text("Consent: no")).to_be_visible()
    page.get_by_role("link", name="Wool sock Padjelanta").last.click()
    axe(page)
    page.get_by_role("button", name="Norsk").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klær og sko for fjellet")
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    cookies = {str(one["name"]) for one in page.context.cookies(town.shop)}
    assert "utfall_click" not in cookies


# The snippets, run as they stand


class Pages:
    """A shop's pages, each made of snippets."""

    def __init__(self) -> None:
        pages: dict[str, str] = {}

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = pages.get(self.path.partition("?")[0])
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((body or "").encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Say nothing."""

        self._pages = pages
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def put(self, path: str, *parts: str) -> str:
        head = '<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">'
        self._pages[path] = head + "\n".join(parts)
        return f"http://localhost:{self._server.server_port}{path}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def pages() -> Iterator[Pages]:
    pages = Pages()
    yield pages
    pages.close()


def place_of(town: Town) -> Place:
    return Place(
        advertiser=town.side.advertiser.number,
        edge=f"http://127.0.0.1:{town.edge.config.port}",
        currency="SEK",
        has_secret=False,
    )


def texts_of(town: Town, tab: str) -> dict[str, str]:
    return {one.key: one.text for one in snippets(place_of(town), tab)}


def orders(town: Town) -> list[Conversion]:
    return [event for event in town.edge.events() if isinstance(event, Conversion)]


def until_told(page: Page, town: Town, *references: str) -> list[Conversion]:
    for _ in range(400):
        found = [order for order in orders(town) if order.order in references]
        if len(found) >= len(references):
            return found
        page.wait_for_timeout(20)
    raise AssertionError(f"{references} did not come")


def test_the_tags_snippets_tell_of_orders(page: Page, town: Town, pages: Pages) -> None:
    told = texts_of(town, "tag")
    consent = f"<script>{consent_snippets(place_of(town))[0].text}\ntellUtfall(true);</script>"
    outcomes = ("sale-html", "lead-html", "install-html", "action-html")
    address = pages.put(
        "/thanks", told["head-html"], consent, told["checkout-html"], *(told[key] for key in outcomes)
    )
    token = town.edge.get("/c/shop").headers["location"].partition("utfall=")[2]
    page.goto(f"{address}?utfall={token}")
    found = until_told(page, town, "A-1001", "L-1001", "I-1001", "N-1001")
    assert {order.outcome.value for order in found} == {"sale", "lead", "install", "action"}
    assert {order.consent.value for order in found} == {"granted"}
    assert all(len(order.clicks) == 1 for order in found)
    (sale,) = [order for order in found if order.outcome.value == "sale"]
    assert [line.amount_micros for line in sale.lines] == [1_798_000_000, 79_000_000]
    assert (sale.checkout_at is not None, sale.customer is not None) == (True, True)


BANNERS = {
    "consent-tcf-js": """window.__tcfapi = (command, version, heard) =>
        heard({eventStatus: "tcloaded", purpose: {consents: {1: true, 7: CHOICE}}}, true);""",
    "consent-google-js": """window.dataLayer = window.dataLayer || [];
        function gtag() { dataLayer.push(arguments); }
        gtag("consent", "default", {ad_storage: "denied"});
        gtag("consent", "update", {ad_storage: CHOICE ? "granted" : "denied"});""",
    "consent-cookiebot-js": "window.Cookiebot = {consent: {marketing: CHOICE}, hasResponse: true};",
}


@pytest.mark.parametrize("banner", list(BANNERS))
@pytest.mark.parametrize("choice", [True, False])
def test_a_banner_decides_what_is_kept(
    page: Page, town: Town, pages: Pages, banner: str, choice: bool
) -> None:
    told = {one.key: one.text for one in consent_snippets(place_of(town))}
    stub = BANNERS[banner].replace("CHOICE", str(choice).lower())
    sale = texts_of(town, "tag")["sale-html"]
    head = texts_of(town, "tag")["head-html"]
    address = pages.put("/", head, f"<script>{stub}</script><script>{told[banner]}</script>", sale)
    page.goto(address)
    (order,) = until_told(page, town, "A-1001")
    assert order.consent.value == ("granted" if choice else "denied")


def test_google_consent_that_comes_later_is_heard(page: Page, town: Town, pages: Pages) -> None:
    told = {one.key: one.text for one in consent_snippets(place_of(town))}
    tag = texts_of(town, "tag")
    page.goto(pages.put("/", tag["head-html"], f"<script>{told['consent-google-js']}</script>"))
    page.evaluate(
        "() => { (function () { dataLayer.push(arguments) })('consent', 'update', {ad_storage: 'granted'}) }"
    )
    page.evaluate("() => { utfall.push(['lead', {order: 'LATER', currency: 'SEK'}]) }")
    (order,) = until_told(page, town, "LATER")
    assert order.consent.value == "granted"


def test_the_tag_manager_tells_of_a_purchase(page: Page, town: Town, pages: Pages) -> None:
    told = texts_of(town, "platforms")
    variables = {
        "{{DLV - ecommerce.transaction_id}}": '"GTM-1"',
        "{{DLV - ecommerce.currency}}": '"SEK"',
        "{{DLV - ecommerce.value}}": "249.5",
    }
    sale = told["gtm-sale-html"]
    for name, value in variables.items():
        sale = sale.replace(name, value)
    page.goto(pages.put("/", told["gtm-head-html"], sale))
    (order,) = until_told(page, town, "GTM-1")
    assert order.lines[0].amount_micros == 249_500_000


def test_the_custom_pixel_keeps_the_click_and_tells_of_the_checkout(
    page: Page, town: Town, pages: Pages
) -> None:
    token = town.edge.get("/c/shop").headers["location"].partition("utfall=")[2]
    stub = """const kept = {}, heard = {};
        const browser = {cookie: {
            set: async (name, value) => { kept[name] = value },
            get: async (name) => kept[name] || "",
        }};
        const analytics = {subscribe: (name, act) => { heard[name] = act }};"""
    happening = f"""heard.page_viewed({{context: {{document: {{location: {{href: "https://shop.example/?utfall={token}"}}}}}}}})
        .then(() => heard.checkout_completed({{data: {{checkout: {{
            order: {{id: 4711}}, currencyCode: "SEK", subtotalPrice: {{amount: 99.5}}}}}}}}));"""
    pixel = texts_of(town, "platforms")["shopify-js"]
    page.goto(pages.put("/", f"<script>{stub}\n{pixel}\n{happening}</script>"))
    (order,) = until_told(page, town, "4711")
    assert (order.lines[0].amount_micros, len(order.clicks)) == (99_500_000, 1)


def test_the_image_is_fetched_where_scripts_do_not_run(page: Page, town: Town, pages: Pages) -> None:
    image = unescape(texts_of(town, "image")["image-html"])
    source = image.partition('src="')[2].partition('"')[0]
    page.goto(pages.put("/", f'<img src="{source}" alt="">'))
    (order,) = until_told(page, town, "A-1001")
    assert (order.lines[0].amount_micros, order.source.value) == (1_877_000_000, "pixel")


def test_what_a_page_shows_is_copied(page: Page, town: Town, watch: Watch) -> None:
    advertiser = town.side.advertiser
    town.sign_in(page, advertiser.users[Role.DEVELOPER])
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{town.portal}/{advertiser.slug}/tracking/snippets/")
    page.locator("[data-snippet=head-html]").get_by_role("button", name="Copy").click()
    assert page.evaluate("navigator.clipboard.readText()") == texts_of(town, "tag")["head-html"]
