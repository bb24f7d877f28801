"""A feed from its file to products with what they pay, delivery after delivery."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest
from django.test import override_settings
from django.utils import timezone

from tests.portal.feeds.files import GOOGLE, NAMES, ROWS, STOVE, TENT, many, packed, sent, table
from tests.portal.market import TwoTenants
from tests.portal.partners.test_partnerships import approved
from utfall.portal.access import Caller, NotFound, Refused
from utfall.portal.feeds import facade, tasks
from utfall.portal.feeds.contracts import DeliveryView, FeedView, Order, Outcome, ProductFilter, Source, Stage
from utfall.portal.feeds.delivering import BATCH, deliver
from utfall.portal.feeds.keeping import file_of
from utfall.portal.feeds.models import Feed, Product
from utfall.portal.feeds.scoring import freshness, health_of, shares_of
from utfall.portal.links import facade as links
from utfall.portal.links.contracts import LinkDraft
from utfall.portal.site import site
from utfall.portal.work import facade as work
from utfall.portal.work.contracts import State
from utfall.portal.work.running import do_next


def worked() -> None:
    while do_next():
        pass


def delivered(market: TwoTenants, program: int, content: bytes) -> FeedView:
    caller = market.a.advertiser.caller()
    facade.receive(caller, program, sent(content))
    worked()
    return facade.feed(caller, program)


def latest(view: FeedView) -> DeliveryView:
    assert view.latest is not None
    return view.latest


def ids(caller: Caller, program: int, **wanted: object) -> list[str]:
    found = facade.products(caller, program, ProductFilter(**wanted))  # type: ignore[arg-type]
    return [one.product_id for one in found.items]


def test_a_table_becomes_products(market: TwoTenants) -> None:
    program = approved(market).program
    view = delivered(market, program, table())
    assert (view.stage, view.products, view.version) == (Stage.READY, 2, 1)
    tent, stove = facade.products(market.a.advertiser.caller(), program).items
    assert (tent.name, tent.price_micros, tent.gtin, tent.stock) == (
        "Tält Fjäll 2",
        1_999_000_000,
        "7310865004703",
        "in_stock",
    )
    assert stove.deep_link == "https://www.acme.test/s/1"


def test_google_merchant_needs_no_mapping_and_knows_what_is_on_sale(market: TwoTenants) -> None:
    program = approved(market).program
    delivered(market, program, packed(GOOGLE.encode()))
    tent, stove = facade.products(market.a.publisher.caller(), program).items
    assert (tent.price_micros, tent.rrp_micros) == (1_499_000_000, 1_999_000_000)
    assert (stove.price_micros, stove.rrp_micros) == (499_000_000, None)
    assert tent.saved_ppm == 250_125


def test_every_refused_row_has_its_reason_and_an_example(market: TwoTenants) -> None:
    program = approved(market).program
    rows = [
        *ROWS,
        ("", *TENT[1:]),
        (*TENT,),
        ("n-1", "", *TENT[2:]),
        ("p-0", "A", "", *TENT[3:]),
        ("p-1", "A", "1,234", *TENT[3:]),
        ("p-2", "A", "0", *TENT[3:]),
        ("p-3", "A", "12 EUR", *TENT[3:]),
        ("l-1", "A", "12", "", *TENT[4:]),
        ("l-2", "A", "12", "javascript:alert(1)", *TENT[4:]),
        ("l-3", "A", "12", "https://elsewhere.test/", *TENT[4:]),
        ("l-4", "A", "12", "https://notacme.test/", *TENT[4:]),
        ("i-1", "A", "12", "https://acme.test/", "", "B"),
        ("i-2", "A", "12", "https://acme.test/", "data:image/png;base64,xx", "B"),
        ("x" * 101, "A", "12", *TENT[3:]),
    ]
    told = latest(delivered(market, program, table(rows)))
    assert (told.rows, told.accepted, told.refused) == (16, 2, 14)
    assert told.faults == {
        "id_missing": 1,
        "id_twice": 1,
        "name_missing": 1,
        "price_missing": 1,
        "price_unreadable": 1,
        "price_not_positive": 1,
        "currency_other": 1,
        "link_missing": 1,
        "link_unreadable": 1,
        "link_elsewhere": 2,
        "image_missing": 1,
        "image_unreadable": 1,
        "id_too_long": 1,
    }
    elsewhere = [one for one in told.examples if one.fault == "link_elsewhere"]
    assert [(one.row, one.product_id, one.value) for one in elsewhere] == [
        (12, "l-3", "elsewhere.test"),
        (13, "l-4", "notacme.test"),
    ]


def test_what_is_wrong_but_harmless_is_left_out(market: TwoTenants) -> None:
    program = approved(market).program
    names = ("id", "title", "price", "link", "image", "gtin", "rrp", "description")
    rows = [
        ("1", "x" * 400, "20", "https://acme.test/", "https://c.test/", "123", "10", "<b>Bold</b><script>")
    ]
    told = latest(delivered(market, program, table(rows, names=names)))
    assert told.warnings == {"text_cut": 1, "gtin_wrong": 1, "rrp_below_price": 1}
    (one,) = facade.products(market.a.publisher.caller(), program).items
    assert (len(one.name), one.gtin, one.rrp_micros, one.description) == (300, "", None, "Bold")


def test_a_new_delivery_touches_only_what_changed(market: TwoTenants) -> None:
    program = approved(market).program
    delivered(market, program, table())
    before = {row.product_id: row.pk for row in Product.objects.system()}
    cheaper = (*TENT[:2], "1 499 SEK", *TENT[3:])
    lamp = ("l-1", "Lampa", "99", *TENT[3:])
    told = latest(delivered(market, program, table([cheaper, lamp])))
    assert (told.added, told.changed, told.unchanged, told.removed) == (1, 1, 0, 1)
    caller = market.a.publisher.caller()
    assert sorted(ids(caller, program)) == ["l-1", "t-1"]
    told = latest(delivered(market, program, table([cheaper, lamp, STOVE])))
    assert (told.added, told.changed, told.unchanged, told.removed) == (1, 0, 2, 0)
    after = {one.product_id: one.id for one in facade.products(caller, program).items}
    assert before["t-1"] != after["t-1"]
    assert Product.objects.system().count() == 3


@pytest.mark.parametrize(
    "content", [b"x" * (2 << 20), b"%PDF", table([("1", "A", "free", "u", "i")], names=NAMES[:5])]
)
def test_a_delivery_that_fails_leaves_the_products_as_they_were(market: TwoTenants, content: bytes) -> None:
    program = approved(market).program
    delivered(market, program, table())
    view = delivered(market, program, content)
    assert (view.version, view.products, latest(view).outcome) == (1, 2, Outcome.FAILED)
    assert latest(view).sentence
    assert sorted(ids(market.a.publisher.caller(), program)) == ["s-1", "t-1"]


def test_a_delivery_that_died_halfway_is_taken_back(market: TwoTenants) -> None:
    program = approved(market).program
    delivered(market, program, table())
    feed = Feed.objects.system().get(program=program)
    tent = Product.objects.system().get(product_id="t-1")
    Product.objects.system().filter(pk=tent.pk).update(until=2)
    tent.pk, tent.since, tent.name = None, 2, "half done"
    tent.save()
    caller = market.a.publisher.caller()
    assert sorted(one.name for one in facade.products(caller, program).items) == ["Kök", "Tält Fjäll 2"]
    told = latest(delivered(market, program, table()))
    assert (told.unchanged, told.added, told.changed) == (2, 0, 0)
    assert Product.objects.system().filter(feed=feed).count() == 2


def test_columns_that_are_not_recognised_are_asked_for(market: TwoTenants) -> None:
    program = approved(market).program
    caller = market.a.advertiser.caller()
    strange = table([row[:5] for row in ROWS], names=("a", "b", "c", "d", "e"))
    view = delivered(market, program, strange)
    assert (view.stage, view.version, view.latest) == (Stage.MAPPING, 0, None)
    assert view.columns[1].samples == ("Tält Fjäll 2", "Kök")
    with pytest.raises(Refused) as refused:
        facade.set_columns(caller, program, {"product_id": "a"})
    assert refused.value.problems[0].code == "column_missing"
    chosen = dict(zip(("product_id", "name", "price", "deep_link", "image_url"), "abcde", strict=True))
    facade.set_columns(caller, program, chosen)
    worked()
    assert facade.feed(caller, program).products == 2
    lost = delivered(market, program, table([("1", "2")], names=("a", "b")))
    assert latest(lost).code == "column_lost"


def test_each_item_has_what_it_pays_the_caller(market: TwoTenants) -> None:
    program = approved(market).program
    delivered(market, program, table())
    caller = market.a.publisher.caller()
    found = facade.products(caller, program, ProductFilter(order=Order.COMMISSION))
    assert [(one.product_id, one.commission_micros) for one in found.items] == [
        ("t-1", 159_920_000),
        ("s-1", 39_920_000),
    ]
    facade.set_source(market.a.advertiser.caller(), program, Source(vat_ppm=250_000, every_hours=0))
    assert facade.products(caller, program).items[0].commission_micros == 127_936_000


def test_products_are_searched_sorted_and_paged(market: TwoTenants) -> None:
    program = approved(market).program
    delivered(market, program, many(120))
    caller = market.a.publisher.caller()
    assert ids(caller, program, search="Number 77") == ["p-77"]
    assert len(ids(caller, program, category="Category 3")) == 2
    assert ids(caller, program, order=Order.DEAREST)[0] == "p-119"
    assert ids(caller, program, order=Order.CHEAPEST)[0] == "p-0"
    seen: list[str] = []
    for order in (Order.FEED, Order.COMMISSION):
        seen, after = [], None
        while True:
            part = facade.products(caller, program, ProductFilter(order=order), after=after, count=50)
            seen += [one.product_id for one in part.items]
            after = part.following
            if after is None:
                break
        assert len(seen) == len(set(seen)) == 120
    assert seen[0] == "p-119"


def test_products_lead_on_by_the_callers_link(market: TwoTenants) -> None:
    program = approved(market).program
    delivered(market, program, table())
    caller = market.a.publisher.caller()
    link = links.create_link(caller, LinkDraft(program=program, subs=("a",)))
    one = facade.products(caller, program, link=link.id).items[0]
    assert one.tracked_link == links.deep_link(caller, link.id, one.deep_link).address
    assert next(facade.stream(caller, program, ProductFilter(), link.id)).tracked_link == one.tracked_link


def test_strangers_see_no_products(market: TwoTenants) -> None:
    program = approved(market).program
    delivered(market, program, table())
    for stranger in (market.b.advertiser.caller(), market.b.publisher.caller()):
        with pytest.raises(NotFound):
            facade.products(stranger, program)
        assert facade.feeds(stranger) == []
    with pytest.raises(NotFound):
        facade.receive(market.b.advertiser.caller(), program, sent(table()))
    facade.remove(market.a.advertiser.caller(), program)
    with pytest.raises(NotFound):
        facade.products(market.a.publisher.caller(), program)
    assert not file_of(program).exists()


class Shop(BaseHTTPRequestHandler):
    """Serves a feed with an ETag, a packed one, and trouble."""

    asked: list[str | None]

    def do_GET(self) -> None:
        type(self).asked.append(self.headers.get("If-None-Match"))
        if self.headers.get("If-None-Match") == '"one"':
            self.send_response(304)
            self.end_headers()
            return
        body = {"/feed.csv": table(), "/feed.xml.gz": packed(GOOGLE.encode())}.get(self.path, b"")
        self.send_response(200 if body else 503)
        self.send_header("ETag", '"one"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def shop() -> Iterator[str]:
    Shop.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    config = msgspec.structs.replace(site(), reachable=("127.0.0.0/8",))
    try:
        with override_settings(SITE=config):
            yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_feed_is_fetched_when_it_is_due_and_only_if_it_changed(market: TwoTenants) -> None:
    program = approved(market).program
    caller = market.a.advertiser.caller()
    with shop() as url:
        facade.set_source(caller, program, Source(url=f"{url}/feed.csv", every_hours=2))
        worked()
        view = facade.feed(caller, program)
        assert (view.products, latest(view).outcome, Shop.asked) == (2, Outcome.TAKEN, [None])
        tasks.fetch_due()
        assert not do_next()
        Feed.objects.system().update(next_at=timezone.now() - timedelta(minutes=1))
        tasks.fetch_due()
        worked()
        view = facade.feed(caller, program)
        assert (latest(view).outcome, Shop.asked, latest(view).by) == (
            Outcome.UNCHANGED,
            [None, '"one"'],
            "schedule",
        )
        assert view.next_at is not None
        assert view.next_at > timezone.now() + timedelta(hours=1)
        facade.set_source(caller, program, Source(url=f"{url}/feed.xml.gz", every_hours=0))
        worked()
        assert latest(facade.feed(caller, program)).changed == 2


def test_a_server_that_is_no_use_says_why(market: TwoTenants) -> None:
    program = approved(market).program
    caller = market.a.advertiser.caller()
    with shop() as url:
        number = facade.set_source(caller, program, Source(url=f"{url}/nothing", every_hours=2))
        assert number is not None
        worked()
        assert work.task(caller, number).state is State.FAILED
        assert latest(facade.feed(caller, program)).code == "answered"
    facade.set_source(caller, program, Source(url="http://127.0.0.1:65000/feed"))
    worked()
    assert latest(facade.feed(caller, program)).code == "fetch_private"


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (Source(url="ftp://acme.test/feed"), "address_unreadable"),
        (Source(url="https://a:b@acme.test/feed"), "address_with_password"),
        (Source(url="https://acme.test/" + "x" * 2000), "address_too_long"),
        (Source(url="https://acme.test/", every_hours=25), "hours_unfit"),
        (Source(vat_ppm=2_000_000), "vat_unfit"),
    ],
)
def test_an_address_that_cannot_be_is_refused(market: TwoTenants, source: Source, code: str) -> None:
    with pytest.raises(Refused) as refused:
        facade.set_source(market.a.advertiser.caller(), approved(market).program, source)
    assert [one.code for one in refused.value.problems] == [code]


def test_the_worked_example_of_the_guide() -> None:
    """docs/guides/feeds.md: 1000 rows, three days old."""
    now = datetime(2026, 11, 21, tzinfo=UTC)
    faults = {"link_elsewhere": 40, "image_missing": 20, "price_unreadable": 30, "id_twice": 10}
    shares = shares_of(1000, faults, 900, 3240)
    assert shares == {
        "links": 960_000,
        "images": 980_000,
        "prices": 970_000,
        "duplicates": 990_000,
        "completeness": 600_000,
    }
    taken = now - timedelta(days=3)
    assert freshness(taken, now) == 671_328
    assert health_of(shares, taken, now).score == 83
    assert health_of(shares, None, now).score == 0
    assert freshness(now - timedelta(days=8), now) == 0


class Heard:
    """A report that keeps what it is told."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.told: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int, said: object = "") -> None:
        self.told.append((done, total))


def test_a_first_delivery_says_how_far_it_is_of_the_whole(market: TwoTenants) -> None:
    program, caller = approved(market).program, market.a.advertiser.caller()
    whole = 2 * BATCH + 500
    facade.receive(caller, program, sent(many(whole)))
    report = Heard(caller)
    deliver(caller, program, report, fetch=False)
    assert report.told[-3:] == [(BATCH, whole), (2 * BATCH, whole), (whole, whole)]
