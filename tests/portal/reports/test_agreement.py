"""Whether reports equal the book: of a book that was really settled and shipped, and of a lake that lies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache

from tests.portal.conftest import ClientOf
from tests.portal.conversions.lived import Lived, lived
from tests.portal.market import TwoTenants
from tests.portal.tracking.settled import new_id
from tests.unit.lake.worlds import SEK, fact, facts
from utfall.cli.money_plane import BookOutbox
from utfall.events import Paper, PaperKind
from utfall.lake import LakeWriter, read_catalog
from utfall.portal.access import Caller, Forbidden, Role
from utfall.portal.book import facade as book
from utfall.portal.reports import facade
from utfall.portal.reports.desk import forget_lakes
from utfall.portal.reports.differing import compare
from utfall.portal.site import SiteConfig
from utfall.workers.ship import Shipper

HOUR = 3_600_000


def shipped(site: SiteConfig, now_ms: int) -> None:
    """Everything that the book has to tell is in the lake."""
    lake = Path(site.lake_dir)
    lake.mkdir(parents=True, exist_ok=True)
    opened = book.open_book(Path(site.book_path))
    with LakeWriter(lake) as writer, Shipper(writer, BookOutbox(opened), Path(site.journal_dir)) as shipper:
        while shipper.ship(now_ms):
            pass


@pytest.fixture
def told(market: TwoTenants, own_site: SiteConfig) -> Iterator[Lived]:
    """Weeks of orders that were approved, refunded, declined and left unpaid, settled and shipped."""
    forget_lakes()
    found = lived(market)
    shipped(own_site, found.now)
    yield found
    forget_lakes()


def everybody(told: Lived) -> list[Caller]:
    market = told.market
    sides = [one for side in (market.a, market.b) for one in (side.advertiser, side.publisher, side.agency)]
    return [*(one.caller() for one in sides), market.operator.caller()]


def test_a_settled_book_is_equal_to_the_micro_for_everybody(told: Lived) -> None:
    for caller in everybody(told):
        found = facade.agreement(caller)
        assert found is not None
        assert found.is_equal, (caller.name, found)
    (cost,) = (facade.agreement(told.market.a.advertiser.caller()) or pytest.fail("nothing was settled")).sums
    assert cost.lake == cost.book > 0
    earned = facade.agreement(told.market.a.publisher.caller())
    assert earned is not None
    assert sum(one.book for one in earned.sums) > 0


def test_what_was_billed_and_paid_is_still_what_was_earned(told: Lived, own_site: SiteConfig) -> None:
    """An invoice moves what an advertiser owes to another account; the orders cost what they cost."""
    told.now += HOUR
    told.settle(invoice(told, own_site))
    shipped(own_site, told.now)
    with book.opened() as opened:
        assert opened is not None
        (billed,) = book.papers(opened)
        owed = [one.balance_micros for one in book.balances(opened) if one.bucket == "owed"]
    assert billed.net_micros > 0
    assert owed == [0], "it is owed no more"
    assert compare() == 0
    test_a_settled_book_is_equal_to_the_micro_for_everybody(told)


def invoice(told: Lived, own_site: SiteConfig) -> Paper:
    """Of all that the advertiser owes."""
    opened, advertiser = book.open_book(Path(own_site.book_path)), told.side.advertiser.number
    through = book.last_transaction(opened)
    wanted = book.unpapered(opened, "advertiser", advertiser, "SEK", through)
    return Paper(
        id=new_id(told.now),
        occurred_at=told.now,
        received_at=told.now,
        paper=PaperKind.INVOICE,
        series="A-2026",
        number=1,
        party=advertiser,
        currency="SEK",
        period_from="2026-10-01",
        period_until="2026-10-31",
        through=through,
        net_micros=wanted.whole_micros,
        tax_micros=wanted.whole_micros // 4,
        digest="0" * 64,
        due="2026-11-30",
    )


def test_a_sum_that_differs_is_shown_to_the_operator_until_it_is_equal_again(
    told: Lived, own_site: SiteConfig, client_of: ClientOf
) -> None:
    market = told.market
    operator, slug = client_of(market.operator.users[Role.OWNER]), market.operator.slug
    assert compare() == 0
    assert "Reports equal the book" in operator.get(f"/{slug}/reports/differences/").content.decode()
    lake = Path(own_site.lake_dir)
    batch = read_catalog(lake).shipped
    lie = fact(77, at=told.now, cost_micros=SEK, advertiser=market.a.advertiser.number, program=told.program)
    with LakeWriter(lake) as writer:
        writer.write_part(
            facts(lie, batch=batch + 1), first_batch=batch + 1, last_batch=batch + 1, now_ms=told.now
        )
    assert compare() is None, "the lake is not where the book is, so nothing can be compared"
    told.now += 1000
    told.settle(told.click(market.a))
    assert compare() == 1
    cache.clear()
    mine = facade.agreement(market.a.advertiser.caller())
    assert mine is not None
    assert (mine.is_compared, mine.is_equal) == (True, False)
    assert facade.agreement(market.a.publisher.caller()).is_equal  # type: ignore[union-attr]
    (found,) = facade.differences(market.operator.caller())
    assert (found.name, found.measure, found.lake - found.book) == (market.a.advertiser.name, "cost", SEK)
    page = operator.get(f"/{slug}/reports/differences/").content.decode()
    assert market.a.advertiser.name in page
    assert "Sums that differ" in operator.get(f"/{slug}/").content.decode()
    with pytest.raises(Forbidden):
        facade.differences(market.a.advertiser.caller())
