"""The tag in a real browser, on a real page, against a real edge: what it keeps, what it tells, and when."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.conftest import Watch
from tests.ports import free_port
from tests.scenarios.running_edge import Edge, running
from utfall.events import Consent, Conversion, Source

LISTEN = """
window.verdicts = [];
document.addEventListener("utfall:verdict", (event) => window.verdicts.push(event.detail));
"""
PATIENCE_TURNS, TURN_MS = 400, 20
Attributes = dict[str, str]


class Shop:
    """A shop on a host of its own, with one page whose tag, policy and head a test chooses."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.edge_url = f"http://127.0.0.1:{edge.config.port}"
        self.policy = ""
        self.body = ""
        shop = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200 if self.path.startswith("/shop") else 404)
                self.send_header("content-type", "text/html; charset=utf-8")
                if shop.policy:
                    self.send_header("content-security-policy", shop.policy)
                self.end_headers()
                self.wfile.write(shop.body.encode())

            def log_message(self, format: str, *args: Any) -> None:
                """A shop that says nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://localhost:{self._server.server_port}/shop"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def furnish(self, *, advertiser: str = "1", policy: str = "", before: str = "", **attributes: str) -> str:
        """Puts the tag on the page, with attributes such as `consent="granted"`, and returns its address."""
        said = "".join(f' data-{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
        tag = f'<script src="{self.edge_url}/t.js" data-advertiser="{advertiser}"{said} async></script>'
        self.policy = policy
        self.body = (
            f'<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">{before}{tag}'
        )
        return self.url

    def token(self, key: str = "abc") -> str:
        """A click's token, as the landing page gets it."""
        location = self.edge.get(f"/c/{key}").headers["location"]
        return parse_qs(urlsplit(location).query)["utfall"][0]

    def orders(self) -> list[Conversion]:
        return [event for event in self.edge.events() if isinstance(event, Conversion)]

    def order(self, reference: str) -> Conversion:
        """The one conversion of an order."""
        (found,) = [order for order in self.orders() if order.order == reference]
        return found

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def edge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edge]:
    with running(tmp_path_factory.mktemp("edge"), free_port()) as edge:
        yield edge


@pytest.fixture
def shop(edge: Edge) -> Iterator[Shop]:
    shop = Shop(edge)
    yield shop
    shop.close()


@pytest.fixture(autouse=True)
def listening(context: BrowserContext) -> None:
    context.add_init_script(LISTEN)


def visit(page: Page, url: str) -> None:
    """Opens a page and waits until its tag has taken the queue over."""
    page.goto(url)
    until(page, lambda: page.evaluate("() => Boolean(window.utfall && window.utfall.version)"))


def until(page: Page, condition: Callable[[], object]) -> None:
    """Waits from here: a page with a strict policy does not let a test wait inside it."""
    for _ in range(PATIENCE_TURNS):
        if condition():
            return
        page.wait_for_timeout(TURN_MS)
    raise AssertionError("it did not happen in time")


def push(page: Page, *command: object) -> None:
    page.evaluate("(command) => { window.utfall.push(command) }", list(command))


def verdicts(page: Page, count: int = 1) -> list[dict[str, Any]]:
    """What the tag said, once it has said so much."""
    until(page, lambda: len(page.evaluate("() => window.verdicts")) >= count)
    found = cast("list[dict[str, Any]]", page.evaluate("() => window.verdicts"))
    assert len(found) == count
    return found


def sell(page: Page, reference: str, **more: object) -> dict[str, Any]:
    """Tells of a sale and returns the verdict."""
    before = len(page.evaluate("() => window.verdicts"))
    push(page, "sale", {"order": reference, "amount": "199.50", "currency": "SEK", **more})
    return verdicts(page, before + 1)[-1]


def kept(page: Page) -> dict[str, str]:
    """The cookies of the shop, by name."""
    return {str(cookie["name"]): str(cookie["value"]) for cookie in page.context.cookies(page.url)}


def stored(page: Page) -> int:
    script = "() => localStorage.length + sessionStorage.length + document.cookie.length"
    return int(page.evaluate(script))


# Consent


@pytest.mark.parametrize("attributes", [{}, {"consent": "unset"}, {"consent": "denied"}, {"consent": "yes"}])
def test_without_consent_nothing_is_stored_and_the_click_still_counts(
    page: Page, shop: Shop, attributes: Attributes
) -> None:
    token, reference = shop.token(), f"N-{attributes.get('consent')}"
    visit(page, f"{shop.furnish(**attributes)}?utfall={token}")
    push(page, "checkout")
    said = sell(page, reference, customer="eva@example.com")
    assert (said["verdict"], said["clicks"]) == ("accepted", 1)
    assert (stored(page), kept(page)) == (0, {})
    order = shop.order(reference)
    assert [click.link for click in order.clicks] == [100]
    denied = attributes.get("consent") == "denied"
    assert order.consent is (Consent.DENIED if denied else Consent.UNKNOWN)
    assert order.checkout_at is not None
    assert order.customer is None
    visit(page, shop.url)
    assert sell(page, f"{reference}-later")["clicks"] == 0, "the next page knows of nothing"


def test_with_consent_the_click_is_kept_until_the_order(page: Page, shop: Shop) -> None:
    token = shop.token()
    visit(page, f"{shop.furnish(consent='granted', days='9')}?utfall={token}")
    assert kept(page) == {"utfall_click": token}
    (cookie,) = page.context.cookies(page.url)
    assert (cookie["sameSite"], cookie["httpOnly"], cookie["path"]) == ("Lax", False, "/")
    ends_after = cookie["expires"] - page.evaluate("() => Date.now()") / 1000
    assert 8.9 * 86_400 < ends_after < 9.1 * 86_400
    visit(page, shop.url)
    said = sell(page, "G1", customer="eva@example.com", lines=None, code="spring", customer_is_new=True)
    assert (said["verdict"], said["order"], said["clicks"], said["test"]) == ("accepted", "G1", 1, False)
    order = shop.order("G1")
    assert (order.consent, order.source, order.code) == (Consent.GRANTED, Source.TAG, "SPRING")
    assert (order.id, order.customer_is_new) == (said["id"], True)
    assert order.customer


def test_the_last_five_clicks_are_kept_newest_first(page: Page, shop: Shop) -> None:
    tokens = [shop.token() for _ in range(6)]
    url = shop.furnish(consent="granted")
    for token in (*tokens, tokens[3]):
        visit(page, f"{url}?utfall={token}")
    newest_first = [tokens[3], tokens[5], tokens[4], tokens[2], tokens[1]]
    assert kept(page)["utfall_click"].split(".") == newest_first
    sell(page, "G2")
    assert len(shop.order("G2").clicks) == 5


def test_consent_that_comes_later_keeps_what_this_page_knows(page: Page, shop: Shop) -> None:
    token = shop.token()
    visit(page, f"{shop.furnish()}?utfall={token}")
    push(page, "checkout")
    assert kept(page) == {}
    push(page, "consent", "granted")
    assert kept(page)["utfall_click"] == token
    assert kept(page)["utfall_checkout"].isdecimal()


def test_consent_that_is_taken_back_removes_everything_at_once(page: Page, shop: Shop) -> None:
    first, second = shop.token(), shop.token("forum")
    url = shop.furnish(consent="granted")
    visit(page, f"{url}?utfall={first}")
    visit(page, f"{url}?utfall={second}")
    push(page, "checkout")
    assert set(kept(page)) == {"utfall_click", "utfall_checkout"}
    push(page, "consent", "denied")
    assert (kept(page), stored(page)) == ({}, 0)
    sell(page, "D1")
    assert [click.link for click in shop.order("D1").clicks] == [101], "only what this page's address says"
    assert (kept(page), stored(page)) == ({}, 0)


def test_a_page_that_starts_with_a_denial_removes_what_was_kept(page: Page, shop: Shop) -> None:
    visit(page, f"{shop.furnish(consent='granted')}?utfall={shop.token()}")
    visit(page, shop.furnish(consent="denied"))
    assert kept(page) == {}


def test_a_cookie_is_not_even_read_before_consent(page: Page, shop: Shop) -> None:
    visit(page, f"{shop.furnish(consent='granted')}?utfall={shop.token()}")
    visit(page, shop.furnish())
    assert sell(page, "D2")["clicks"] == 0
    push(page, "consent", "granted")
    assert sell(page, "D3")["clicks"] == 1


def test_a_consent_that_is_none_changes_nothing(page: Page, shop: Shop) -> None:
    visit(page, f"{shop.furnish()}?utfall={shop.token()}")
    push(page, "consent", "maybe")
    (said,) = verdicts(page)
    assert (said["verdict"], said["command"], kept(page)) == ("refused", "consent", {})
    assert "granted" in said["mend"]


# The checkout


def test_the_mark_of_a_checkout_is_written_once(page: Page, shop: Shop) -> None:
    url = shop.furnish(consent="granted")
    visit(page, f"{url}?utfall={shop.token()}")
    push(page, "checkout")
    first = kept(page)["utfall_checkout"]
    page.wait_for_timeout(30)
    push(page, "checkout")
    late = shop.token("forum")  # a voucher page that is visited from the basket
    visit(page, f"{url}?utfall={late}")
    push(page, "checkout")
    assert kept(page)["utfall_checkout"] == first
    sell(page, "C1")
    order = shop.order("C1")
    assert order.checkout_at is not None
    at = {click.link: click.at for click in order.clicks}
    assert at[100] < order.checkout_at < at[101]
    assert "utfall_checkout" not in kept(page), "the next basket begins anew"
    sell(page, "C2")
    assert shop.order("C2").checkout_at is None


def test_a_refused_order_leaves_the_mark(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("422")
    visit(page, shop.furnish(consent="granted"))
    push(page, "checkout")
    assert sell(page, "C3", currency="KR")["reason"] == "invalid_currency"
    assert "utfall_checkout" in kept(page)


# Orders


def test_what_was_pushed_before_the_tag_came_is_told_too(page: Page, shop: Shop) -> None:
    token = shop.token()
    before = """<script>
        window.utfall = window.utfall || [];
        utfall.push(["consent", "granted"]);
        utfall.push(["lead", {order: "Q1", currency: "SEK"}]);
    </script>"""
    visit(page, f"{shop.furnish(before=before)}?utfall={token}")
    (said,) = verdicts(page)
    assert (said["verdict"], said["command"]) == ("accepted", "lead")
    order = shop.order("Q1")
    assert (order.outcome.value, order.consent, len(order.clicks)) == ("lead", Consent.GRANTED, 1)


def test_every_outcome_has_its_command(page: Page, shop: Shop) -> None:
    visit(page, shop.furnish())
    push(page, "install", {"order": "O1", "currency": "SEK"})
    push(page, "action", {"order": "O1", "currency": "SEK", "action": "newsletter"})
    lines = [{"sku": "boot", "amount": "899.00", "quantity": 2}, {"sku": "sock", "amount": 79.9}]
    push(page, "sale", {"order": "O1", "currency": "SEK", "lines": lines, "channel": "search", "program": 10})
    assert {each["verdict"] for each in verdicts(page, 3)} == {"accepted"}
    orders = [order for order in shop.orders() if order.order == "O1"]
    assert {order.outcome.value for order in orders} == {"install", "action", "sale"}
    (sale,) = [order for order in orders if order.outcome.value == "sale"]
    assert [line.amount_micros for line in sale.lines] == [899_000_000, 79_900_000]
    assert (sale.channel, sale.program) == ("search", 10)


def test_an_order_is_told_once_in_a_page(page: Page, shop: Shop) -> None:
    visit(page, shop.furnish())
    assert sell(page, "R1")["verdict"] == "accepted"
    assert sell(page, "R1")["verdict"] == "repeated"
    assert sell(page, "R2")["verdict"] == "accepted"
    assert shop.order("R1").outcome.value == "sale"


def test_a_refused_order_says_why_and_may_be_mended(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("422")
    visit(page, shop.furnish(debug=""))
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{message.type} {message.text}"))
    said = sell(page, "R3", orderid="R3")
    assert (said["verdict"], said["reason"], said["field"]) == ("refused", "invalid_field", "orderid")
    until(page, lambda: any("warning" in line and said["mend"] in line for line in heard))
    assert sell(page, "R3")["verdict"] == "accepted"
    until(page, lambda: any("info" in line and "accepted" in line for line in heard))


def test_a_page_that_nobody_debugs_stays_quiet(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("422")
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    visit(page, shop.furnish())
    sell(page, "R4", orderid="R4")
    assert [line for line in heard if "utfall:" in line] == []


@pytest.mark.parametrize(
    ("query", "attributes"), [("?utfall_test=1", {}), ("", {"test": ""}), ("?utfall_test=0", {})]
)
def test_a_test_order_is_marked(page: Page, shop: Shop, query: str, attributes: Attributes) -> None:
    is_test = query != "?utfall_test=0"
    reference = f"X{query}{len(attributes)}"
    visit(page, shop.furnish(consent="granted", **attributes) + query)
    assert sell(page, reference)["test"] is is_test
    assert shop.order(reference).test is is_test
    if query:
        visit(page, shop.url)
        assert sell(page, f"{reference}-next")["test"] is False, "a link to the shop cannot make orders void"


def test_nothing_that_is_pushed_breaks_the_page(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("422")
    visit(page, shop.furnish())
    for command in (["toString"], ["purchase", {}], [], [None], ["sale", {"order": "Y1", "lines": "{"}]):
        push(page, *command)
    said = verdicts(page, 5)
    assert {each["verdict"] for each in said} == {"refused"}
    assert "There is no command purchase." in [each.get("sentence") for each in said]


def test_a_tag_that_is_there_twice_tells_once(page: Page, shop: Shop) -> None:
    twice = f'<script src="{shop.edge_url}/t.js" data-advertiser="1"></script>'
    visit(page, shop.furnish(before=twice))
    assert sell(page, "Y2")["verdict"] == "accepted"
    page.wait_for_timeout(100)
    assert len(page.evaluate("() => window.verdicts")) == 1


def test_a_tag_may_be_hosted_elsewhere_and_read_another_parameter(page: Page, shop: Shop) -> None:
    """Here the file comes from another host name than the one that takes the orders."""
    shop.furnish(endpoint=shop.edge_url, parameter="ref", cookie="my", consent="granted")
    shop.body = shop.body.replace(
        f"{shop.edge_url}/t.js", f"{shop.edge_url}/t.js".replace("127.0.0.1", "localhost")
    )
    visit(page, f"{shop.url}?ref={shop.token()}")
    assert set(kept(page)) == {"my_click"}
    assert sell(page, "Y3")["clicks"] == 1


# Ways out


def test_a_call_that_fails_is_made_again_and_counts_once(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("ERR_FAILED")
    calls: list[str] = []

    def fail_once(route: Route) -> None:
        calls.append(route.request.post_data or "")
        route.abort() if len(calls) == 1 else route.continue_()

    visit(page, shop.furnish())
    page.route("**/p/1", fail_once)
    assert sell(page, "F1")["verdict"] == "accepted"
    assert len(calls) == 2
    assert shop.order("F1").id in calls[0]
    assert shop.order("F1").id in calls[1], "the same id, so that both would count once"


def test_a_busy_edge_is_asked_again(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("503")
    answers: list[int] = []

    def busy_once(route: Route) -> None:
        answers.append(503 if not answers else 0)
        if answers[-1]:
            headers = {"access-control-allow-origin": "*"}
            route.fulfill(status=503, json={"verdict": "refused", "reason": "unavailable"}, headers=headers)
        else:
            route.continue_()

    visit(page, shop.furnish())
    page.route("**/p/1", busy_once)
    assert sell(page, "F2")["verdict"] == "accepted"
    assert answers == [503, 0]


def test_a_call_that_is_blocked_falls_back_to_an_image(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("connect-src|Content Security Policy|ERR_BLOCKED_BY_CSP|Fetch API cannot load")
    policy = f"script-src {shop.edge_url}; connect-src 'none'; img-src data: {shop.edge_url}"
    visit(page, f"{shop.furnish(policy=policy, consent='granted')}?utfall={shop.token()}")
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    push(page, "checkout")
    lines = [{"sku": "å&b", "amount": "10"}]
    said = sell(page, "F3", amount=None, lines=lines, customer="eva@example.com")
    assert (said["verdict"], said["via"]) == ("accepted", "image")
    order = shop.order("F3")
    assert (order.lines[0].sku, len(order.clicks), order.consent) == ("å&b", 1, Consent.GRANTED)
    assert order.checkout_at is not None
    assert order.customer is None
    assert not any("eva" in address for address in addresses), "no customer stands in an address"


def test_an_image_is_used_where_there_is_no_fetch(page: Page, shop: Shop) -> None:
    page.add_init_script("delete window.fetch; window.fetch = undefined;")
    visit(page, f"{shop.furnish()}?utfall={shop.token()}")
    assert sell(page, "F4")["via"] == "image"
    assert len(shop.order("F4").clicks) == 1


def test_an_image_that_is_refused_is_not_called_accepted(page: Page, shop: Shop, watch: Watch) -> None:
    watch.allow("422|ERR_BLOCKED_BY_ORB")
    page.add_init_script("window.fetch = undefined;")
    visit(page, shop.furnish())
    said = sell(page, "F5", currency="KR")
    assert (said["verdict"], said["via"]) == ("refused", "image")
    assert said["mend"]


def test_an_order_that_waits_when_the_visitor_leaves_is_sent_on_the_way_out(
    page: Page, shop: Shop, watch: Watch
) -> None:
    watch.allow("ERR_FAILED")
    calls: list[str] = []

    def fail_once(route: Route) -> None:
        calls.append(route.request.url)
        route.abort() if len(calls) == 1 else route.continue_()

    visit(page, shop.furnish())
    page.route("**/p/1", fail_once)
    push(page, "sale", {"order": "F6", "amount": "1", "currency": "SEK"})
    until(page, lambda: calls)
    page.goto(shop.url)
    until(page, lambda: [order for order in shop.orders() if order.order == "F6"])
    assert shop.order("F6").lines[0].amount_micros == 1_000_000


def test_an_advertiser_that_takes_orders_from_servers_only_says_so(
    page: Page, shop: Shop, watch: Watch
) -> None:
    watch.allow("403")
    visit(page, shop.furnish(advertiser="2"))
    said = sell(page, "F7", currency="NOK")
    assert (said["reason"], said["field"]) == ("forbidden", "accepts_pixel")
    assert "servers" in said["sentence"]


# Strict pages


def test_the_tag_works_under_a_strict_policy(page: Page, shop: Shop) -> None:
    policy = (
        f"default-src 'none'; script-src {shop.edge_url}; connect-src {shop.edge_url}; img-src data:; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    )
    visit(page, f"{shop.furnish(policy=policy, consent='granted')}?utfall={shop.token()}")
    said = sell(page, "S1")
    assert (said["verdict"], said["clicks"]) == ("accepted", 1)
    assert "utfall_click" in kept(page)
