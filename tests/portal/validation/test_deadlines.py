"""Deadlines through the feed, journal, settler and book: deferred, locked, by evidence and by date."""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from django.test import Client

from tests.portal.market import Side, TwoTenants
from tests.portal.programs.drafts import live
from tests.portal.tracking.settled import BEYOND, append, click_of, market_of, new_id, sale_of
from utfall.engine.deadlines import window_ends
from utfall.events import DeclineReason, Line, Outcome
from utfall.portal.access import Role
from utfall.portal.access.times import from_ms
from utfall.portal.conversions import facade as conversions
from utfall.portal.conversions.contracts import Filters, OrderView
from utfall.portal.conversions.story_contracts import Happening
from utfall.portal.feeds.models import Feed, Product
from utfall.portal.sealing import facade as sealing
from utfall.portal.site import SiteConfig, site
from utfall.portal.validation import facade
from utfall.portal.validation.contracts import Asked, Due, RowState, RowView
from utfall.portal.validation.models import Followed
from utfall.portal.work.running import do_next
from utfall.terms import ProgramTerms
from utfall.workers.follow import catch_up
from utfall.workers.publish import publish, sealed_zone
from utfall.workers.settle import Settler, SettlerConfig

DAY = 86_400_000
ZONE = sealed_zone("Europe/Stockholm")
BASKET = (Line(amount_micros=300_000_000, sku="coat"), Line(amount_micros=100_000_000, sku="socks"))


@dataclass(frozen=True)
class Waiting:
    """A side whose program waits for return windows and locks; an order of five days ago."""

    side: Side
    placed: int
    lock_days: int = 0

    def settle(self) -> None:
        """Settle whatever waits, and let the portal read it."""
        config = SettlerConfig(
            journal_dir=Path(site().journal_dir),
            book_path=Path(site().book_path),
            snapshots_dir=Path(site().snapshots_dir),
            keys_dir=Path(site().keys_dir),
        )
        agreed = market_of(self.side)
        version = ProgramTerms(
            version=1,
            effective_from=0,
            auto_approval_days=14,
            delivery_days=3,
            lock_days=self.lock_days,
        )
        program = msgspec.structs.replace(agreed.programs[0], versions=(version,))
        publish(msgspec.structs.replace(agreed, programs=(program,)), config.snapshots_dir)
        with Settler(config) as settler:
            settler.settle_all()
        catch_up(Path(site().book_path), print)
        facade.follow()

    def order(self, reference: str = "W1", *, publisher: bool = False) -> OrderView:
        """An order as one side reads it."""
        tenant = self.side.publisher if publisher else self.side.advertiser
        return conversions.find(tenant.caller(), [reference])[reference][0]

    def decide(self, *asked: Asked) -> list[RowView]:
        """Decide as the advertiser's finance."""
        caller = self.side.advertiser.caller(Role.FINANCE)
        return list(facade.rows(caller, facade.decide(caller, asked).id).items)


@pytest.fixture
def waiting(own_site: SiteConfig, market: TwoTenants) -> Any:
    side = market.a
    placed = time.time_ns() // 1_000_000 - 5 * DAY
    click = click_of(side, placed - 60_000)
    sale = msgspec.structs.replace(sale_of(side, "W1", placed, click=click), lines=BASKET)
    feed = Feed.objects.system().create(
        program=BEYOND + side.advertiser.number, advertiser=side.advertiser.number, version=1
    )
    for sku, days in (("coat", 30), ("socks", 14), ("hat", 100)):
        Product.objects.system().create(
            feed=feed,
            advertiser=feed.advertiser,
            product_id=sku,
            name=sku,
            price_micros=1,
            currency="SEK",
            return_days=days,
            digest=b"",
            since=1,
        )
    append(click, sale)
    made = Waiting(side, placed)
    made.settle()
    yield made
    facade.close()


def test_silence_waits_for_the_item_that_can_be_returned_the_longest(waiting: Waiting) -> None:
    before = waiting.order()
    assert before.approve_at == from_ms(waiting.placed + 14 * DAY)
    assert facade.defer() == 1
    Followed.objects.system().filter(id=2).delete()
    assert facade.defer() == 1, "the process died before it noted how far it was"
    waiting.settle()
    assert facade.defer() == 0
    for one in (waiting.order(), waiting.order(publisher=True)):
        assert one.approve_at == from_ms(window_ends(waiting.placed, ZONE, 3 + 30))
        assert (one.window_sku, one.window_days, one.delivery_days) == ("coat", 30, 3)
        assert [date.kind for date in one.deadlines] == ["approval"]
    story = conversions.story(waiting.side.publisher.caller(), waiting.order().id)
    assert "30 days to return coat, counted from 3 days" in str([one.fate for one in story.moments])
    decided = [one for one in story.moments if one.happening is Happening.DECISION]
    assert sum(one.kind == "defer" for one in decided) == 1


def test_a_feed_that_says_nothing_lets_silence_be(waiting: Waiting) -> None:
    Product.objects.system().update(return_days=None)
    assert facade.defer() == 0


def test_what_is_locked_is_refused_everywhere_but_for_a_chargeback(
    waiting: Waiting, client_of: Callable[..., Client]
) -> None:
    (approved,) = waiting.decide(Asked(reference="W1", action="approve"))
    assert approved.state is RowState.WAITING
    waiting.settle()
    order = waiting.order()
    assert order.is_locked
    assert [date.kind for date in order.deadlines] == ["approval", "lock", "hold"]
    for asked in (
        Asked(reference="W1", action="approve"),
        Asked(reference="W1", action="decline", reason="returned"),
        Asked(reference="W1", action="amend", amount="1"),
    ):
        (row,) = waiting.decide(asked)
        assert (row.code, bool(row.sentence), bool(row.mend)) == ("locked", True, True)
    assert facade.standing(waiting.side.advertiser.caller(), order.id, 2**60).actions == ("refund",)
    (back,) = waiting.decide(Asked(reference="W1", action="refund", reason="returned", amount="100"))
    assert not back.code
    waiting.settle()
    for tenant in (waiting.side.advertiser, waiting.side.publisher):
        page = client_of(tenant.users[Role.FINANCE]).get(f"/{tenant.slug}/conversions/{order.id}/")
        assert "Charged back" in page.content.decode()
        assert "Locked" in page.content.decode()


def test_a_program_says_for_which_reasons_it_needs_evidence_and_that_is_sealed(
    own_site: SiteConfig, market: TwoTenants
) -> None:
    owner = market.a.advertiser.caller()
    program = live(owner, market.operator.caller()).id
    facade.set_policy(owner, program, [DeclineReason.RETURNED])
    _revision, agreed = sealing.market(sealed_zone)
    (sealed,) = [one for one in agreed.programs if one.id == program]
    assert sealed.evidence_for == (DeclineReason.RETURNED,)


def test_a_file_names_orders_by_reference_and_the_day_of_the_programs_clock(
    own_site: SiteConfig, market: TwoTenants
) -> None:
    side, late = market.a, datetime.now(UTC).replace(hour=22, minute=30, second=0, microsecond=0)
    placed = int(late.timestamp()) * 1000 - 5 * DAY
    click = click_of(side, placed - DAY)
    sale = sale_of(side, "D1", placed, click=click)
    lead = msgspec.structs.replace(
        sale_of(side, "D1", placed + 2 * DAY, click=click), outcome=Outcome.LEAD, id=new_id(placed)
    )
    append(click, sale, lead, sale_of(side, "D2", placed, click=click))
    waiting = Waiting(side, placed)
    waiting.settle()
    day = datetime.fromtimestamp(placed / 1000, ZoneInfo("Europe/Stockholm")).date()
    utc = datetime.fromtimestamp(placed / 1000, UTC)
    rows = [
        ("D1", "", "ambiguous_order"),
        ("D1", "2001-01-01", "date_differs"),
        ("D1", "03/04/2026", "date_ambiguous"),
        ("D1", day.isoformat(), ""),
        ("D2", f"{day.isoformat()}x", "date_invalid"),
        ("D2", "31.12.2026", "date_invalid"),
        ("D2", utc.isoformat(), ""),
    ]
    content = "order,order_date,action,reason\n" + "\n".join(
        f"{order},{when},decline,returned" for order, when, _code in rows
    )
    caller = side.advertiser.caller(Role.FINANCE)
    batch = facade.upload(caller, io.BytesIO(content.encode()), "d.csv")
    assert do_next()
    assert [row.code for row in facade.rows(caller, batch.id).items] == [code for *_said, code in rows]
    assert len(conversions.find(caller, ["D1"])["D1"]) == 2
    wanted = Filters(silence_until=from_ms(placed + 20 * DAY))
    assert conversions.counted(caller, wanted).orders == 2


def test_the_workbench_shows_what_waits_by_deadline_to_both_sides(
    waiting: Waiting, client_of: Callable[..., Client]
) -> None:
    facade.defer()
    now = time.time_ns() // 1_000_000
    click = click_of(waiting.side, now - 14 * DAY)
    append(click, sale_of(waiting.side, "due-soon", now - 14 * DAY + 600_000, click=click))
    waiting.settle()
    for tenant, path in ((waiting.side.advertiser, ""), (waiting.side.publisher, "waiting/")):
        bench = facade.workbench(tenant.caller())
        counts = {one.due: one.orders for one in bench.buckets}
        assert (counts[Due.LATER], counts[Due.TODAY] + counts[Due.WEEK]) == (1, 1)
        assert sum(one.orders for one in bench.partners) == 2
        is_own = tenant is waiting.side.advertiser
        assert all((one.amount_micros is not None) is is_own for one in bench.partners)
        assert [one.reference for one in facade.waiting(tenant.caller()).items] == ["due-soon", "W1"]
        browser = client_of(tenant.users[Role.FINANCE])
        page = browser.get(f"/{tenant.slug}/validation/{path}?due=later").content.decode()
        assert "W1" in page
        assert "due-soon" not in page


def test_a_decline_by_key_needs_its_evidence_and_says_so(
    waiting: Waiting, client_of: Callable[..., Client]
) -> None:
    tenant, sent = waiting.side.advertiser, {"quick": "1", "action": "decline", "order": waiting.order().id}
    browser, address = client_of(tenant.users[Role.FINANCE]), f"/{tenant.slug}/validation/decide/"
    wrong = browser.post(address, {**sent, "reason": "fraud"}).content.decode()
    assert "asks for evidence" in wrong
    assert (
        "Declined"
        in browser.post(address, {**sent, "reason": "fraud", "evidence": "stolen"}).content.decode()
    )
    waiting.settle()
    assert waiting.order().status.value == "declined"
